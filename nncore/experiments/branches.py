"""Branches: what changed in the course of a run, and their text in a link.

A branch leaves from a recorded frame, with other settings, with weights set by hand, or with neither: then training only
goes on. In a link it is "frame:name=value;name=value", and several are joined by "|".
"""

from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from nncore.arguments import check_fields, checked, each, kind_of, whole
from nncore.checks import shown
from nncore.experiments.edits import LARGEST, MAX_EDITS, Edit, Sizes, edit_rule, read_edits, write_edits
from nncore.experiments.experiment import Experiment
from nncore.experiments.link_text import by_known_names, quoted, read_field, read_fields, sentence, write_field
from nncore.experiments.link_text.repair import ask_all
from nncore.experiments.validation import plain

MAX_BRANCHES = 20
EDITS = "edits"  # in the text of a branch: weights and biases set by hand
PARAMETERS = "weights"  # in the text of a run, but never in a link: all weights and biases, where too many were set by hand
NAMES = (EDITS, *(setting.name for setting in fields(Experiment)))  # what may stand in the text of a branch
LAST_FRAME = 10**15  # far beyond what any run records: what is larger is no frame


def _change(name: str, value: object, sizes: object) -> tuple[str, object]:
    if not isinstance(value, list | tuple) or len(value) != 2 or not isinstance(value[0], str):
        raise ValueError(f"{name} must be a pair of a setting's name and its value, got {shown(value)}")
    return value[0], plain(value[1])


@dataclass(frozen=True)
class Branch:
    """At recorded `frame`, these settings changed: (name, value) pairs, sorted by name. Raises ValueError for others.

    `edits` are up to 40 weights and biases set by hand there. The network with them is recorded as a frame of its own, the
    one after `frame`, from which training goes on. Where more were set, `parameters` are all of them, the network's vector
    as bytes of float32, to which the edits come: such a branch does not fit into a link.
    """

    frame: int
    changes: tuple[tuple[str, object], ...] = ()
    edits: tuple[Edit, ...] = ()
    parameters: bytes = b""

    def __post_init__(self):
        check_fields(self, frame=whole(-LAST_FRAME, LAST_FRAME), changes=each(_change), edits=each(edit_rule),
                     parameters=kind_of(bytes))  # fmt: skip
        names = [name for name, _ in self.changes]
        if len(set(names)) < len(names):
            raise ValueError(f"changes must name each setting once, got {shown(tuple(names))}")
        if len(self.edits) > MAX_EDITS:
            raise ValueError(f"edits must be at most {MAX_EDITS}, got {len(self.edits)}")

    @property
    def by_hand(self) -> bool:
        """Whether weights or biases were set by hand."""
        return bool(self.edits or self.parameters)

    @property
    def start(self) -> int:
        """The frame from which training goes on: with weights set by hand the one after `frame`, which shows them."""
        return self.frame + self.by_hand


def write_branches(branches: tuple[Branch, ...], sizes: Sizes) -> str:
    """The branches of a run of a network of these `sizes` as text: "frame:name=value;...|frame:..."."""
    return "|".join(f"{branch.frame}:{';'.join(_pairs(branch, sizes))}" for branch in branches)


def _pairs(branch: Branch, sizes: Sizes) -> list[str]:
    pairs = [f"{name}={write_field(value)}" for name, value in branch.changes]
    return [*pairs, f"{EDITS}={write_edits(branch.edits, sizes)}"] if branch.edits else pairs


def write_parameters(branches: tuple[Branch, ...]) -> str:
    """The branches' own parameters as text: "number:letters|...", numbers from 1, letters of base 64 for float32."""
    return "|".join(f"{number}:{b64encode(branch.parameters).decode()}" for number, branch in enumerate(branches, 1)
                    if branch.parameters)  # fmt: skip


def with_parameters(branches: Sequence[Branch], text: str, n_parameters: int) -> tuple[Branch, ...]:
    """The branches with the parameters of such a text. Raises ValueError for one that does not fit them."""
    found = list(branches)
    for part in text.split("|", MAX_BRANCHES) if text else ():
        number, _, letters = part.partition(":")
        place = read_field(PARAMETERS, "int", number) - 1
        if not 0 <= place < len(found):
            raise ValueError(f"weights must belong to one of {len(found)} branches, got {place + 1}")
        found[place] = replace(found[place], parameters=_read_parameters(letters, n_parameters))
    return tuple(found)


def _read_parameters(letters: str, n_parameters: int) -> bytes:
    try:
        values = np.frombuffer(b64decode(letters.encode(), validate=True), np.float32)
    except ValueError:
        values = np.empty(0, np.float32)
    if len(values) != n_parameters or not (np.abs(values) <= LARGEST).all():
        raise ValueError(f"weights must be {n_parameters} numbers of at most a million, got {shown(letters)}")
    return values.tobytes()


@checked(frame=whole(0), last=whole(0))
def beyond_the_end(frame: int, last: int) -> str:
    """The sentence on a branch from a frame that is never trained."""
    return (f"The link changes settings at snapshot {frame:,}, but this training ends at snapshot {last:,}; it is shown "
            "without that change and those after it.")  # fmt: skip


def read_branches(text: str, sizes: Sizes) -> tuple[Branch, ...]:
    """The branches of such a text. Raises ValueError for an invalid one."""
    return tuple(_read_branch(part, sizes) for part in text.split("|")) if text else ()


def _read_branch(text: str, sizes: Sizes) -> Branch:
    number, texts, again = _branch_texts(text)
    if again:
        raise ValueError(f"branches must name each setting once, got {again[0]!r} twice")
    edits, problems = read_edits(texts.pop(EDITS), sizes) if EDITS in texts else ((), [])
    values, setting_problems = read_fields(Experiment, texts)
    problems += setting_problems
    if problems:
        raise ValueError(problems[0].partition(";")[0].rstrip("."))
    return Branch(number, tuple(sorted(values.items())), edits)


def repair_branches(text: str, sizes: Sizes) -> tuple[list[Branch], list[str]]:
    """The branches with values as near as can be to those of `text`. Raises ValueError for what cannot be read at all."""
    branches, problems = [], []
    # One more than a Run can have: it refuses that many, and nobody waits for the thousands that a link may hold.
    parts = text.split("|", MAX_BRANCHES + 1)[: MAX_BRANCHES + 1] if text else ()
    for part in parts:
        number, texts, again = _branch_texts(part)
        texts, twice = by_known_names(texts, NAMES)
        problems += [f"The link changes {quoted(name)} twice at one snapshot; the last one counts." for name in again]
        problems += twice
        edits, edit_problems = read_edits(texts.pop(EDITS), sizes) if EDITS in texts else ((), [])
        asked, unknown = ask_all(Experiment, texts)
        lost = unknown + [found.complaint for found in asked.values() if found.is_lost]
        if lost:
            raise ValueError(lost[0].rstrip("."))
        problems += [sentence(found.complaint, found.value) for found in asked.values() if found.complaint]
        problems += edit_problems
        changes = tuple(sorted((name, found.value) for name, found in asked.items()))
        if changes or edits or not edit_problems:  # a branch whose edits are all left out is none
            branches.append(Branch(number, changes, edits))
    return branches, problems


def _branch_texts(text: str) -> tuple[int, dict[str, str], list[str]]:
    """The frame, the texts by name, and the names that stand there more than once, of which the last text counts."""
    frame, colon, rest = text.partition(":")
    pairs = [pair.partition("=")[::2] for pair in ([] if colon and not rest else rest.split(";"))]
    again = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
    return read_field("branches", "int", frame), dict(pairs), again
