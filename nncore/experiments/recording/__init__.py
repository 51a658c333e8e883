"""Recording: how a training is recorded frame by frame, once, for everybody who watches it.

A recorded training is a description with a trainer at its first parameters. One thread trains in turns what was asked for,
one store keeps it, and a Run is kept in chunks of 40 frames, from each of which it can go on.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "chunk_store": "ChunkStore NotReady record",
    "frames": "CHUNK_FRAMES Chunk FrameSchedule History evaluate update_seconds",
    "recording":
        "RecordedTraining Recording Repeated SLICE_SECONDS record_all record_updates train_to updates_per_slice",
    "run_training": "RunTraining build_trainer",
    "training_store": "LONG_SECONDS Recorded is_long",
})  # fmt: skip
