"""The recurrent network: the same few matrices at every step, and a state that carries what was seen so far.

Training sends the gradient back through every step (backpropagation through time; Werbos, 1990).
"""

from typing import NamedTuple

import numpy as np

from nncore.checks import require_array, require_one_of, require_whole, require_wholes
from nncore.data.batching import BatchOrder
from nncore.models.losses import softmax
from nncore.models.parameters import FlatModel
from nncore.models.recurrence.asked import NO_TARGET, Asked
from nncore.models.recurrence.cells import CELLS, Cell, Steps

Array = np.ndarray

LARGEST_SIZE = 1024  # of inputs, hidden neurons and outputs


class Unrolled(NamedTuple):
    """A pass over N sequences of T steps, step by step."""

    logits: Array  # (N, T, K)
    hidden: Array  # (N, T, H): the states after each step
    gates: Array  # (N, T, G, H): what each gate let through, in the cell's order; of "rnn" the pre-activations
    memory: Array  # (N, T, H) of an lstm, else (N, 0, H)


class Recurrent(FlatModel):
    """A recurrent layer of `n_hidden` neurons, whose state a softmax over `n_outputs` reads at every step.

    `cell` is one of `CELLS`. `weight_ih` (G H, D), `weight_hh` (G H, H), `bias_ih` and `bias_hh` (G H,), `output_weight`
    (K, H) and `output_bias` (K,) are views of `parameters`, in PyTorch's order of gates; all start in U(+-1 / sqrt(H)). The
    first state is 0. Raises ValueError for settings out of range.
    """

    def __init__(self, n_inputs: int, n_hidden: int, n_outputs: int, cell: str = "rnn", seed: int = 0):
        self.n_inputs = require_whole("n_inputs", n_inputs, 1, LARGEST_SIZE)
        self.n_hidden = require_whole("n_hidden", n_hidden, 1, LARGEST_SIZE)
        self.n_outputs = require_whole("n_outputs", n_outputs, 2, LARGEST_SIZE)
        require_one_of("cell", cell, CELLS)
        self.cell, self.seed = cell, require_whole("seed", seed, 0)
        rows = CELLS[cell].n_gates * self.n_hidden
        super().__init__({
            "weight_ih": (rows, self.n_inputs), "weight_hh": (rows, self.n_hidden), "bias_ih": (rows,), "bias_hh": (rows,),
            "output_weight": (self.n_outputs, self.n_hidden), "output_bias": (self.n_outputs,),
        })  # fmt: skip
        self._scales = CELLS[cell].scale_rows(self.n_hidden)
        limit = 1.0 / np.sqrt(self.n_hidden)
        self._parameters[...] = np.random.default_rng(self.seed).uniform(-limit, limit, self._parameters.size)

    def __getattr__(self, name: str) -> Array:
        if name != "views" and name in self.views:
            return self.views[name]
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    @property
    def new_state_weights(self) -> Array:
        """The block (H, H) of `weight_hh` that makes the new state, a view: h of an rnn, n of a gru, g of an lstm."""
        gates = CELLS[self.cell].gates
        block = next(gates.index(name) for name in ("h", "n", "g") if name in gates)
        return self.views["weight_hh"][block * self.n_hidden : (block + 1) * self.n_hidden]

    def forward(self, X: Array) -> tuple[Array, Array]:
        """Logits (N, T, K) and states (N, T, H) of every step, for sequences X (N, T, D)."""
        unrolled = self.unroll(X)
        return unrolled.logits, unrolled.hidden

    def unroll(self, X: Array) -> Unrolled:
        """The whole pass over sequences X (N, T, D), gates included."""
        inputs = self._sequences(X)
        steps = self._run(inputs)
        hidden = steps.hidden[1:]
        logits = self._logits(hidden)
        gates = steps.blocks(steps.gates)[:, : CELLS[self.cell].n_gates]
        return Unrolled(*(_samples_first(part) for part in (logits, hidden, gates, steps.memory[1:])))

    def predict(self, X: Array) -> Array:
        """Probabilities (N, T, K) at every step, for sequences X (N, T, D)."""
        hidden = self._run(self._sequences(X)).hidden[1:]
        return _samples_first(softmax(self._logits(hidden)))

    def loss_and_gradient(self, X: Array, y: Array) -> tuple[float, Array]:
        """Mean cross-entropy over the targets, and its gradient (P,), for sequences X (N, T, D).

        y are labels (N,) for the last step, or (N, T), where -1 means that there is no target at this step. Raises
        ValueError where there is none at all.
        """
        inputs = self._sequences(X)
        gradient = np.empty_like(self._parameters)
        with np.errstate(over="ignore", invalid="ignore"):
            asked = self._asked(inputs, y)
            steps, _ = self._backward(inputs, asked, self.split(gradient))
            return asked.loss(self._logits(steps.hidden[asked.steps + 1])), gradient

    def state_gradients(self, X: Array, y: Array) -> Array:
        """dL/dh (N, T, H): how the loss of `loss_and_gradient` changes with the state after every step."""
        inputs = self._sequences(X)
        with np.errstate(over="ignore", invalid="ignore"):
            _, d_hidden = self._backward(inputs, self._asked(inputs, y), self.split(np.empty_like(self._parameters)))
        return _samples_first(d_hidden)

    def input_gradients(self, X: Array, y: Array) -> Array:
        """dL/dx (N, T, D): how the loss of `loss_and_gradient` changes with what comes in at every step."""
        inputs = self._sequences(X)
        with np.errstate(over="ignore", invalid="ignore"):
            steps, _ = self._backward(inputs, self._asked(inputs, y), self.split(np.empty_like(self._parameters)))
            return _samples_first(self.views["weight_ih"].T @ steps.d_gates[:, : len(self._scales)])

    def bind(self, X: Array, y: Array, batch_size: int | None) -> "BoundSequences":
        """The inner loop's form of this network on the training set X (N, T, D), y."""
        inputs = self._sequences(X)
        # With samples first, those of a batch are picked as whole blocks.
        return BoundSequences(self, np.ascontiguousarray(inputs.transpose(2, 0, 1)), self._asked(inputs, y), batch_size)

    def _run(self, inputs: Array, steps: Steps | None = None) -> Steps:
        """All steps for inputs (T, D, N), in these `steps`, where they are given."""
        cell = CELLS[self.cell]
        steps = steps or Steps(cell, *inputs.shape[:2], self.n_hidden, inputs.shape[-1])
        matrix, forward, product = self._step_matrix(cell), cell.forward, np.dot
        steps.inputs[...] = inputs
        with np.errstate(over="ignore", invalid="ignore"):
            for came, gates, views in zip(steps.came, steps.gates, steps.forward_views):  # noqa: B905 (one came too many)
                product(matrix, came, gates)
                forward(*views)
        return steps

    def _step_matrix(self, cell: Cell) -> Array:
        """The matrix (B * H, H + D + 1) that makes a step's scaled pre-activations of its state, its inputs and a 1."""
        views, rows, H = self.views, len(self._scales), self.n_hidden
        matrix = np.zeros((cell.n_blocks * H, H + self.n_inputs + 1))
        matrix[:rows, H:-1], matrix[:rows, -1] = views["weight_ih"], views["bias_ih"]
        for of_step, own in cell.state_rows(H):
            matrix[of_step, :H] = views["weight_hh"][own]
            matrix[of_step, -1] += views["bias_hh"][own]
        matrix[:rows] *= self._scales
        return matrix

    def _logits(self, hidden: Array) -> Array:
        """(S, K, N) for states (S, H, N)."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self.views["output_weight"] @ hidden + self.views["output_bias"][:, None]

    def _backward(
        self, inputs: Array, asked: Asked, parts: dict[str, Array], steps: Steps | None = None
    ) -> tuple[Steps, Array]:
        """All steps of inputs (T, D, N), forward and back, and dL/dh (T, H, N); writes the gradient's `parts`."""
        cell, views = CELLS[self.cell], self.views
        steps = self._run(inputs, steps)
        states = steps.hidden[asked.steps + 1]
        d_logits = asked.slopes(self._logits(states))
        parts["output_weight"][...] = _over_steps(d_logits, states)
        parts["output_bias"][...] = d_logits.sum(axis=(0, 2))
        by_step = dict(zip(asked.steps.tolist(), views["output_weight"].T @ d_logits, strict=True))
        d_hidden = self._through_time(cell, steps, by_step)
        whole, rows, H = _over_steps(steps.d_gates, steps.came[:-1]), len(self._scales), self.n_hidden
        parts["weight_ih"][...], parts["bias_ih"][...] = whole[:rows, H:-1], whole[:rows, -1]
        for of_step, own in cell.state_rows(H):
            parts["weight_hh"][own], parts["bias_hh"][own] = whole[of_step, :H], whole[of_step, -1]
        return steps, d_hidden

    def _through_time(self, cell: Cell, steps: Steps, asked: dict[int, Array]) -> Array:
        """Sends dL/dh (H, N) of the steps `asked` back to the first one; returns dL/dh (T, H, N) with all that came."""
        d_state, n_steps, backward, product = steps.d_hidden, len(steps.d_hidden), cell.backward, np.dot
        back = np.zeros((self.n_hidden, cell.n_blocks * self.n_hidden))
        for of_step, own in cell.state_rows(self.n_hidden):
            back[:, of_step] = self.views["weight_hh"][own].T  # the blocks that the state gives nothing to stay 0
        d_hidden = np.empty_like(d_state) if cell.passes_on else d_state
        cell.prepare(steps)
        d_state[-1] = 0.0
        for t in range(n_steps - 1, -1, -1):
            d_now = d_state[t]
            if t in asked:
                np.add(d_now, asked[t], d_now)
            if cell.passes_on:
                d_hidden[t] = d_now
            backward(d_now, *steps.backward_views[t])
            if t and not self._stops_before(n_steps - t):
                product(back, steps.d_gates[t], d_state[t - 1])
                if cell.passes_on:
                    np.add(d_state[t - 1], d_now, d_state[t - 1])
            elif t:
                d_state[t - 1] = 0.0
                steps.d_memory[...] = 0.0
        return d_hidden

    def _stops_before(self, steps_to_the_end: int) -> bool:
        """Whether no gradient goes back over the border that stands before the last so many steps."""
        return False

    def _sequences(self, X: Array) -> Array:
        """X (N, T, D), checked, as a view (T, D, N)."""
        return require_array("X", X, "N", "T", self.n_inputs).transpose(1, 2, 0)

    def _asked(self, inputs: Array, y: Array) -> Asked:
        """What the labels y ask for: those of the last step (N,), or of all (N, T), -1 where there is none."""
        n_steps, _, n_samples = inputs.shape
        labels = require_wholes("y", y, NO_TARGET, self.n_outputs - 1)
        if labels.shape == (n_samples,):
            last, labels = labels, np.full((n_samples, n_steps), NO_TARGET)
            labels[:, -1] = last
        if labels.shape != (n_samples, n_steps):
            raise ValueError(f"y must have shape ({n_samples},) or ({n_samples}, {n_steps}), got {labels.shape}")
        if (labels == NO_TARGET).all():
            raise ValueError("y must hold at least one target, got -1 alone")
        return Asked.of(labels.T)


