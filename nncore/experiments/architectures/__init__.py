"""Trainings of other architectures: filters on pictures, recurrent cells on sequences, and autoencoders.

Each is a recorded training, as that of a dense run, and what its score is worth on pictures it never saw.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "clipping_study": "ClippingStudy Course",
    "code_run": "CodeRun DAMAGES damaged errors_of",
    "code_studies": "Bottlenecks LinearEnds order_interval overlap pairs_in_order",
    "filter_edits": "KERNELS Kernel edit_filters kernel_edits repair_filter_branches",
    "inputs": "BUILT_IN CodedData coded_data lift",
    "principal": "LinearEnd Principal decoder_directions expected_passes linear_end principal_components principal_errors "
                 "same_moments subspace_angle",
    "picture_run": "PICTURES PictureKind PictureRun Pictures",
    "distances": "DistanceScore DistanceStudy",
    "sequence_run": "SequenceRun",
    "twins": "BothOrders ShiftScore TwinScore TwinStudy UnseenPlaces dense_twin scores_by_shift twin_score",
})  # fmt: skip
