"""The translator, the transformer block and word vectors as ONNX models: their input are numbers of words or tokens."""

import json

import numpy as np

from nncore.attention.attention import sinusoidal_positions
from nncore.attention.sequence_tasks import MAX_LENGTH, TASKS
from nncore.attention.transformer import NORM_EPSILON
from nncore.attention.transformer_run import TransformerRun
from nncore.attention.translation import N_WORDS, SOURCE_WORDS, TARGET_WORDS
from nncore.attention.translation_run import TranslationRun
from nncore.export.onnx_graph import INT64, ROWS, Graph
from nncore.words.skipgram import SkipGramSettings, corpus_pairs

Array = np.ndarray

PLACES = "T"
HIDDEN = -1e9  # the score of a place that is not to be seen: its weight is 0


def attention_onnx(run: TranslationRun | TransformerRun | SkipGramSettings, parameters: Array, about: str) -> bytes:
    """The model with `parameters` (P,): input "X", int64, and output "outputs"; names stand in its metadata."""
    if isinstance(run, SkipGramSettings):
        return _words(run, parameters, about)
    write = _translation if isinstance(run, TranslationRun) else _block
    return write(run, run.model(parameters.astype(np.float64)), about)


def _words(run: SkipGramSettings, parameters: Array, about: str) -> bytes:
    graph = Graph()
    graph.node("Gather", graph.constant(parameters.reshape(-1, run.dimensions)), "X", output="outputs")
    ends = ("X", (ROWS,)), ("outputs", (ROWS, run.dimensions))
    return graph.model(ends, about, {"words": json.dumps(corpus_pairs(run.window)[0].words)}, INT64)


def _attended(graph: Graph, queries: str, keys: str, values: str, width: int, mask: str = "") -> str:
    """Values mixed by how well their keys, turned upright, match the queries; the weights are the output "attention"."""
    match = graph.node("Div", graph.node("MatMul", queries, keys), graph.constant(width**0.5))
    if mask:
        match = graph.node("Add", match, mask)
    return graph.node("MatMul", graph.node("Softmax", match, output="attention", axis=-1), values)


def _translation(run: TranslationRun, model, about: str) -> bytes:
    graph, views = Graph(), model.views
    tokens = graph.node("Add", graph.node("Gather", graph.constant(views["words"]), "X"), graph.constant(views["places"]))
    keys, values = (graph.node("MatMul", tokens, graph.constant(views[name].T)) for name in ("W_K", "W_V"))
    queries = graph.constant(views["queries"] @ views["W_Q"].T)
    context = _attended(graph, queries, graph.node("Transpose", keys, perm=[0, 2, 1]), values, views["W_Q"].shape[1])
    graph.node("Softmax", graph.node("MatMul", context, graph.constant(views["W_O"].T)), output="outputs", axis=-1)
    ends = (("X", (ROWS, N_WORDS)), ("outputs", (ROWS, N_WORDS, len(TARGET_WORDS))),
            ("attention", (ROWS, N_WORDS, N_WORDS)))  # fmt: skip
    return graph.model(ends, about, {"english": json.dumps(SOURCE_WORDS), "french": json.dumps(TARGET_WORDS)}, INT64)


def _block(run: TransformerRun, model, about: str) -> bytes:
    graph, views, matrices, task = Graph(), model.views, model.attention.views, TASKS[run.task]
    begin, length = graph.constant([0], INT64), graph.node("Gather", graph.node("Shape", "X"), graph.constant([1], INT64))
    axes = graph.constant([0], INT64)
    places = graph.node("Slice", graph.constant(sinusoidal_positions(MAX_LENGTH, model.d_model)), begin, length, axes)
    stream = graph.node("Add", graph.node("Gather", graph.constant(views["embedding"]), "X"), places)
    read = _norm(graph, stream, views["gain1"], views["shift1"])
    split = graph.constant([0, 0, run.heads, model.d_model // run.heads], INT64)  # 0: as many as there were

    def in_heads(name: str, *order: int) -> str:
        parts = graph.node("Reshape", graph.node("MatMul", read, graph.constant(matrices[name].T)), split)
        return graph.node("Transpose", parts, perm=list(order))

    mask = ""
    if task.causal:
        seen = np.where(np.tri(MAX_LENGTH, dtype=bool), 0.0, HIDDEN)
        rows = graph.node("Slice", graph.constant(seen), begin, length, axes)
        mask = graph.node("Slice", rows, begin, length, graph.constant([1], INT64))
    mixed = _attended(graph, in_heads("W_Q", 0, 2, 1, 3), in_heads("W_K", 0, 2, 3, 1), in_heads("W_V", 0, 2, 1, 3),
                      model.d_model // run.heads, mask)  # fmt: skip
    joined = graph.node("Reshape", graph.node("Transpose", mixed, perm=[0, 2, 1, 3]), graph.constant([0, 0, -1], INT64))
    stream = graph.node("Add", stream, graph.node("MatMul", joined, graph.constant(matrices["W_O"].T)))
    read = _norm(graph, stream, views["gain2"], views["shift2"])
    hidden = graph.node("Relu", _layer(graph, read, views["W_1"], views["b_1"]))
    stream = graph.node("Add", stream, _layer(graph, hidden, views["W_2"], views["b_2"]))
    read = _norm(graph, stream, views["gain3"], views["shift3"])
    graph.node("Softmax", _layer(graph, read, views["W_out"], views["b_out"]), output="outputs", axis=-1)
    ends = (("X", (ROWS, PLACES)), ("outputs", (ROWS, PLACES, len(task.answers))),
            ("attention", (ROWS, run.heads, PLACES, PLACES)))  # fmt: skip
    return graph.model(ends, about, {"tokens": json.dumps(task.tokens), "answers": json.dumps(task.answers)}, INT64)


def _layer(graph: Graph, inputs: str, weights: Array, biases: Array) -> str:
    return graph.node("Add", graph.node("MatMul", inputs, graph.constant(weights.T)), graph.constant(biases))


def _norm(graph: Graph, x: str, gain: Array, shift: Array) -> str:
    """Each row brought to mean 0 and deviation 1, then times `gain` plus `shift`."""
    centred = graph.node("Sub", x, graph.node("ReduceMean", x, axes=[-1]))
    variance = graph.node("ReduceMean", graph.node("Mul", centred, centred), axes=[-1])
    deviation = graph.node("Sqrt", graph.node("Add", variance, graph.constant(NORM_EPSILON)))
    scaled = graph.node("Mul", graph.node("Div", centred, deviation), graph.constant(gain))
    return graph.node("Add", scaled, graph.constant(shift))
