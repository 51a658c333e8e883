"""Trainings of other architectures as code: filters on pictures, cells, autoencoders, attention and word vectors.

Each says in a `Form` what its own network is; what is the same for all of them, the training and the numbers, is written
once.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {"text": "LANGUAGES own_export"})
