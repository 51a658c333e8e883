"""The network as scikit-learn estimators: what goes into pipelines, searches and cross-validation.

Only those who want scikit-learn import this module; nothing else in the project does. The estimators take raw inputs, arrays
or DataFrames, and do in `fit` what an experiment does: scale, draw first weights, train.
"""

import warnings
from collections.abc import Sequence
from numbers import Integral
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import check_random_state
from sklearn.utils.validation import check_is_fitted, validate_data

from nncore.arguments import each, whole
from nncore.checks import shown
from nncore.data.features import InputTransform, fit_transform
from nncore.estimator_inputs import read_inputs, read_labels, read_targets, read_weights, require_rows
from nncore.models.dense import Network
from nncore.models.passes import Workspace, with_bias_input
from nncore.training.trainer import Trainer

Array = np.ndarray
MOST_EPOCHS = 1_000_000
LARGEST_SEED = 2**63 - 1


class _NetworkEstimator(BaseEstimator):
    """What classifier and regressor share: the settings, and training by them.

    `hidden` are the neurons of each hidden layer, () for none. `activation`, `initializer` and `optimizer` are names of the
    tables `ACTIVATIONS`, `INITIALIZERS` and `OPTIMIZERS`; the optimizer may be an object with its own settings.
    `batch_size=None` is full batch; `l1` and `l2` are penalties on the weights. `scaling` "standard" brings every column to
    mean 0 and deviation 1 by the training rows, "none" leaves them. A whole `random_state` is the seed of the first weights
    and of the batch order, as in `Network` and `Trainer`.
    """

    def __init__(
        self,
        hidden: Sequence[int] = (16, 16),
        activation: str | Sequence[str] = "relu",
        initializer: str = "he_normal",
        optimizer: Any = "adam",
        learning_rate: float = 0.01,
        batch_size: int | None = 32,
        l1: float = 0.0,
        l2: float = 0.0,
        epochs: int = 60,
        scaling: str = "standard",
        random_state: Any = None,
    ):
        self.hidden = hidden
        self.activation = activation
        self.initializer = initializer
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.batch_size = batch_size
        self.l1 = l1
        self.l2 = l2
        self.epochs = epochs
        self.scaling = scaling
        self.random_state = random_state

    def _train(self, X: Array, y: Array, n_outputs: int, **ends: str) -> None:
        """Trains a new network, with `ends` for its output and loss, on raw inputs (N, D) and labels or targets (N,)."""
        hidden, epochs = each(whole(1))("hidden", self.hidden, {}), whole(1, MOST_EPOCHS)("epochs", self.epochs, {})
        self._transform: InputTransform = fit_transform(X, scaling=self.scaling)
        X, seed = self._transform(X), self._seed()
        network = Network(
            (X.shape[1], *hidden, n_outputs), self.activation, initializer=self.initializer,
            l1=self.l1, l2=self.l2, seed=seed, **ends,
        )  # fmt: skip
        trainer = Trainer(network, X, y, self.optimizer, self.learning_rate, self.batch_size, seed, epoch_limit=epochs)
        # `network.data_loss`, with buffers made once instead of at every epoch.
        workspace = Workspace(network.architecture, network.matrices(), len(X), keep_z=True)
        inputs, targets, losses = with_bias_input(X).T, network.targets(y).T, []
        while trainer.stopped is None:
            trainer.run_epoch()
            with np.errstate(over="ignore", invalid="ignore"):  # of weights on the way to divergence
                workspace.forward(inputs)
                losses.append(float(workspace.loss(targets)))
        if trainer.stopped.rule == "divergence":
            losses.pop()  # of the epoch that was taken back
            warnings.warn(trainer.stopped.text, ConvergenceWarning, stacklevel=3)
        self.network_, self.loss_curve_, self.n_iter_ = network, losses, trainer.epoch

    def _seed(self) -> int:
        if isinstance(self.random_state, Integral):
            return whole(0, LARGEST_SEED)("random_state", self.random_state, {})
        try:
            return int(check_random_state(self.random_state).randint(2**31 - 1))
        except Exception:  # also of an object that cannot describe itself
            rule = "None, a whole number of at least 0 or a numpy.random.RandomState"
            raise ValueError(f"random_state must be {rule}, got {shown(self.random_state)}") from None

    def _outputs(self, X: Any) -> Array:
        """The network's outputs (N, K) for raw inputs X (N, D)."""
        check_is_fitted(self)
        return self.network_.predict(
            self._transform(validate_data(self, read_inputs(X), reset=False, dtype=np.float64))
        )

    def _fitting(self, X: Any, y: Array | None, **options: bool) -> tuple[Array, Array]:
        """Inputs (N, D) and checked y (N,) of one training, as scikit-learn's own estimators take them in."""
        X = read_inputs(X)
        if y is not None:
            require_rows(X, y)
        return validate_data(self, X, y, dtype=np.float64, **options)


