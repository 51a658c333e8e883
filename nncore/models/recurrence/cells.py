"""The cells of a recurrent network: how a state follows from the state before it and from what comes in now.

Three cells by the definitions of PyTorch: the plain one (Elman, 1990), the LSTM (Hochreiter and Schmidhuber, 1997, with
the forget gate of Gers et al., 2000) and the GRU (Cho et al., 2014). Arrays are feature-major, (H, N), so that each gate is
a contiguous block of the pre-activations (G * H, N). Everything that is true of a cell stands in its entry of `CELLS`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Array = np.ndarray

_ONE, _TWO, _MINUS_TWO = np.array(1.0), np.array(2.0), np.array(-2.0)  # a ufunc takes them faster than Python numbers


class Steps:
    """Buffers of a cell over T steps of N sequences, and the views of each step, made once.

    `came` (T + 1, H + D + 1, N) holds what a step is given: the state before it (first 0), its inputs, and a 1 for the
    biases; `hidden` (T + 1, H, N) and `inputs` (T, D, N) are parts of it. `gates` (T, B * H, N) are the pre-activations of
    the cell's B blocks and then the gates, `d_gates` their gradients; `memory` (T + 1, H, N) begins with 0, `bent`
    (T, H, N) is its tanh, `new_and_kept` (T, 2 * H, N) the two parts whose sum it is, and `carry` (T, H, N) what the cell
    prepares of it for the way back. `d_hidden` (T, H, N) are gradients, `d_memory` and `spare` (H, N) have room for one
    step. `forward_views` and `backward_views` hold for each step what the cell's `forward` and `backward` take.
    """

    def __init__(self, cell: "Cell", n_steps: int, n_inputs: int, n_hidden: int, n_samples: int):
        rows, state = cell.n_blocks * n_hidden, (n_hidden, n_samples)
        self.came = np.zeros((n_steps + 1, n_hidden + n_inputs + 1, n_samples))
        self.came[:, -1] = 1.0
        self.hidden, self.inputs = self.came[:, :n_hidden], self.came[:-1, n_hidden:-1]
        self.gates, self.d_gates = np.empty((n_steps, rows, n_samples)), np.empty((n_steps, rows, n_samples))
        self.memory = np.zeros((n_steps + 1 if cell.has_memory else 0, *state))
        self.bent = np.empty((n_steps if cell.has_memory else 0, *state))
        self.carry, self.new_and_kept = np.empty(self.bent.shape), np.empty((len(self.bent), 2 * n_hidden, n_samples))
        self.spare, self.d_memory, self.d_hidden = np.empty(state), np.empty(state), np.empty((n_steps, *state))
        self.forward_views = [cell.forward_views(self, t) for t in range(n_steps)]
        self.backward_views = [cell.backward_views(self, t) for t in range(n_steps)]

    def blocks(self, part: Array) -> Array:
        """(..., B * H, N) as (..., B, H, N), a view."""
        return part.reshape(*part.shape[:-2], -1, *self.spare.shape)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell with G gates of H rows each, in the order of `gates`.

    `forward(*views)` makes the state after a step of the pre-activations that stand in its gates. On the way back
    `prepare(steps)` puts into `d_gates` of all steps at once what does not depend on the gradient, and
    `backward(d_hidden, *views)` turns dL/dh of a step (H, N) into the gradients at its pre-activations; what is left of
    `d_hidden` goes to the step before past the matrix, where the cell `passes_on` its state. `d_memory` is carried in
    place. `forward_views(steps, t)` and `backward_views(steps, t)` give those views.
    `label` is its name for people, `formula` LaTeX. `scales` says by what the pre-activations of each gate are
    multiplied before `forward` gets them: -1 for a sigmoid, 1 / (1 + e^-z), and -2 for a tanh that is made of one.
    A cell that `has_inner_reset` has one block more than gates: what the state gives to the last gate stands apart.
    """

    name: str
    label: str
    gates: tuple[str, ...]
    formula: str
    forward: Callable[..., None]
    forward_views: Callable[[Steps, int], tuple[Array, ...]]
    prepare: Callable[[Steps], None]
    backward: Callable[..., None]
    backward_views: Callable[[Steps, int], tuple[Array, ...]]
    scales: tuple[float, ...]
    has_memory: bool = False
    has_inner_reset: bool = False
    passes_on: bool = False

    @property
    def n_gates(self) -> int:
        """How many blocks of H rows its matrices have, G."""
        return len(self.gates)

    @property
    def n_blocks(self) -> int:
        """How many blocks of H pre-activations a step has, B."""
        return self.n_gates + self.has_inner_reset

    def scale_rows(self, n_hidden: int) -> Array:
        """The `scales` (G * H, 1), one for each row of its matrices; multiplying by them is exact in floating point."""
        return np.repeat(self.scales, n_hidden)[:, None]

    def state_rows(self, n_hidden: int) -> list[tuple[slice, slice]]:
        """Which rows of a step's pre-activations get what which rows of W_hh give; an inner reset has its own, last."""
        rows, last = self.n_gates * n_hidden, (self.n_gates - 1) * n_hidden
        if not self.has_inner_reset:
            return [(slice(rows), slice(rows))]
        return [(slice(last), slice(last)), (slice(rows, rows + n_hidden), slice(last, rows))]


