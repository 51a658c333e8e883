"""Inputs above, reconstructions below, at the snapshot on screen."""

import numpy as np
import streamlit as st

from nncore.experiments.architectures.code_run import errors_of
from pages.parts.autoencoder.looks import intensities
from pages.parts.autoencoder.study import Look, sample_rows
from pages.parts.fields.numbers import short
from pages.parts.fields.outside_text import cut, literal
from pages.parts.fields.source import show_source
from pages.parts.figures.convolution.tiles import Tile, tiles_figure
from pages.parts.page.figure import show_figure

SHOWN, HEIGHT = 6, 200


def before_and_after(look: Look) -> None:
    """A few held-out samples as they are shown, as they are asked for, and as they come out."""
    data, rows = look.data, sample_rows(look.data, SHOWN)
    clean = data.held[rows]
    shown = look.run.shown(data.held)[rows]
    out = look.model.predict(shown)
    if not data.side:
        _table(look, clean, shown, out)
    else:
        _pictures(look, clean, shown, out)
    show_source(look.model.encode, X=shown[:1])
    show_source(errors_of, model=look.model, shown=shown, clean=clean)


def _pictures(look: Look, clean: np.ndarray, shown: np.ndarray, out: np.ndarray) -> None:
    data, errors = look.data, ", ".join(short(float(error)) for error in errors_of(look.model, shown, clean))
    pictures = _parts(look, clean, shown, out)
    tiles = [Tile(name if not k else "", np.clip(intensities(data, X)[k].reshape(data.side, -1), 0, 1), is_ink=True)
             for name, X in pictures for k in range(len(out))]  # fmt: skip
    st.markdown("**Held-out samples, above as the network is shown them, at the bottom as they come out**")
    show_figure("reconstructions", f"{len(out)} inputs and what comes out for them; errors {errors}",
                lambda dark: tiles_figure(tiles, HEIGHT * len(pictures) // 2, dark, len(out)))  # fmt: skip


def _parts(look: Look, clean: np.ndarray, shown: np.ndarray, out: np.ndarray) -> list[tuple[str, np.ndarray]]:
    """What is shown of each sample, by name: what is asked for only where it is not what goes in."""
    if look.run.damage == "none":
        return [("in", clean), ("out", out)]
    return [("in", shown), ("asked for", clean), ("out", out)]


def _table(look: Look, clean: np.ndarray, shown: np.ndarray, out: np.ndarray) -> None:
    names = [literal(cut(name)) for name in look.data.names[:SHOWN]]
    lines = [f"| | {' | '.join(names)} |", "|:--|" + "--:|" * len(names)]
    parts = _parts(look, clean, shown, out)
    for k in range(min(3, len(clean))):
        for name, X in parts:
            numbers = " | ".join(short(float(value)) for value in look.data.raw(X)[k, : len(names)])
            lines.append(f"| {k + 1}, {name} | {numbers} |")
    st.markdown("**Held-out samples: what goes in, and what comes out**")
    st.markdown("\n".join(lines))
