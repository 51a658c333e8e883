"""Maps: those of all filters, block after block, and one of them step by step, from what comes in to what pooling keeps."""

import numpy as np
import streamlit as st

from nncore.inspection.windows import map_parts
from pages.parts.convolution.study import Look
from pages.parts.fields.numbers import counted, short
from pages.parts.fields.source import show_source
from pages.parts.figures.convolution.tiles import Tile, tiles_figure
from pages.parts.page.figure import show_figure

MAPS_HEIGHT, ROW_HEIGHT = 270, 120  # pixels
IN_A_ROW = 4


def one_map(look: Look) -> None:
    """The map of the filter on screen: what it makes of each map that comes in, their sum, activation and pooling."""
    parts = map_parts(look.model, look.picture, look.filter, look.block)
    maps, bias = look.model.forward(look.picture[None]), float(look.model.filter_biases[look.block][look.filter])
    z, a, pooled = (part[look.block][0, look.filter] for part in (maps.z, maps.a, maps.pooled))
    limit = float(np.abs(np.concatenate([parts, z[None]])).max()) or 1.0
    names = [f"from map {k}" for k in range(1, len(parts) + 1)] if look.block else ["sum of products"]
    tiles = [Tile(name, part, limit=limit) for name, part in zip(names, parts, strict=True)]
    pool = look.run.kind.blocks[look.block][2]
    tiles += [Tile("+ bias" if len(parts) == 1 else "sum + bias", z, limit=limit), Tile("ReLU", a, limit=limit),
              Tile("pooled", pooled, size=pool, limit=limit)]  # fmt: skip
    st.markdown(f"**One map, step by step: that of filter {look.filter + 1}{look.of_block}**")
    show_figure("one_map", f"How filter {look.filter + 1} makes its map: {one_map_words(len(parts), bias, pool)}",
                lambda dark: tiles_figure(tiles, ROW_HEIGHT * -(-len(tiles) // IN_A_ROW), dark, IN_A_ROW))  # fmt: skip
    st.caption(one_map_words(len(parts), bias, pool))
    show_source(map_parts, came=parts, model=look.model, picture=look.picture, number=look.filter, block=look.block)


def one_map_words(n_parts: int, bias: float, pool: int) -> str:
    """What is done between the tiles of `one_map`."""
    came = ("The filter's window slides over the picture, and the sum of its products is written down at each place"
            if n_parts == 1 else
            f"The filter has a window for each of the {counted(n_parts, 'map')} that come in. Each slides over its own map, "
            "and the maps of sums are added up, place by place")  # fmt: skip
    return (f"{came}; the bias, {short(bias)}, is added everywhere. ReLU makes what is below 0 a 0, and pooling keeps the "
            f"largest of every {pool} × {pool} places.")  # fmt: skip


def all_maps(look: Look) -> None:
    """The maps of all filters of every block, before and after pooling."""
    maps = look.model.forward(look.picture[None])
    for k, (_, _, pool) in enumerate(look.run.kind.blocks):
        limit, of_block = float(maps.a[k][0].max()) or 1.0, f" of block {k + 1}" if len(maps.a) > 1 else ""
        left, right = st.columns(2, gap="large")
        for place, key, name, parts, size in (
            (left, "maps", f"**All maps{of_block}, after ReLU**", maps.a[k][0], 1),
            (right, "pooled", f"**And after pooling over {pool} × {pool}**", maps.pooled[k][0], pool),
        ):  # fmt: skip
            tiles = [Tile(f"filter {number}", part, size=size, limit=limit) for number, part in enumerate(parts, 1)]
            with place:
                st.markdown(name)
                show_figure(f"conv_{key}_{k}" if k else f"conv_{key}", f"{name}, of {len(parts)} filters",
                            lambda dark, tiles=tiles: tiles_figure(tiles, MAPS_HEIGHT, dark, IN_A_ROW))  # fmt: skip


def notice_words(look: Look) -> str:
    """Which filter of the first block answers most to this picture, and which at the fewest places."""
    answers = look.model.forward(look.picture[None]).a[0][0]
    heights, places = answers.max(axis=(1, 2)), (answers > 0).sum(axis=(1, 2))
    loud, quiet = int(heights.argmax()), int(places.argmin())
    n_weights = look.model.filters[0][0].size
    least = "the same one" if loud == quiet else f"filter {quiet + 1}"
    words = (f"A filter's {n_weights} weights are the same at all {answers[0].size} places. On this picture filter "
             f"{loud + 1} answers most, up to {short(float(heights[loud]))}, and {least} at the fewest places: "
             f"{int(places[quiet])}. ")  # fmt: skip
    if len(look.run.kind.blocks) > 1:
        return (f"In the first block: {words[0].lower()}{words[1:]}A filter of the second block looks at all maps of the "
                "first at once, and sees a larger piece of the picture.")  # fmt: skip
    return words + "The dense layer at the end is given nothing but such maps."