def _sigmoid_of_minus(z: Array) -> None:
    """1 / (1 + e^z) in place; where e^z overflows, 0."""
    np.exp(z, z)
    np.add(z, _ONE, z)
    np.divide(_ONE, z, z)


def _tanh(x: Array, out: Array) -> None:
    """tanh x as 2 / (1 + e^-2x) - 1, right to 1e-16 of 1: an exponential costs a third of a tanh."""
    np.multiply(x, _MINUS_TWO, out)
    np.exp(out, out)
    np.add(out, _ONE, out)
    np.divide(_TWO, out, out)
    np.subtract(out, _ONE, out)


def _rnn(z: Array, after: Array) -> None:
    np.tanh(z, after)


def _rnn_views(steps: Steps, t: int) -> tuple[Array, ...]:
    return steps.gates[t], steps.hidden[t + 1]


def _rnn_prepare(steps: Steps) -> None:
    hidden = steps.hidden[1:]
    np.multiply(hidden, hidden, steps.d_gates)
    np.subtract(_ONE, steps.d_gates, steps.d_gates)


def _rnn_backward(d_hidden: Array, d_gates: Array) -> None:
    np.multiply(d_gates, d_hidden, d_gates)


def _rnn_back_views(steps: Steps, t: int) -> tuple[Array, ...]:
    return (steps.d_gates[t],)


def _lstm(z: Array, i: Array, f: Array, g: Array, o: Array, before: Array, memory: Array, bent: Array, after: Array,
          new: Array, kept: Array) -> None:  # fmt: skip
    _sigmoid_of_minus(z)  # all four in one go
    np.multiply(g, _TWO, g)
    np.subtract(g, _ONE, g)
    np.multiply(i, g, new)
    np.multiply(f, before, kept)
    np.add(new, kept, memory)
    _tanh(memory, bent)
    np.multiply(o, bent, after)


def _lstm_views(steps: Steps, t: int) -> tuple[Array, ...]:
    z, memory = steps.gates[t], steps.memory
    return (z, *steps.blocks(z), memory[t], memory[t + 1], steps.bent[t], steps.hidden[t + 1],
            *steps.blocks(steps.new_and_kept[t]))  # fmt: skip


