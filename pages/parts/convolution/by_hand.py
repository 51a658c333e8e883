"""A filter set by hand: a known one by a press, or numbers that are typed; its maps at once, and training on from it."""

import streamlit as st

from nncore.experiments.architectures import KERNELS, PictureRun, kernel_edits
from nncore.experiments.architectures.filter_edits import MOST_BRANCHES
from nncore.experiments.branches import write_branches
from nncore.experiments.edits import MAX_EDITS, Edit, merged
from pages.parts.convolution.study import Look, keep_edits, share_right
from pages.parts.fields.numbers import fine_percent
from pages.parts.fields.typed_weight import typed_weight
from pages.parts.page.playing.learning import watch_to_the_end
from pages.parts.page.session import Session

DIGITS = 4  # of a weight in its field
FIELD_WIDTH = 96  # pixels: three stand side by side on a phone
TRAINING = "filters"  # the choice under which the training is kept
TOO_MANY = (f"A link holds at most {MAX_EDITS} numbers set by hand, as many as four filters of the first block have. Press "
            "“Train on from here” first, then set the next ones.")  # fmt: skip


def filter_by_hand(look: Look) -> None:
    """A fold in which the filter that was picked is set, and training goes on from it."""
    with st.expander("Set this filter by hand, and train on from it", bool(look.edits), icon=":material/edit:",
                     key="filter_by_hand", on_change="rerun") as fold:  # fmt: skip
        if not fold.open:
            return
        part = ""
        if look.block:
            part = (f", its window on map {look.part + 1} of the {len(look.came)} that come in (pick another above: *Map of "
                    "the block before*)")  # fmt: skip
        st.markdown(f"**Filter {look.filter + 1}{look.of_block}**{part}. Take a well-known one, or type its numbers. All "
                    "maps on this page follow at once; the folds at the end of the page show the network as it was "
                    "trained.")  # fmt: skip
        with st.container(horizontal=True):
            for name, kernel in KERNELS.items():
                st.button(kernel.label, key=f"kernel_{name}", help=f"It {kernel.finds}.", on_click=_set,
                          args=(look, kernel_edits(name, look.filter, look.block, look.part)))  # fmt: skip
        _fields(look)
        if look.edits:
            _what_follows(look)


def _fields(look: Look) -> None:
    """The weights of the filter for one map that comes in, in rows as they lie in its window, and its bias."""
    numbers = look.model.architecture.filter_matrices(look.model.parameters)[look.block][look.filter]
    side = look.run.kind.blocks[look.block][1]
    first = look.part * side**2
    for row in range(side):
        with st.container(horizontal=True):
            for column in range(side):
                place = row * side + column
                _field(look, f"filter_number_{place}", first + place, float(numbers[first + place]),
                       f"Row {row + 1}, column {column + 1}")  # fmt: skip
    _field(look, f"filter_number_{side**2}", len(numbers) - 1, float(numbers[-1]), "Bias")


def _field(look: Look, key: str, place: int, present: float, label: str) -> None:
    st.session_state[key] = f"{present:.{DIGITS}g}"
    st.text_input(label, key=key, width=FIELD_WIDTH, on_change=_type, args=(look, place, label, key, present))


def _type(look: Look, place: int, label: str, key: str, present: float) -> None:
    """Sets what was typed, or says why it cannot be."""
    try:
        value = typed_weight(st.session_state[key] or "")
    except ValueError as error:
        look.session.notes = [f"{label} of filter {look.filter + 1}{look.of_block}: {error}. It stays "
                              f"{present:.{DIGITS}g}."]  # fmt: skip
        return
    _set(look, (Edit(look.block, look.filter, place, value),))


def _set(look: Look, edits: tuple[Edit, ...]) -> None:
    edits = merged((*look.edits, *edits))
    if len(edits) > MAX_EDITS:
        look.session.notes = [TOO_MANY]
        return
    keep_edits(look.session, look.run, edits)


def _what_follows(look: Look) -> None:
    """What the network is worth with what was set, and where one goes from there."""
    before, frame = look.recording.scores[look.frame, 2], look.frame
    st.markdown(f"**{_filters(look.run, look.edits)} set by hand:** the network as it is now gets "
                f"{fine_percent(share_right(look))} of the held-out pictures right; it was {fine_percent(before)}. The "
                "layers behind it still expect the old maps.")  # fmt: skip
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
    said = [f"{_filters(run, branch.edits)} set by hand after "
            f"{planned[branch.frame]:,} updates (snapshot {branch.start})" for branch in run.branches]  # fmt: skip
    words = "; ".join([said[0][0].lower() + said[0][1:], *said[1:]])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**In this training** {words}. It went on from there.")
        st.button("Leave it out", icon=":material/undo:", key="filters_untouched", on_click=_leave_out, args=(session,),
                  help="Shows the training without what was set by hand.")  # fmt: skip


def _leave_out(session: Session) -> None:
    for name in ("filter_branches", "filter_hand", "filters_frame"):
        session.choices.pop(name, None)


def _filters(run: PictureRun, edits: tuple[Edit, ...]) -> str:
    """ "Filter 3 was", or "Filters 1, 2 and 3 were"; where there are several blocks, block by block."""
    said = []
    for block in sorted({edit.layer for edit in edits}):
        numbers = [str(number) for number in sorted({edit.row + 1 for edit in edits if edit.layer == block})]
        names = f"filter {numbers[0]}" if len(numbers) == 1 else f"filters {', '.join(numbers[:-1])} and {numbers[-1]}"
        said.append(names + (f" of block {block + 1}" if len(run.kind.blocks) > 1 else ""))
    words = " and ".join(said)
    is_one = len({(edit.layer, edit.row) for edit in edits}) == 1
    return f"{words[0].upper()}{words[1:]} {'was' if is_one else 'were'}"
