"""Chunks: the frames of Runs, recorded once and shared.

A Run is the recorded trainings of its segments, one behind the other. The store that keeps all trainings is asked here for
frames as a Run counts them: across its branches, and as far as its training gets.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from nncore.arguments import checked, function, kind_of, number, optional, whole
from nncore.cache import RecentlyUsed
from nncore.experiments.costs import segment_seconds
from nncore.experiments.recording.frames import Chunk, History
from nncore.experiments.recording.run_training import RunTraining
from nncore.experiments.recording.training_store import LONG_SECONDS, STORE_BYTES, TrainingStore
from nncore.experiments.run import Run, Segment
from nncore.training.stopping import Stop

Array = np.ndarray

GROWN = 2.0  # so many times the loss at first: from there on a loss that leaves all bounds has begun to grow
WHOLE = 1e-6  # of an epoch: what rounding leaves beside whole ones
ENDS_BYTES, END_BYTES = 1_000_000, 1000  # of what is remembered of branches: whether training gets there


class NotReady(Exception):
    """The chunk asked for is not computed yet; the work on it goes on."""


class ChunkStore(TrainingStore):
    """The store of recorded trainings, which also answers for Runs, in chunks of 40 frames at most.

    Whatever returns a Run's frames takes `wait`, in seconds: with None it waits for the training that it needs; otherwise it
    raises NotReady after that time, and the work goes on.
    """

    def __init__(self, max_bytes: int = STORE_BYTES):
        super().__init__(max_bytes)
        self._reached = RecentlyUsed(ENDS_BYTES)  # whether training gets as far as a branch leaves

    @checked(run=kind_of(Run), number=whole(0), wait=optional(number(0)), goal=optional(whole(0)))
    def segment_chunk(self, run: Run, number: int, wait: float | None = None, goal: int | None = None) -> Chunk:
        """Chunk `number` of the last segment of `run`, or the last chunk there is when training stopped before it.

        `goal` is the run's frame up to which more chunks will be asked for, if any.
        """
        training = RunTraining(run)
        frame = training.chunk_frames * number + 1
        found = self.so_far(training)
        if found is None and run.branches:
            training = replace(training, start=self._start(run, wait))
        if found is None or not found.holds(frame):
            last = frame if goal is None else max(frame, goal - run.segments[-1].start)
            in_line = _takes_long(run.segments[-1], found.last if found else 0, last)
            found = self.recorded(training, frame, wait, goes_on=True, in_line=in_line)
        if found is None or not found.holds(frame):
            raise NotReady(f"chunk {number} is still being computed")
        return found.recording.chunks[: number + 1][-1]

    @checked(run=kind_of(Run), frame=whole(0))
    def prepare(self, run: Run, frame: int) -> None:
        """Has the chunk after the one that holds the run's frame `frame` computed, without waiting for it.

        Where an epoch is so cheap that frames come to lie several apart, it is two chunks, unless many others train: who
        plays them fast waits less.
        """
        segment = run.segment_of(frame)
        training = RunTraining(run.prefix(segment))
        number = max(0, frame - run.segments[segment].start - 1) // training.chunk_frames + 1
        ahead = 1 if run.segments[segment].schedule.cap > 0 and not self.thread.is_busy else 0
        self.ask(training, training.chunk_frames * (number + ahead) + 1)

    def _start(self, run: Run, wait: float | None) -> tuple[Array, float]:
        """The parameters (P,) and the epoch of the frame from which the run's last branch leaves."""
        chunk, row = self._row(run.prefix(len(run.branches) - 1), run.branches[-1].frame, wait)
        return chunk.parameters[row], float(chunk.epochs[row])

    @checked(run=kind_of(Run), frame=whole(0))
    def frame(self, run: Run, frame: int) -> Array:
        """The parameters (P,) float32 of the run's frame `frame`, or of its last one if training stopped before."""
        chunk, row = self._row(run, frame)
        return chunk.parameters[row]

    def _row(self, run: Run, frame: int, wait: float | None = None) -> tuple[Chunk, int]:
        """The chunk and its row of the run's frame `frame`, or of its last one if training stopped before."""
        chunk, first = self.chunk_at(run, frame, wait)
        if len(chunk.epochs) == 0:  # training stopped at once: the last frame is the one before
            return self._row(run, first - 1, wait)
        return chunk, min(frame - first, len(chunk.epochs) - 1)

    @checked(run=kind_of(Run))
    def held(self, run: Run) -> int:
        """The last frame of `run` up to which its last segment is recorded and still held; its start if nothing is."""
        found = self.so_far(RunTraining(run))
        return run.segments[-1].start + (found.last if found else 0)

    @checked(run=kind_of(Run), frame=whole(0))
    def reached(self, run: Run, frame: int) -> int:
        """`frame`, or the run's last frame if training stops before it."""
        chunk, first = self.chunk_at(run, frame)
        return min(frame, first + len(chunk.epochs) - 1)

    @checked(run=kind_of(Run), frame=whole(0))
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
        done = epochs[start:] - epochs[start]
        good = (losses <= GROWN * losses[0]) & (np.abs(done - np.round(done)) < WHOLE)
        good[0] = True
        return start + int(np.flatnonzero(good)[-1])

    @checked(run=kind_of(Run), frame=whole(0), begin=whole(0))
    def scores(self, run: Run, frame: int, begin: int = 0) -> tuple[Array, Array, Stop | None]:
        """Epochs (F,) and scores (F, 4) of the run's frames `begin` to `frame`, and the stop if that is its last one.

        Where training ends before `begin`, there are no rows.
        """
        epochs, scores, at = [], [], min(begin, frame)
        while at <= frame:
            chunk, first = self.chunk_at(run, at)
            rows = slice(max(0, begin - first), max(0, frame - first + 1))
            epochs.append(chunk.epochs[rows])
            scores.append(chunk.scores[rows])
            at = first + len(chunk.epochs)
            if chunk.stop is not None:
                break
        stop = (chunk.stop if at <= frame + 1 else None) or self._stop_at_once(run, frame)
        return np.concatenate(epochs), np.concatenate(scores), stop

    def _stop_at_once(self, run: Run, frame: int) -> Stop | None:
        """The stop of a branch that ended before its first frame, which belongs to the frame it left from, if known."""
        if not run.branches or run.branches[-1].frame != frame or run.branches[-1].by_hand:
            return None
        found = self.so_far(RunTraining(run))
        return found.recording.chunks[0].stop if found is not None and found.last == 0 else None

    @checked(run=kind_of(Run))
    def branch_under_way(self, run: Run) -> tuple[int, int]:
        """The number of the first branch of `run` to which training is not recorded yet, or of its last; and how far it is.

        That is the last frame, up to the branch's own, of which the recording is held.
        """
        for place, branch in enumerate(run.branches):
            at = min(self.held(run.prefix(place)), branch.frame)
            if at < branch.frame or place == len(run.branches) - 1:
                return place, at
        raise ValueError("run must have a branch, got none")

    @checked(run=kind_of(Run), frame=optional(whole(0)), wait=optional(number(0)))
    def trained(self, run: Run, frame: int | None = None, wait: float | None = None) -> Run:
        """`run` without the branches that leave after its training has ended; only those before `frame` are looked at."""
        for place, branch in enumerate(run.branches):
            if frame is not None and branch.frame >= frame:
                break
            before = run.prefix(place)
            ends = before.key, branch.frame  # the Run itself would be held with all that it has worked out
            is_reached = self._reached.get(ends)
            if is_reached is None:
                chunk, first = self.chunk_at(before, branch.frame, wait)
                is_reached = first + len(chunk.epochs) > branch.frame
                with self.thread.changed:
                    self._reached.keep(ends, is_reached, END_BYTES)
            if not is_reached:
                return before
        return run

    @checked(run=kind_of(Run), frame=whole(0))
    def takes_long(self, run: Run, frame: int) -> bool:
        """Whether going on with the last segment of `run` up to `frame` takes so long that it waits for its turn."""
        segment = run.segments[-1]
        return _takes_long(segment, self.held(run) - segment.start, max(0, frame - segment.start))

    @checked(run=kind_of(Run), frame=whole(0), wait=optional(number(0)), goal=optional(whole(0)))
    def chunk_at(self, run: Run, frame: int, wait: float | None = None, goal: int | None = None) -> tuple[Chunk, int]:
        """The chunk that holds the run's frame `frame` (or the last there is), and the run's frame of its row 0.

        Rows after the next branch's frame are cut off; so is the repetition of a branch's own frame. Branches that `trained`
        leaves out are none. Whoever asks for chunk after chunk tells the `goal`, the last frame of all: where getting
        there takes more than ten seconds, each waits for its turn (see `TrainingStore.recorded`), as one far chunk does.
        """
        run = self.trained(run, frame, wait)
        number = run.segment_of(frame)
        segment = run.segments[number]
        before = run.prefix(number)
        place = max(0, frame - segment.start - 1) // RunTraining(before).chunk_frames
        if goal is not None and number < len(run.branches):
            goal = min(goal, run.branches[number].frame)
        chunk = self.segment_chunk(before, place, wait, goal)
        skip = 1 if number and chunk.first == 0 and not run.branches[number - 1].by_hand else 0
        first = segment.start + chunk.first + skip
        end = run.branches[number].frame - first + 1 if number < len(run.branches) else len(chunk.epochs) + 1
        return _rows(chunk, skip, skip + max(0, end)), first


def _takes_long(segment: Segment, first: int, last: int) -> bool:
    """Whether training from the segment's frame `first` to its frame `last` takes more than ten seconds by the model."""
    last = min(last, segment.last_frame - segment.start)
    return segment_seconds(segment, last) - segment_seconds(segment, min(first, last)) > LONG_SECONDS


def _rows(chunk: Chunk, begin: int, end: int) -> Chunk:
    """A chunk's rows begin to end, as views; its stop holds unless a branch leaves at its last row or before."""
    stop = chunk.stop if end > len(chunk.epochs) else None
    rows = slice(begin, end)
    return Chunk(
        chunk.first + begin, chunk.epochs[rows], chunk.parameters[rows], chunk.scores[rows], chunk.state, stop
    )


@checked(run=kind_of(Run), store=optional(kind_of(ChunkStore)), progress=optional(function))
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
