"""Short training: an experiment trained for a few epochs at once, with its losses and scores after every one of them.

For questions that are answered by the numbers alone. What is to be watched is recorded in frames (see `frames`).
"""

from dataclasses import dataclass

import numpy as np

from nncore.arguments import checked, kind_of, whole
from nncore.cache import cached
from nncore.experiments.experiment import Experiment, build_network, build_split
from nncore.experiments.recording.frames import Evaluation
from nncore.handed_out import handed_out
from nncore.models.dense import Network
from nncore.training.trainer import Trainer

Array = np.ndarray

MAX_EPOCHS = 2000


@handed_out
@dataclass(frozen=True, eq=False)
class ShortTraining:
    """What came of it: `parameters` (P,) at the end, and `scores` (epochs + 1, 4), from the first weights on.

    A row holds training loss, validation loss, training score and validation score (accuracy or R²). Rows after a
    divergence are nan. Shared by all who ask: not to be changed.
    """

    experiment: Experiment
    parameters: Array
    scores: Array
    diverged: bool

    @property
    def network(self) -> Network:
        """The trained network, a copy."""
        network = build_network(self.experiment)
        network.parameters = self.parameters
        return network

    @property
    def training_loss(self) -> float:
        """The training loss at the end."""
        return float(self.scores[-1, 0])

    @property
    def validation_loss(self) -> float:
        """The validation loss at the end; nan without a validation set."""
        return float(self.scores[-1, 1])

    @property
    def training_score(self) -> float:
        """Accuracy or R² on the training set at the end."""
        return float(self.scores[-1, 2])

    @property
    def validation_score(self) -> float:
        """Accuracy or R² on the validation set at the end; nan without one."""
        return float(self.scores[-1, 3])


@checked(experiment=kind_of(Experiment), epochs=whole(0, MAX_EPOCHS))
def train_for(experiment: Experiment, epochs: int) -> ShortTraining:
    """The experiment trained from its first weights for `epochs` epochs, whatever its stop rule says."""
    return cached(_train, experiment, epochs, n_bytes=lambda found: found.scores.nbytes + found.parameters.nbytes + 2000)


def _train(experiment: Experiment, epochs: int) -> ShortTraining:
    e, split, network = experiment, build_split(experiment), build_network(experiment)
    trainer = Trainer(
        network, split.X_train, split.y_train, e.optimizer, e.learning_rate, e.batch_size, e.batch_seed, e.schedule, epochs
    )
    evaluation, scores = Evaluation(network, split), np.full((epochs + 1, 4), np.nan)
    *_, scores[0] = evaluation.in_pieces()
    for epoch in range(1, epochs + 1):
        trainer.run_epoch()
        if trainer.diverged:
            break
        *_, scores[epoch] = evaluation.in_pieces()
    return ShortTraining(e, network.parameters.copy(), scores, bool(trainer.diverged))