class BoundSequences(BatchOrder):
    """A recurrent network bound to sequences (N, T, D) and what is asked of them; where nothing is, the gradient is 0."""

    def __init__(self, model: Recurrent, inputs: Array, asked: Asked, batch_size: int | None):
        super().__init__(len(inputs), batch_size)
        self._model, self._inputs, self._asked = model, inputs, asked
        self._gradient = np.empty_like(model.parameters)
        self._parts = model.split(self._gradient)
        self._steps: dict[int, Steps] = {}  # by the samples of a batch

    def gradient(self, update: int) -> Array:
        """The gradient on batch `update`, in a buffer that the next call overwrites."""
        rows = self.rows(update)
        inputs = self._inputs[rows].transpose(1, 2, 0)
        n_steps, _, n_samples = inputs.shape
        if n_samples not in self._steps:
            sizes = n_steps, self._model.n_inputs, self._model.n_hidden, n_samples
            self._steps[n_samples] = Steps(CELLS[self._model.cell], *sizes)
        self._model._backward(inputs, self._asked.part(rows), self._parts, self._steps[n_samples])
        return self._gradient


def spectral_radius_of(matrix: Array) -> float:
    """The largest size of an eigenvalue of a square matrix."""
    return float(np.abs(np.linalg.eigvals(matrix)).max())


def _over_steps(d_rows: Array, columns: Array) -> Array:
    """The sum over steps and samples (A, B) of the products of (T, A, N) and (T, B, N)."""
    return (d_rows @ columns.swapaxes(1, 2)).sum(axis=0)


def _samples_first(part: Array) -> Array:
    """(T, ..., N) as (N, T, ...)."""
    return np.ascontiguousarray(np.moveaxis(part, -1, 0))
