"""Replay: any update of the epoch that comes next after a recorded frame, exactly as training made it.

A frame keeps parameters, rounded, and nothing of the samples that were drawn or of what the optimizer remembers. All
that follows from the last state of the trainer that was recorded before the frame: training is done again from there.
"""

from nncore.arguments import checked, kind_of, whole
from nncore.checks import require_whole
from nncore.experiments.experiment import build_network
from nncore.experiments.recording.chunk_store import WHOLE, ChunkStore
from nncore.experiments.recording.frames import CHUNK_FRAMES
from nncore.experiments.recording.run_training import RunTraining, build_trainer
from nncore.experiments.run import Run
from nncore.models.dense import Network
from nncore.training.trainer import TrainerState
from nncore.training.updates import Update

CHECKPOINT_FRAMES = 5


@checked(run=kind_of(Run), frame=whole(0))
def segment_after(run: Run, frame: int) -> int:
    """The number of the segment that trains on from `frame`: at a branch's own frame, that of what changed there."""
    return run.segment_from(frame)


@checked(store=kind_of(ChunkStore), run=kind_of(Run), frame=whole(0))
def state_at(
    store: ChunkStore, run: Run, frame: int, earlier: tuple[int, TrainerState] | None = None
) -> TrainerState:
    """The trainer's state at the recorded `frame` of `run`, from which its next epoch begins.

    `earlier` is a frame of the same segment with its state, if one is known that lies nearer than the recorded ones.
    """
    number = segment_after(run, frame)
    segment, epochs = run.segments[number], store.scores(run, frame)[0]
    frame = require_whole("frame", frame, 0, len(epochs) - 1)
    trainer = build_trainer(segment.after(float(epochs[segment.start])))
    # The recording shows that the frame was reached, so no stop rule may end training on the way to it.
    trainer.ending.rule = trainer.stopped = None
    chunks = (frame - segment.start) // CHUNK_FRAMES
    if earlier is not None and earlier[0] >= segment.start + chunks * CHUNK_FRAMES:
        trainer.restore(earlier[1])
    elif chunks:
        before = run.prefix(number)
        trainer.restore(store.segment_chunk(before, chunks * CHUNK_FRAMES // RunTraining(before).chunk_frames - 1).state)
    elif segment.start:
        trainer.model.parameters[...] = store.frame(run, segment.start)
    done = int(epochs[frame] - epochs[segment.start] + WHOLE)
    trainer.advance(epochs=done - trainer.epoch)
    return trainer.state()


@checked(run=kind_of(Run), frame=whole(0))
def checkpoint_before(run: Run, frame: int) -> int | None:
    """The frame whose state is worth keeping on the way to `frame`; None where a recorded state is as near."""
    past = frame - run.segments[segment_after(run, frame)].start
    inside = past % CHUNK_FRAMES
    return None if inside <= CHECKPOINT_FRAMES else frame - ((inside - 1) % CHECKPOINT_FRAMES + 1)


@checked(run=kind_of(Run), frame=whole(0), state=kind_of(TrainerState), number=whole(-1_000_000))
def update_after(run: Run, frame: int, state: TrainerState, number: int = 1) -> Update:
    """Update `number` of the epoch that follows `frame`; `state` is that of `state_at`.

    At the end of training it is the update that would come next. Raises ValueError for one that the epoch has not.
    """
    trainer = build_trainer(run.segments[segment_after(run, frame)].after(state.epochs_before))
    trainer.restore(state)
    return trainer.look_at_update(number)


@checked(run=kind_of(Run), frame=whole(0), update=kind_of(Update))
def network_before(run: Run, frame: int, update: Update) -> Network:
    """The network just before an update that follows `frame`, under the settings in force there."""
    network = build_network(run.segments[segment_after(run, frame)].experiment)
    network.parameters = update.before
    return network