class NetworkClassifier(ClassifierMixin, _NetworkEstimator):
    """A network that tells classes apart, trained on cross-entropy, as a scikit-learn estimator.

    Labels may be numbers or texts. After `fit`: `network_` is the trained `Network`, on scaled inputs and labels counted
    from 0 in the order of `classes_`; `loss_curve_` holds the training loss after each of `n_iter_` epochs, without
    penalties. A training that diverges keeps its last finite weights and warns. The settings are those of
    `_NetworkEstimator`: `hidden, activation, initializer, optimizer, learning_rate, batch_size, l1, l2, epochs, scaling,
    random_state`.
    """

    def fit(self, X: Any, y: Any) -> Self:
        """This estimator, trained on X (N, D) and labels y (N,). Raises ValueError for fewer than two classes."""
        X, y = self._fitting(X, read_labels(y))
        self.classes_, labels = np.unique(y, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(f"y must hold at least 2 classes, got 1 class: {self.classes_[0]}")
        self._train(X, labels, 1 if len(self.classes_) == 2 else len(self.classes_))
        return self

    def predict_proba(self, X: Any) -> Array:
        """The probability of each class (N, C), in the order of `classes_`."""
        outputs = self._outputs(X)
        return np.hstack([1.0 - outputs, outputs]) if outputs.shape[1] == 1 else outputs

    def predict_log_proba(self, X: Any) -> Array:
        """The logarithm of `predict_proba`; minus infinity where a probability is 0."""
        with np.errstate(divide="ignore"):
            return np.log(self.predict_proba(X))

    def predict(self, X: Any) -> Array:
        """The most probable label of each row (N,)."""
        probabilities = self.predict_proba(X)
        return self.classes_[probabilities.argmax(axis=1)]

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """The share of the rows of X whose predicted label is that of y (N,). Raises ValueError for other labels."""
        X, y = read_inputs(X), read_labels(y, needed=True).ravel()
        check_is_fitted(self)
        require_rows(X, y)
        kinds = ["text" if labels.dtype.kind in "UO" else labels.dtype.kind in "mM" for labels in (self.classes_, y)]
        if kinds[0] != kinds[1]:
            known, got = shown(self.classes_.tolist()[0]), shown(y.tolist()[0])
            raise ValueError(f"y must hold labels such as {known}, as in fit, got {got}")
        return super().score(X, y, read_weights(sample_weight, len(y)))


class NetworkRegressor(RegressorMixin, _NetworkEstimator):
    """A network that predicts a number, trained on the squared error, as a scikit-learn estimator.

    With the scaling "standard" the targets are scaled as the inputs are, and predictions come back in the targets' unit.
    After `fit`: `network_` is the trained `Network`, on scaled numbers; `loss_curve_` holds its training loss after each of
    `n_iter_` epochs, without penalties. A training that diverges keeps its last finite weights and warns. The settings are
    those of `_NetworkEstimator`: `hidden, activation, initializer, optimizer, learning_rate, batch_size, l1, l2, epochs,
    scaling, random_state`.
    """

    def fit(self, X: Any, y: Any) -> Self:
        """This estimator, trained on X (N, D) and targets y (N,)."""
        X, y = self._fitting(X, read_targets(y), y_numeric=True)
        column = np.asarray(y, dtype=np.float64)[:, None]
        self._target_transform: InputTransform = fit_transform(column, scaling=self.scaling)
        self._train(X, self._target_transform(column), 1, output="identity", loss="mse")
        return self

    def predict(self, X: Any) -> Array:
        """The predicted number of each row (N,), in the unit of the targets."""
        outputs, transform = self._outputs(X), self._target_transform
        return outputs[:, 0] * transform.scale[0] + transform.mean[0]

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """R² of the predictions for the rows of X against y (N,), in the unit of the targets."""
        X, y = read_inputs(X), read_targets(y, needed=True).ravel()
        check_is_fitted(self)
        require_rows(X, y)
        return super().score(X, y, read_weights(sample_weight, len(y)))
