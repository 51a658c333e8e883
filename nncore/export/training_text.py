"""The parts of a training that read alike whatever computes them: its settings, how `train` begins, an update, the end."""

import re
import textwrap
from collections.abc import Mapping

from nncore.export.content import Content, Stretch
from nncore.export.packing import numbers
from nncore.export.sections import Section, entry_code
from nncore.training.optimizers import OPTIMIZERS
from nncore.training.schedules import SCHEDULES

CHANGING_RATE = '''\
def learning_rate(epoch):
    return $RATE


'''

MAIN = '''\
if __name__ == "__main__":
    print("loss at first and after training:", *(f"{value:.4f}" for value in np.array(train())[[0, -1]]))'''


def is_plain(content: Content) -> bool:
    """Whether the settings stayed as they were from the first weights on."""
    return len(content.stretches) == 1


def penalties(content: Content) -> list[str]:
    """The names of the penalties that the training has in any of its stretches."""
    return [name for name in ("l1", "l2") if any(getattr(stretch.settings, name) for stretch in content.stretches)]


def stretches_code(content: Content) -> str:
    """The settings of the training: one entry for each stretch in which they stayed the same."""
    names = penalties(content)
    stretches = "".join(_stretch(stretch, names) for stretch in content.stretches)
    return f"SETTINGS = [\n{textwrap.indent(stretches, '    ')}]"


def _stretch(stretch: Stretch, penalties: list[str]) -> str:
    s = stretch.settings
    lines = [
        f"epochs={stretch.epochs}, optimizer={s.optimizer},",
        f"learning_rate=lambda epoch: {rate_code(stretch)},",
        "".join([f"batch_size={s.batch_size},", *(f" {name}={getattr(s, name)!r}," for name in penalties)]),
    ]
    if stretch.by_hand:  # weights and biases that were set before it begins; of all of them `start` tells
        lines.append(f"edits={dict(stretch.edits)},")
    if stretch.start is not None:
        lines.append(f"start={numbers(stretch.start)},")
    return "dict(\n" + textwrap.indent("\n".join(lines), "    ") + "\n),\n"


def rate_code(stretch: Stretch) -> str:
    """The learning rate in `epoch` (from 0) of the stretch, as an expression."""
    s = stretch.settings
    schedule = re.sub(r"\blimit\b", str(stretch.limit), entry_code(SCHEDULES[s.schedule], "numpy_code"))
    if SCHEDULES[s.schedule].is_constant:
        return f"{s.learning_rate!r}"
    return f"{s.learning_rate!r} / {schedule[6:]}" if schedule.startswith("1.0 / ") else f"{s.learning_rate!r} * {schedule}"


def train_head(argument: str, examples: str, unit: str) -> str:
    """How `train` begins: what it takes (an `argument` that says how long), what it gives back, and the first weights."""
    return f'''\
def train({argument}, parameters=None):
    """The losses on {examples}: at first, and after every {unit}.

    `parameters` (P,) are trained in place, by default the first ones.
[edits]    Where weights were set by hand, the loss with them is in the list, too.
    """
    w = first_parameters() if parameters is None else parameters
'''


TRAIN_HEAD = train_head("epochs=$EPOCHS", "the training set", "epoch")


def chosen(code: str, facts: Mapping[str, bool]) -> str:
    """The lines of `code` that a text needs: one that begins with a name in brackets only where that name is a fact."""
    lines = []
    for line in code.split("\n"):
        mark = re.match(r"\[([a-z_]+)\]", line)
        if not mark:
            lines.append(line)
        elif facts[mark[1]]:
            lines.append(line[mark.end() :])
    return "\n".join(lines)


def with_rate(code: str, rate: str) -> str:
    """The code of a training after that of its learning rate: a number, or a function of the epoch where it changes."""
    if re.search(r"\bepoch\b", rate):
        return CHANGING_RATE.replace("$RATE", rate) + code
    code = re.sub(r"\blearning_rate\(\w+\)", "LEARNING_RATE", code)
    if len(re.findall(r"\bepoch\b", code.partition("for epoch in ")[2])) == 0:
        code = code.replace("for epoch in ", "for _ in ")
    return f"LEARNING_RATE = {rate}\n\n\n{code}"


def train_code(content: Content, code: str) -> str:
    """The code of `train` with the run's own numbers in it; a plain one has its settings where they are used.

    Marks in brackets: `batches` for small ones alone, `full` for all examples at once, `mixed` for both; `edits` where
    weights were set by hand, `start` where a stretch begins with weights of its own, `changing` where the rate does.
    """
    settings, s = [stretch.settings for stretch in content.stretches], content.experiment
    small, plain = [bool(each.batch_size) for each in settings], is_plain(content)
    rate = rate_code(content.stretches[0])
    facts = {
        "batches": all(small), "full": plain and not any(small), "mixed": not plain and not all(small),
        "edits": any(stretch.by_hand for stretch in content.stretches),
        "start": any(stretch.start is not None for stretch in content.stretches),
        "same_start": all(stretch.start is None for stretch in content.stretches), "changing": "epoch" in rate,
    }  # fmt: skip
    names = penalties(content)
    given = [f"{name}={getattr(s, name)!r}" if plain else f'{name}=setting["{name}"]' for name in names]
    code = chosen(code, facts).replace("$PENALTIES", "".join(f", {one}" for one in given))
    code = code.replace("$ARGUMENTS", ", ".join(given)).replace("$ALL", "" if all(small) else " or len(X)")
    code = code.replace("$EPOCHS", str(content.epochs)).replace("$BATCH_SEED", str(s.batch_seed))
    if not plain:
        return code
    code = code.replace("$OPTIMIZER", s.optimizer).replace("$SIZE", str(s.batch_size))
    return with_rate(code, rate)


def imports_section(says: str, with_torch: bool = False) -> Section:
    """What the text imports; `says` is the rest of the sentence under its heading."""
    heading = "PyTorch computes and differentiates" if with_torch else "NumPy is all that is needed"
    return Section(heading, says, "import base64\nimport zlib\n\nimport numpy as np" + "\nimport torch" * with_torch)


def optimizer_code(name: str, decay: float | None, field: str) -> str:
    """The form of the optimizer `name` in this `field` of its entry, with another weight `decay` if one is given."""
    code = entry_code(OPTIMIZERS[name], field)
    return code if decay is None else code.replace(repr(OPTIMIZERS[name]().weight_decay), repr(decay))


def update_section(name: str, decay: float | None = None, always_memory: bool = False) -> Section:
    """The update rule called `name` as a function, in NumPy, with its own weight decay or with `decay`.

    One that remembers nothing is handed no memory, unless others stand beside it.
    """
    kind = OPTIMIZERS[name]
    body = textwrap.indent(optimizer_code(name, decay, "numpy_code"), "    ")
    says = '"""One update of the parameters w (P,) in place, by the gradient g."""'
    arguments = "w, g, rate, memory" if kind.has_memory or always_memory else "w, g, rate"
    return Section(f"The update: {kind.label}", kind.about, f"def {name}({arguments}):\n    {says}\n{body}")


def without_memory(code: str, name: str) -> str:
    """The code of a training by the optimizer `name`, which is handed no memory where it remembers nothing."""
    if OPTIMIZERS[name].has_memory:
        return code
    return code.replace(", memory)", ")").replace("memory, ", "").replace("{}, ", "")
