"""Experiments: what a person picked, and what came of it.

An Experiment is everything that was picked, in one frozen value; a Run adds the changes made on the way. A Run, like every
recorded training, is trained into frames by one background thread, and one store keeps them for everybody who asks.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "branches": "Branch beyond_the_end",
    "edits": "Edit MAX_EDITS",
    "experiment": "Experiment build_network build_split",
    "link_text":
        "Allowed Span ask_choice in_words quoted read_field read_number read_whole sentence write_field",
    "playground": "from_playground",
    "recording":
        "CHUNK_FRAMES Chunk ChunkStore FrameSchedule History NotReady RecordedTraining Recorded Recording Repeated "
        "RunTraining build_trainer evaluate record record_updates train_to update_seconds updates_per_slice",
    "run": "Run",
    "short_training": "ShortTraining train_for",
    "stacks": "WORK_BYTES mean_losses outputs_of runs_that_fit stack",
    "validation": "MAX_LAYERS MAX_SEED MAX_WIDTH",
})  # fmt: skip
