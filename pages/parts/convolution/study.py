"""The network of filters at work: pick pictures, train it, and the picture and the filter that are looked at."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from nncore import ConvNet
from nncore.experiments.architectures import PICTURES, PictureRun, edit_filters, repair_filter_branches
from nncore.experiments.branches import write_branches
from nncore.experiments.edits import Edit, read_edits, write_edits
from nncore.experiments.link_text import write_field
from nncore.experiments.recording.recording import Recording
from nncore.metrics import accuracy
from pages.parts.fields.numbers import exact_percent as percent
from pages.parts.figures.palette import NEGATIVE
from pages.parts.page.choices import Rule, Span, bind_choice, choice
from pages.parts.page.playing.learning import frame_slider, recording_of
from pages.parts.page.playing.learning_view import Attention, Looks
from pages.parts.page.session import Session

ORDERS = {"in order": False, "shuffled": True}
HELD_OUT, YOURS = "held out", "draw your own"
BY_HAND = ("filter_branches", "filter_hand")  # choices: what was trained on from, and what is set on screen
PLACES = ("ink", "window_row", "window_column")  # choices that belong to pictures of one size
PICKED = 60  # held-out pictures that one can pick


@dataclass(frozen=True)
class Look:
    """What is on screen: a run, its network at one frame, a picture (1, H, W) as the network gets it, and a filter.

    The `label` of a held-out picture is known, that of one which a person drew is None. The `model` has the weights that
    were recorded but for the `edits`, which a person set by hand and did not train on from yet.
    """

    session: Session
    run: PictureRun
    recording: Recording
    frame: int
    model: ConvNet
    picture: np.ndarray
    label: int | None
    filter: int
    edits: tuple[Edit, ...] = ()


def pick_run(session: Session) -> PictureRun:
    """The pictures, the order of their pixels, and the first weights."""
    pictures = choice(session, "pictures", "str", "digits", PICTURES)
    order = choice(session, "pixels", "str", "in order", ORDERS)
    seed = choice(session, "filter_start", "int", 0, Span(0, 9))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control("Pictures", list(PICTURES), format_func=lambda name: PICTURES[name].title, required=True,
                             **_anew(session, bind_choice(session, "pictures", pictures, "digits"), PLACES))  # fmt: skip
        with st.popover(f"Pixels {order}, start {seed}", icon=":material/tune:"):
            st.segmented_control("Pixels", list(ORDERS), required=True,
                                 help="Shuffled, the pixels of every picture change places by one and the same permutation.",
                                 **_anew(session, bind_choice(session, "pixels", order, "in order")))  # fmt: skip
            st.selectbox("First weights", range(10), format_func=lambda number: f"start {number}",
                         **_anew(session, bind_choice(session, "filter_start", seed, 0)))  # fmt: skip
    run = PictureRun(pictures, ORDERS[order], seed)
    branches, problems = repair_filter_branches(session.choices.get("filter_branches", ""), run)
    session.notes += problems
    session.choices["filter_branches"] = write_branches(branches, run.filter_sizes)
    if not branches:
        del session.choices["filter_branches"]
    return run.with_branches(branches) if branches else run


def _anew(session: Session, bound: dict[str, Any], others: tuple[str, ...] = ()) -> dict[str, Any]:
    """`bound` of a control that begins another training, to which nothing belongs that was set by hand in this one.

    `others` are more choices that end with it.
    """

    def pick(keep: Callable[[], None]) -> None:
        for name in (*BY_HAND, *others):
            session.choices.pop(name, None)
        keep()

    return bound | {"on_change": partial(pick, bound["on_change"])}


def train(session: Session, run: PictureRun) -> Recording | None:
    """Trains the network in front of the viewer, with its first filters as pictures; None before Train is pressed."""
    return recording_of(session, "filters", run, filters_of(run))


def filters_of(run: PictureRun) -> Looks:
    """What is drawn of the parameters (P,) of a frame: the first block's filters, the largest weight at full colour."""

    def looks(parameters: np.ndarray) -> Attention:
        filters = run.model(parameters).filters[0][:, 0]
        names = [f"filter {number}" for number in range(1, len(filters) + 1)]
        empty = [""] * filters.shape[-1]
        return Attention(filters / (np.abs(filters).max() or 1.0), empty, empty, 0, names, NEGATIVE)

    return looks


