"""Networks with filters, recurrent cells and codes as ONNX models, which take the same raw inputs as the texts do.

ONNX has operators for all three; where its order of gates is another than PyTorch's, the blocks change places.
"""

import json
from collections.abc import Sequence

import numpy as np

from nncore.experiments.architectures.code_run import CodeRun
from nncore.experiments.architectures.picture_run import PictureRun
from nncore.experiments.architectures.sequence_run import SequenceRun
from nncore.export.onnx_graph import INT64, ROWS, Graph
from nncore.export.sections import entry_code
from nncore.models.activations import ACTIVATIONS
from nncore.models.recurrence.cells import CELLS

Array = np.ndarray

STEPS = "T"
# By cell: ONNX's operator, its order of gates, and what it is told besides: the GRU's reset acts after the product.
OPERATORS = {"rnn": ("RNN", "h", {}), "gru": ("GRU", "zrn", {"linear_before_reset": 1}), "lstm": ("LSTM", "iofg", {})}


def own_onnx(run: PictureRun | SequenceRun | CodeRun, parameters: Array, about: str) -> bytes:
    """The model with `parameters` (P,): input "X", output "outputs", both float32; names stand in its metadata."""
    model = run.model(parameters.astype(np.float64))
    if isinstance(run, PictureRun):
        return _pictures(run, model, about)
    return _code(run, model, about) if isinstance(run, CodeRun) else _sequences(run, model, about)


def _pictures(run: PictureRun, model, about: str) -> bytes:
    graph, side = Graph(), run.kind.side
    result = graph.node("Reshape", "X", graph.constant([-1, side**2], INT64))
    if run.shuffled:
        order = run.arranged(np.arange(side**2, dtype=float).reshape(1, 1, side, side)).ravel().astype(int)
        result = graph.node("Gather", result, graph.constant(order, INT64), axis=1)
    result = graph.node("Reshape", result, graph.constant([-1, 1, side, side], INT64))
    blocks = zip(model.architecture.blocks, model.filters, model.filter_biases, strict=True)
    for block, filters, biases in blocks:
        result = graph.node("Conv", result, graph.constant(filters), graph.constant(biases),
                            kernel_shape=[block.kernel] * 2, pads=[block.padding] * 4)  # fmt: skip
        result = graph.node("Relu", result)
        result = graph.node("MaxPool", result, kernel_shape=[block.pool] * 2, strides=[block.pool] * 2)
    result = graph.node("Flatten", result, axis=1)
    z = graph.node("Gemm", result, graph.constant(model.weights[-1]), graph.constant(model.biases[-1]), transB=1)
    graph.node("Softmax", z, output="outputs", axis=1)
    ends = ("X", (ROWS, side, side)), ("outputs", (ROWS, len(run.kind.classes)))
    return graph.model(ends, about, {"classes": json.dumps(run.kind.classes)})


def _sequences(run: SequenceRun, model, about: str) -> bytes:
    graph, views, cell = Graph(), model.views, CELLS[run.cell]
    operator, order, more = OPERATORS[run.cell]

    def in_order(name: str) -> Array:
        blocks = views[name].reshape(cell.n_gates, run.n_hidden, -1)
        return blocks[[cell.gates.index(gate) for gate in order]].reshape(views[name].shape)

    biases = np.concatenate([in_order("bias_ih"), in_order("bias_hh")])
    # For ONNX time stands first; the leading axis of matrices and states are the directions, of which there is one.
    inputs = graph.node("Transpose", "X", perm=[1, 0, 2])
    matrices = (graph.constant(part[None]) for part in (in_order("weight_ih"), in_order("weight_hh"), biases))
    states = graph.node(operator, inputs, *matrices, hidden_size=run.n_hidden, **more)
    states = graph.node("Transpose", graph.node("Squeeze", states, graph.constant([1], INT64)), perm=[1, 0, 2])
    scores = graph.node("MatMul", states, graph.constant(views["output_weight"].T))
    graph.node("Softmax", graph.node("Add", scores, graph.constant(views["output_bias"])), output="outputs", axis=2)
    ends = ("X", (ROWS, STEPS, model.n_inputs)), ("outputs", (ROWS, STEPS, model.n_outputs))
    facts = {"symbols": json.dumps(run.kind.symbols), "answers": json.dumps(run.kind.answers)}
    return graph.model(ends, about, facts)


def _code(run: CodeRun, model, about: str) -> bytes:
    graph, data = Graph(), run.samples()
    mean, scale = graph.constant(data.mean), graph.constant(data.scale)
    filled = graph.node("Where", graph.node("IsNaN", "X"), mean, "X")  # a missing value is its column's mean
    result = graph.node("Div", graph.node("Sub", filled, mean), scale)
    names = (*model.activations, model.output)
    for layer, (weights, biases, name) in enumerate(zip(model.weights, model.biases, names, strict=True), 1):
        z = graph.node("Gemm", result, graph.constant(weights), graph.constant(biases), transB=1)
        result = graph.expression(entry_code(ACTIVATIONS[name], "numpy_code"), {"z": z})
        if layer == model.code_layer:
            graph.node("Identity", result, output="codes")
    graph.node("Add", graph.node("Mul", result, scale), mean, output="outputs")
    shapes: Sequence = ("X", (ROWS, model.sizes[0])), ("outputs", (ROWS, model.sizes[0]))
    codes = "codes", (ROWS, model.sizes[model.code_layer])
    return graph.model((*shapes, codes), about, {"inputs": json.dumps(data.names)})
