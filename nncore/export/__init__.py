"""Export: a run as code that somebody else can run.

What was trained on screen leaves as a file that needs nothing of this project: a text to read beside the page, in NumPy,
scikit-learn or PyTorch, a notebook, or an ONNX model; and in numbers, as CSV. Every form of an activation, a loss or an
optimizer in such code stands in its table entry.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "exports": "EXPORTS Export export",
    "tables": "data_table loss_table prediction_table recording_table",
})  # fmt: skip
