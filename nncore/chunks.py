"""Chunks: recorded training, computed once and shared.

Training is deterministic, so a chunk of frames is a pure function of the Run and its number. The store keeps the most
recently used ones within a budget of bytes; what was dropped is computed again from the last one held. Work goes
through one gate in short slices, so that many viewers with different runs take turns and no click waits for long.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from weakref import WeakValueDictionary

import numpy as np

from nncore.experiment import build_split
from nncore.history import CHUNK_FRAMES, Chunk, History, record_chunk
from nncore.run import Run, build_trainer
from nncore.stopping import Stop
from nncore.training import Trainer

Array = np.ndarray

STORE_BYTES = 64_000_000
GATE_SECONDS = 0.02


class _Lock:
    """A lock that a weak dictionary can hold: it is gone when nobody waits for it."""

    def __init__(self):
        self.lock = threading.Lock()


class ChunkStore:
    """Chunks of any number of Runs, for any number of threads, in at most `max_bytes` bytes.

    `computed` counts the chunks worked out so far.
    """

    def __init__(self, max_bytes: int = STORE_BYTES):
        self.max_bytes = max_bytes
        self.computed = 0
        self._chunks: OrderedDict[tuple[str, int], Chunk] = OrderedDict()
        self._bytes = 0
        self._book = threading.Lock()
        self._gate = threading.Semaphore(1)
        self._locks: WeakValueDictionary[str, _Lock] = WeakValueDictionary()

    def segment_chunk(self, run: Run, number: int) -> Chunk:
        """Chunk `number` of the last segment of `run`, or the last chunk there is when training stopped before it."""
        name = repr(run)
        with self._book:
            lock = self._locks.setdefault(name, _Lock())
        with lock.lock:
            held, chunk = self._nearest(name, number)
            if chunk is not None and (held == number or chunk.stop is not None):
                return chunk
            trainer = self._trainer(run, chunk)
            for missing in range(held + 1, number + 1):
                chunk = self._compute(run, trainer, missing)
                self._keep((name, missing), chunk)
                if chunk.stop is not None:
                    break
            return chunk

    def _nearest(self, name: str, number: int) -> tuple[int, Chunk | None]:
        """The held chunk of this run with the largest number up to `number`; (-1, None) if there is none."""
        with self._book:
            for candidate in range(number, -1, -1):
                if (name, candidate) in self._chunks:
                    self._chunks.move_to_end((name, candidate))
                    return candidate, self._chunks[name, candidate]
        return -1, None

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

    def _compute(self, run: Run, trainer: Trainer, number: int) -> Chunk:
        segment = run.segments[-1]
        work = record_chunk(
            trainer, build_split(segment.experiment), segment.schedule, number, segment.seconds_per_update
        )
        while True:
            with self._gate:
                chunk = _work_for(work, GATE_SECONDS)
            if chunk is not None:
                self.computed += 1
                return chunk

    def _keep(self, key: tuple[str, int], chunk: Chunk) -> None:
        with self._book:
            self._bytes += chunk.n_bytes
            self._chunks[key] = chunk
            while self._bytes > self.max_bytes and len(self._chunks) > 1:
                self._bytes -= self._chunks.popitem(last=False)[1].n_bytes

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
        segment, name, number = run.segments[-1], repr(run), 0
        with self._book:
            while (name, number) in self._chunks:
                number += 1
            frames = self._chunks[name, number - 1].first + len(self._chunks[name, number - 1].epochs) if number else 1
        return segment.start + frames - 1

    def reached(self, run: Run, frame: int) -> int:
        """`frame`, or the run's last frame if training stops before it."""
        chunk, first = self.chunk_at(run, frame)
        return min(frame, first + len(chunk.epochs) - 1)

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
        if run.branches and run.branches[-1].frame == frame:
            # A branch may end before its first frame: then its stop belongs to the frame it left from.
            chunk, _ = self.chunk_at(run, frame + 1)
            at += len(chunk.epochs)
        stop = chunk.stop if at <= frame + 1 else None
        return np.concatenate(epochs), np.concatenate(scores), stop

    def chunk_at(self, run: Run, frame: int) -> tuple[Chunk, int]:
        """The chunk that holds the run's frame `frame` (or the last there is), and the run's frame of its row 0.

        Rows after the next branch's frame are cut off; so is the repetition of a branch's own frame.
        """
        number = run.segment_of(frame)
        segment = run.segments[number]
        chunk = self.segment_chunk(run.prefix(number), max(0, frame - segment.start - 1) // CHUNK_FRAMES)
        skip = 1 if number and chunk.first == 0 else 0
        first = segment.start + chunk.first + skip
        end = run.branches[number].frame - first + 1 if number < len(run.branches) else len(chunk.epochs) + 1
        return _rows(chunk, skip, skip + max(0, end)), first


def _work_for(work: Iterator[None], seconds: float) -> Chunk | None:
    """Runs `work` for about `seconds`; its return value when it has ended, else None."""
    end = time.perf_counter() + seconds
    try:
        while time.perf_counter() < end:
            next(work)
    except StopIteration as done:
        return done.value
    return None


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
