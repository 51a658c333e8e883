"""Memory: how far back the loss of a recurrent network reaches, and which inputs one answer depends on."""

from typing import NamedTuple

import numpy as np

from nncore.arguments import array, checked, kind_of, positive, whole, wholes
from nncore.checks import require_one_of, require_whole
from nncore.handed_out import handed_out
from nncore.models.losses import softmax
from nncore.models.recurrence.cells import CELLS
from nncore.models.recurrence.network import NO_TARGET, Recurrent, spectral_radius_of

Array = np.ndarray


@checked(model=kind_of(Recurrent), X=array("N", "T", "D"), y=wholes(-1, None, "N", "T"))
def gradient_by_step(model: Recurrent, X: Array, y: Array) -> Array:
    """|dL/dh_t| (T,) for the loss of the last answer alone, the root of its mean square over sequences X (N, T, D).

    The answer asked last is the last of y (N, T) that any sequence has; steps behind it have the gradient 0.
    """
    asked = np.flatnonzero((y >= 0).any(axis=0))
    if not len(asked):
        raise ValueError("y must hold at least one target, got -1 alone")
    targets = np.full(y.shape, NO_TARGET)
    targets[:, asked[-1]] = y[:, asked[-1]]
    gradients = model.state_gradients(X, targets) * (targets >= 0).sum()  # of each sequence's own loss
    return np.sqrt((gradients**2).sum(axis=-1).mean(axis=0))


@checked(model=kind_of(Recurrent))
def spectral_radius(model: Recurrent) -> float:
    """The largest size of an eigenvalue of W_hh; of a cell with gates that of the block which makes the new state.

    That block is n of a GRU and g of an LSTM.
    """
    return spectral_radius_of(model.new_state_weights)


@checked(model=kind_of(Recurrent), X=array(1, "T", "D"), step=whole(0))
def input_shares(model: Recurrent, X: Array, step: int) -> Array:
    """How much the answer after `step` depends on what came in at each step: shares (T,) that add up to 1.

    They are the norms of the gradient of log p of the answer that it gives, with respect to each input of X (1, T, D); all 0
    where there is no dependence at all.
    """
    step = require_whole("step", step, 0, X.shape[1] - 1)
    targets = np.full((1, X.shape[1]), NO_TARGET)
    targets[0, step] = model.forward(X)[0][0, step].argmax()
    sizes = np.linalg.norm(model.input_gradients(X, targets)[0], axis=-1)
    return sizes / (sizes.sum() or 1.0)


@checked(logits=array("K"), temperature=positive(1e6))
def tempered(logits: Array, temperature: float) -> Array:
    """Probabilities (K,) of logits divided by the temperature: below 1 sharper, above 1 more even."""
    with np.errstate(over="ignore"):  # near a temperature of 0 the largest alone is left
        return softmax(((logits - logits.max()) / temperature)[:, None])[:, 0]


@checked(model=kind_of(Recurrent), X=array(1, "T", "D"), samples=whole(1, 1000), temperature=positive(1e6), seed=whole(0))
def go_on(model: Recurrent, X: Array, samples: int, temperature: float, seed: int = 0) -> list[int]:
    """The numbers of `samples` more symbols, each drawn by `tempered` and read in turn, after X (1, T, D) of one-hot rows.

    For a network whose answers are its inputs' symbols. Raises ValueError for another.
    """
    if model.n_outputs != model.n_inputs:
        raise ValueError(f"model must have as many outputs as inputs, {model.n_inputs}, got {model.n_outputs}")
    rng, drawn, symbols = np.random.default_rng(seed), [], np.eye(model.n_inputs)
    for _ in range(samples):
        shares = tempered(model.forward(X)[0][0, -1], temperature)
        drawn.append(int(rng.choice(len(shares), p=shares)))
        X = np.concatenate([X, symbols[None, None, drawn[-1]]], axis=1)
    return drawn


@handed_out
class StepSum(NamedTuple):
    """One neuron's sum at one step, z = inputs . weights_ih + bias_ih + reset (state . weights_hh + bias_hh)."""

    inputs: Array  # (D,)
    weights_ih: Array  # (D,)
    bias_ih: float
    state: Array  # (H,): after the step before, 0 at the first
    weights_hh: Array  # (H,)
    bias_hh: float
    reset: float  # what the reset gate of a GRU lets through, in the sum of its new state; else 1
    z: float
    a: float  # after the tanh or the sigmoid


@checked(model=kind_of(Recurrent), X=array(1, "T", "D"), step=whole(0), neuron=whole(0))
def step_sum(model: Recurrent, X: Array, step: int, neuron: int, gate: str) -> StepSum:
    """The numbers of one gate of a neuron at a step, from 0, of X (1, T, D); `gate` is one of the cell's."""
    cell = CELLS[model.cell]
    require_one_of("gate", gate, cell.gates)
    step = require_whole("step", step, 0, X.shape[1] - 1)
    row = cell.gates.index(gate) * model.n_hidden + require_whole("neuron", neuron, 0, model.n_hidden - 1)
    unrolled = model.unroll(X)
    state = unrolled.hidden[0, step - 1] if step else np.zeros(model.n_hidden)
    reset = float(unrolled.gates[0, step, 0, neuron]) if cell.has_inner_reset and gate == cell.gates[-1] else 1.0
    inner, outer = float(model.bias_hh[row]), float(model.bias_ih[row])
    given = X[0, step], model.weight_ih[row], outer, state, model.weight_hh[row], inner
    z = float(given[0] @ given[1] + given[2] + reset * (given[3] @ given[4] + given[5]))
    return StepSum(*given, reset, z, float(np.tanh(z) if gate in ("h", "g", "n") else 0.5 + 0.5 * np.tanh(0.5 * z)))
