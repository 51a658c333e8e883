"""Experiments: what a person picked, and what came of it.

An Experiment is everything that was picked, in one frozen value; a Run adds the changes made on the way. A Run, like every
recorded training, is trained into frames by one background thread, and one store keeps them for everybody who asks.
"""

from nncore.experiments.cache import cached, key_of
from nncore.experiments.chunk_store import ChunkStore, NotReady, record
from nncore.experiments.experiment import Experiment, build_network, build_split
from nncore.experiments.frames import CHUNK_FRAMES, Chunk, FrameSchedule, History, evaluate, update_seconds
from nncore.experiments.link_text import read_field, write_field
from nncore.experiments.recording import RecordedTraining, Recording, Repeated, record_updates, train_to, updates_per_slice
from nncore.experiments.repair import Allowed, Span, ask_choice, in_words, quoted, sentence
from nncore.experiments.run import Branch, Run, beyond_the_end, build_trainer
from nncore.experiments.stacks import WORK_BYTES, mean_losses, outputs_of, runs_that_fit, stack
from nncore.experiments.training_store import Recorded
from nncore.experiments.typed_numbers import read_number, read_whole
from nncore.experiments.validation import MAX_LAYERS, MAX_SEED, MAX_WIDTH

__all__ = [
    "CHUNK_FRAMES",
    "MAX_LAYERS",
    "MAX_SEED",
    "MAX_WIDTH",
    "WORK_BYTES",
    "Allowed",
    "Branch",
    "Chunk",
    "ChunkStore",
    "Experiment",
    "FrameSchedule",
    "History",
    "NotReady",
    "Recorded",
    "RecordedTraining",
    "Recording",
    "Repeated",
    "Run",
    "Span",
    "ask_choice",
    "beyond_the_end",
    "build_network",
    "build_split",
    "build_trainer",
    "cached",
    "evaluate",
    "in_words",
    "key_of",
    "mean_losses",
    "outputs_of",
    "quoted",
    "read_field",
    "read_number",
    "read_whole",
    "record",
    "record_updates",
    "runs_that_fit",
    "sentence",
    "stack",
    "train_to",
    "update_seconds",
    "updates_per_slice",
    "write_field",
]
