"""What is drawn of an autoencoder at one frame: where the code puts samples, and what comes out for a few of them."""

import numpy as np

from nncore.experiments.architectures import CodedData, CodeRun
from nncore.models.autoencoder import Autoencoder
from pages.parts.figures.palette import CLASSES, GLYPHS, NEGATIVE
from pages.parts.page.playing.learning_view import Attention, Looks, Panel

Array = np.ndarray

DRAWN = 200  # held-out samples on the plane
PICTURES, ACROSS, ROWS = 16, 8, 8  # pictures and how many stand side by side; rows of a table
SPREAD = 3.0  # deviations at which a table's colour is full
TURN, TILT = np.radians(25.0), np.radians(20.0)  # of the lifted spiral, seen from the side


def looks_of(run: CodeRun) -> Looks:
    """What is drawn of the parameters (P,) of a frame."""
    data = run.samples()
    X = data.held[:DRAWN]
    shown, told = run.shown(X), {"marks": marks_of(run, data), "colours": colours_of(data)}

    def looks(parameters: Array) -> Attention:
        model = run.model(parameters)
        codes = model.encode(shown)
        panels = [Panel("points", plane_title(codes.shape[1]), plane_places(codes), told)]
        out = model.predict(shown)
        if data.is_cloud:
            panels += [Panel("points", title, seen_from_side(rows), told)
                       for title, rows in (("What goes in, from the side", shown), ("What comes out", out))]  # fmt: skip
        else:
            panels.append(_tiles(data, shown, out))
        return Attention(np.zeros((0, 0, 0)), (), (), 0, (), NEGATIVE, panels)

    return looks


def marks_of(run: CodeRun, data: CodedData) -> list[str]:
    """A letter for each drawn sample: the digit, or the sign of its class."""
    labels = data.held_labels[:DRAWN]
    return [data.classes[label] if data.side else GLYPHS[label % len(GLYPHS)] for label in labels.tolist()]


def colours_of(data: CodedData) -> list[str]:
    """The colour of each drawn sample's class."""
    return [CLASSES[label % len(CLASSES)] for label in data.held_labels[:DRAWN].tolist()]


def plane_title(d: int) -> str:
    """What the plane shows of a code of `d` numbers."""
    return {1: "The code, one number, across", 2: "The code plane"}.get(d, f"The first two of the code's {d} numbers")


def plane_places(codes: Array) -> Array:
    """Where codes (N, d) lie on the plane: (N, 2), of one number along a line."""
    return codes[:, :2] if codes.shape[1] > 1 else np.column_stack([codes, np.zeros(len(codes))])


def side_view() -> Array:
    """The matrix (3, 2) that takes points in space to where they are seen, turned a little and from a little above."""
    return np.array([
        [np.cos(TURN), -np.sin(TURN) * np.sin(TILT)],
        [np.sin(TURN), np.cos(TURN) * np.sin(TILT)],
        [0.0, np.cos(TILT)],
    ])  # fmt: skip


def seen_from_side(points: Array) -> Array:
    """Where points (N, 3) are seen: (N, 2)."""
    return points @ side_view()


def intensities(data: CodedData, X: Array) -> Array:
    """Inputs X (N, D) as ink from 0 to 1, or of a table as deviations from the mean, from -1 to 1 and beyond."""
    return data.raw(X) if data.side else X / SPREAD


def _tiles(data: CodedData, shown: Array, out: Array) -> Panel:
    count = PICTURES if data.side else ROWS
    shape = (data.side, data.side) if data.side else (1, data.X.shape[1])
    inputs = intensities(data, shown[:count])
    told = {"inputs": np.round(inputs, 3).ravel().tolist(), "across": ACROSS if data.side else 1}
    pictures = intensities(data, out[:count]).reshape(-1, *shape)
    return Panel("tiles", "Above what goes in, below what comes out", pictures, told)


def decoder_layers(model: Autoencoder) -> list[dict]:
    """The layers behind the code, as a browser takes them: matrix (n_out rows of n_in weights and a bias) and activation."""
    names = [*model.activations, model.output][model.code_layer :]
    return [{"matrix": matrix.tolist(), "activation": name}
            for matrix, name in zip(model.matrices()[model.code_layer :], names, strict=True)]  # fmt: skip
