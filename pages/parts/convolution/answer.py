"""The answer: in words, and added up number by number from the last maps."""

import numpy as np
import streamlit as st

from nncore.inspection.windows import AnswerSum, answer_sum
from pages.parts.convolution.study import Look, share_right
from pages.parts.fields.arithmetic import bracketed, enough_digits, fixed
from pages.parts.fields.numbers import fine_percent
from pages.parts.fields.source import show_source
from pages.parts.figures.convolution.tiles import Tile, tiles_figure
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure

SUM_HEIGHT = 280  # pixels


def answer_words(look: Look) -> str:
    """What the network says of the picture, how sure it is, and how often it is right at this frame."""
    shares, classes = look.model.predict(look.picture[None])[0], look.run.kind.classes
    said = int(shares.argmax())
    if look.label is None:
        if not look.picture.any():
            return ("**The picture is empty.** Draw into it with the mouse or a finger: a stroke puts ink there, one that "
                    "begins on ink wipes. By keyboard: move there with the arrow keys, press the space bar.")  # fmt: skip
        return (f"The network says that you drew **{classes[said]}** ({fine_percent(shares[said])} sure). It learned from "
                "pictures with grey pixels; yours has none, which can mislead it.")  # fmt: skip
    verdict = "right" if said == look.label else f"wrong: it is **{classes[look.label]}**"
    return (f"The network says **{classes[said]}** ({fine_percent(shares[said])} sure): {verdict}. "
            f"{'With what you set by hand' if look.edits else 'At this snapshot'} it is right on "
            f"{fine_percent(share_right(look))} of {len(look.run.split()[1].y)} held-out pictures.")  # fmt: skip


def answer_step(look: Look) -> None:
    """From the last maps to one class: its weights, their products, the sum, and softmax over the sums of all classes."""
    classes = look.run.kind.classes
    said = classes[int(look.model.predict(look.picture[None])[0].argmax())]
    name = choice(look.session, "zoom_answer", "str", said, classes)
    st.markdown("**From the last maps to the answer**")
    st.segmented_control("Class", classes, required=True, **bind_choice(look.session, "zoom_answer", name, said))
    at = answer_sum(look.model, look.picture, classes.index(name))
    tiles = [Tile(what, side_by_side(parts), limit=float(np.abs(parts).max()) or 1.0) for what, parts in
             (("the last maps", at.inputs), (f"× weights of {name}", at.weights), ("= products", at.products))]  # fmt: skip
    said = f"{total_words(at, name)} {softmax_words(at, name)}"
    show_figure("answer_sum", f"The last maps, the weights of class {name} for each, and the products. {said}",
                lambda dark: tiles_figure(tiles, SUM_HEIGHT, dark, 1))  # fmt: skip
    st.markdown(said)
    st.caption(f"The dense layer has a weight for every number of the last maps, {at.inputs.size} for each class. Upper "
               "row: the maps; in the middle: the weights of this class; below: their products, added up map by map. Each "
               "row has colours of its own.")  # fmt: skip
    show_source(answer_sum, model=look.model, picture=look.picture, answer=classes.index(name))


def side_by_side(parts: np.ndarray) -> np.ndarray:
    """Maps (F, H, W) in one row, (H + 1, F * (W + 1) - 1): empty, NaN, is a column between two, and the row below."""
    F, H, W = parts.shape
    apart = np.pad(parts, ((0, 0), (0, 1), (0, 1)), constant_values=np.nan)
    return apart.transpose(1, 0, 2).reshape(H + 1, F * (W + 1))[:, :-1]


def total_words(at: AnswerSum, name: str) -> str:
    """The sums of the products map by map, the bias, and what they come to, in numbers that add up as they are printed."""
    by_map = at.products.sum(axis=(1, 2))
    digits = enough_digits(
        lambda n: fixed(float(by_map.round(n).sum()) + round(at.bias, n), 2) == fixed(at.z, 2), 2)  # fmt: skip
    terms = " + ".join(bracketed(fixed(float(part), digits)) for part in by_map)
    return (f"The {at.products.size} products of **{name}**, map by map: {terms}; with the bias "
            f"{bracketed(fixed(at.bias, digits))} that is **{fixed(at.z, 2)}**.")  # fmt: skip


def softmax_words(at: AnswerSum, name: str) -> str:
    """How softmax turns the sums of all classes into the share of one."""
    share = float(np.exp(at.z - at.sums.max()) / np.exp(at.sums - at.sums.max()).sum())
    others = ", ".join(fixed(float(z), 2) for z in at.sums)
    return (f"So is one sum made for each class: {others}. Softmax divides e to the power of this one by the sum of e to "
            f"the power of each: e^{fixed(at.z, 2)} / (…) = **{fine_percent(share)}**.")  # fmt: skip
