"""The models other than the dense network and those of attention, with arguments that they take, and some they refuse."""

import numpy as np

from nncore import Autoencoder, ConvNet, Recurrent, conv2d, max_pool2d
from nncore.data import draw_sequences, draw_shapes, echo_answers, letter_windows, one_hot, read_symbols, shape_picture
from nncore.inspection import memory, windows

NAN = float("nan")
PICTURES = np.arange(32.0).reshape(2, 1, 4, 4)
FILTER = np.ones((1, 1, 3, 3))
SEQUENCES = np.arange(12.0).reshape(2, 3, 2)
ROWS = np.arange(8.0).reshape(2, 4)
TOKENS = np.array([[0, 1, 1], [1, 0, 0]])
LABELS = np.array([0, 1])
STEPS = np.array([[-1, -1, 0], [-1, -1, 1]])
CONV, CELL, CODER = ConvNet((1, 4, 4), ((2, 3, 2),), n_outputs=3), Recurrent(2, 3, 2), Autoencoder((4, 2, 4))

MODEL_CALLS = {
    "draw_shapes": (draw_shapes, {"samples": 3, "nearest": 0, "farthest": 1, "noise": 0.1, "rng": np.random.default_rng(0)}),
    "shape_picture": (shape_picture, {"shape": "ring", "row": 5, "column": 5, "size": 2, "slanted": True}),
    "draw_sequences": (
        draw_sequences, {"task": "parity", "samples": 3, "length": 4, "rng": np.random.default_rng(0)}),
    "letter_windows": (
        letter_windows, {"samples": 3, "length": 4, "rng": np.random.default_rng(0), "low": 0.0, "high": 0.5}),
    "echo_answers": (echo_answers, {"tokens": TOKENS, "delay": 1}),
    "one_hot": (one_hot, {"tokens": TOKENS, "n_symbols": 2}),
    "read_symbols": (read_symbols, {"task": "brackets", "text": "( [ ])", "most": 9}),
    "gradient_by_step": (memory.gradient_by_step, {"model": CELL, "X": SEQUENCES, "y": STEPS}),
    "spectral_radius": (memory.spectral_radius, {"model": CELL}),
    "input_shares": (memory.input_shares, {"model": CELL, "X": SEQUENCES[:1], "step": 1}),
    "tempered": (memory.tempered, {"logits": np.array([1.0, 2.0]), "temperature": 0.5}),
    "go_on": (memory.go_on, {"model": CELL, "X": SEQUENCES[:1], "samples": 2, "temperature": 1.0, "seed": 0}),
    "window_at": (
        lambda **given: windows.window_at(**given) and None,
        {"model": CONV, "picture": PICTURES[0], "number": 0, "row": 1, "column": 2, "block": 0}),
    "map_parts": (windows.map_parts, {"model": CONV, "picture": PICTURES[0], "number": 1, "block": 0}),
    "answer_sum": (
        lambda **given: windows.answer_sum(**given) and None, {"model": CONV, "picture": PICTURES[0], "answer": 2}),
    "fields_of": (lambda **given: windows.fields_of(**given) and None, {"model": CONV, "row": 1, "column": 2}),
    "receptive_fields": (windows.receptive_fields, {"blocks": ((8, 3, 2), (8, 3, 3))}),
    "shifted": (windows.shifted, {"pictures": PICTURES, "down": 1, "right": -1}),
    "equivariance": (
        lambda **given: windows.equivariance(**given) and None,
        {"model": CONV, "picture": PICTURES[0], "number": 0, "down": 1, "right": 0}),
    "conv2d": (conv2d, {"X": PICTURES, "weights": FILTER, "bias": None, "stride": 1, "padding": 1}),
    "max_pool2d": (max_pool2d, {"X": PICTURES, "size": 2}),
    "ConvNet": (
        lambda **given: ConvNet(**given) and None,
        {"input_shape": (1, 4, 4), "blocks": ((2, 3, 2),), "hidden": (3,), "n_outputs": 2, "activation": "tanh",
         "output": None, "loss": None, "initializer": "he_normal", "l2": 0.0, "seed": 0}),
    "ConvNet.predict": (CONV.predict, {"X": PICTURES}),
    "ConvNet.forward": (lambda X: CONV.forward(X) and None, {"X": PICTURES}),
    "ConvNet.data_loss": (CONV.data_loss, {"X": PICTURES, "y": LABELS}),
    "ConvNet.loss_and_gradient": (CONV.loss_and_gradient, {"X": PICTURES, "y": LABELS}),
    "ConvNet.bind": (
        lambda X, y, batch_size: CONV.bind(X, y, batch_size) and None, {"X": PICTURES, "y": LABELS, "batch_size": 2}),
    "Recurrent": (
        lambda **given: Recurrent(**given) and None,
        {"n_inputs": 2, "n_hidden": 3, "n_outputs": 2, "cell": "lstm", "seed": 0}),
    "Recurrent.forward": (CELL.forward, {"X": SEQUENCES}),
    "Recurrent.unroll": (lambda X: CELL.unroll(X) and None, {"X": SEQUENCES}),
    "Recurrent.predict": (CELL.predict, {"X": SEQUENCES}),
    "Recurrent.loss_and_gradient": (CELL.loss_and_gradient, {"X": SEQUENCES, "y": LABELS}),
    "Recurrent.state_gradients": (CELL.state_gradients, {"X": SEQUENCES, "y": LABELS}),
    "Recurrent.input_gradients": (CELL.input_gradients, {"X": SEQUENCES, "y": LABELS}),
    "Recurrent.bind": (
        lambda X, y, batch_size: CELL.bind(X, y, batch_size) and None, {"X": SEQUENCES, "y": LABELS, "batch_size": 2}),
    "Autoencoder": (
        lambda **given: Autoencoder(**given) and None,
        {"sizes": (4, 2, 4), "activation": "tanh", "output": "identity", "loss": "mse", "initializer": "xavier_normal",
         "l2": 0.0, "seed": 0}),
    "Autoencoder.encode": (CODER.encode, {"X": ROWS}),
    "Autoencoder.decode": (CODER.decode, {"codes": ROWS[:, :2]}),
    "Autoencoder.predict": (CODER.predict, {"X": ROWS}),
    "Autoencoder.data_loss": (CODER.data_loss, {"X": ROWS, "targets": None}),
    "Autoencoder.loss_and_gradient": (CODER.loss_and_gradient, {"X": ROWS, "targets": None}),
    "Autoencoder.bind": (
        lambda X, targets, batch_size: CODER.bind(X, targets, batch_size) and None,
        {"X": ROWS, "targets": None, "batch_size": 2}),
}  # fmt: skip

