"""Restarts beyond one processor: blocks of starts, each trained where joblib sends it.

Starts do not depend on each other, so a block of them comes out the same, bit for bit, in this process, in another one, or
on another machine. Where the blocks go is joblib's to say: processes of this machine by itself, the workers of a cluster
within `joblib.parallel_config(backend="dask")`.
"""

import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from nncore.arguments import checked, kind_of, whole
from nncore.experiments.recording.recording import record_all
from nncore.many_starts.restarts.restarts import MAX_STARTS, Outcome, Restarts

Array = np.ndarray


@checked(plan=kind_of(Restarts), workers=whole(1, MAX_STARTS))
def train_in_processes(plan: Restarts, workers: int = 2) -> Outcome:
    """What comes of the plan, trained in `workers` blocks of starts at the same time; its `seconds` are those that passed.

    Raises ValueError where a block does not fit into memory.
    """
    from sklearn.utils.parallel import Parallel, delayed

    begin = time.perf_counter()
    ends = np.linspace(0, plan.starts, min(workers, plan.starts) + 1).astype(int).tolist()
    blocks = [replace(plan, first=plan.first + low, starts=high - low) for low, high in pairwise(ends)]
    found = Parallel(n_jobs=len(blocks))(delayed(record_all)(block) for block in blocks)
    return replace(_joined(plan, found), seconds=time.perf_counter() - begin)


def _joined(plan: Restarts, blocks: Sequence[Outcome]) -> Outcome:
    """One outcome of all blocks; one in which all starts diverged early stays as it was then."""
    longest = max(blocks, key=lambda block: len(block.epochs))
    losses = [
        np.pad(block.losses, ((0, len(longest.epochs) - len(block.epochs)), (0, 0)), mode="edge") for block in blocks
    ]
    return replace(
        longest, plan=plan, losses=np.hstack(losses),
        parameters=np.concatenate([block.parameters for block in blocks]),
        diverged=np.concatenate([block.diverged for block in blocks]),
    )  # fmt: skip
