"""The runs of the page: too much freedom for too few points, and the same with one thing changed."""

from dataclasses import dataclass

from nncore import Experiment, Run

END = 120  # the snapshot at which every run is judged that does not stop before
PATIENCE = 10  # epochs that early stopping waits for a better validation loss

BY_HEART = Experiment(
    "moons", noise=30, samples=60, hidden=(32, 32), validation=40, activation=("relu",), initializer="he_normal",
    optimizer="adam", learning_rate=0.01,
)  # fmt: skip


@dataclass(frozen=True)
class Remedy:
    """One thing to change: what it is called, why it should help, the run, and what to notice of it."""

    title: str
    why: str
    experiment: Experiment
    notice: str

    @property
    def run(self) -> Run:
        """The run that is trained."""
        return Run(self.experiment)


REMEDIES = {
    "none": Remedy(
        "Nothing changed", "A network with far more weights than points.", BY_HEART,
        "The training loss alone says nothing against the network: it falls to the end. Only points that it never saw show "
        "that the border now winds around single points. That is why data are split, and why a run can be stopped where its "
        "validation loss is lowest: *early stopping*, a stop rule of the Train page.",
    ),
    "small": Remedy(
        "Fewer neurons", "Three hidden neurons can draw no more than a few bends.", BY_HEART.with_changes(hidden=(3,)),
        "Fewer bends, and those that are left can still be learned by heart: the gap is smaller, and does not close.",
    ),
    "l2": Remedy(
        "L2 of 0.03",
        "L2 adds the squares of the weights to what is minimised, so that only weights that earn it stay large.",
        BY_HEART.with_changes(l2=0.03),
        "L2 pays with a higher training loss, and gets a lower validation loss for it. Too much of it, and both are high: "
        "how much is right, only a validation set can say.",
    ),
    "stop": Remedy(
        "Early stopping",
        f"Training ends when the validation loss has not improved for {PATIENCE} epochs. That does not make the lowest loss "
        "any lower, but what is learned by heart after it is never learned.",
        BY_HEART.with_changes(stop_rule="patience", patience=PATIENCE),
        "Nothing but the validation set could say when to stop. So it had a part in the result, and what the network is "
        "worth on new points only a test set can say.",
    ),
    "data": Remedy(
        "More data", "Ten times as many points: what is noise in one is contradicted by its neighbours.",
        BY_HEART.with_changes(samples=600),
        "With more data the lowest validation loss is the lowest of all, and it still rises when training goes on for long: "
        "more data and early stopping go well together.",
    ),
}  # fmt: skip
