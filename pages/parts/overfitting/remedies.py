"""The runs of the page: too much freedom for too few points, and the same with one thing changed."""

from dataclasses import dataclass

from nncore import Experiment, Run

END = 120  # the snapshot at which every run is judged

BY_HEART = Experiment(
    "moons", noise=30, samples=60, hidden=(32, 32), validation=40, activation=("relu",), initializer="he_normal",
    optimizer="adam", learning_rate=0.01,
)  # fmt: skip


@dataclass(frozen=True)
class Remedy:
    """One thing to change: what it is called, the run, and why it should help."""

    title: str
    why: str
    experiment: Experiment

    @property
    def run(self) -> Run:
        """The run that is trained."""
        return Run(self.experiment)


REMEDIES = {
    "none": Remedy("Nothing changed", "A network with far more weights than points.", BY_HEART),
    "small": Remedy(
        "Fewer neurons", "Three hidden neurons can draw no more than a few bends.", BY_HEART.with_changes(hidden=(3,))
    ),
    "l2": Remedy(
        "L2 of 0.03",
        "L2 adds the squares of the weights to what is minimised, so that only weights that earn it stay large.",
        BY_HEART.with_changes(l2=0.03),
    ),
    "data": Remedy(
        "More data", "Ten times as many points: what is noise in one is contradicted by its neighbours.",
        BY_HEART.with_changes(samples=600),
    ),
}  # fmt: skip
