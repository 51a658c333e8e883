"""The table of datasets: what each is called, what its points are, how to make it, and how it is drawn.

Everything that is true of a dataset stands in its entry of `DATASETS`: to add one is to add an entry here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from nncore.data import real, signs, synthetic
from nncore.handed_out import handed_out

TWO_CLASSES, MORE_CLASSES, REGRESSION, REAL = "Two classes", "More classes", "Regression", "Real data"

MOVES_LABELS = "The points stay in place; those near the border may get the other class."
MOVES_POINTS = "Moves every point a little at random, so that the classes begin to overlap."
WIDENS_CLOUDS = "Widens the clouds until they overlap: their variance is 0.5 at no noise and 4 at 50 %."
MOVES_TARGETS = "The points stay in place; each target is read off a little way beside its point."
ADDS_TO_TARGET = "Adds a random amount to each target; the best curve then no longer meets every point."
MOVES_COLUMNS = "Adds to each column a random amount, measured in that column's own standard deviation."


@handed_out
@dataclass(frozen=True)
class DatasetKind:
    """One dataset of the table.

    `make(samples, noise, rng)` gives X (N, D) and y (N,), noise as a fraction. `class_names` is empty for
    regression. `extent` is the (low, high) of the square on which the points are shown, None where the data
    themselves decide. `sign` is a drawing that stands for the dataset (see `signs`); without one its points do.
    `image_shape` is (rows, columns) where the inputs are the pixels of a picture, row by row, and `image_note` what
    there is to know about the pictures. `has_exact_levels`: networks that cannot tell some of its points apart end on
    the losses of `restarts.loss_levels`. `fill` is that of the `Dataset`: what becomes of missing values. `harder` is the
    dataset to try once this one is learned.
    """

    name: str
    title: str
    group: str
    about: str
    noise_help: str
    make: Callable[[int, float, np.random.Generator], tuple[np.ndarray, np.ndarray]]
    class_names: tuple[str, ...] = ()
    feature_names: tuple[str, ...] = ("x₁", "x₂")
    target_name: str = "class"
    default_samples: int = 500
    min_samples: int = 20
    max_samples: int = 2000
    is_split: bool = True
    noise_matters: bool = True
    extent: tuple[float, float] | None = (-6.0, 6.0)
    sign: str = ""
    image_shape: tuple[int, int] | None = None
    image_note: str = ""
    has_exact_levels: bool = False
    harder: str = "spiral"
    fill: str = "none"

    @property
    def n_inputs(self) -> int:
        """Number of input columns D."""
        return len(self.feature_names)

    @property
    def n_classes(self) -> int:
        """Number of classes, 0 for regression."""
        return len(self.class_names)


def _real(
    name: str, title: str, rows: int, about: str, table: dict[str, float] | None = None, **named: object
) -> DatasetKind:
    """A measured table of scikit-learn with all its `rows` by default; `table` are options of `real.load_table`."""
    make = partial(real.draw_rows, partial(real.load_table, name, **(table or {})))
    return DatasetKind(name, title, REAL, about, MOVES_COLUMNS, make,
                       default_samples=rows, max_samples=rows, extent=None, **named)


_two_classes = [
    DatasetKind("circle", "Circle", TWO_CLASSES,
                "A disc inside a ring, as in TensorFlow Playground. No straight line separates them, but a "
                "few neurons can close a border around the disc.",
                MOVES_LABELS, synthetic.make_circle, ("outside", "inside")),
    DatasetKind("xor", "XOR", TWO_CLASSES,
                "Four quadrants, opposite ones of the same class, as in TensorFlow Playground. No straight "
                "line separates them: the classic reason for a hidden layer.",
                MOVES_LABELS, synthetic.make_xor, ("unlike signs", "like signs")),
    DatasetKind("gauss", "Two clouds", TWO_CLASSES,
                "Two round clouds of points, as in TensorFlow Playground. One straight line separates them, "
                "so a network without any hidden layer is enough.",
                WIDENS_CLOUDS, synthetic.make_gauss, ("lower left", "upper right")),
    DatasetKind("spiral", "Spiral", TWO_CLASSES,
                "Two arms wound around each other, as in TensorFlow Playground. The hardest of the small "
                "sets: the border has to wind nearly twice around the centre.",
                MOVES_POINTS, synthetic.make_spiral, ("arm 0", "arm 1"), harder="spiral3"),
    DatasetKind("moons", "Moons", TWO_CLASSES,
                "Two half circles that reach into each other. A straight line gets most of them right, a "
                "gently bent one gets them all.",
                MOVES_POINTS, synthetic.make_moons, ("upper moon", "lower moon")),
    DatasetKind("corners", "Four corners", TWO_CLASSES,
                "The exclusive-or of two signs in its smallest form: four points, all used for training. "
                "Small networks often get stuck on it, each in one of a few exact ways.",
                "There is no noise: the four points are always the same.",
                synthetic.make_corners, ("unlike signs", "like signs"), default_samples=4, min_samples=4,
                max_samples=4, is_split=False, noise_matters=False, extent=(-2.0, 2.0),
                has_exact_levels=True),
]

_more_classes = [
    DatasetKind("spiral3", "Three-arm spiral", MORE_CLASSES,
                "Three arms wound around each other, one turn each. Three curved borders have to be learned "
                "at once, and they meet in the centre.",
                MOVES_POINTS, synthetic.make_spiral3, ("arm 0", "arm 1", "arm 2")),
    DatasetKind("blobs", "Four clouds", MORE_CLASSES,
                "Four round clouds, one in each quadrant. Easy: softmax separates them even without a "
                "hidden layer.",
                WIDENS_CLOUDS, synthetic.make_blobs,
                ("lower left", "lower right", "upper left", "upper right")),
    DatasetKind("rings", "Rings", MORE_CLASSES,
                "A disc and two rings around it. Each class encloses the one before, so the borders have to "
                "be closed curves.",
                MOVES_POINTS, synthetic.make_rings, ("inner", "middle", "outer")),
]

_regression = [
    DatasetKind("plane", "Plane", REGRESSION,
                "The target rises evenly along the diagonal, (x₁ + x₂) / 10, as in TensorFlow Playground. A "
                "network without a hidden layer can fit it exactly.",
                MOVES_TARGETS, synthetic.make_plane, target_name="target", default_samples=1200),
    DatasetKind("cones", "Six cones", REGRESSION,
                "Three peaks and three pits on flat ground, as in TensorFlow Playground. Most of the square "
                "is zero, so predicting zero everywhere is a tempting poor answer.",
                MOVES_TARGETS, synthetic.make_cones, target_name="target", default_samples=1200),
    DatasetKind("sine", "Sine", REGRESSION,
                "Points along sin x, with one input. The curve shows how a network puts a wave together "
                "from bent or broken lines.",
                ADDS_TO_TARGET, synthetic.make_sine, feature_names=("x",), target_name="target",
                default_samples=200),
    DatasetKind("step", "Step", REGRESSION,
                "The target jumps from -1 to 1 at x = 0. A smooth network needs large weights for the jump; "
                "how steep it gets shows how far it has come.",
                ADDS_TO_TARGET, synthetic.make_step, feature_names=("x",), target_name="target",
                default_samples=200),
]

_real_data = [
    _real("iris", "Iris", 150,
          "150 flowers of three species by four lengths and widths. One species stands apart, the other two "
          "touch.",
          class_names=real.IRIS_CLASSES, feature_names=real.IRIS_COLUMNS, target_name="species",
          sign=signs.FLOWER),
    _real("wine", "Wine", 178,
          "178 wines from three growers by 13 chemical measurements. The columns have very different sizes, "
          "so see what scaling the inputs does.",
          class_names=real.WINE_CLASSES, feature_names=real.WINE_COLUMNS, target_name="grower",
          sign=signs.GLASS),
    _real("breast_cancer", "Breast cancer", 569,
          "569 tumours, malignant or benign, by 30 measurements of their cells under the microscope. Many "
          "columns say nearly the same thing; scale the inputs.",
          class_names=real.BREAST_CANCER_CLASSES, feature_names=real.BREAST_CANCER_COLUMNS,
          target_name="diagnosis", sign=signs.CELLS),
    _real("diabetes", "Diabetes", 442,
          "442 patients by ten measurements; the target is how far the disease went within a year, divided "
          "by 100. The inputs explain only about half of it, so watch for overfitting.",
          table={"target_divisor": 100, "scaled": False},
          feature_names=real.DIABETES_COLUMNS, target_name="disease progression / 100", sign=signs.DROP),
    _real("digits", "Digits", 1797,
          "1,797 handwritten digits as pictures of 8 x 8 pixels, from 0 (white) to 1 (black). 64 inputs and "
          "ten classes, yet a small network learns them quickly.",
          table={"input_divisor": 16}, class_names=real.DIGITS_CLASSES, feature_names=real.DIGITS_COLUMNS,
          target_name="digit", sign=signs.PIXELS, image_shape=(8, 8)),
    DatasetKind("digits28", "Digits, 28 x 28", REAL,
                "The 8 x 8 digits enlarged to 28 x 28 pixels: no more detail, but the 784 inputs of the textbook's "
                "network. With one hidden layer of 16 it has 12,730 weights and biases.",
                MOVES_COLUMNS, real.draw_large_digits, class_names=real.DIGITS_CLASSES,
                feature_names=real.LARGE_DIGITS_COLUMNS, target_name="digit", default_samples=1000, max_samples=1797,
                extent=None, sign=signs.LARGE_PICTURE, image_shape=(real.LARGE_SIDE, real.LARGE_SIDE),
                image_note="The pictures are the 8 x 8 digits enlarged."),
]

DATASETS: dict[str, DatasetKind] = {
    kind.name: kind for kind in (*_two_classes, *_more_classes, *_regression, *_real_data)
}
