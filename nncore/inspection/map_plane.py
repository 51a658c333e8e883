"""The plane on which a decision map is drawn.

With two raw inputs the map is simply their plane, with one a curve over it. With more inputs only a slice can
be shown: the plane of two chosen columns with the others held at their training mean, or the plane through
the training mean along the two directions in which the training inputs vary most (principal components).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from nncore.arguments import array, checked, kind_of, wholes
from nncore.checks import require_whole, shown
from nncore.data.dataset import Dataset
from nncore.data.features import LARGEST_VALUE, InputTransform
from nncore.data.own.parsing.kinds import known_kind
from nncore.data.splits import Split
from nncore.handed_out import handed_out

PADDING = 0.08  # of the range, on each side

Range = tuple[float, float]


@handed_out
@dataclass(frozen=True, eq=False)
class Plane:
    """Where a decision map is drawn, and what the network is given there.

    `kind` is "features" (two raw inputs), "curve" (one) or "affine" (more): then the network input at map
    coordinates (u, v) is `origin + u * along_x + v * along_y`, each (F,); for the other kinds these are None.
    `labels` are the axis titles, `note` says what is held fixed ("" where nothing is). `columns` are the two
    raw columns shown, None for principal components.
    """

    kind: str
    x_range: Range
    y_range: Range
    labels: tuple[str, str]
    note: str
    transform: InputTransform
    columns: tuple[int, int] | None = None
    origin: np.ndarray | None = None
    along_x: np.ndarray | None = None
    along_y: np.ndarray | None = None

    @checked(uv=array("N?", "D"))
    def to_inputs(self, uv: np.ndarray) -> np.ndarray:
        """Network inputs (N, F) at map coordinates (N, 2); of a curve only the first coordinate counts."""
        if uv.shape[1] != 2 and not (self.kind == "curve" and uv.shape[1] == 1):
            raise ValueError(f"uv must have the shape (N, 2), got {uv.shape}")
        if self.kind == "affine":
            return self.origin + uv[:, :1] * self.along_x + uv[:, 1:2] * self.along_y
        return self.transform(uv[:, :1] if self.kind == "curve" else uv)

    @checked(X=array("N?", "D", limit=LARGEST_VALUE))
    def project(self, X: np.ndarray) -> np.ndarray:
        """Map coordinates (N, 2) at which raw rows X (N, D) are drawn; (N, 1), the x alone, for a curve."""
        n_raw = {"features": 2, "curve": 1}.get(self.kind, X.shape[1])
        if X.shape[1] != n_raw or (self.columns is not None and X.shape[1] <= max(self.columns)):
            raise ValueError(f"X must have the raw columns of the dataset, got the shape {X.shape}")
        if self.kind != "affine":
            return X
        if self.columns is not None:
            return X[:, list(self.columns)]
        # The components are orthonormal, so a coordinate is one inner product.
        return (self.transform(X) - self.origin) @ np.column_stack([self.along_x, self.along_y])


# The transform that a plane holds is the split's own, so that a plane does not keep its split alive.
_PRINCIPAL: "WeakKeyDictionary[Split, Plane]" = WeakKeyDictionary()


@checked(split=kind_of(Split))
def make_plane(split: Split, axes: str | Sequence[int] = "pca") -> Plane:
    """The plane on which the decision map of `split` is drawn.

    `axes` is "pca" or two different column indices, and matters for more than two raw inputs only. Raises
    ValueError for any other `axes`.
    """
    dataset = split.dataset
    n_inputs = dataset.X.shape[1]
    if n_inputs == 1:
        labels = (dataset.feature_names[0], dataset.target_name)
        return Plane("curve", _shown_range(dataset, 0), _height_range(dataset), labels, "", split.transform)
    if n_inputs == 2:
        x_range, y_range = _shown_range(dataset, 0), _shown_range(dataset, 1)
        return Plane("features", x_range, y_range, dataset.feature_names, "", split.transform)
    if isinstance(axes, str) and axes == "pca":
        # Hundreds of inputs take a tenth of a second, and a split is asked for its plane at every message.
        if split not in _PRINCIPAL:
            _PRINCIPAL[split] = _principal_plane(split)
        return _PRINCIPAL[split]
    return _column_plane(split, *_check_axes(axes, n_inputs))


@checked(inputs=array("N", "F"))
def principal_components(inputs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The first two principal components (2, F) of inputs (N, F), F >= 2, and their shares of variance (2,).

    From the singular value decomposition of the centred inputs; each component's largest element is positive.
    """
    if inputs.shape[1] < 2:
        raise ValueError(f"inputs must have at least 2 columns, got {inputs.shape}")
    centred = inputs - inputs.mean(axis=0)
    # Two rows of zeros change nothing but that there are two components even for a single example.
    centred = np.vstack([centred, np.zeros((2, inputs.shape[1]))])
    _, singular, rows = np.linalg.svd(centred, full_matrices=False)
    largest = np.abs(rows[:2]).argmax(axis=1)
    components = rows[:2] * np.sign(rows[[0, 1], largest])[:, None]
    total = (singular**2).sum()
    return components, singular[:2] ** 2 / total if total > 0 else np.zeros(2)


