"""Filters set by hand: well-known ones, and what a link says of those with which a training went on.

In a link a filter's numbers are edits as those of a dense network: the filters of the first block are its layer 1, those of
the second its layer 2, a filter is a neuron there, and the places of its window, map by map and row by row, are the inputs.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from nncore.arguments import checked, each, kind_of, one_of, text, whole
from nncore.checks import shown
from nncore.experiments.branches import Branch, beyond_the_end, repair_branches
from nncore.experiments.edits import Edit, require_place
from nncore.experiments.link_text import quoted
from nncore.models.convolution.network import ConvNet

Array = np.ndarray
FilterSizes = tuple[tuple[int, int], ...]

MOST_BRANCHES = 8  # of one training: each adds a whole training to its recording
SETTING = "The link changes the {name} in the middle of this training, where filters alone can be set; that is left out."


class Kernel(NamedTuple):
    """A filter that people know by its `label`: `weights` (3, 3), and what it `finds`."""

    label: str
    weights: tuple[tuple[float, ...], ...]
    finds: str


KERNELS = {
    "horizontal": Kernel("Horizontal edge", ((1, 1, 1), (0, 0, 0), (-1, -1, -1)), "answers where ink lies above none"),
    "vertical": Kernel("Vertical edge", ((1, 0, -1), (1, 0, -1), (1, 0, -1)), "answers where ink lies left of none"),
    "diagonal": Kernel("Diagonal edge", ((0, 1, 1), (-1, 0, 1), (-1, -1, 0)),
                       "answers where ink lies above and to the right of none"),
    "outline": Kernel("Outline", ((-1, -1, -1), (-1, 8, -1), (-1, -1, -1)),
                      "answers where a pixel has more ink than those around it"),
    "blur": Kernel("Blur", ((0.0625, 0.125, 0.0625), (0.125, 0.25, 0.125), (0.0625, 0.125, 0.0625)),
                   "gives the mean of the pixels around, the middle counting most"),
    "sharpen": Kernel("Sharpen", ((0, -1, 0), (-1, 5, -1), (0, -1, 0)),
                      "gives the picture back, with its edges stronger"),
}  # fmt: skip


@checked(name=one_of(KERNELS), number=whole(0), block=whole(0), part=whole(0))
def kernel_edits(name: str, number: int, block: int = 0, part: int = 0) -> tuple[Edit, ...]:
    """The edits that make filter `number` of a `block`, both from 0, the kernel `name` of KERNELS.

    In the first block its bias is set to 0. In a later one it becomes the kernel on map `part`, from 0, of those that come
    in; its weights for other maps, and its bias, stay.
    """
    values = [float(value) for value in np.ravel(KERNELS[name].weights)]
    edits = tuple(Edit(block, number, part * len(values) + place, value) for place, value in enumerate(values))
    return edits if block else (*edits, Edit(0, number, len(values), 0.0))


def _with_filters(name: str, value: object, sizes: object) -> object:
    """A PictureRun, which this module cannot import, as it is: a rule for arguments."""
    if not hasattr(value, "filter_sizes"):
        raise ValueError(f"{name} must be a PictureRun, got {shown(value)}")
    return value


@checked(model=kind_of(ConvNet), edits=each(kind_of(Edit)))
def edit_filters(model: ConvNet, edits: Sequence[Edit]) -> None:
    """Writes the edits into the filters, a layer being a block. Raises ValueError for a place that does not exist."""
    matrices = model.architecture.filter_matrices(model.parameters)
    sizes = tuple((block.window, block.filters) for block in model.architecture.blocks)
    for edit in edits:
        require_place(edit, sizes)
        matrices[edit.layer][edit.row, edit.column] = edit.value


def require_filter_branches(branches: Sequence[Branch], sizes: FilterSizes) -> None:
    """Raises ValueError for branches that do more than set filters, those of blocks of these sizes."""
    if len(branches) > MOST_BRANCHES:
        raise ValueError(f"branches must be at most {MOST_BRANCHES}, got {len(branches)}")
    for k, branch in enumerate(branches):
        if branch.changes or branch.parameters or not branch.edits:
            raise ValueError(f"branches[{k}] must hold edits of filters alone, got {shown(branch)}")
        for edit in branch.edits:
            require_place(edit, sizes)


@checked(text=text, run=_with_filters)
def repair_filter_branches(text: str, run: Any) -> tuple[tuple[Branch, ...], list[str]]:
    """The branches of such a text that a PictureRun can have, and a sentence for each that is left out or another."""
    try:
        asked, problems = repair_branches(text, run.filter_sizes)
    except ValueError:
        return (), [f"The filters set by hand cannot be {quoted(text)}; training is shown without them."]
    kept: list[Branch] = []
    for branch in asked:
        problems += [SETTING.format(name=name.replace("_", " ")) for name, _ in branch.changes]
        if not branch.edits:
            continue
        last = run.with_branches(kept).n_frames - 1
        if len(kept) == MOST_BRANCHES:
            problems.append(f"Filters can be set by hand {MOST_BRANCHES} times in one training; those after are left out.")
            break
        if not 0 <= branch.frame <= last:
            problems.append(beyond_the_end(max(branch.frame, 0), last) if branch.frame > last else
                            f"There is no snapshot {branch.frame}; training is shown without what was set there.")
            break
        kept.append(Branch(branch.frame, (), branch.edits))
    return tuple(kept), problems
