"""The network of filters at work: pick pictures, train it, and the picture and the filter that are looked at."""

from collections.abc import Callable, Iterable
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
from pages.parts.figures.palette import NEGATIVE
from pages.parts.page.choices import Rule, Span, bind_choice, choice
from pages.parts.page.playing.learning import frame_slider, recording_of
from pages.parts.page.playing.learning_view import Attention, Looks, Panel
from pages.parts.page.session import Session

ORDERS = {"in order": False, "shuffled": True}
HELD_OUT, YOURS = "held out", "draw your own"
BY_HAND = ("filter_branches", "filter_hand")  # choices: what was trained on from, and what is set on screen
IN_A_BLOCK = ("filter", "window_row", "window_column", "zoom_map")  # choices that are numbers of one block
PLACES = ("ink", "zoom_block", "zoom_answer", *IN_A_BLOCK)  # choices that belong to one set of pictures
ALL_OF_IT = BY_HAND + PLACES  # choices that end with the pictures
PICKED = 60  # held-out pictures that one can pick


@dataclass(frozen=True)
class Look:
    """What is on screen: a run, its network at one frame, a picture (1, H, W) as the network gets it, a block and a filter.

    Block and filter count from 0. The `label` of a held-out picture is known, that of one which a person drew is None. The
    `model` has the weights that were recorded but for the `edits`, which a person set by hand and did not train on from yet.
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
    block: int = 0

    @property
    def came(self) -> np.ndarray:
        """What comes into the block: the picture, or the pooled maps of the block before, (C, H, W)."""
        return self.model.forward(self.picture[None]).pooled[self.block - 1][0] if self.block else self.picture

    @property
    def part(self) -> int:
        """Which of the maps that come in is looked at number by number, from 0."""
        return choice(self.session, "zoom_map", "int", 1, Span(1, len(self.came))) - 1 if self.block else 0

    @property
    def of_block(self) -> str:
        """The block in words, after the number of a filter; "" where there is only one."""
        return f" of block {self.block + 1}" if len(self.run.kind.blocks) > 1 else ""


def pick_run(session: Session) -> PictureRun:
    """The pictures, the order of their pixels, and the first weights."""
    pictures = choice(session, "pictures", "str", "digits", PICTURES)
    order = choice(session, "pixels", "str", "in order", ORDERS)
    seed = choice(session, "filter_start", "int", 0, Span(0, 9))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control("Pictures", list(PICTURES), format_func=lambda name: PICTURES[name].title, required=True,
                             **_anew(session, bind_choice(session, "pictures", pictures, "digits"), ALL_OF_IT))  # fmt: skip
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


def _anew(session: Session, bound: dict[str, Any], ended: tuple[str, ...] = BY_HAND) -> dict[str, Any]:
    """`bound` of a control whose pick ends other choices: by default what was set by hand in a training that is left."""

    def pick(keep: Callable[[], None]) -> None:
        for name in ended:
            session.choices.pop(name, None)
        keep()

    return bound | {"on_change": partial(pick, bound["on_change"])}


def train(session: Session, run: PictureRun) -> Recording | None:
    """Trains the network in front of the viewer, with its first filters as pictures; None before Train is pressed."""
    return recording_of(session, "filters", run, filters_of(run))


def filters_of(run: PictureRun) -> Looks:
    """What is drawn of the parameters (P,) of a frame: every block's filters, its largest weight at full colour."""

    def looks(parameters: np.ndarray) -> Attention:
        first, *others = run.model(parameters).filters
        names = [f"filter {number}" for number in range(1, len(first) + 1)]
        empty = [""] * first.shape[-1]
        panels = [_filter_tiles(filters, block) for block, filters in enumerate(others, 2)]
        return Attention(_shaded(first[:, 0]), empty, empty, 0, names, NEGATIVE, panels)

    return looks


def _filter_tiles(filters: np.ndarray, block: int) -> Panel:
    """The filters (F, C, k, k) of a later block as small pictures: a row for each filter, in it one for each map."""
    F, C, k, _ = filters.shape
    title = f"block {block}: a row for each filter, a column for each map before"
    return Panel("tiles", title, _shaded(filters.reshape(F * C, k, k)), {"across": C})


def _shaded(weights: np.ndarray) -> np.ndarray:
    return weights / (np.abs(weights).max() or 1.0)


def pick_look(session: Session, run: PictureRun, recording: Recording) -> Look:
    """The frame, the picture and the filter on screen, with their controls."""
    n_blocks, number = len(run.kind.blocks), choice(session, "picture", "int", 1, Span(1, PICKED))
    block = choice(session, "zoom_block", "int", 1, Span(1, n_blocks))
    n_filters = run.kind.blocks[block - 1][0]
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
    with st.container(horizontal=True):
        if n_blocks > 1:
            st.segmented_control("Block", range(1, n_blocks + 1), required=True,
                                 **_anew(session, bind_choice(session, "zoom_block", block, 1), IN_A_BLOCK))  # fmt: skip
        st.segmented_control("Filter", range(1, n_filters + 1), required=True, **bind_choice(session, "filter", picked, 1))
    held, model, edits = run.split()[1], run.model(recording.parameters[frame]), edits_of(session, run)
    edit_filters(model, edits)
    shown = (held.X[number - 1], int(held.y[number - 1]))
    if whose == YOURS:
        shown = run.arranged(drawing(session, run)[None])[0], None
    return Look(session, run, recording, frame, model, *shown, picked - 1, edits, block - 1)


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
    """The picture (1, H, W) that the person drew, of 0 and 1, its pixels in order."""
    picture = np.zeros(run.kind.side**2)
    picture[np.array(ink_of(session, run), dtype=int) - 1] = 1.0
    return picture.reshape(1, run.kind.side, run.kind.side)


def toggle_pixel(session: Session, run: PictureRun, pixel: int) -> None:
    """Puts ink on a pixel, counted from 0, or takes it away."""
    keep_ink(session, set(ink_of(session, run)) ^ {pixel + 1})


def keep_ink(session: Session, ink: Iterable[int]) -> None:
    """Keeps the pixels with ink, from 1, in the link."""
    ordered = tuple(sorted(ink))
    session.choices["ink"] = write_field(ordered)
    if not ordered:
        del session.choices["ink"]


def share_right(look: Look) -> float:
    """The share of the held-out pictures that the network on screen gets right."""
    if not look.edits:
        return float(look.recording.scores[look.frame, 2])
    held = look.run.split()[1]
    return float(accuracy(look.model.predict(held.X), held.y, look.model.output))