def pick_look(session: Session, run: PictureRun, recording: Recording) -> Look:
    """The frame, the picture and the filter on screen, with their controls."""
    n_filters = run.kind.blocks[0][0]
    number = choice(session, "picture", "int", 1, Span(1, PICKED))
    picked = choice(session, "filter", "int", 1, Span(1, n_filters))
    first, second = st.columns(2, gap="medium")
    with first:
        frame = frame_slider(session, "filters_frame", recording)
    whose = choice(session, "whose_picture", "str", HELD_OUT, (HELD_OUT, YOURS))
    second.segmented_control("Picture", (HELD_OUT, YOURS), required=True,
                             **bind_choice(session, "whose_picture", whose, HELD_OUT))  # fmt: skip
    if whose == YOURS:
        st.button("Wipe the drawing", key="wipe", icon=":material/ink_eraser:", on_click=session.choices.pop,
                  args=("ink", None))  # fmt: skip
    else:
        st.slider(f"Held-out picture {number} of {PICKED}", 1, PICKED, **bind_choice(session, "picture", number, 1))
    st.segmented_control("Filter", range(1, n_filters + 1), required=True, **bind_choice(session, "filter", picked, 1))
    held, model, edits = run.split()[1], run.model(recording.parameters[frame]), edits_of(session, run)
    edit_filters(model, edits)
    shown = (drawing(session, run), None) if whose == YOURS else (held.X[number - 1], int(held.y[number - 1]))
    return Look(session, run, recording, frame, model, *shown, picked - 1, edits)


def edits_of(session: Session, run: PictureRun) -> tuple[Edit, ...]:
    """What was set by hand of the filters on screen, and is not trained on from yet."""
    edits, problems = (), []
    if text := session.choices.get("filter_hand"):
        edits, problems = read_edits(text, run.filter_sizes)
    session.notes += problems
    keep_edits(session, run, edits)
    return edits


def keep_edits(session: Session, run: PictureRun, edits: tuple[Edit, ...]) -> None:
    """Keeps them in the link as what is set by hand of the filters on screen."""
    session.choices["filter_hand"] = write_edits(edits, run.filter_sizes)
    if not edits:
        del session.choices["filter_hand"]


def ink_of(session: Session, run: PictureRun) -> tuple[int, ...]:
    """The pixels that the person drew, from 1, row by row."""
    if session.choices.get("ink") == "":  # nothing is drawn
        del session.choices["ink"]
    pixels = set(range(1, run.kind.side**2 + 1))
    words = f"numbers of pixels, 1 to {len(pixels)}, with commas between them"
    return choice(session, "ink", "tuple[int, ...]", (), Rule(lambda ink: set(ink) <= pixels, words))


def drawing(session: Session, run: PictureRun) -> np.ndarray:
    """The picture (1, H, W) that the person drew, of 0 and 1, as the network gets it."""
    picture = np.zeros(run.kind.side**2)
    picture[np.array(ink_of(session, run), dtype=int) - 1] = 1.0
    return picture.reshape(1, run.kind.side, run.kind.side)


def toggle_pixel(session: Session, run: PictureRun, pixel: int) -> None:
    """Puts ink on a pixel, counted from 0, or takes it away."""
    ink = set(ink_of(session, run)) ^ {pixel + 1}
    session.choices["ink"] = write_field(tuple(sorted(ink)))
    if not ink:
        del session.choices["ink"]


def answer_words(look: Look) -> str:
    """What the network says of the picture, how sure it is, and how often it is right at this frame."""
    shares, classes = look.model.predict(look.picture[None])[0], look.run.kind.classes
    said = int(shares.argmax())
    if look.label is None:
        if not look.picture.any():
            return ("**The picture is empty.** Click pixels of it to draw: a click puts ink there, another takes it away. "
                    "By keyboard: move the window with the arrow keys on its two sliders; the button below them draws.")
        return (f"The network says that you drew **{classes[said]}** ({percent(shares[said])} sure). It learned from "
                "pictures with grey pixels; yours has none, which can mislead it.")  # fmt: skip
    verdict = "right" if said == look.label else f"wrong: it is **{classes[look.label]}**"
    return (f"The network says **{classes[said]}** ({percent(shares[said])} sure): {verdict}. "
            f"{'With what you set by hand' if look.edits else 'At this snapshot'} it is right on "
            f"{percent(share_right(look))} of {len(look.run.split()[1].y)} held-out pictures.")  # fmt: skip


def share_right(look: Look) -> float:
    """The share of the held-out pictures that the network on screen gets right."""
    if not look.edits:
        return float(look.recording.scores[look.frame, 2])
    held = look.run.split()[1]
    return float(accuracy(look.model.predict(held.X), held.y, look.model.output))
