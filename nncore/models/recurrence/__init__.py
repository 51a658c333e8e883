"""Recurrence: a state that is carried from step to step, and the network that reads it.

`cells` is the table of cells (plain, GRU, LSTM), each with its step forward and back; `asked` is what the answers are
compared with, `network` the model, and `truncated` one whose gradient goes back a few steps only. To add a cell is to add
an entry to the table.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {"cells": "CELLS", "network": "Recurrent", "truncated": "TruncatedRecurrent"})
