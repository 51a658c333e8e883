"""The drawing board: a picture drawn by strokes of mouse or finger, or by keys, and what is answered meanwhile.

A given picture lies on the same board, only to look at.
"""

from pathlib import Path

import streamlit as st

from nncore.experiments.architectures import PictureRun
from pages.parts.convolution.answer import answer_words
from pages.parts.convolution.study import Look, ink_of, keep_ink
from pages.parts.figures.palette import POSITIVE, text, zero
from pages.parts.live.join import join, read
from pages.parts.page.first_draw import end_at_first_figure
from pages.parts.page.session import Session
from pages.parts.page.style import is_dark

FIELD, GIVEN = "drawing_board", "given_picture"
DIGITS = 6  # of a weight on its way to the browser
_HERE = Path(__file__).parent
_board = st.components.v2.component(
    "glassbox_drawing_board",
    html='<div class="drawing-board"></div>',
    css=(_HERE / "board.css").read_text(encoding="utf-8"),
    js=join("../convolution/board.js", read),
)


def the_answer(look: Look) -> None:
    """The picture, what the network says of it in words, and a bar for every class."""
    if look.label is not None:
        st.markdown(answer_words(look))
        given_picture(look)
    else:
        drawing_board(look)  # above the words: they grow and shrink, and it must not move under a finger
        st.markdown(answer_words(look))
    end_at_first_figure()


def given_picture(look: Look) -> None:
    """A held-out picture as a person sees it, its pixels in order, and the answer to it."""
    pixels = look.picture.ravel()[look.run.pixel_order.argsort()]
    title = "The picture, before its pixels are shuffled" if look.run.shuffled else "The picture"
    _board(key=GIVEN, data=_told(look) | {"ink": [], "heard": 0, "given": {"pixels": pixels.tolist(), "title": title}})


def drawing_board(look: Look) -> None:
    """The picture to draw into, with the answer and all maps as they are while one draws."""
    told = _told(look) | {"ink": [pixel - 1 for pixel in ink_of(look.session, look.run)], "heard": _heard(), "given": None}
    _board(key=FIELD, data=told, on_drawn_change=lambda: take_drawing(look.session, look.run, _state()))


def _told(look: Look) -> dict:
    return network_of(look) | {
        "side": look.run.kind.side, "order": look.run.pixel_order.tolist(), "classes": list(look.run.kind.classes),
        "ends": {"none": zero(is_dark()), "ink": text(is_dark()), "all": POSITIVE},
    }  # fmt: skip


def network_of(look: Look) -> dict:
    """The weights of the network on screen: of every block, and of the dense layer, rows with their bias last."""
    model = look.model
    blocks = zip(model.architecture.blocks, model.architecture.filter_matrices(model.parameters), strict=True)
    return {
        "blocks": [{"side": block.shape[1], "kernel": block.kernel, "pool": block.pool,
                    "matrix": matrix.round(DIGITS).tolist()} for block, matrix in blocks],
        "dense": model.architecture.dense_matrices(model.parameters)[0].round(DIGITS).tolist(),
    }  # fmt: skip


def _state() -> dict:
    return (st.session_state.get(FIELD) or {}).get("drawn") or {}


def _heard() -> int:
    number = _state().get("number")
    return number if isinstance(number, int) else 0


def take_drawing(session: Session, run: PictureRun, drawn: dict) -> None:
    """Keeps the pixels with ink that the board tells, counted from 0 there, where they are pixels of this run's pictures."""
    ink = drawn.get("ink")
    if isinstance(ink, list) and all(isinstance(pixel, int) and 0 <= pixel < run.kind.side**2 for pixel in ink):
        keep_ink(session, {pixel + 1 for pixel in ink})
