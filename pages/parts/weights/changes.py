"""Changes: what one viewer changed by hand, frame by frame, and the way back from the last of them.

The steps of an overlay overrule each other, so the steps before a change cannot be worked out from those after it:
they are kept. So are the changes of the frames that were changed last, within a bound on their number and size.
"""

from dataclasses import dataclass, field

from nncore.inspection.files import read_npz
from nncore.inspection.overlay import Edit, Hold, Replace, Step, with_step
from nncore.models.dense import Network
from pages.parts.fields.numbers import plain

DIGITS = 7  # significant, of a weight that is read and set: as many as its recorded number has
NO_CHANGE = "That is what it is already."
MOST_FRAMES, MOST_BACK = 4, 50  # frames whose changes are kept, and how far back each of them goes
MOST_NUMBERS = 40_000  # from files, held for one viewer: about a megabyte

Steps = tuple[Step, ...]


@dataclass
class Changes:
    """The steps taken on one frame of one run, those before each change, and the sentence about a change that was refused.

    `moves` counts what was done, so that a field or an uploader can begin anew after it.
    """

    run: str
    frame: int
    steps: Steps = ()
    before: list[Steps] = field(default_factory=list)
    problem: str = ""
    moves: int = 0


def add_step(changes: Changes, network: Network, step: Step) -> None:
    """Takes one more step, or says why it cannot be, or that it changes nothing."""
    try:
        steps = with_step(network, changes.steps, step)
    except ValueError as error:
        changes.problem = f"{error}. Nothing was changed."
        return
    if steps == changes.steps:
        changes.problem = f"{NO_CHANGE} Nothing was changed."
        return
    changes.before = [*changes.before, changes.steps][-MOST_BACK:]
    changes.steps, changes.problem, changes.moves = steps, "", changes.moves + 1
    while _numbers([changes]) > MOST_NUMBERS and len(changes.before) > 1:
        del changes.before[0]


def take_back(changes: Changes, *, everything: bool = False) -> None:
    """Goes back to how it was before the last change, or before all."""
    changes.steps = changes.before.pop() if changes.before and not everything else ()
    if everything:
        changes.before = []
    changes.problem, changes.moves = "", changes.moves + 1


def load_file(changes: Changes, network: Network, data: bytes) -> None:
    """Takes the weights of an uploaded file as a step, or says why that cannot be."""
    try:
        step = Replace(tuple(read_npz(data, network).tolist()))
    except ValueError as error:
        changes.problem = f"{error}. Nothing was changed."
    else:
        add_step(changes, network, step)


def changes_of(kept: dict[tuple[str, int], Changes], run: str, frame: int) -> Changes:
    """The changes of a frame, new ones if it has none in `kept`, which from then on holds them and forgets the oldest."""
    found = kept.pop((run, frame), None) or Changes(run, frame)
    for key in [key for key, changes in kept.items() if not changes.steps and not changes.before]:
        del kept[key]
    kept[run, frame] = found
    while len(kept) > 1 and (len(kept) > MOST_FRAMES or _numbers(list(kept.values())) > MOST_NUMBERS):
        del kept[next(iter(kept))]
    return found


def _numbers(several: list[Changes]) -> int:
    """How many numbers from files the changes hold, each file counted once."""
    steps = {id(step): step for changes in several for state in (changes.steps, *changes.before) for step in state}
    return sum(len(step.values) for step in steps.values() if isinstance(step, Replace))


def describe(step: Step, network: Network) -> str:
    """One step in words, neurons and layers counted from 1, with what a held neuron does to the layer after it.

    `network` is the one with the changes: a later one may have given a held neuron's column numbers again.
    """
    if isinstance(step, Edit):
        is_bias = step.column == network.sizes[step.layer]
        what = "its bias" if is_bias else f"weight {step.column + 1}"
        return f"neuron {step.row + 1} of layer {step.layer + 1}: {what} is {plain(step.value, DIGITS)}"
    if isinstance(step, Hold):
        verb = f"frozen at {plain(step.value)}" if step.value else "silenced"
        after = f"column {step.neuron + 1} of W{step.layer + 2} is 0"
        if network.weights[step.layer + 1][:, step.neuron].any():
            after = f"column {step.neuron + 1} of W{step.layer + 2} became 0, and was changed again later"
        taken_up = f", and b{step.layer + 2} has taken up what it carried" if step.value else ""
        return f"neuron {step.neuron + 1} of layer {step.layer + 1} {verb}, so {after}{taken_up}"
    return "all weights and biases from a file"


def held(changes: Changes, network: Network, layer: int, neuron: int) -> str:
    """A sentence on a hidden neuron that is silenced or frozen by hand in the changed network; of another, no text."""
    for step in changes.steps:
        if isinstance(step, Hold) and (step.layer, step.neuron) == (layer, neuron):
            # A later edit may have connected it again.
            return "" if network.weights[layer + 1][:, neuron].any() else (
                f"By hand: {describe(step, network)}. The activation shown here does not reach the next layer."
            )
    return ""