MODEL_ROWS = [
    ("draw_shapes", "nearest", 2, "nearest must be at most farthest, 1, got 2"),
    ("draw_shapes", "noise", -1, "noise must be a number from 0 to 1, got -1"),
    ("shape_picture", "shape", "star", "shape must be one of bar, cross, ring, got 'star'"),
    ("draw_sequences", "task", "copy", "task must be one of echo, parity, order, brackets, letters, got 'copy'"),
    ("draw_sequences", "samples", 17, "samples must be at most about 16 at length 4, got 17"),
    ("letter_windows", "low", 0.5, "low must leave room for 5 letters below high, 0.5, got 0.5"),
    ("echo_answers", "delay", 0, "delay must be at least 1, got 0"),
    ("one_hot", "n_symbols", 1, "tokens must be below n_symbols, 1, got 1"),
    ("read_symbols", "text", "(x)", "text must be made of ( ) [ ], got 'x'"),
    ("read_symbols", "text", " ", "text must have 1 to 9 symbols, got 0"),
    ("gradient_by_step", "y", np.full((2, 3), -1), "y must hold at least one target, got -1 alone"),
    ("input_shares", "step", 3, "step must be at most 2, got 3"),
    ("tempered", "temperature", 0, "temperature must be above 0, got 0"),
    ("go_on", "model", Recurrent(2, 3, 3), "model must have as many outputs as inputs, 2, got 3"),
    ("spectral_radius", "model", None, "model must be a Recurrent, got None"),
    ("window_at", "row", 4, "row must be at most 3, got 4"),
    ("window_at", "picture", PICTURES[0, :, :3], "picture must have the shape (1, 4, 4), got (1, 3, 4)"),
    ("window_at", "model", ConvNet((1, 4, 4), ()), "model must have at least one block, got none"),
    ("window_at", "block", 1, "block must be at most 0, got 1"),
    ("map_parts", "number", 2, "number must be at most 1, got 2"),
    ("map_parts", "block", -1, "block must be at least 0, got -1"),
    ("answer_sum", "answer", 3, "answer must be at most 2, got 3"),
    ("answer_sum", "model", ConvNet((1, 4, 4), ((2, 3, 2),), (3,)), "model must have one dense layer, got 2"),
    ("fields_of", "column", 4, "column must be at most 3, got 4"),
    ("receptive_fields", "blocks", ((8, 3),), "blocks[0] must hold 3 to 3 entries, got 2"),
    ("shifted", "down", 0.5, "down must be a whole number from -1000 to 1000, got 0.5"),
    ("equivariance", "number", 2, "number must be at most 1, got 2"),
    ("conv2d", "X", None, "X must hold numbers, got"),
    ("conv2d", "weights", np.ones((1, 2, 3, 3)), "weights must have the shape (F, 1, k, k) to go with X, F and k at least"),
    ("conv2d", "weights", np.ones((1, 1, 7, 7)), "weights must be at most as large as the padded height of X, 6, got 7"),
    ("conv2d", "bias", [1.0, 2.0], "bias must have the shape (1,) to go with weights, got (2,)"),
    ("conv2d", "stride", 0, "stride must be at least 1, got 0"),
    ("conv2d", "padding", -1, "padding must be at least 0, got -1"),
    ("max_pool2d", "size", 5, "size must be at most the shorter side of X, 4, got 5"),
    ("max_pool2d", "X", PICTURES[0], "X must have the shape (N, C, H, W)"),
    ("ConvNet", "input_shape", (1, 4), "input_shape must be (C, H, W), got (1, 4)"),
    ("ConvNet", "blocks", ((2, 4, 2),), "blocks[0] must have an odd kernel, got 4"),
    ("ConvNet", "blocks", ((2, 3),), "blocks[0] must be (filters, kernel, pool), got (2, 3)"),
    ("ConvNet", "blocks", ((2, 3, 5),), "blocks[0] must pool over at most 4 numbers, the shorter side there, got 5"),
    ("ConvNet", "blocks", ((0, 3, 2),), "blocks[0][0] must be at least 1, got 0"),
    ("ConvNet", "hidden", (0,), "hidden[0] must be at least 1, got 0"),
    ("ConvNet", "n_outputs", 0, "n_outputs must be at least 1, got 0"),
    ("ConvNet", "activation", "swish", "activation must be one of"),
    ("ConvNet", "initializer", "glorot", "initializer must be one of"),
    ("ConvNet", "l2", -1, "l2 must be a finite number of at least 0, got -1"),
    ("ConvNet.predict", "X", PICTURES[:, :, :3], "X must have the shape (N, 1, 4, 4)"),
    ("ConvNet.loss_and_gradient", "y", [0, 3], "y must hold labels 0 to 2, got 3 in row 1"),
    ("ConvNet.loss_and_gradient", "y", [0], "y must have as many rows as X, got 1 and 2"),
    ("ConvNet.forward", "X", None, "X must hold numbers, got"),
    ("ConvNet.data_loss", "X", None, "X must hold numbers, got"),
    ("ConvNet.bind", "batch_size", 0, "batch_size must be at least 1 or None, got 0"),
    ("Recurrent", "cell", "elman", "cell must be one of rnn, gru, lstm, got 'elman'"),
    ("Recurrent", "n_outputs", 1, "n_outputs must be at least 2, got 1"),
    ("Recurrent", "n_hidden", 0, "n_hidden must be at least 1, got 0"),
    ("Recurrent.forward", "X", np.zeros((2, 0, 2)), "X must have the shape (N, T, 2)"),
    ("Recurrent.predict", "X", np.full((2, 3, 2), NAN), "X must hold finite numbers, got nan or inf"),
    ("Recurrent.loss_and_gradient", "y", [0, 2], "y must hold whole numbers from -1 to 1, got 0 to 2"),
    ("Recurrent.loss_and_gradient", "y", [-1, -1], "y must hold at least one target, got -1 alone"),
    ("Recurrent.loss_and_gradient", "y", [[0, 1]], "y must have shape (2,) or (2, 3), got (1, 2)"),
    ("Recurrent.state_gradients", "y", None, "y must hold numbers, got"),
    ("Recurrent.input_gradients", "y", [0, 2], "y must hold whole numbers from -1 to 1, got 0 to 2"),
    ("Recurrent.unroll", "X", "x", "X must hold numbers, got"),
    ("Recurrent.bind", "batch_size", 0, "batch_size must be at least 1 or None, got 0"),
    ("Autoencoder", "sizes", (4, 2, 3), "sizes must end as they begin, got 4 and 3"),
    ("Autoencoder", "sizes", (4, 2, 3, 4), "sizes must have an odd number of layers, at least 3, got 4"),
    ("Autoencoder", "sizes", (2, 4, 2), "sizes must be smallest in the middle, got (2, 4, 2)"),
    ("Autoencoder.decode", "codes", ROWS, "codes must have the shape (N, 2)"),
    ("Autoencoder.encode", "X", ROWS[:, :3], "X must have shape (N, 4), got (2, 3)"),
    ("Autoencoder.loss_and_gradient", "targets", ROWS[:1], "targets must have the shape (2, 4), got (1, 4)"),
    ("Autoencoder.data_loss", "targets", NAN, "targets must have the shape (2, 4), got"),
    ("Autoencoder.bind", "targets", "x", "targets must hold numbers, got"),
    ("Autoencoder.predict", "X", None, "X must hold numbers, got"),
]
