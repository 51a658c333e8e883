"""Trainings of other architectures: filters on pictures with a dense network beside them, recurrent cells on sequences.

Each is a recorded training, as that of a dense run, and what its score is worth on pictures it never saw.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "picture_run": "PICTURES PictureKind PictureRun Pictures",
    "distances": "DistanceScore DistanceStudy",
    "sequence_run": "SequenceRun",
    "twins": "ShiftScore TwinScore dense_twin scores_by_shift twin_score",
})  # fmt: skip
