"""The cells of a recurrent network: how a state follows from the state before it and from what comes in now.

Three cells by the definitions of PyTorch: the plain one (Elman, 1990), the LSTM (Hochreiter and Schmidhuber, 1997, with
the forget gate of Gers et al., 2000) and the GRU (Cho et al., 2014). Arrays are feature-major, (H, N), so that each gate is
a contiguous block of the pre-activations (G * H, N). Everything that is true of a cell stands in its entry of `CELLS`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nncore.models.activations import sigmoid

Array = np.ndarray

_ONE = np.array(1.0)  # a ufunc takes it faster than a Python number


class Steps:
    """Buffers of a cell over T steps of N sequences.

    `gates` (T, G * H, N) holds what the inputs and the biases gave and then the gates; `recurrent` (G * H, N) what the state
    gave; `hidden` and `memory` (T + 1, H, N) begin with the state 0; `extra` (T, H, N) is the cell's own, and `spare` (H, N)
    is room for a product.
    """

    def __init__(self, cell: "Cell", n_steps: int, n_hidden: int, n_samples: int):
        self.gates = np.empty((n_steps, cell.n_gates * n_hidden, n_samples))
        self.recurrent = np.empty((cell.n_gates * n_hidden, n_samples))
        self.hidden = np.zeros((n_steps + 1, n_hidden, n_samples))
        self.memory = np.zeros((n_steps + 1 if cell.has_memory else 0, n_hidden, n_samples))
        self.spare = np.empty((n_hidden, n_samples))
        self.extra = np.empty((n_steps if cell.name != "rnn" else 0, n_hidden, n_samples))


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell with G blocks of H rows, in the order of `gates`.

    `forward(steps, t)` makes `hidden[t + 1]` from `hidden[t]`, `gates[t]` and `recurrent`. `backward(steps, t, d_hidden,
    d_memory, d_gates, d_recurrent)` turns dL/dh of step t (H, N) into the gradients at what the inputs gave and at what the
    state gave (G * H, N), one and the same array unless it `has_inner_reset`; what is left of `d_hidden` goes to the step
    before past the matrix, where the cell `passes_on` its state. `d_memory` (H, N) is carried in place.
    `label` is its name for people, `formula` LaTeX.
    """

    name: str
    label: str
    gates: tuple[str, ...]
    formula: str
    forward: Callable[[Steps, int], None]
    backward: Callable[[Steps, int, Array, Array, Array, Array], None]
    has_memory: bool = False
    has_inner_reset: bool = False
    passes_on: bool = False

    @property
    def n_gates(self) -> int:
        """How many blocks of H rows its matrices have, G."""
        return len(self.gates)


def _rnn(steps: Steps, t: int) -> None:
    z = steps.gates[t]
    np.add(z, steps.recurrent, z)
    np.tanh(z, steps.hidden[t + 1])


def _rnn_backward(steps: Steps, t: int, d_hidden: Array, d_memory: Array, d_gates: Array, d_recurrent: Array) -> None:
    hidden = steps.hidden[t + 1]
    np.multiply(hidden, hidden, d_gates)
    np.subtract(_ONE, d_gates, d_gates)
    np.multiply(d_gates, d_hidden, d_gates)


def _lstm(steps: Steps, t: int) -> None:
    z, size, spare = steps.gates[t], steps.hidden.shape[1], steps.spare
    np.add(z, steps.recurrent, z)
    i, f, g, o = z.reshape(4, size, -1)
    for gate in (z[: 2 * size], o):
        sigmoid(gate, gate)
    np.tanh(g, g)
    memory, bent = steps.memory[t + 1], steps.extra[t]
    np.multiply(f, steps.memory[t], memory)
    np.multiply(i, g, spare)
    np.add(memory, spare, memory)
    np.tanh(memory, bent)
    np.multiply(o, bent, steps.hidden[t + 1])


def _lstm_backward(steps: Steps, t: int, d_hidden: Array, d_memory: Array, d_gates: Array, d_recurrent: Array) -> None:
    size, bent, spare = steps.hidden.shape[1], steps.extra[t], steps.spare
    gates = steps.gates[t]
    i, f, g, o = gates.reshape(4, size, -1)
    d_i, d_f, d_g, d_o = d_gates.reshape(4, size, -1)
    # The slopes of all four gates first: a (1 - a), and of the one with tanh 1 - a^2.
    np.multiply(gates, gates, d_gates)
    np.subtract(gates, d_gates, d_gates)
    np.multiply(g, g, d_g)
    np.subtract(_ONE, d_g, d_g)
    np.multiply(d_hidden, bent, spare)
    np.multiply(d_o, spare, d_o)
    np.multiply(bent, bent, spare)
    np.subtract(_ONE, spare, spare)
    np.multiply(spare, o, spare)
    np.multiply(spare, d_hidden, spare)
    np.add(d_memory, spare, d_memory)
    for slope, partner in ((d_i, g), (d_f, steps.memory[t]), (d_g, i)):
        np.multiply(slope, partner, slope)
        np.multiply(slope, d_memory, slope)
    np.multiply(d_memory, f, d_memory)


def _gru(steps: Steps, t: int) -> None:
    z, size = steps.gates[t], steps.hidden.shape[1]
    both, new, inner, hidden = z[: 2 * size], z[2 * size :], steps.extra[t], steps.hidden[t + 1]
    np.add(both, steps.recurrent[: 2 * size], both)
    sigmoid(both, both)
    inner[...] = steps.recurrent[2 * size :]
    np.multiply(both[:size], inner, steps.spare)
    np.add(new, steps.spare, new)
    np.tanh(new, new)
    np.subtract(steps.hidden[t], new, hidden)
    np.multiply(hidden, both[size:], hidden)
    np.add(hidden, new, hidden)


def _gru_backward(steps: Steps, t: int, d_hidden: Array, d_memory: Array, d_gates: Array, d_recurrent: Array) -> None:
    size = steps.hidden.shape[1]
    r, z, n = steps.gates[t].reshape(3, size, -1)
    d_r, d_z, d_n = d_gates.reshape(3, size, -1)
    np.multiply(d_hidden * (1.0 - z), 1.0 - n * n, d_n)
    np.multiply(d_hidden * (steps.hidden[t] - n), z * (1.0 - z), d_z)
    np.multiply(d_n * steps.extra[t], r * (1.0 - r), d_r)
    d_recurrent[: 2 * size] = d_gates[: 2 * size]
    np.multiply(d_n, r, d_recurrent[2 * size :])
    np.multiply(d_hidden, z, d_hidden)


_entries = (
    Cell(
        name="rnn", label="plain (tanh)", gates=("h",), forward=_rnn, backward=_rnn_backward,
        formula=r"h_t = \tanh(W_{ih} x_t + b_{ih} + W_{hh} h_{t-1} + b_{hh})",
    ),
    Cell(
        name="gru", label="GRU", gates=("r", "z", "n"), forward=_gru, backward=_gru_backward,
        has_inner_reset=True, passes_on=True,
        formula=r"n = \tanh(W_{in} x_t + b_{in} + r \odot (W_{hn} h_{t-1} + b_{hn})), \quad "
                r"h_t = (1 - z) \odot n + z \odot h_{t-1}",
    ),
    Cell(
        name="lstm", label="LSTM", gates=("i", "f", "g", "o"), forward=_lstm, backward=_lstm_backward, has_memory=True,
        formula=r"c_t = f \odot c_{t-1} + i \odot g, \quad h_t = o \odot \tanh(c_t)",
    ),
)  # fmt: skip

CELLS: dict[str, Cell] = {entry.name: entry for entry in _entries}
