"""What the lesson on recurrence measures: gradients that go back through one neuron, and echoes after a short training."""

from collections.abc import Callable

import numpy as np

from nncore import Recurrent
from nncore.cache import cached
from nncore.experiments.architectures.sequence_run import SequenceRun, share_right

LENGTH, DELAY, UPDATES = 12, 6, 120  # of the echo: it is asked for after half of the sequence
Array = np.ndarray


def one_neuron(weight: float) -> Recurrent:
    """A plain cell with a single state that goes on to the next step by `weight`; its first state is 0."""
    model = Recurrent(1, 1, 2)
    model.parameters = np.array([1.0, weight, 0.0, 0.0, 1.0, -1.0, 0.0, 0.0])
    return model


def reaching_back(weight: float, steps: int) -> Array:
    """The gradient at the states 0, 1, ..., `steps` steps back (steps + 1,), as a share of that at the last state.

    All inputs are 0, so all states are: tanh has the slope 1 there, and only the weight counts.
    """
    function, values = all_gradients(weight, steps)
    gradients = function(**values)[0, ::-1, 0]
    return gradients / gradients[0]


def all_gradients(weight: float, steps: int) -> tuple[Callable[..., Array], dict[str, Array]]:
    """The function that finds the gradient at every state of the neuron, and what it is given."""
    return one_neuron(weight).state_gradients, {"X": np.zeros((1, steps + 1, 1)), "y": np.array([0])}


def echo(cell: str, seed: int, stretch: int = 0) -> float:
    """The share of held-out echoes that are right after a short training, done once for everybody."""
    return cached(_echo, cell, seed % 10, stretch, n_bytes=100)


def _echo(cell: str, seed: int, stretch: int) -> float:
    run = SequenceRun("echo", cell, length=LENGTH, seed=seed, stretch=stretch)
    trainer, (_, held) = run.trainer(), run.split()
    while trainer.updates < UPDATES:
        trainer.run_updates(UPDATES - trainer.updates)
    return share_right(trainer.model.forward(run.inputs(held.tokens))[0], held.y)


def echo_settings(seed: int, **others: str) -> dict[str, str]:
    """The page's settings for the echo of this lesson."""
    return {"memory_task": "echo", "sequence_steps": str(LENGTH), "memory_start": str(seed % 10), **others}
