"""A filter set by hand: a known one by a press, or numbers that are typed; its maps at once, and training on from it."""

import streamlit as st

from nncore.experiments.architectures import KERNELS, PictureRun, kernel_edits
from nncore.experiments.architectures.filter_edits import MOST_BRANCHES
from nncore.experiments.branches import write_branches
from nncore.experiments.edits import MAX_EDITS, Edit, merged
from pages.parts.convolution.study import Look, keep_edits, share_right
from pages.parts.fields.numbers import exact_percent as percent
from pages.parts.fields.typed_weight import typed_weight
from pages.parts.page.playing.learning import watch_to_the_end
from pages.parts.page.session import Session

DIGITS = 4  # of a weight in its field
FIELD_WIDTH = 96  # pixels: three stand side by side on a phone
TRAINING = "filters"  # the choice under which the training is kept
TOO_MANY = (f"A link holds at most {MAX_EDITS} numbers set by hand, as many as four filters have. Press “Train on from "
            "here” first, then set the next ones.")  # fmt: skip


def filter_by_hand(look: Look) -> None:
    """A fold in which the filter that was picked is set, and training goes on from it."""
    number = look.filter + 1
    with st.expander("Set this filter by hand, and train on from it", bool(look.edits), icon=":material/edit:",
                     key="filter_by_hand", on_change="rerun") as fold:  # fmt: skip
        if not fold.open:
            return
        if look.block:
            st.markdown("Filters of the first block can be set by hand: pick *Block* 1 above.")
            return
        st.markdown(f"**Filter {number}.** Take a well-known one, or type its numbers. All maps on this page follow at "
                    "once; the folds at the end of the page show the network as it was trained.")  # fmt: skip
        with st.container(horizontal=True):
            for name, kernel in KERNELS.items():
                st.button(kernel.label, key=f"kernel_{name}", help=f"It {kernel.finds}.", on_click=_set,
                          args=(look, kernel_edits(name, look.filter)))  # fmt: skip
        _fields(look)
        if look.edits:
            _what_follows(look)


def _fields(look: Look) -> None:
    """The weights of the filter in rows as they lie in its window, and its bias."""
    matrix = look.model.architecture.filter_matrices(look.model.parameters)[0]
    side = look.run.kind.blocks[0][1]
    for row in range(side):
        with st.container(horizontal=True):
            for column in range(side):
                _field(look, row * side + column, float(matrix[look.filter, row * side + column]),
                       f"Row {row + 1}, column {column + 1}")  # fmt: skip
    _field(look, side * side, float(matrix[look.filter, -1]), "Bias")


def _field(look: Look, place: int, present: float, label: str) -> None:
    key = f"filter_number_{place}"
    st.session_state[key] = f"{present:.{DIGITS}g}"
    st.text_input(label, key=key, width=FIELD_WIDTH, on_change=_type, args=(look, place, label, key, present))


def _type(look: Look, place: int, label: str, key: str, present: float) -> None:
    """Sets what was typed, or says why it cannot be."""
    try:
        value = typed_weight(st.session_state[key] or "")
    except ValueError as error:
        look.session.notes = [f"{label} of filter {look.filter + 1}: {error}. It stays {present:.{DIGITS}g}."]
        return
    _set(look, (Edit(0, look.filter, place, value),))


def _set(look: Look, edits: tuple[Edit, ...]) -> None:
    edits = merged((*look.edits, *edits))
    if len(edits) > MAX_EDITS:
        look.session.notes = [TOO_MANY]
        return
    keep_edits(look.session, look.run, edits)


def _what_follows(look: Look) -> None:
    """What the network is worth with what was set, and where one goes from there."""
    set_now = sorted({edit.row + 1 for edit in look.edits})
    before, frame = look.recording.scores[look.frame, 2], look.frame
    st.markdown(f"**{_filters(set_now)} set by hand:** the network as it is now gets {percent(share_right(look))} of the "
                f"held-out pictures right; it was {percent(before)}. The layers behind it still expect the old "
                "maps.")  # fmt: skip
    with st.container(horizontal=True):
        st.button("Train on from here", type="primary", icon=":material/play_arrow:", key="train_filters_on",
                  on_click=_train_on, args=(look,))  # fmt: skip
        st.button("Take it back", icon=":material/undo:", key="filters_back", on_click=keep_edits,
                  args=(look.session, look.run, ()))  # fmt: skip
    st.caption(f"Training goes on from snapshot {frame} with these numbers, its optimizer at rest and its batches in a new "
               f"order, for {look.run.kind.n_updates} updates. What you set stays in the link.")  # fmt: skip


def _train_on(look: Look) -> None:
    """The training with this branch becomes the one on screen, and is watched from the edited filters on."""
    session, run = look.session, look.run
    if len(run.until(look.frame).branches) == MOST_BRANCHES:
        session.notes = [f"Filters can be set by hand {MOST_BRANCHES} times in one training, and they were."]
        return
    done = run.frame_updates[look.frame]
    run = run.set_by_hand(look.frame, look.edits)
    session.choices["filter_branches"] = write_branches(run.branches, run.filter_sizes)
    for name in ("filter_hand", "filters_frame"):
        session.choices.pop(name, None)
    watch_to_the_end(session, TRAINING, run, int(done))


def went_on(session: Session, run: PictureRun) -> None:
    """Says of a training in which filters were set by hand, when that was, with a way back."""
    if not run.branches:
        return
    planned = run.frame_updates
    said = [f"{_filters(sorted({edit.row + 1 for edit in branch.edits}))} set by hand after "
            f"{planned[branch.frame]:,} updates (snapshot {branch.start})" for branch in run.branches]  # fmt: skip
    words = "; ".join([said[0][0].lower() + said[0][1:], *said[1:]])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**In this training** {words}. It went on from there.")
        st.button("Leave it out", icon=":material/undo:", key="filters_untouched", on_click=_leave_out, args=(session,),
                  help="Shows the training without what was set by hand.")  # fmt: skip


def _leave_out(session: Session) -> None:
    for name in ("filter_branches", "filter_hand", "filters_frame"):
        session.choices.pop(name, None)


def _filters(numbers: list[int]) -> str:
    """ "Filter 3 was", or "Filters 1, 2 and 3 were"."""
    if len(numbers) == 1:
        return f"Filter {numbers[0]} was"
    return f"Filters {', '.join(map(str, numbers[:-1]))} and {numbers[-1]} were"
