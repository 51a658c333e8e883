"""The transformer block on the tasks of memory, beside the recurrent cells: how far back each learns to reach.

The block is asked what the cells are asked: the same sequences, the same answers at the same steps, as many updates of the
same optimizer. It carries no state; every place looks at all earlier ones at once, so that the distance costs it no steps.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nncore.attention.transformer import Transformer
from nncore.attention.translation import cross_entropy
from nncore.experiments.architectures.distances import PIECE, DistanceStudy
from nncore.experiments.architectures.sequence_run import SEQUENCE_BATCH, SEQUENCE_RATE, SequenceRun, share_right
from nncore.experiments.recording import train_to
from nncore.training.clipping import ClippedAdam
from nncore.training.trainer import Trainer

Array = np.ndarray

BLOCK = "block"
BLOCK_SECONDS, BLOCK_SECONDS_PER_STEP = 1e-3, 3.5e-4  # of one update, and of one more step of its sequences


class AnsweringBlock(Transformer):
    """A `Transformer` whose places look at themselves and at earlier ones, and of which some places are asked nothing."""

    def __init__(self, n_tokens: int, n_answers: int, d_model: int = 16, seed: int = 0):
        super().__init__(n_tokens, n_answers, d_model, 1 if d_model % 2 else 2, causal=True, seed=seed)

    def _answers_loss(self, log_probabilities: Array, y: Array) -> tuple[float, Array]:
        """Mean cross-entropy over the answers y (N, T) that there are, -1 for none, and its gradient (N, T, answers)."""
        asked = np.asarray(y) >= 0
        if not asked.any():
            raise ValueError("y must hold at least one answer, got -1 alone")
        d_logits = np.zeros_like(log_probabilities)
        loss, d_logits[asked] = cross_entropy(log_probabilities[asked], y[asked])
        return loss, d_logits


@dataclass(frozen=True)
class BlockDistances(DistanceStudy):
    """The trainings of a `DistanceStudy`, and at each length those of a transformer block as wide as the cells' state."""

    @property
    def contenders(self) -> tuple[str, ...]:
        """The cells, and BLOCK."""
        return (*super().contenders, BLOCK)

    @property
    def seconds(self) -> float:
        """Time that it takes, by a model of an update's cost, in seconds."""
        updates = SequenceRun(self.task).n_updates * self.starts
        each = sum(BLOCK_SECONDS + BLOCK_SECONDS_PER_STEP * length for length in self.lengths)
        return super().seconds + updates * each

    def trained(self, contender: str, length: int, seed: int) -> Iterator[float | None]:
        """Trains one start, None after each piece; last the share of held-out answers that it gets right."""
        if contender != BLOCK:
            yield from super().trained(contender, length, seed)
            return
        run = SequenceRun(self.task, n_hidden=self.n_hidden, length=length, seed=seed, clip=self.clip)
        train, held = run.split()
        model = AnsweringBlock(len(run.kind.symbols), len(run.kind.answers), self.n_hidden, seed)
        optimizer = ClippedAdam(limit=run.clip) if run.clip else "adam"
        trainer = Trainer(model, train.tokens, train.y, optimizer, SEQUENCE_RATE, SEQUENCE_BATCH, seed)
        yield from train_to(trainer, run.n_updates, PIECE)
        yield share_right(model.run(held.tokens).log_probabilities, held.y)
