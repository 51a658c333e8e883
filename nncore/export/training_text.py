"""The parts of a training that read the same whatever computes them: how `train` begins, the update, how a text ends."""

import textwrap

from nncore.export.sections import Section, entry_code
from nncore.training.optimizers import OPTIMIZERS

RATE = '''\
def learning_rate(epoch):
    return $RATE


'''

MAIN = '''\
if __name__ == "__main__":
    print("loss at first and after training:", *(f"{value:.4f}" for value in np.array(train())[[0, -1]]))'''


def train_head(argument: str, examples: str, unit: str, more: str = "") -> str:
    """How `train` begins: what it takes (an `argument` that says how long), what it gives back, and the first weights."""
    return f'''\
def train({argument}, parameters=None):
    """The losses on {examples}: at first, and after every {unit}.

    `parameters` (P,) are trained in place, by default the first ones.{more}
    """
    w = first_parameters() if parameters is None else parameters
'''


# Of a run whose settings stay as they are, and of one with stretches between which they change.
TRAIN_HEAD = RATE + train_head("epochs=$EPOCHS", "the training set", "epoch")
STRETCHES_HEAD = train_head(
    "epochs=$EPOCHS", "the training set", "epoch",
    " Where weights were set by hand, the loss with them is\n    in the list, too.",
)  # fmt: skip


def imports_section(says: str, with_torch: bool = False) -> Section:
    """What the text imports; `says` is the rest of the sentence under its heading."""
    heading = "PyTorch computes and differentiates" if with_torch else "NumPy is all that is needed"
    return Section(heading, says, "import base64\nimport zlib\n\nimport numpy as np" + "\nimport torch" * with_torch)


def optimizer_code(name: str, decay: float | None, field: str) -> str:
    """The form of the optimizer `name` in this `field` of its entry, with another weight `decay` if one is given."""
    code = entry_code(OPTIMIZERS[name], field)
    return code if decay is None else code.replace(repr(OPTIMIZERS[name]().weight_decay), repr(decay))


def update_section(name: str, decay: float | None = None) -> Section:
    """The update rule called `name` as a function, in NumPy, with its own weight decay or with `decay`."""
    kind = OPTIMIZERS[name]
    body = textwrap.indent(optimizer_code(name, decay, "numpy_code"), "    ")
    says = '"""One update of the parameters w (P,) in place, by the gradient g."""'
    return Section(f"The update: {kind.label}", kind.about, f"def {name}(w, g, rate, memory):\n    {says}\n{body}")
