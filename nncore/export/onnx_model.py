"""The network as an ONNX model, which takes raw inputs: for programs in other languages, telephones, browsers."""

import json

import numpy as np

from nncore.data.features import FEATURES
from nncore.export.content import Content
from nncore.export.onnx_graph import ROWS, Graph
from nncore.export.sections import about, entry_code
from nncore.models.activations import ACTIVATIONS


def onnx_model(content: Content) -> bytes:
    """The model: input "X" (N, columns), output "outputs" (N, K), both float32.

    The names of inputs and classes and the epoch stand in its metadata.
    """
    e, transform, graph = content.experiment, content.split.transform, Graph()
    result = "X"
    if content.fill is not None:
        result = graph.node("Where", graph.node("IsNaN", result), graph.constant(content.fill), result)
    if transform.features:
        columns = [graph.expression(entry_code(FEATURES[name], "numpy_code"), {"X": result}) for name in transform.features]
        result = graph.node("Concat", *columns, axis=1)
    if e.scaling != "none":
        centred = graph.node("Sub", result, graph.constant(transform.mean))
        result = graph.node("Div", centred, graph.constant(transform.scale))
    matrices = content.first_network.matrices(content.parameters.astype(np.float64))
    for matrix, activation in zip(matrices, [*content.activations, e.output], strict=True):
        z = graph.node("Gemm", result, graph.constant(matrix[:, :-1]), graph.constant(matrix[:, -1]), transB=1)
        if activation == "softmax":
            result = graph.node("Softmax", z, axis=1)
        else:
            result = graph.expression(entry_code(ACTIVATIONS[activation], "numpy_code"), {"z": z})
    graph.node("Identity", result, output="outputs")
    facts = {"inputs": json.dumps(content.split.dataset.feature_names), "classes": json.dumps(content.class_names),
             "epoch": f"{content.epoch:g}"}  # fmt: skip
    ends = ("X", (ROWS, e.n_raw_inputs)), ("outputs", (ROWS, e.n_outputs))
    return graph.model(ends, about(content, "ONNX", "a runtime for ONNX").partition("\n")[0], facts)
