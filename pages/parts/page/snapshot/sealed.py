"""The sealed test set: its score is hidden on all pages until it is opened, once per run and on purpose.

What was opened is kept with the session and goes along in the link as `opened`, the snapshot at which it was. From then on
all pages that are about the run say that its test set is used.
"""

import math

import streamlit as st

from nncore import Run
from nncore.cache import cached
from nncore.evaluation import OpenedTest, open_test
from nncore.experiments.experiment import build_split
from pages.parts.fields.numbers import counted, epoch_text, percent, plain, two_percents
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session
from pages.parts.page.snapshot.far_frame import frame_when_asked, waits
from pages.parts.page.snapshot.scrubber import show_frame

# The pages that show the run on screen, or networks on its data.
ABOUT_THE_RUN = ("train", "weights", "backprop", "surface", "batches", "initializers", "restarts", "scores", "report")


def show_mark(session: Session, page: str) -> None:
    """One line that the run's test set is used, on a page that is about the run."""
    opened = session.tests.at(session.run) if page in ABOUT_THE_RUN else None
    if opened is not None:
        st.caption(f":material/lock_open: The **test set of this run is used**: it was opened {_when(*opened)}.")


def opened_test(run: Run, frame: int) -> OpenedTest:
    """What the test set says of the run's snapshot `frame`: for the person who has opened it."""
    settings = run.prefix(run.segment_of(frame)).settings
    return cached(open_test, settings, chunk_store().frame(run, frame).astype(float), n_bytes=200)


def test_seal(session: Session) -> bool:
    """What there is to say of the test set of the run on screen; whether it is open at the snapshot on screen.

    Sealed, there is a button that opens it; opened, its score and the difference from validation.
    """
    opened = session.tests.at(session.run)
    if opened is None:
        _closed(session)
        return False
    run, frame = opened
    frame = frame_when_asked(session, run, frame)
    if waits(run):
        return False
    st.markdown(opened_words(opened_test(run, frame), _when(run, frame)))
    if frame != session.frame:
        st.info("The test set is opened **once per run**: of this snapshot it says nothing more.", icon=":material/lock:")
        st.button("Show the snapshot at which it was opened", key="show_opened", on_click=show_frame, args=(session, frame))
        return False
    return True


def _closed(session: Session) -> None:
    n_test, others = len(build_split(session.run.experiment).test), session.tests.others(session.run)
    st.info(
        f"**The test set is sealed.** Its {n_test:,} samples had no part in training or choosing. Open it once, when you "
        "will change nothing more: it then says what this network is worth, and is used.", icon=":material/lock:",
    )  # fmt: skip
    if others:
        st.warning(
            f"These same samples were already opened for {'another run' if others == 1 else f'{others} other runs'}. Who "
            "opens them again and keeps the better network has chosen by them, and the score flatters.",
            icon=":material/lock_open:",
        )  # fmt: skip
    st.button("Open the test set, once", key="open_test_set", icon=":material/lock_open:", on_click=_open, args=(session,))


def _open(session: Session) -> None:
    session.take_report()  # the player may have moved on in the same breath
    session.tests.open(session.run, session.frame)


def opened_words(found: OpenedTest, when: str) -> str:
    """What the opened test set says, beside the validation set."""
    name = "R²" if found.is_regression else "accuracy"
    test, validation = _both_scores(found)
    said = (f"**Test set** ({counted(found.n_test, 'sample')}), opened {when}: {name} **{test}**, "
            f"loss {plain(found.loss)}.")  # fmt: skip
    if math.isnan(found.validation_score):
        return f"{said} There is no validation set to compare it with."
    said += f" **Validation set** ({counted(found.n_validation, 'sample')}) there: {validation}"
    if found.is_regression:
        return f"{said}; test minus validation {plain(found.difference, 2)}."
    points = f"{100 * found.difference:+z.1f}".replace("-", "−")
    judged = ("which chance alone explains" if abs(found.difference) <= found.chance else
              "which is more than chance alone explains")  # fmt: skip
    return (f"{said}; the test score differs from it by **{points} points**, {judged} (up to "
            f"±{plain(100 * found.chance, 2)} for sets so small).")  # fmt: skip


def _both_scores(found: OpenedTest) -> tuple[str, str]:
    """The scores on the test and on the validation set."""
    if found.is_regression:
        return plain(found.score), plain(found.validation_score)
    if math.isnan(found.validation_score):
        return percent(found.score, 1), ""
    return two_percents(found.score, found.validation_score, 1)


def _when(run: Run, frame: int) -> str:
    store = chunk_store()
    if store.held(run) < frame:  # a page that only says so trains nothing for it
        return f"at snapshot {frame:,}"
    return f"at epoch {epoch_text(store.scores(run, frame)[0][-1])}"
