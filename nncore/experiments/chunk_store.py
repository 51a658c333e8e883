"""Chunks: recorded training, computed once and shared.

Training is deterministic, so a chunk of frames is a pure function of the Run and its number. The store keeps the most
recently used ones within a budget of bytes; what was dropped is computed again from the last one held.
"""

from collections.abc import Callable
from functools import partial
from itertools import count

import numpy as np

from nncore.experiments.cache import RecentlyUsed
from nncore.experiments.experiment import build_split
from nncore.experiments.frames import CHUNK_FRAMES, Chunk, History, record_chunk
from nncore.experiments.run import Run, build_trainer
from nncore.experiments.training_store import STORE_BYTES, TrainingStore
from nncore.experiments.training_thread import Part, Work
from nncore.training.stopping import Stop
from nncore.training.trainer import Trainer

Array = np.ndarray

GROWN = 2.0  # so many times the loss at first: from there on a loss that leaves all bounds has begun to grow
ENDS_BYTES, END_BYTES = 1_000_000, 1000  # of what is remembered of branches: whether training gets there


class NotReady(Exception):
    """The chunk asked for is not computed yet; the work on it goes on."""


class ChunkStore(TrainingStore):
    """The store with chunks of any number of Runs beside the recorded trainings, all in at most `max_bytes` bytes.

    A Run is recorded in chunks, as it may be long and branch off another. Whatever returns its frames takes `wait`, in
    seconds: with None it waits for the training that it needs; otherwise it raises NotReady after that time, and the work
    goes on. `computed` counts the chunks worked out so far.
    """

    def __init__(self, max_bytes: int = STORE_BYTES):
        super().__init__(max_bytes)
        self.computed = 0
        self._reached = RecentlyUsed(ENDS_BYTES)  # whether training gets as far as a branch leaves

    def segment_chunk(self, run: Run, number: int, wait: float | None = None) -> Chunk:
        """Chunk `number` of the last segment of `run`, or the last chunk there is when training stopped before it."""
        name = repr(run)
        with self.thread.changed:
            chunk = self._ready(name, number)
            if chunk is not None:
                return chunk
            if not self.thread.is_caller():
                begin = partial(self._training, run)
                self.thread.ask(name, number, begin)
                part = self.thread.wait(name, number, begin, wait)
                if part is None:
                    raise NotReady(f"chunk {number} is still being computed")
                return part.value
        return self._at_once(run, number)

    def prepare(self, run: Run, frame: int) -> None:
        """Has the chunk after the one that holds the run's frame `frame` computed, without waiting for it."""
        segment = run.segment_of(frame)
        number = max(0, frame - run.segments[segment].start - 1) // CHUNK_FRAMES + 1
        prefix = run.prefix(segment)
        with self.thread.changed:
            if self._ready(repr(prefix), number) is None:
                self.thread.ask(repr(prefix), number, partial(self._training, prefix))

    def _ready(self, name: str, number: int) -> Chunk | None:
        """The held chunk that answers for `number`: that one, or an earlier one in which training stopped."""
        held, chunk = self._nearest(name, number)
        return chunk if chunk is not None and (held == number or chunk.stop is not None) else None

    def _nearest(self, name: str, number: int) -> tuple[int, Chunk | None]:
        """The held chunk of this run with the largest number up to `number`; (-1, None) if there is none."""
        for candidate in range(number, -1, -1):
            if (name, candidate) in self._held:
                return candidate, self._held.get((name, candidate))
        return -1, None

    def _training(self, run: Run, number: int) -> Work:
        """The chunks of the run's last segment: from the last one held up to `number`, or the one after it, on."""
        with self.thread.changed:
            held, chunk = self._nearest(repr(run), number)
        if chunk is not None and (held == number or chunk.stop is not None):
            yield Part(held, chunk, is_last=chunk.stop is not None)
            if chunk.stop is not None:
                return
        segment, trainer = run.segments[-1], self._trainer(run, chunk)
        for missing in count(held + 1):
            chunk = yield from record_chunk(
                trainer, build_split(segment.experiment), segment.schedule, missing, segment.seconds_per_update
            )
            self._keep(repr(run), missing, chunk)
            yield Part(missing, chunk, is_last=chunk.stop is not None)
            if chunk.stop is not None:
                return

    def _at_once(self, run: Run, number: int) -> Chunk:
        """A chunk that the working thread itself needs: the frame from which a branch leaves."""
        for part in self._training(run, number):
            if part is not None and part.answers(number):
                return part.value
        raise AssertionError("training ended without a stop")

    def _trainer(self, run: Run, chunk: Chunk | None) -> Trainer:
        """A trainer of the run's last segment that stands at the end of `chunk`, or at the segment's start."""
        trainer = build_trainer(run.segments[-1])
        if chunk is not None:
            trainer.restore(chunk.state)
            trainer.epochs_before = int(chunk.epochs[-1]) - trainer.epoch
        elif run.branches:
            before, frame = run.prefix(len(run.branches) - 1), run.branches[-1].frame
            chunk, row = self._row(before, frame)
            trainer.model.parameters[...] = chunk.parameters[row]
            # A last frame may lie nearer than the schedule says, where a stop rule fired.
            trainer.epochs_before = int(chunk.epochs[row])
        return trainer

    def _keep(self, name: str, number: int, chunk: Chunk) -> None:
        with self.thread.changed:
            if (name, number) not in self._held:
                self.computed += 1
                self._held.keep((name, number), chunk, chunk.n_bytes)

    def frame(self, run: Run, frame: int) -> Array:
        """The parameters (P,) float32 of the run's frame `frame`, or of its last one if training stopped before."""
        chunk, row = self._row(run, frame)
        return chunk.parameters[row]

    def _row(self, run: Run, frame: int) -> tuple[Chunk, int]:
        """The chunk and its row of the run's frame `frame`, or of its last one if training stopped before."""
        chunk, first = self.chunk_at(run, frame)
        if len(chunk.epochs) == 0:  # training stopped at once: the last frame is the one before
            return self._row(run, first - 1)
        return chunk, min(frame - first, len(chunk.epochs) - 1)

    def held(self, run: Run) -> int:
        """The last frame of `run` up to which its last segment is recorded and still held; its start if nothing is."""
        segment, name, number, frames = run.segments[-1], repr(run), 0, 1
        with self.thread.changed:
            while (name, number) in self._held:
                chunk = self._held.get((name, number))
                number, frames = number + 1, chunk.first + len(chunk.epochs)
        return segment.start + frames - 1

    def reached(self, run: Run, frame: int) -> int:
        """`frame`, or the run's last frame if training stops before it."""
        chunk, first = self.chunk_at(run, frame)
        return min(frame, first + len(chunk.epochs) - 1)

    def last_good(self, run: Run, frame: int) -> int:
        """From which frame up to `frame` training can go on under other settings: `frame` itself, unless it diverges there.

        Where training diverges before another chunk is full, it is the last frame of the stretch of constant settings that
        ends a whole epoch and at which the loss has not yet grown: with the loss the weights grow, and no learning rate
        brings them back soon.
        """
        run = run.prefix(run.segment_of(frame))
        chunk, first = self.chunk_at(run, frame)
        stop, after = chunk.stop, first + len(chunk.epochs)
        if stop is None and self.held(run) >= after:
            stop = self.chunk_at(run, after)[0].stop
        if stop is None or stop.rule != "divergence":
            return frame
        epochs, scores, _ = self.scores(run, frame)
        start = run.segments[-1].start
        losses = scores[start:, 0]
        good = (losses <= GROWN * losses[0]) & (epochs[start:] % 1 == 0)
        good[0] = True
        return start + int(np.flatnonzero(good)[-1])

    def scores(self, run: Run, frame: int) -> tuple[Array, Array, Stop | None]:
        """Epochs (F,) and scores (F, 4) of the run's frames up to `frame`, and the stop if that is its last one."""
        epochs, scores, at = [], [], 0
        while at <= frame:
            chunk, first = self.chunk_at(run, at)
            epochs.append(chunk.epochs[: frame - first + 1])
            scores.append(chunk.scores[: frame - first + 1])
            at = first + len(chunk.epochs)
            if chunk.stop is not None:
                break
        stop = (chunk.stop if at <= frame + 1 else None) or self._stop_at_once(run, frame)
        return np.concatenate(epochs), np.concatenate(scores), stop

    def _stop_at_once(self, run: Run, frame: int) -> Stop | None:
        """The stop of a branch that ended before its first frame, which belongs to the frame it left from, if known."""
        if not run.branches or run.branches[-1].frame != frame:
            return None
        with self.thread.changed:
            chunk = self._ready(repr(run), 0)
        return chunk.stop if chunk is not None and len(chunk.epochs) == 1 else None

    def branch_under_way(self, run: Run) -> tuple[int, int]:
        """The number of the first branch of `run` to which training is not recorded yet, or of its last; and how far it is.

        That is the last frame, up to the branch's own, of which the recording is held.
        """
        for number, branch in enumerate(run.branches):
            at = min(self.held(run.prefix(number)), branch.frame)
            if at < branch.frame or number == len(run.branches) - 1:
                return number, at
        raise ValueError("run must have a branch, got none")

    def trained(self, run: Run, frame: int | None = None, wait: float | None = None) -> Run:
        """`run` without the branches that leave after its training has ended; only those before `frame` are looked at."""
        for number, branch in enumerate(run.branches):
            if frame is not None and branch.frame >= frame:
                break
            before = run.prefix(number)
            ends = repr((before, branch.frame))
            with self.thread.changed:
                is_reached = self._reached.get(ends)
            if is_reached is None:
                chunk, first = self.chunk_at(before, branch.frame, wait)
                is_reached = first + len(chunk.epochs) > branch.frame
                with self.thread.changed:
                    self._reached.keep(ends, is_reached, END_BYTES)
            if not is_reached:
                return before
        return run

    def chunk_at(self, run: Run, frame: int, wait: float | None = None) -> tuple[Chunk, int]:
        """The chunk that holds the run's frame `frame` (or the last there is), and the run's frame of its row 0.

        Rows after the next branch's frame are cut off; so is the repetition of a branch's own frame. Branches that `trained`
        leaves out are none.
        """
        run = self.trained(run, frame, wait)
        number = run.segment_of(frame)
        segment = run.segments[number]
        chunk = self.segment_chunk(run.prefix(number), max(0, frame - segment.start - 1) // CHUNK_FRAMES, wait)
        skip = 1 if number and chunk.first == 0 else 0
        first = segment.start + chunk.first + skip
        end = run.branches[number].frame - first + 1 if number < len(run.branches) else len(chunk.epochs) + 1
        return _rows(chunk, skip, skip + max(0, end)), first


def _rows(chunk: Chunk, begin: int, end: int) -> Chunk:
    """A chunk's rows begin to end, as views; its stop holds unless a branch leaves at its last row or before."""
    stop = chunk.stop if end > len(chunk.epochs) else None
    rows = slice(begin, end)
    return Chunk(
        chunk.first + begin, chunk.epochs[rows], chunk.parameters[rows], chunk.scores[rows], chunk.state, stop
    )


def record(run: Run, store: ChunkStore | None = None, progress: Callable[[int], None] | None = None) -> History:
    """The whole History of `run`, trained to its end; `progress` is told the frame after every chunk."""
    store = store or ChunkStore()
    chunks, frame = [], 0
    while True:
        chunk, first = store.chunk_at(run, frame)
        chunks.append(chunk)
        frame = first + len(chunk.epochs)
        if progress:
            progress(frame - 1)
        if chunk.stop is not None:
            break
    scores = np.concatenate([chunk.scores for chunk in chunks])
    return History(
        np.concatenate([chunk.epochs for chunk in chunks]),
        np.concatenate([chunk.parameters for chunk in chunks]),
        *scores.T,
        chunks[-1].stop,
    )
