"""One number at a time: a filter's window on the picture, its products and their sum, the activation, and pooling."""

import math

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nncore.inspection.windows import Window, fields_of, receptive_fields, window_at
from pages.parts.convolution.study import Look, toggle_pixel
from pages.parts.fields.arithmetic import bracketed, enough_digits, fixed
from pages.parts.fields.numbers import short
from pages.parts.fields.source import show_source
from pages.parts.figures.convolution.tiles import Frame, Tile, tiles_figure
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.streamlit_workarounds import clicked_number

CHART = "window_map"
PICTURE_HEIGHT, NUMBERS_HEIGHT, FIELD_HEIGHT = 250, 160, 200  # pixels
IN_A_ROW = 5


def one_place(look: Look, left: DeltaGenerator, right: DeltaGenerator) -> None:
    """The window at one place: where it lies, at the `left`, and every number up to what pooling keeps."""
    row, column = _place(look)
    at = window_at(look.model, look.picture, look.filter, row, column, look.block)
    side = _side(look)
    with left:
        _where_it_stands(look, row, column)
        first, second = st.columns(2)
        first.slider("Window, row", 1, side, **bind_choice(look.session, "window_row", row + 1, side // 2))
        second.slider("Window, column", 1, side, **bind_choice(look.session, "window_column", column + 1, side // 2))
        if look.label is None and not look.block:
            inked, pixel = look.picture[0, row, column] > 0, look.run.pixel_order[row * side + column]
            st.button("Wipe the pixel in the window's middle" if inked else "Put ink on the pixel in the window's middle",
                      key="ink_here", icon=":material/ink_pen:", on_click=toggle_pixel,
                      args=(look.session, look.run, int(pixel)))  # fmt: skip
    with right:
        part = _numbers(look, at)
        st.markdown(sum_words(at))
        st.caption(products_words(at, part))
        st.markdown(pooling_words(at, look.run.kind.blocks[look.block][2]))
        show_source(window_at, model=look.model, picture=look.picture, number=look.filter, row=row, column=column,
                    block=look.block)  # fmt: skip


def _numbers(look: Look, at: Window) -> int:
    """The numbers of the window on one map that comes in, which is picked where there are several; returns which, from 0."""
    n_parts, part = len(at.patch), look.part
    if n_parts == 1:
        st.markdown("**What lies under the window, times the filter, place by place**")
    else:
        st.markdown(f"**A filter{look.of_block} has a window on each of the {n_parts} maps before. What lies under one of "
                    "them, times the filter's weights for that map**")  # fmt: skip
        st.segmented_control("Map of the block before", range(1, n_parts + 1), required=True,
                             **bind_choice(look.session, "zoom_map", part + 1, 1))  # fmt: skip
    limit = float(max(np.abs(numbers[part]).max() for numbers in (at.patch, at.weights, at.products))) or 1.0
    tiles = [Tile(name, numbers[part], limit=limit, numbered=True) for name, numbers in
             (("window", at.patch), ("× filter", at.weights), ("= products", at.products))]  # fmt: skip
    show_figure("window_numbers", f"The numbers under the window, the filter's and their products: {sum_words(at)}",
                tiles_figure, tiles, NUMBERS_HEIGHT)  # fmt: skip
    return part


def _side(look: Look) -> int:
    """The side of the maps of the block on screen, before pooling."""
    return look.model.architecture.blocks[look.block].shape[1]


def _place(look: Look) -> tuple[int, int]:
    """The row and the column of the window's middle on the block's maps, from 0."""
    side = _side(look)
    return tuple(choice(look.session, name, "int", side // 2, Span(1, side)) - 1 for name in ("window_row", "window_column"))


def _where_it_stands(look: Look, row: int, column: int) -> None:
    block, came = look.model.architecture.blocks[look.block], look.came
    answers = look.model.forward(look.picture[None]).a[look.block][0, look.filter]
    window, limit = Frame(row - block.padding, column - block.padding, block.kernel), float(came.max()) or 1.0
    tiles = [Tile("picture", came[0], is_ink=True, frame=window)]
    if look.block:
        tiles = [Tile(f"map {k}", part, limit=limit, frame=window) for k, part in enumerate(came, 1)]
    tiles.append(Tile(f"map of filter {look.filter + 1}, after ReLU", answers, limit=float(answers.max()) or 1.0,
                      frame=Frame(row, column, 1)))  # fmt: skip
    place = f"row {row + 1}, column {column + 1}"
    if look.block:
        st.markdown(f"**Where the window stands on the maps of block {look.block}: click a place on any map**")
    else:
        st.markdown("**Where the window stands: click a place on the picture or on the map**")
    what = f"The {len(came)} maps before" if look.block else "The picture"
    show_figure(CHART, f"{what} with the window at {place}, and the filter's map.",
                lambda dark: tiles_figure(tiles, PICTURE_HEIGHT, dark, IN_A_ROW if look.block else 0, targets=True),
                on_select=lambda: _clicked(look), selection_mode="points")  # fmt: skip


def _clicked(look: Look) -> None:
    if (number := clicked_number(CHART)) is None:
        return
    tile, place = divmod(number, _side(look) ** 2)
    row, column = divmod(place, _side(look))
    look.session.choices |= {"window_row": str(row + 1), "window_column": str(column + 1)}
    if look.block and tile < len(look.came):
        look.session.choices["zoom_map"] = str(tile + 1)


def sum_words(at: Window) -> str:
    """The sum of the products, the bias and the activation at one place, in numbers that add up as they are printed."""
    places, total = _places(at), float(at.products.sum())
    kept = "ReLU lets it through" if at.z > 0 else "ReLU makes it 0, as it is not above 0"
    answer = fixed(at.a, places) if at.a else "0"
    by_map = f", map by map {_by_map(at, places)}" if len(at.products) > 1 else ""
    return (f"The {at.products.size} products add up to {fixed(total, places)}{by_map}; with the bias "
            f"{fixed(at.bias, places)} that is **z = {fixed(at.z, places)}**. {kept}: **a = {answer}**.")  # fmt: skip


def _by_map(at: Window, places: int) -> str:
    """The sums of the products on each map that comes in, as a sum that gives what is printed as theirs."""
    sums = at.products.sum(axis=(1, 2))
    wanted = fixed(float(sums.sum()), places)
    digits = enough_digits(lambda n: fixed(float(sums.round(n).sum()), places) == wanted, 2)
    return " + ".join(bracketed(fixed(float(part), digits)) for part in sums)


def _places(at: Window) -> int:
    """The digits after the point with which the sum of the products and the bias give z as it is printed."""
    total = float(at.products.sum())
    return enough_digits(lambda n: fixed(round(total, n) + round(at.bias, n), n) == fixed(at.z, n), 3)


def products_words(at: Window, part: int = 0) -> str:
    """The sum of the products on one map that comes in, written out factor by factor; those with a 0 of it are left out."""
    places, one = _places(at), "map" if len(at.patch) > 1 else "pixel"
    patch, products = at.patch[part].ravel(), at.products[part]
    came = patch != 0
    numbers, weights = patch[came], at.weights[part].ravel()[came]
    where = f" on map {part + 1}" if one == "map" else ""
    if not len(numbers):
        what = f"All numbers of map {part + 1}" if one == "map" else "All pixels"
        return f"{what} under the window are 0, and so are all products{where and ' there'}."
    wanted = fixed(float(products.sum()), places)
    digits = enough_digits(lambda n: fixed(float(numbers.round(n) @ weights.round(n)), places) == wanted, 2)
    terms = [f"{bracketed(fixed(x, digits))}·{bracketed(fixed(w, digits))}" for x, w in zip(numbers, weights, strict=True)]
    left_out = products.size - len(terms)
    note = f" (and {left_out} times 0)" if left_out else ""
    what = "number of the map" if one == "map" else "pixel"
    return f"Written out{where}, {what} times weight{note}: {' + '.join(terms)} = {wanted}."


def pooling_words(at: Window, pool: int) -> str:
    """Which of the tile's numbers pooling keeps."""
    if at.tile is None:
        return "Pooling leaves this place out: its tile would reach beyond the map."
    numbers = ", ".join(short(float(value)) for value in at.tile.ravel())
    if not at.tile.any():
        return f"Max pooling looks at tiles of {pool} × {pool} places. In this one all are 0, so 0 is kept."
    row, column = at.winner
    return (f"Max pooling keeps the largest of a tile of {pool} × {pool} places: of {numbers} it is "
            f"**{short(float(at.tile.max()))}**, in row {row + 1}, column {column + 1} of the tile.")  # fmt: skip


def field(look: Look) -> None:
    """How much of the picture one number sees, layer by layer, in words and drawn around the window's place."""
    st.markdown(field_words(look))
    stride = math.prod(pool for _, _, pool in look.run.kind.blocks[: look.block])
    row, column = (stride * at for at in _place(look))
    names = layer_names(len(look.run.kind.blocks))
    tiles = [Tile(name, look.picture[0], is_ink=True, frame=Frame(*seen))
             for name, seen in zip(names, fields_of(look.model, row, column), strict=True)]  # fmt: skip
    show_figure("field", f"What the numbers made at row {row + 1}, column {column + 1} see of the picture.",
                tiles_figure, tiles, FIELD_HEIGHT)  # fmt: skip
    st.caption("The frame holds all pixels on which one number of that layer depends, where the window stands. What lies "
               "beyond the picture counts as 0.")


def layer_names(n_blocks: int) -> list[str]:
    """What makes the maps, in the order of the layers."""
    return [f"{what} {k}" for k in range(1, n_blocks + 1) for what in ("convolution", "pooling")]


def field_words(look: Look) -> str:
    """How much of the picture one number sees, layer by layer."""
    blocks, side = look.run.kind.blocks, look.run.kind.side
    seen = [f"a number of {name} sees {size} × {size} pixels"
            for name, size in zip(layer_names(len(blocks)), receptive_fields(blocks), strict=True)]  # fmt: skip
    return f"**Receptive field**, of a picture of {side} × {side}: {', '.join(seen)}."