def _lstm_prepare(steps: Steps) -> None:
    """dL/dc multiplies the first three blocks, dL/dh the last one and `carry`, by which it comes into dL/dc."""
    gates, d_gates, hidden, rows = steps.gates, steps.d_gates, steps.hidden[1:], 2 * len(steps.spare)
    i, _, g, o = steps.blocks(gates).swapaxes(0, 1)
    _, _, d_g, d_o = steps.blocks(d_gates).swapaxes(0, 1)
    # With products of the way forward each takes two passes: i (1 - i) g is ig - ig i, and i (1 - g^2) is i - ig g.
    for parts, factors, wholes, into in (
        (steps.new_and_kept, gates[:, :rows], steps.new_and_kept, d_gates[:, :rows]),
        (steps.new_and_kept[:, : rows // 2], g, i, d_g),
        (hidden, o, hidden, d_o),
        (hidden, steps.bent, o, steps.carry),
    ):
        np.multiply(parts, factors, into)
        np.subtract(wholes, into, into)
    steps.d_memory[...] = 0.0


def _lstm_backward(d_hidden: Array, by_memory: Array, by_output: Array, f: Array, carry: Array, d_memory: Array,
                   spare: Array) -> None:  # fmt: skip
    np.multiply(carry, d_hidden, spare)
    np.add(d_memory, spare, d_memory)
    np.multiply(by_memory, d_memory, by_memory)
    np.multiply(by_output, d_hidden, by_output)
    np.multiply(d_memory, f, d_memory)


def _lstm_back_views(steps: Steps, t: int) -> tuple[Array, ...]:
    d_gates, gates = steps.blocks(steps.d_gates[t]), steps.blocks(steps.gates[t])
    return d_gates[:3], d_gates[3], gates[1], steps.carry[t], steps.d_memory, steps.spare


def _gru(both: Array, r: Array, z: Array, new: Array, inner: Array, before: Array, after: Array, spare: Array) -> None:
    _sigmoid_of_minus(both)
    np.multiply(r, inner, spare)
    np.add(new, spare, new)
    np.tanh(new, new)
    np.subtract(before, new, after)
    np.multiply(after, z, after)
    np.add(after, new, after)


def _gru_views(steps: Steps, t: int) -> tuple[Array, ...]:
    gates = steps.blocks(steps.gates[t])
    return gates[:2], *gates, steps.hidden[t], steps.hidden[t + 1], steps.spare


def _gru_prepare(steps: Steps) -> None:
    """dL/dh multiplies the blocks of z and n, and what comes of n that of r."""
    r, z, n, inner = steps.blocks(steps.gates).swapaxes(0, 1)
    d_r, d_z, d_n, _ = steps.blocks(steps.d_gates).swapaxes(0, 1)
    np.multiply(r * (_ONE - r), inner, d_r)
    np.subtract(_ONE, z, d_n)
    np.multiply(z, d_n, d_z)
    np.multiply(d_z, steps.hidden[:-1] - n, d_z)
    np.multiply(d_n, _ONE - n * n, d_n)


def _gru_backward(d_hidden: Array, both: Array, d_r: Array, d_n: Array, d_inner: Array, r: Array, z: Array) -> None:
    np.multiply(both, d_hidden, both)
    np.multiply(d_r, d_n, d_r)
    np.multiply(d_n, r, d_inner)
    np.multiply(d_hidden, z, d_hidden)


def _gru_back_views(steps: Steps, t: int) -> tuple[Array, ...]:
    d_gates, gates = steps.blocks(steps.d_gates[t]), steps.blocks(steps.gates[t])
    return d_gates[1:3], d_gates[0], d_gates[2], d_gates[3], gates[0], gates[1]


_entries = (
    Cell(
        name="rnn", label="plain (tanh)", gates=("h",), scales=(1.0,), forward=_rnn, forward_views=_rnn_views,
        prepare=_rnn_prepare, backward=_rnn_backward, backward_views=_rnn_back_views,
        formula=r"h_t = \tanh(W_{ih} x_t + b_{ih} + W_{hh} h_{t-1} + b_{hh})",
    ),
    Cell(
        name="gru", label="GRU", gates=("r", "z", "n"), forward=_gru, forward_views=_gru_views,
        prepare=_gru_prepare, backward=_gru_backward, backward_views=_gru_back_views,
        scales=(-1.0, -1.0, 1.0), has_inner_reset=True, passes_on=True,
        formula=r"n = \tanh(W_{in} x_t + b_{in} + r \odot (W_{hn} h_{t-1} + b_{hn})), \quad "
                r"h_t = (1 - z) \odot n + z \odot h_{t-1}",
    ),
    Cell(
        name="lstm", label="LSTM", gates=("i", "f", "g", "o"), forward=_lstm, forward_views=_lstm_views,
        prepare=_lstm_prepare, backward=_lstm_backward, backward_views=_lstm_back_views,
        scales=(-1.0, -1.0, -2.0, -1.0), has_memory=True,
        formula=r"c_t = f \odot c_{t-1} + i \odot g, \quad h_t = o \odot \tanh(c_t)",
    ),
)  # fmt: skip

CELLS: dict[str, Cell] = {entry.name: entry for entry in _entries}
