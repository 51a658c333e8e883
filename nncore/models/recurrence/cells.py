"""The cells of a recurrent network: how a state follows from the state before it and from what comes in now.

Three cells by the definitions of PyTorch: the plain one (Elman, 1990), the LSTM (Hochreiter and Schmidhuber, 1997, with
the forget gate of Gers et al., 2000) and the GRU (Cho et al., 2014). Arrays are feature-major, (H, N), so that each gate is
a contiguous block of the pre-activations (G * H, N). Everything that is true of a cell stands in its entry of `CELLS`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Array = np.ndarray

_ONE, _TWO = np.array(1.0), np.array(2.0)  # a ufunc takes them faster than Python numbers


class Steps:
    """Buffers of a cell over T steps of N sequences.

    `gates` (T, G * H, N) holds what the inputs and the biases gave and then the gates; `recurrent` (G * H, N) what the state
    gave; `hidden` and `memory` (T + 1, H, N) begin with the state 0; `extra` (T, H, N) is the cell's own. On the way back
    `d_hidden` (T, H, N) and `d_gates` (T, G * H, N) are gradients, `d_recurrent` too, which is the same array as `d_gates`
    unless the cell `has_inner_reset`; `carry` (T, H, N) is what the cell prepares of its memory. `spare` and `d_memory`
    (H, N) have room for one step.
    """

    def __init__(self, cell: "Cell", n_steps: int, n_hidden: int, n_samples: int):
        rows, state = cell.n_gates * n_hidden, (n_hidden, n_samples)
        self.gates = np.empty((n_steps, rows, n_samples))
        self.recurrent = np.empty((rows, n_samples))
        self.hidden = np.zeros((n_steps + 1, *state))
        self.memory = np.zeros((n_steps + 1 if cell.has_memory else 0, *state))
        self.extra = np.empty((n_steps if cell.name != "rnn" else 0, *state))
        self.carry = np.empty((n_steps if cell.has_memory else 0, *state))
        self.spare, self.d_memory = np.empty(state), np.empty(state)
        self.d_hidden, self.d_gates = np.empty((n_steps, *state)), np.empty(self.gates.shape)
        self.d_recurrent = np.empty(self.gates.shape) if cell.has_inner_reset else self.d_gates


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell with G blocks of H rows, in the order of `gates`.

    `forward(steps, t)` makes `hidden[t + 1]` from `hidden[t]`, `gates[t]` and `recurrent`. On the way back `prepare(steps)`
    puts into `d_gates` of all steps at once what does not depend on the gradient, and `backward(steps, t, d_hidden)` turns
    dL/dh of step t (H, N) into the gradients at what the inputs gave, `d_gates[t]`, and at what the state gave,
    `d_recurrent[t]`; what is left of `d_hidden` goes to the step before past the matrix, where the cell `passes_on` its
    state. `d_memory` is carried in place.
    `label` is its name for people, `formula` LaTeX. `scales` says by what the pre-activations of each gate are
    multiplied before `forward` gets them: -1 for a sigmoid, 1 / (1 + e^-z), and -2 for a tanh that is made of one.
    """

    name: str
    label: str
    gates: tuple[str, ...]
    formula: str
    forward: Callable[[Steps, int], None]
    prepare: Callable[[Steps], None]
    backward: Callable[[Steps, int, Array], None]
    scales: tuple[float, ...]
    has_memory: bool = False
    has_inner_reset: bool = False
    passes_on: bool = False

    @property
    def n_gates(self) -> int:
        """How many blocks of H rows its matrices have, G."""
        return len(self.gates)

    def scale_rows(self, n_hidden: int) -> Array:
        """The `scales` (G * H, 1), one for each row of its matrices; multiplying by them is exact in floating point."""
        return np.repeat(self.scales, n_hidden)[:, None]


def _sigmoid_of_minus(z: Array) -> None:
    """1 / (1 + e^z) in place; where e^z overflows, 0."""
    np.exp(z, z)
    np.add(z, _ONE, z)
    np.divide(_ONE, z, z)


def _blocks(part: Array, count: int) -> Array:
    """(..., count * H, N) as (..., count, H, N), a view."""
    return part.reshape(*part.shape[:-2], count, -1, part.shape[-1])


def _rnn(steps: Steps, t: int) -> None:
    z = steps.gates[t]
    np.add(z, steps.recurrent, z)
    np.tanh(z, steps.hidden[t + 1])


def _rnn_prepare(steps: Steps) -> None:
    hidden = steps.hidden[1:]
    np.multiply(hidden, hidden, steps.d_gates)
    np.subtract(_ONE, steps.d_gates, steps.d_gates)


def _rnn_backward(steps: Steps, t: int, d_hidden: Array) -> None:
    d_gates = steps.d_gates[t]
    np.multiply(d_gates, d_hidden, d_gates)


def _lstm(steps: Steps, t: int) -> None:
    z, size, spare = steps.gates[t], steps.hidden.shape[1], steps.spare
    np.add(z, steps.recurrent, z)
    _sigmoid_of_minus(z)  # all four in one go: an exponential costs a third of a tanh
    g = z[2 * size : 3 * size]
    np.multiply(g, _TWO, g)
    np.subtract(g, _ONE, g)
    memory, bent = steps.memory[t + 1], steps.extra[t]
    np.multiply(z[size : 2 * size], steps.memory[t], memory)
    np.multiply(z[:size], g, spare)
    np.add(memory, spare, memory)
    np.tanh(memory, bent)
    np.multiply(z[3 * size :], bent, steps.hidden[t + 1])


