"""One number at a time: a filter's window on the picture, its products and their sum, the activation, and pooling."""

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
PICTURE_HEIGHT, NUMBERS_HEIGHT, MAPS_HEIGHT, FIELD_HEIGHT = 250, 160, 270, 200  # pixels
MAPS_IN_A_ROW = 4


def one_place(look: Look, left: DeltaGenerator, right: DeltaGenerator) -> None:
    """The window at one place: where it lies on the picture, at the `left`, and every number up to what pooling keeps."""
    row, column = _place(look)
    at = window_at(look.model, look.picture, look.filter, row, column)
    side = look.run.kind.side
    with left:
        _picture_and_map(look, row, column)
        first, second = st.columns(2)
        first.slider("Window, row", 1, side, **bind_choice(look.session, "window_row", row + 1, side // 2))
        second.slider("Window, column", 1, side, **bind_choice(look.session, "window_column", column + 1, side // 2))
        if look.label is None:
            inked = look.picture[0, row, column] > 0
            st.button("Wipe the pixel in the window's middle" if inked else "Put ink on the pixel in the window's middle",
                      key="ink_here", icon=":material/ink_pen:", on_click=toggle_pixel,
                      args=(look.session, look.run, row * side + column))  # fmt: skip
    with right:
        st.markdown("**What lies under the window, times the filter, place by place**")
        limit = float(max(np.abs(part).max() for part in (at.patch, at.weights, at.products))) or 1.0
        tiles = [Tile(name, part[0], limit=limit, numbered=True) for name, part in
                 (("window", at.patch), ("× filter", at.weights), ("= products", at.products))]  # fmt: skip
        show_figure("window_numbers", f"The numbers under the window, the filter's and their products: {sum_words(at)}",
                    tiles_figure, tiles, NUMBERS_HEIGHT)  # fmt: skip
        st.markdown(sum_words(at))
        st.caption(products_words(at))
        st.markdown(pooling_words(at, look.run.kind.blocks[0][2]))
        show_source(window_at, model=look.model, picture=look.picture, number=look.filter, row=row, column=column)


def _place(look: Look) -> tuple[int, int]:
    """The row and the column of the window's middle, from 0."""
    side = look.run.kind.side
    return tuple(choice(look.session, name, "int", side // 2, Span(1, side)) - 1 for name in ("window_row", "window_column"))


def _picture_and_map(look: Look, row: int, column: int) -> None:
    kernel, block = look.run.kind.blocks[0][1], look.model.architecture.blocks[0]
    answers = look.model.forward(look.picture[None]).a[0][0, look.filter]
    tiles = [
        Tile("picture", look.picture[0], is_ink=True, frame=Frame(row - block.padding, column - block.padding, kernel)),
        Tile(f"map of filter {look.filter + 1}, after ReLU", answers, limit=float(answers.max()) or 1.0,
             frame=Frame(row, column, 1)),
    ]  # fmt: skip
    st.markdown("**Where the window stands: click a place on the map; on the picture a click draws**" if look.label is None
                else "**Where the window stands: click a place on the picture or on the map**")  # fmt: skip
    show_figure(CHART, f"The picture with the window at row {row + 1}, column {column + 1}, and the filter's map.",
                lambda dark: tiles_figure(tiles, PICTURE_HEIGHT, dark, targets=True),
                on_select=lambda: _clicked(look), selection_mode="points")  # fmt: skip


def _clicked(look: Look) -> None:
    if (number := clicked_number(CHART)) is not None:
        tile, place = divmod(number, look.run.kind.side**2)
        if tile == 0 and look.label is None:
            toggle_pixel(look.session, look.run, place)
            return
        row, column = divmod(place, look.run.kind.side)
        look.session.choices |= {"window_row": str(row + 1), "window_column": str(column + 1)}


def sum_words(at: Window) -> str:
    """The sum of the products, the bias and the activation at one place, in numbers that add up as they are printed."""
    places, total = _places(at), float(at.products.sum())
    kept = "ReLU lets it through" if at.z > 0 else "ReLU makes it 0, as it is not above 0"
    answer = fixed(at.a, places) if at.a else "0"
    return (f"The {at.products.size} products add up to {fixed(total, places)}; with the bias {fixed(at.bias, places)} that "
            f"is **z = {fixed(at.z, places)}**. {kept}: **a = {answer}**.")  # fmt: skip


def _places(at: Window) -> int:
    """The digits after the point with which the sum of the products and the bias give z as it is printed."""
    total = float(at.products.sum())
    return enough_digits(lambda n: fixed(round(total, n) + round(at.bias, n), n) == fixed(at.z, n), 3)


def products_words(at: Window) -> str:
    """The sum of the products written out, factor by factor, in Markdown; those with a pixel of 0 are left out."""
    places, inked = _places(at), at.patch.ravel() != 0
    pixels, weights = at.patch.ravel()[inked], at.weights.ravel()[inked]
    if not len(pixels):
        return "All pixels under the window are 0, and so are all products."
    wanted = fixed(float(at.products.sum()), places)
    digits = enough_digits(lambda n: fixed(float(pixels.round(n) @ weights.round(n)), places) == wanted, 2)
    terms = [f"{bracketed(fixed(x, digits))}·{bracketed(fixed(w, digits))}" for x, w in zip(pixels, weights, strict=True)]
    left_out = at.products.size - len(terms)
    note = f" (and {left_out} times 0)" if left_out else ""
    return f"Written out, pixel times weight{note}: {' + '.join(terms)} = {wanted}."


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


def all_maps(look: Look) -> None:
    """The maps of all filters of the first block, before and after pooling."""
    maps, pool = look.model.forward(look.picture[None]), look.run.kind.blocks[0][2]
    limit = float(maps.a[0].max()) or 1.0
    left, right = st.columns(2, gap="large")
    for place, key, name, parts, size in (
        (left, "maps", "**All maps, after ReLU**", maps.a[0][0], 1),
        (right, "pooled", f"**And after pooling over {pool} × {pool}**", maps.pooled[0][0], pool),
    ):  # fmt: skip
        tiles = [Tile(f"filter {k}", part, size=size, limit=limit) for k, part in enumerate(parts, 1)]
        with place:
            st.markdown(name)
            show_figure(f"conv_{key}", f"{name}, of {len(parts)} filters",
                        lambda dark, tiles=tiles: tiles_figure(tiles, MAPS_HEIGHT, dark, MAPS_IN_A_ROW))


def notice_words(look: Look) -> str:
    """Which filter answers most to this picture, and which at the fewest places."""
    answers = look.model.forward(look.picture[None]).a[0][0]
    heights, places = answers.max(axis=(1, 2)), (answers > 0).sum(axis=(1, 2))
    loud, quiet = int(heights.argmax()), int(places.argmin())
    n_weights = look.model.filters[0][0].size
    least = "the same one" if loud == quiet else f"filter {quiet + 1}"
    return (f"A filter's {n_weights} weights are the same at all {answers[0].size} places. On this picture filter "
            f"{loud + 1} answers most, up to {short(float(heights[loud]))}, and {least} at the fewest places: "
            f"{int(places[quiet])}. The dense layer at the end is given nothing but such maps.")  # fmt: skip


def field(look: Look) -> None:
    """How much of the picture one number sees, layer by layer, in words and drawn around the window's place."""
    st.markdown(field_words(look))
    row, column = _place(look)
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