def _principal_plane(split: Split) -> Plane:
    components, shares = principal_components(split.X_train)
    origin = split.X_train.mean(axis=0)
    drawn = (split.transform(split.dataset.X) - origin) @ components.T  # (N, 2)
    labels = tuple(f"principal component {k + 1} ({share:.0%} of variance)" for k, share in enumerate(shares))
    note = (
        "The map shows the two directions in which the training points spread most, the first two principal "
        f"components of all {len(origin)} inputs; in every other direction it stays at their mean, and points are "
        "drawn at their nearest place."
    )
    return Plane("affine", _padded(drawn[:, 0]), _padded(drawn[:, 1]), labels, note, split.transform,
                 None, origin, *components)


def _column_plane(split: Split, i: int, j: int) -> Plane:
    dataset, transform = split.dataset, split.transform
    held = dataset.X[split.train].mean(axis=0)
    held[[i, j]] = 0.0  # u and v bring these two
    origin = transform(held[None])[0]
    along = np.eye(len(held))[[i, j]] / transform.scale  # (2, F): one raw unit, seen by the network
    others = len(held) - 2
    inputs = "input is" if others == 1 else "inputs are"
    note = (
        f"The other {others} {inputs} held at the training mean; points are drawn by the two columns shown."
    )
    labels = (dataset.feature_names[i], dataset.feature_names[j])
    x_range, y_range = _padded(dataset.X[:, i]), _padded(dataset.X[:, j])
    return Plane("affine", x_range, y_range, labels, note, transform, (i, j), origin, *along)


def _check_axes(axes: str | Sequence[int], n_inputs: int) -> tuple[int, int]:
    if not isinstance(axes, list | tuple | np.ndarray) or getattr(axes, "ndim", 1) != 1 or len(axes) != 2:
        raise ValueError(f'axes must be "pca" or two column indices, got {shown(axes)}')
    i, j = (require_whole(f"axes[{k}]", axis, 0, n_inputs - 1) for k, axis in enumerate(axes))
    if i == j:
        raise ValueError(f"axes must be two different columns, got {i} twice")
    return i, j


def _shown_range(dataset: Dataset, column: int) -> Range:
    kind = known_kind(dataset.name)
    if kind is not None and kind.extent is not None:
        return kind.extent
    return _padded(dataset.X[:, column])


def _height_range(dataset: Dataset) -> Range:
    """The range of a curve's heights: the targets', or 0 to 1 for class labels."""
    return _padded(dataset.y if dataset.is_regression else np.array([0.0, 1.0]))


def _padded(values: np.ndarray) -> Range:
    low, high = float(values.min()), float(values.max())
    padding = PADDING * (high - low) or 0.5  # a constant column still needs a width
    return low - padding, high + padding


@checked(labels=wholes(0, None, "S", "S"))
def enclosed_class(labels: np.ndarray) -> int | None:
    """The one class of the square grid `labels` (S, S) that is there and nowhere on the edge; None where there is none."""
    edge = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    inside = np.setdiff1d(labels, edge)
    return int(inside[0]) if len(inside) == 1 else None
