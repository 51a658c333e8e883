"""The scene: what the live view is told once of a network and its data, before any frame."""

from typing import Any

import numpy as np

from nncore import ACTIVATIONS, FEATURES, Experiment
from nncore.data.own import dataset_kind
from nncore.data.splits import Split
from nncore.experiments.experiment import MAX_LAYERS, MAX_WIDTH, build_split
from nncore.inspection.map_plane import Plane
from nncore.models.targets import class_targets
from pages.parts.fields.labels import name_of, summarise
from pages.parts.figures import palette

Array = np.ndarray

# At most this many points of each set are drawn: more would hide the map.
SHOWN_POINTS = (500, 250, 250)
LARGEST_PICTURE = 16  # pixels a side


def scene(experiment: Experiment, plane: Plane, shows_test: bool = True) -> tuple[dict[str, Any], Array]:
    """The header's scene and its points (N, 4): map x, map y, label or target, set (0 training, 1, 2 test).

    While the test set is sealed nothing of it leaves the server: not `shows_test`.
    """
    split, kind = build_split(experiment), dataset_kind(experiment.dataset)
    low, high = value_range(experiment, split)
    points, left_out = _points(split, plane, shows_test)
    activations = experiment.activation
    if len(activations) == 1:
        activations = activations * len(experiment.hidden)
    header = {
        "sizes": experiment.sizes,
        "activations": activations,
        "output": experiment.output,
        "applied": [_applied(name) for name in (*activations, experiment.output)],
        "loss": experiment.loss,
        "loss_name": name_of(experiment.loss, "loss"),
        "task": "regression" if experiment.is_regression else "classification",
        "classes": kind.class_names,
        "score": "R²" if experiment.is_regression else "accuracy",
        "target": kind.target_name,
        "low": low,
        "high": high,
        "inputs": split.transform.labels(split.dataset.feature_names),
        "palette": {
            "negative": palette.NEGATIVE,
            "zero_light": palette.ZERO_LIGHT,
            "zero_dark": palette.ZERO_DARK,
            "positive": palette.POSITIVE,
            "classes": palette.CLASSES,
        },
        "markers": palette.MARKERS,
        "summary": summarise(experiment),
        "features": [(name, feature.label_of(split.dataset.feature_names)) for name, feature in FEATURES.items()
                     if feature.inputs_needed <= experiment.n_raw_inputs <= 2],
        "most": (MAX_LAYERS, MAX_WIDTH),
        "plane": _plane_header(plane),
        "left_out": left_out,
        "pictures": _pictures(split, kind.image_shape, shows_test),
    }
    return header, points


def _applied(name: str) -> dict[str, Any]:
    """What the view says of a layer's activation: its name, and whether it leaves the sum as it is."""
    entry = ACTIVATIONS.get(name)  # softmax is none of the table: it takes a whole layer
    return {"name": name_of(name), "is_plain": entry is not None and entry.is_identity}


def _pictures(split: Split, shape: tuple[int, int] | None, shows_test: bool) -> dict[str, Any] | None:
    """The samples that are drawn as pictures, where that is what their inputs are: a letter "0" to "f" for each pixel.

    Of pictures that were enlarged every second pixel is enough.
    """
    if shape is None:
        return None
    shown = np.concatenate([rows[:limit] for rows, limit in _sets(split, shows_test)])
    pixels = split.dataset.X[shown].reshape(-1, *shape)
    if max(shape) > LARGEST_PICTURE:
        pixels = pixels[:, ::2, ::2]
    levels = np.rint(15 * (pixels / max(float(pixels.max()), 1e-9)).clip(0, 1)).astype(int)
    return {"rows": pixels.shape[1], "columns": pixels.shape[2], "ink": "".join(f"{level:x}" for level in levels.flat)}


def _sets(split: Split, shows_test: bool) -> zip:
    sets = (split.train, split.validation, split.test) if shows_test else (split.train, split.validation)
    return zip(sets, SHOWN_POINTS, strict=False)


def value_range(experiment: Experiment, split: Split) -> tuple[float, float]:
    """The output values at the two ends of the colour scale."""
    if not experiment.is_regression:
        return class_targets(experiment.output)
    if dataset_kind(experiment.dataset).extent is not None:
        return -1.0, 1.0
    return float(split.y_train.min()), float(split.y_train.max())


def _points(split: Split, plane: Plane, shows_test: bool) -> tuple[Array, str]:
    rows, left_out = [], 0
    for number, (indices, limit) in enumerate(_sets(split, shows_test)):
        shown = indices[:limit]
        left_out += len(indices) - len(shown)
        targets = split.dataset.y[shown].astype(float)
        uv = plane.project(split.dataset.X[shown])
        if plane.kind == "curve":
            uv = np.column_stack([uv[:, 0], targets])
        rows.append(np.column_stack([uv, targets, np.full(len(shown), number)]))
    return np.concatenate(rows).astype(np.float32), f"{left_out:,} points are not drawn." if left_out else ""


def _plane_header(plane: Plane) -> dict[str, Any]:
    header = {
        "kind": plane.kind,
        "x": plane.x_range,
        "y": plane.y_range,
        "labels": plane.labels,
        "note": plane.note,
    }
    if plane.kind == "affine":
        arrays = {"origin": plane.origin, "along_x": plane.along_x, "along_y": plane.along_y}
    else:
        arrays = {"mean": plane.transform.mean, "scale": plane.transform.scale}
        header["terms"] = plane.transform.features or ("x1", "x2")[: len(plane.transform.mean)]
    return header | {name: array.tolist() for name, array in arrays.items()}
