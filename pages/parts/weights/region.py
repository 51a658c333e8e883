"""The region of a neuron's picture that is kept: by two sliders, by a box, or drawn by hand around its pixels."""

import numpy as np
import streamlit as st

from nncore.inspection.pixel_masks import fewer_corners, polygon_mask, region_mask
from pages.parts.figures.weights.sample_map import picture_figure
from pages.parts.page.choices import Each, Span, bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.weights.study import Study

MASK = "weights_mask"
SHAPES = {"box": "Box", "hand": "Free hand"}
HELP = {
    "box": "Drag a box on the picture, or move the sliders.",
    "hand": "Draw on the picture around the pixels to keep.",
}
EMPTY = {
    "box": "The box holds no pixel: its first row or column lies behind its last. Choose another region.",
    "hand": "The line encloses no pixel. Draw a larger one.",
}
CORNERS, TENTHS = 24, 10  # a drawn shape in the link: so many corners at most, in tenths of a pixel


def choose_region(study: Study, neuron: int) -> np.ndarray | None:
    """The pixels that are kept, bool (side * side,); None, and one sentence, where the region holds none."""
    shape = choice(study.session, "shape", "str", "box", SHAPES)
    st.segmented_control("Region", list(SHAPES), format_func=SHAPES.get, required=True,
                         **bind_choice(study.session, "shape", shape, "box"))  # fmt: skip
    whole = np.ones(study.side**2, dtype=bool)
    region = None
    try:
        region = _box(study) if shape == "box" else _drawn(study, whole)
    except ValueError:
        st.error(EMPTY[shape])
    show_figure(MASK, f"The weights of neuron {neuron + 1} as a picture, with a line around the region that is kept.",
                picture_figure, study.network.weights[0][neuron], whole if region is None else region, 280,
                on_select=lambda: take_drawn_region(study), selection_mode="box" if shape == "box" else "lasso")  # fmt: skip
    st.caption(f"{HELP[shape]} Outside the line, where the picture is faded, the weights become 0; the "
               "bias stays.")
    st.button("Whole picture", key="whole_picture", on_click=_keep_all, args=(study,),
              disabled=region is not None and bool(region.all()))  # fmt: skip
    return region


def _box(study: Study) -> np.ndarray:
    """The rows and columns on the two sliders. Raises ValueError where they hold no pixel."""
    side = study.side
    defaults = {"rows": (1, side // 2), "columns": (1, side)}
    within = Each((Span(1, side), Span(1, side)))
    ends = {name: choice(study.session, name, "tuple[int, ...]", pair, within) for name, pair in defaults.items()}
    problem, region = None, None
    try:
        region = region_mask(side, *(end - 1 for pair in ends.values() for end in pair))
    except ValueError as error:
        problem, ends = error, defaults
    for name, pair in ends.items():
        st.slider(f"Kept {name}", 1, side, **bind_choice(study.session, name, tuple(pair), defaults[name]))
    if problem is not None:
        raise problem
    return region


def _drawn(study: Study, whole: np.ndarray) -> np.ndarray:
    """The pixels inside the shape that was drawn, all where none was. Raises ValueError where it holds none."""
    far = TENTHS * study.side
    corners = choice(study.session, "corners", "tuple[int, ...]", (), lambda numbers: len(numbers) % 2 == 0
                     and len(numbers) <= 2 * CORNERS and all(abs(number) <= far for number in numbers))  # fmt: skip
    return polygon_mask(study.side, np.reshape(corners, (-1, 2)) / TENTHS) if corners else whole


def take_drawn_region(study: Study) -> None:
    """Takes what was drawn on the picture as the region."""
    selection, choices = st.session_state[MASK]["selection"], study.session.choices
    if selection.get("lasso"):
        shape = selection["lasso"][-1]
        corners = fewer_corners(np.column_stack([shape["x"], shape["y"]]), CORNERS)
        limit = TENTHS * study.side
        tenths = np.clip(np.rint(TENTHS * corners), -limit, limit).astype(int)
        choices["corners"] = ",".join(map(str, tenths.ravel()))
    elif selection.get("box"):
        for name, ends in (("columns", selection["box"][-1]["x"]), ("rows", selection["box"][-1]["y"])):
            low, high = max(0, int(np.ceil(min(ends)))), min(study.side - 1, int(np.floor(max(ends))))
            choices[name] = f"{low + 1},{high + 1}" if low <= high else "2,1"  # an empty region, which the page reports


def _keep_all(study: Study) -> None:
    choices = study.session.choices
    choices.pop("corners", None)
    choices["rows"] = choices["columns"] = f"1,{study.side}"