def _lstm_prepare(steps: Steps) -> None:
    """dL/dc multiplies the first three blocks, dL/dh the last one and `carry`, by which it comes into dL/dc."""
    gates, slopes, bent, carry = steps.gates, steps.d_gates, steps.extra, steps.carry
    i, _, g, o = _blocks(gates, 4).swapaxes(0, 1)
    d_i, d_f, d_g, d_o = _blocks(slopes, 4).swapaxes(0, 1)
    # The slopes of all four gates first: a (1 - a), and of the one with tanh 1 - a^2.
    np.multiply(gates, gates, slopes)
    np.subtract(gates, slopes, slopes)
    np.multiply(g, g, d_g)
    np.subtract(_ONE, d_g, d_g)
    for slope, partner in ((d_i, g), (d_f, steps.memory[:-1]), (d_g, i), (d_o, bent)):
        np.multiply(slope, partner, slope)
    np.multiply(bent, bent, carry)
    np.subtract(_ONE, carry, carry)
    np.multiply(carry, o, carry)
    steps.d_memory[...] = 0.0


def _lstm_backward(steps: Steps, t: int, d_hidden: Array) -> None:
    size, d_gates, d_memory, spare = steps.hidden.shape[1], steps.d_gates[t], steps.d_memory, steps.spare
    np.multiply(steps.carry[t], d_hidden, spare)
    np.add(d_memory, spare, d_memory)
    by_memory, by_output = d_gates[: 3 * size].reshape(3, size, -1), d_gates[3 * size :]
    np.multiply(by_memory, d_memory, by_memory)
    np.multiply(by_output, d_hidden, by_output)
    np.multiply(d_memory, steps.gates[t, size : 2 * size], d_memory)


def _gru(steps: Steps, t: int) -> None:
    z, size = steps.gates[t], steps.hidden.shape[1]
    both, new, inner, hidden = z[: 2 * size], z[2 * size :], steps.extra[t], steps.hidden[t + 1]
    np.add(both, steps.recurrent[: 2 * size], both)
    _sigmoid_of_minus(both)
    inner[...] = steps.recurrent[2 * size :]
    np.multiply(both[:size], inner, steps.spare)
    np.add(new, steps.spare, new)
    np.tanh(new, new)
    np.subtract(steps.hidden[t], new, hidden)
    np.multiply(hidden, both[size:], hidden)
    np.add(hidden, new, hidden)


def _gru_prepare(steps: Steps) -> None:
    """dL/dh multiplies the blocks of z and n, and what comes of n that of r."""
    r, z, n = _blocks(steps.gates, 3).swapaxes(0, 1)
    d_r, d_z, d_n = _blocks(steps.d_gates, 3).swapaxes(0, 1)
    np.multiply(r * (_ONE - r), steps.extra, d_r)
    np.subtract(_ONE, z, d_n)
    np.multiply(z, d_n, d_z)
    np.multiply(d_z, steps.hidden[:-1] - n, d_z)
    np.multiply(d_n, _ONE - n * n, d_n)


def _gru_backward(steps: Steps, t: int, d_hidden: Array) -> None:
    size, d_gates, d_recurrent = steps.hidden.shape[1], steps.d_gates[t], steps.d_recurrent[t]
    both, d_r, d_n = d_gates[size:].reshape(2, size, -1), d_gates[:size], d_gates[2 * size :]
    np.multiply(both, d_hidden, both)
    np.multiply(d_r, d_n, d_r)
    d_recurrent[: 2 * size] = d_gates[: 2 * size]
    np.multiply(d_n, steps.gates[t, :size], d_recurrent[2 * size :])
    np.multiply(d_hidden, steps.gates[t, size : 2 * size], d_hidden)


_entries = (
    Cell(
        name="rnn", label="plain (tanh)", gates=("h",), scales=(1.0,), forward=_rnn, prepare=_rnn_prepare,
        backward=_rnn_backward,
        formula=r"h_t = \tanh(W_{ih} x_t + b_{ih} + W_{hh} h_{t-1} + b_{hh})",
    ),
    Cell(
        name="gru", label="GRU", gates=("r", "z", "n"), forward=_gru, prepare=_gru_prepare,
        backward=_gru_backward, scales=(-1.0, -1.0, 1.0), has_inner_reset=True, passes_on=True,
        formula=r"n = \tanh(W_{in} x_t + b_{in} + r \odot (W_{hn} h_{t-1} + b_{hn})), \quad "
                r"h_t = (1 - z) \odot n + z \odot h_{t-1}",
    ),
    Cell(
        name="lstm", label="LSTM", gates=("i", "f", "g", "o"), forward=_lstm, prepare=_lstm_prepare,
        backward=_lstm_backward, scales=(-1.0, -1.0, -2.0, -1.0), has_memory=True,
        formula=r"c_t = f \odot c_{t-1} + i \odot g, \quad h_t = o \odot \tanh(c_t)",
    ),
)  # fmt: skip

CELLS: dict[str, Cell] = {entry.name: entry for entry in _entries}
