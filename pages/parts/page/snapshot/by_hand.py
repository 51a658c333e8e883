"""Weights and biases set by hand in a run: as edits that its link carries, or, where they are too many, all parameters."""

from collections.abc import Iterable

from nncore import Run
from nncore.experiments.edits import MAX_EDITS, Edit, edit_rule, merged
from nncore.experiments.experiment import build_network
from pages.parts.page.server import chunk_store

ALONE = ("{many} weights and biases were set by hand, and a link holds {most}. You can train on from them, in this session "
         "alone: the link shows the run without them. *The whole run*, saved as a file, keeps them.")  # fmt: skip


def alone_words(many: str) -> str:
    """What is said where `many` weights, as words, were set by hand and no link can carry them."""
    return ALONE.format(many=many, most=MAX_EDITS)


def set_by_hand(run: Run, frame: int, edits: Iterable[Edit | tuple]) -> Run:
    """`run` with the edits at `frame`. Raises ValueError for a place that does not exist.

    With more than 40 at once, counting those before any training, its last branch holds the whole network's parameters.
    """
    edits = [edit_rule("edit", edit, None) for edit in edits]
    if _count(run, frame, edits) <= MAX_EDITS:
        return run.edited(frame, edits)
    network = build_network(run.experiment)
    network.parameters = chunk_store().frame(run, frame)
    for edit in edits:
        edit.apply(network)
    return run.with_parameters(frame, network.parameters)


def _count(run: Run, frame: int, edits: list[Edit]) -> int:
    """How many edits the branch would hold: those of an edited network that was not trained since come to the new ones."""
    last = run.branches[-1] if run.branches else None
    joins = last is not None and last.by_hand and last.start == frame
    return len(merged([*last.edits, *edits] if joins else edits))
