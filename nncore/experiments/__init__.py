"""Experiments: what a person picked, and what came of it.

An Experiment is everything that was picked, in one frozen value; a Run adds the changes made on the way. A Run, like every
recorded training, is trained into frames by one background thread, and one store keeps them for everybody who asks.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "cache": "cached key_of",
    "chunk_store": "ChunkStore NotReady record",
    "experiment": "Experiment build_network build_split",
    "frames": "CHUNK_FRAMES Chunk FrameSchedule History evaluate update_seconds",
    "link_text": "read_field write_field",
    "recording": "RecordedTraining Recording Repeated record_updates train_to updates_per_slice",
    "repair": "Allowed Span ask_choice in_words quoted sentence",
    "run": "Branch Run beyond_the_end",
    "run_training": "RunTraining build_trainer",
    "stacks": "WORK_BYTES mean_losses outputs_of runs_that_fit stack",
    "training_store": "Recorded",
    "typed_numbers": "read_number read_whole",
    "validation": "MAX_LAYERS MAX_SEED MAX_WIDTH",
})  # fmt: skip
