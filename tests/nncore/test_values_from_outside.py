"""Values from outside: whatever comes in, a function answers with a right value or says which argument is wrong, and why."""

import itertools
import re
import warnings
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy import sparse

from nncore import OPTIMIZERS, Branch, ChunkStore, Dataset, Network, Run, Trainer, check_gradient
from nncore.attention.transformer import Transformer
from nncore.data.features import InputTransform, fit_transform
from nncore.evaluation.peeking import ladder
from nncore.experiments.link_text import Span, write_field
from nncore.experiments.recording.recording import updates_per_slice
from nncore.inspection.memory import tempered
from nncore.many_starts.batches.verdicts import path_shape
from nncore.many_starts.surface import weight_slice
from nncore.metrics import OUTPUT_NAMES
from nncore.models.activations import ACTIVATIONS
from nncore.models.architecture import OUTPUTS
from nncore.words.hidden_diagonal import HiddenDiagonalSettings
from nncore.words.skipgram import SkipGram
from tests.nncore.calls import CALLS, LABELS, Small, X
from tests.nncore.inner_calls import INNER_ROWS
from tests.nncore.model_calls import MODEL_ROWS
from tests.nncore.more_calls import MORE_ROWS
from tests.nncore.own_data_calls import OWN_ALIASES, OWN_ROWS

NAN, INF, HUGE, RAGGED = float("nan"), float("inf"), 10**400, [[1], [2, 3]]


class Unspeakable(float):
    """A number by its class that cannot be read as one."""

    def __float__(self):
        raise RuntimeError


class Unreadable:
    """What calls itself an array and cannot be read as one."""

    def __array__(self, dtype=None, copy=None):
        raise OSError


NANS, CUBE = np.full((6, 2), NAN), np.ones((2, 2, 2))

# A call of tests.nncore.calls, the argument that is replaced, its value, and what the message must say.
SPAN, DEEP, HALVES = np.timedelta64(3, "D"), [], np.full((6, 2), np.float16(65504))
DEEP.append(DEEP)
ROWS = [
    ("Network", "seed", SPAN, "seed must be a whole number of at least 0, got"),
    ("Network", "l2", SPAN, "l2 must be a finite number of at least 0, got"),
    ("Network", "activation", memoryview(np.ones((6, 2))), "activation must be one name or 1 names, got"),
    ("Network", "sizes", itertools.count(1), "sizes must name at least the inputs and the outputs, got"),
    ("Network", "activation", itertools.repeat("relu"), "activation must be one name or 1 names, got"),
    ("ConvNet", "blocks", memoryview(np.ones((6, 2))), "blocks must be a list, got"),
    ("Experiment", "features", itertools.count(), "features"),
    ("Network.bind", "batch_size", SPAN, "batch_size must be at least 1 or None, got"),
    ("updates_per_epoch", "batch_size", SPAN, "batch_size must be"),
    ("Experiment", "hidden", DEEP, "hidden"),
    ("Experiment", "learning_rate", DEEP, "learning_rate must be"),
    ("Search", "across_values", DEEP, "across_values and upwards_values must hold values of their settings"),
    ("with_setting", "value", DEEP, "value must be one of the setting"),
    ("write_field", "value", DEEP, "value must be a number, a text, a list of them or None, got"),
    ("write_field", "value", Decimal("sNaN"), "value must be a number, a text, a list of them or None, got"),
    ("sentence", "value", SPAN, "value must be a number, a text, a list of them or None, got"),
    ("run_search", "n_jobs", 0, "n_jobs must be -64 to 64 and not 0, got 0"),
    ("Network", "sizes", NAN, "sizes must name at least the inputs and the outputs, got"),
    ("Network.predict", "X", [None], "X must hold numbers, got"),
    ("Network.forward", "X", HUGE, "X must hold numbers of a size up to 1.8e+308, got"),
    ("Network.data_loss", "X", NAN, "X must hold finite numbers, got"),
    ("Network.loss_and_gradient", "X", [], "X must have shape (N, 2), got"),
    ("Network.loss_and_gradient, tanh", "X", "x", "X must hold numbers, got"),
    ("Network.loss_and_gradient, classes", "X", NANS, "X must hold finite numbers, got"),
    ("Network.loss_and_gradient, values", "X", RAGGED, "X must hold numbers in rows of the same length, got"),
    ("Network.bind", "X", [None], "X must hold numbers, got"),
    ("Network.targets", "y", None, "y must hold numbers, got"),
    ("Network.parameters", "parameters", [], "parameters must have the shape (13,), got"),
    ("make_architecture", "sizes", -1, "sizes must name at least the inputs and the outputs, got"),
    ("Trainer", "X", RAGGED, "X must hold numbers in rows of the same length, got"),
    ("Trainer, network", "network", 1.5, "network must be a model with parameters and loss_and_gradien"),
    ("Trainer.run_updates", "n_updates", NANS, "n_updates must be a whole number of at least 0, got"),
    ("Trainer.advance, epochs", "epochs", CUBE, "epochs must be a whole number of at least 0, got"),
    ("Trainer.restore", "state", RAGGED, "state must be a TrainerState, got"),
    ("WeightChange", "tolerance", 1j, "tolerance must be a finite number of at least 0, got"),
    ("SmallGradient", "tolerance", HUGE, "tolerance must be a finite number of at least 0, got"),
    ("Patience", "X", None, "X must hold numbers, got"),
    ("Dataset", "name", 1.5, "name must be a text, got"),
    ("Dataset, values", "name", HUGE, "name must be a text, got"),
    ("load_dataset", "samples", "x", "samples must be a whole number from 20 to 2000, got"),
    ("load_dataset, columns", "columns", CUBE, "columns must be a list, got"),
    ("compute_features", "X", RAGGED, "X must hold numbers in rows of the same length, got"),
    ("check_features", "features", [None], "features[0] must be a text, got"),
    ("fit_transform", "X_train", NAN, "X_train must have the shape (N, D), D at least 1, got"),
    ("InputTransform", "X", -1, "X must have the shape (N, D), D at least 1, got"),
    ("make_split", "dataset", "x", "dataset must be a Dataset, got"),
    ("split_indices", "y", [None], "y must hold numbers, got"),
    ("batch_slices", "n_samples", -1, "n_samples must be at least 0, got"),
    ("updates_per_epoch", "n_samples", 1.5, "n_samples must be a whole number from 0 to 10000000, got"),
    ("epoch_order", "rng", CUBE, "rng must be a Generator, got"),
    ("update_at", "n_train", [None], "n_train must be a whole number from 1 to 10000000, got"),
    ("load_table", "name", "unknown", "name must be that of a scikit-learn table, got 'unknown'"),
    ("enlargement", "side", -1, "side must be at least 1, got"),
    ("enlarge", "pictures", 1.5, "pictures must have the shape (N, D), D at least 1, got"),
    ("draw_rows", "noise", NAN, "noise must be a number from 0 to 1, got nan"),
    ("make_circle", "samples", HUGE, "samples must be at most 1000000, got"),
    ("make_xor", "samples", [], "samples must be a whole number from 1 to 1000000, got"),
    ("make_gauss", "samples", 1.5, "samples must be a whole number from 1 to 1000000, got"),
    ("make_spiral", "samples", RAGGED, "samples must be a whole number from 1 to 1000000, got"),
    ("make_spiral3", "samples", HUGE, "samples must be at most 1000000, got"),
    ("make_moons", "samples", [], "samples must be a whole number from 1 to 1000000, got"),
    ("make_corners", "samples", 1.5, "samples must be a whole number from 1 to 1000000, got"),
    ("make_blobs", "samples", RAGGED, "samples must be a whole number from 1 to 1000000, got"),
    ("make_rings", "samples", HUGE, "samples must be at most 1000000, got"),
    ("make_plane", "split", [], "split must be a Split, got"),
    ("make_cones", "samples", "x", "samples must be a whole number from 1 to 1000000, got"),
    ("make_sine", "samples", CUBE, "samples must be a whole number from 1 to 1000000, got"),
    ("make_step", "samples", [None], "samples must be a whole number from 1 to 1000000, got"),
    ("cone_height", "points", None, "points must hold numbers, got"),
    ("decision_threshold", "output", [], "output must be one of identity, sigmoid, softmax, tanh, got"),
    ("predicted_labels", "outputs", -1, "outputs must have the shape (..., N, K), K at least 1, got"),
    ("accuracy", "outputs", 1.5, "outputs must have the shape (..., N, K), K at least 1, got"),
    ("r_squared", "outputs", RAGGED, "outputs must hold numbers in rows of the same length, got"),
    ("confusion_matrix", "true_labels", [None], "true_labels must hold numbers, got"),
    ("Experiment", "dataset", None, "dataset must be one of circle, xor, gauss, spiral, moons, co"),
    ("Experiment.from_dict", "texts", 1.5, "texts must be a dictionary, got"),
    ("Experiment.repair", "texts", NANS, "texts must be a dictionary, got"),
    ("Experiment.with_changes, hidden", "hidden", CUBE, "hidden[0] must be a whole number from 1 to 64, got"),
    ("Branch", "frame", RAGGED, "frame must be a whole number from -1000000000000000 to 10000"),
    ("Run", "experiment", [None], "experiment must be an Experiment, got"),
    ("Run.prefix", "segment", NAN, "segment must be a whole number of at least 0, got"),
    ("Run.segment_of", "frame", None, "frame must be a whole number of at least 0, got"),
    ("Run.segment_from", "frame", -1, "frame must be at least 0, got"),
    ("Run.goes_on", "frame", 0, "frame must be at least 1, got"),
    ("Run.edited", "edits", 5, "edits must be a list, got"),
    ("Run.with_parameters", "parameters", [1.0], "parameters must be"),
    ("Run.changed", "frame", [], "frame must be a whole number of at least 0, got"),
    ("Run.repair", "texts", "x", "texts must be a dictionary, got"),
    ("build_split", "experiment", 1.5, "experiment must be an Experiment, got"),
    ("build_network", "experiment", NANS, "experiment must be an Experiment, got"),
    ("build_rule", "experiment", RAGGED, "experiment must be an Experiment, got"),
    ("stack", "experiment", 1j, "experiment must be an Experiment, got"),
    ("mean_losses", "network", HUGE, "network must be a model with parameters and loss_and_gradien"),
    ("outputs_of", "network", [], "network must be a model with parameters and loss_and_gradien"),
    ("runs_that_fit", "experiment", "x", "experiment must be an Experiment, got"),
    ("central_difference", "index", CUBE, "index must be a whole number of at least 0, got"),
    ("check_gradient", "model", 1j, "model must be a model with parameters and loss_and_gradient,"),
    ("relative_error", "gradient", "x", "gradient must be a finite number of at least -1.797693134862"),
    ("rounding_error", "loss", NANS, "loss must be a finite number of at least -1.7976931348623157"),
    ("errors_by_step", "index", RAGGED, "index must be a whole number of at least 0, got"),
    ("find_cause", "found", [None], "found must be a GradientCheck, got"),
    ("Plane.to_inputs", "uv", NAN, "uv must have the shape (N, D), D at least 1, got"),
    ("Plane.project", "X", None, "X must hold numbers, got"),
    ("principal_components", "inputs", [], "inputs must have the shape (N, F), N and F at least 1, got"),
    ("nondifferentiable_between", "network", -1, "network must be a Network, got"),
    ("with_overlay", "network", RAGGED, "network must be a Network, got"),
    ("with_step", "network", [None], "network must be a Network, got"),
    ("Edit", "layer", None, "layer must be a whole number from 0 to 1, got"),
    ("Hold", "layer", 1.5, "layer must be a whole number from 0 to 0, got"),
    ("Replace", "values", RAGGED, "values must hold numbers in rows of the same length, got"),
    ("masked", "network", 1j, "network must be a Network, got"),
    ("region_mask", "side", NAN, "side must be a whole number from 1 to 1000, got"),
    ("polygon_mask", "side", 1.5, "side must be a whole number from 1 to 1000, got"),
    ("fewer_corners", "corners", CUBE, "corners must have the shape (n, 2), got"),
    ("leading_terms", "left", 1j, "left must hold numbers, got"),
    ("trace_passes", "network", HUGE, "network must be a Network, got"),
    ("weight_chain", "layer", [], "layer must be a whole number from 0 to 1, got"),
    ("parameter_index", "network", 1.5, "network must be a Network, got"),
    ("parameter_place", "network", 1j, "network must be a Network, got"),
    ("dead_neurons", "network", HUGE, "network must be a Network, got"),
    ("saturated_neurons", "network", None, "network must be a Network, got"),
    ("distinct_neurons", "network", -1, "network must be a Network, got"),
    ("name_neurons", "neurons", 1.5, "neurons must be a list, got"),
    ("join_words", "parts", CUBE, "parts must be a list, got"),
    ("singular_values", "weights", RAGGED, "weights must hold numbers in rows of the same length, got"),
    ("effective_rank", "singular", 1j, "singular must hold numbers, got"),
    ("summarise_matrix", "matrix", [None], "matrix must hold numbers, got"),
    ("summarise_layers", "network", HUGE, "network must be a Network, got"),
    ("weight_positions", "network", None, "network must be a Network, got"),
    ("parameter_position", "network", -1, "network must be a Network, got"),
    ("weight_histograms", "weights", CUBE, "weights must have the shape (F, P), F and P at least 1, got"),
    ("most_moved", "weights", 1j, "weights must hold numbers, got"),
    ("linear_equivalent", "network", HUGE, "network must be a Network, got"),
    ("linear_gap", "network", NAN, "network must be a Network, got"),
    ("firing_shares", "z", [], "z must have the shape (N,), N at least 1, got"),
    ("BatchRace", "experiment", 1.5, "experiment must be an Experiment, got"),
    ("BatchRace.learning_rate", "size", 1j, "size must be a whole number from 1 to 1000000000, got"),
    ("batch_sizes", "n_train", [None], "n_train must be a whole number of at least 1, got"),
    ("path_shape", "path", NAN, "path must have the shape (F, P), F and P at least 1, got"),
    ("batch_noise", "network", None, "network must be a Network, got"),
    ("sample_gradients", "network", 1.5, "network must be a Network, got"),
    ("drawn_batches", "n_samples", RAGGED, "n_samples must be a whole number from 1 to 2000000, got"),
    ("InitializerRace", "experiment", HUGE, "experiment must be an Experiment, got"),
    ("Landscape.random_points", "n_points", "x", "n_points must be a whole number from 0 to 1000000, got"),
    ("Landscape.grid", "side", NANS, "side must be a whole number from 1 to 1000, got"),
    ("Balls", "landscape", CUBE, "landscape must be a Landscape, got"),
    ("roll", "landscape", 1j, "landscape must be a Landscape, got"),
    ("last_places", "landscape", [], "landscape must be a Landscape, got"),
    ("caught_by", "landscape", CUBE, "landscape must be a Landscape, got"),
    ("held_by", "landscape", 1j, "landscape must be a Landscape, got"),
    ("finds_best", "landscape", HUGE, "landscape must be a Landscape, got"),
    ("passes_best", "landscape", None, "landscape must be a Landscape, got"),
    ("basins", "landscape", -1, "landscape must be a Landscape, got"),
    ("loss_levels", "losses", RAGGED, "losses must hold numbers in rows of the same length, got"),
    ("one_answer_loss", "share", 1.5, "share must be a number from 0 to 1, got 1.5"),
    ("count_levels", "losses", [None], "losses must hold numbers, got"),
    ("canonical", "network", None, "network must be a Network, got"),
    ("align", "network", -1, "network must be a Network, got"),
    ("relative_distance", "a", CUBE, "a must have the shape (P,), P at least 1, got"),
    ("same_solutions", "network", 1j, "network must be a Network, got"),
    ("line_between", "a", -1, "a must have the shape (P,), P at least 1, got"),
    ("barrier", "shares", NANS, "shares must have the shape (S,), S at least 1, got"),
    ("Restarts", "experiment", RAGGED, "experiment must be an Experiment, got"),
    ("measure_spread", "network", NAN, "network must be a Network, got"),
    ("signal_of", "activations", -1, "activations must have the shape (R, N, H), R and N and H at leas"),
    ("judge", "signal", "x", "signal must hold numbers, got"),
    ("measured_deviation", "name", RAGGED, "name must be one of zeros, ones, small_normal, normal, unifo"),
    ("Slice.at", "coordinates", NAN, "coordinates must have the shape (..., 2), got"),
    ("Slice.project", "vectors", None, "vectors must hold numbers, got"),
    ("losses_at", "vectors", [], "vectors must have the shape (M, 13) to go with model, got"),
    ("loss_surface", "x", 1.5, "x must have the shape (A,), A at least 1, got"),
    ("weight_slice", "origin", CUBE, "origin must have the shape (P,), P at least 1, got"),
    ("random_slice", "origin", HUGE, "origin must hold numbers of a size up to 1.8e+308, got"),
    ("principal_slice", "path", None, "path must hold numbers, got"),
    ("plane_through", "a", -1, "a must have the shape (P,), P at least 1, got"),
    ("shown_ranges", "coordinates", NANS, "coordinates must hold finite numbers, got"),
    ("Neuron", "kind", RAGGED, "kind must be one of linear, absolute, logistic, sigmoid_squa"),
    ("Neuron.forward", "X", [None], "X must hold numbers, got"),
    ("Neuron.loss_and_gradient", "X", HUGE, "X must hold numbers of a size up to 1.8e+308, got"),
    ("Neuron.gradient", "X", None, "X must hold numbers, got"),
    ("chain_of", "x", -1, "x must have the shape (D,), D at least 1, got"),
    ("solve", "kind", NANS, "kind must be one of linear, absolute, logistic, sigmoid_squa"),
    ("solve, classes", "kind", 1j, "kind must be one of linear, absolute, logistic, sigmoid_squa"),
    ("lowest_over", "neuron", NAN, "neuron must be a Neuron, got"),
    ("NeuronSetup", "kind", "x", "kind must be one of linear, absolute, logistic, sigmoid_squa"),
    ("next_rate", "setup", NAN, "setup must be a NeuronSetup, got"),
    ("follow", "setup", None, "setup must be a NeuronSetup, got"),
    ("compare_rates", "X", [], "X must have the shape (N, D), N and D at least 1, got"),
    ("steps_up", "losses", 1.5, "losses must have the shape (..., S), S at least 1, got"),
    ("above_best", "losses", RAGGED, "losses must hold numbers in rows of the same length, got"),
    ("largest_stable_rate", "X", 1j, "X must hold numbers, got"),
    ("loss_along", "X", [None], "X must hold numbers, got"),
    ("loss_over", "X", [], "X must have the shape (N, D), N and D at least 1, got"),
    ("window", "values", CUBE, "values must have the shape (V,), V at least 1, got"),
    ("states_after", "parameters", 1j, "parameters must hold numbers, got"),
    ("steps_until", "parameters", HUGE, "parameters must hold numbers of a size up to 1.8e+308, got"),
    ("curve", "name", -1, "name must be one of identity, sigmoid, tanh, relu, leaky_rel"),
    ("saturation", "name", 1.5, "name must be one of identity, sigmoid, tanh, relu, leaky_rel"),
    ("cost", "name", NANS, "name must be one of identity, sigmoid, tanh, relu, leaky_rel"),
    ("make_points", "n_inputs", [None], "n_inputs must be a whole number from 1 to 4, got"),
    ("points_for", "task", NAN, "task must be one of values, classes, got"),
    ("Stride", "count", None, "count must be a whole number of at least 1, got"),
    ("rate_at", "learning_rate", NANS, "learning_rate must be a finite number of at least 0, got"),
    ("clock_of", "strides", 1j, "strides must be a list, got"),
    ("add_stride", "strides", NAN, "strides must be a list, got"),
    ("take_back", "strides", -1, "strides must be a list, got"),
    ("read_strides", "texts", -1, "texts must be a list, got"),
    ("write_strides", "strides", CUBE, "strides must be a list, got"),
    ("StopScene", "kind", RAGGED, "kind must be one of linear, absolute, logistic, sigmoid_squa"),
    ("try_stop", "scene", None, "scene must be a StopScene, got"),
    ("stop_on", "path", -1, "path must be a Path, got"),
    ("lowest_found", "setup", NANS, "setup must be a NeuronSetup, got"),
    ("share_left", "first", RAGGED, "first must be a finite number of at least -1.797693134862315"),
    ("trace_block", "place", -1, "place must be at least 0, got -1"),
    ("score_spread", "d", NAN, "d must be a whole number from 1 to 4096, got"),
    ("compare_paths", "length", [None], "length must be a whole number from 2 to 256, got"),
    ("recurrent_jacobians", "W", 1.5, "W must have the shape (H, H), H at least 1, got"),
    ("attention_jacobians", "X", RAGGED, "X must hold numbers in rows of the same length, got"),
    ("reach", "jacobians", NANS, "jacobians must"),
    ("with_one_matrix", "model", "x", "model must be a MultiHeadAttention, got"),
    ("dot_products", "B", np.ones((3, 4)), "B must have the shape (S, 3) to go with A, S at least 1, got (3, 4)"),
    ("outer_terms", "E", CUBE, "E must have the shape (T, d) or (T,), got"),
    ("random_spread", "dimensions", 0, "dimensions must be at least 1, got 0"),
    ("unit_rows", "E", NAN, "E must have the shape (T, d), T and d at least 1, got"),
    ("unlike_words", "rows", [3], "rows[0] must be a text, got"),
    ("measured_spread", "unlike", np.ones((1, 1)), "unlike must hold True and False, got"),
    ("beyond_accident", "beyond", 0, "beyond must be above 0, got 0"),
    ("learn_merges", "counts", {"a": 0}, "counts['a'] must be at least 1, got 0"),
    ("learn_merges", "n_merges", NAN, "n_merges must be a whole number from 0 to 10000, got"),
    ("BytePairs.encode", "text", 3, "text must be a text, got"),
    ("BytePairs.steps", "word", [None], "word must be a text, got"),
    ("corpus_in_pieces", "tokeniser", "x", "tokeniser must be a BytePairs, got"),
    ("toy_sentences", "count", HUGE, "count must be at most 1000000, got"),
    ("category_of", "word", None, "word must be a text, got"),
    ("HiddenDiagonalSettings", "kind", [], "kind must be one of random, unit, learned, got"),
    ("make_task", "settings", [None], "settings must be a HiddenDiagonalSettings, got"),
    ("root_mean_square", "predicted", NAN, "predicted must have the shape (..., T), T at least 1, got"),
    ("outer_product", "E", -1, "E must have the shape (T, d) or (T,), got"),
    ("asymmetry", "M", -1, "M must have the shape (T, T), got"),
    ("diagonal_is_largest", "M", "x", "M must hold numbers, got"),
    ("diagonal_is_tied", "M", 1.5, "M must have the shape (T, T), T at least 1, got"),
    ("zero_rows", "M", NANS, "M must have the shape (T, T), got"),
    ("largest_in_row", "M", CUBE, "M must have the shape (T, T), T at least 1, got"),
    ("has_unit_lengths", "E", RAGGED, "E must hold numbers in rows of the same length, got"),
    ("needed_words", "dimensions", 1j, "dimensions must be a whole number of at least 1, got"),
    ("hide_diagonal", "M", [None], "M must hold numbers, got"),
    ("diagonal_from_rest", "M", HUGE, "M must hold numbers of a size up to 1.8e+308, got"),
    ("best_blocks", "M", None, "M must hold numbers, got"),
    ("SkipGram", "n_words", "x", "n_words must be a whole number from 2 to 10000, got"),
    ("SkipGram.loss_and_gradient", "X", RAGGED, "X must hold numbers in rows of the same length, got"),
    ("guessing_loss", "negatives", [None], "negatives must be a whole number from 0 to 1000000000, got"),
    ("context_pairs", "sentences", NAN, "sentences must be a list, got"),
    ("SkipGramSettings", "dimensions", [], "dimensions must be a whole number from 1 to 64, got"),
    ("word_vectors", "words", 1j, "words must be a list, got"),
    ("rows_of", "words", -1, "words must be a list, got"),
    ("cosines", "E", 1.5, "E must have the shape (T, d), got"),
    ("nearest", "word", NANS, "word must be a text, got"),
    ("principal_plane", "E", [None], "E must hold numbers, got"),
    ("scaled_dot_product_attention", "Q", HUGE, "Q must hold numbers of a size up to 1.8e+308, got"),
    ("attention_scores", "Q", "x", "Q must hold numbers, got"),
    ("masked_softmax", "scores", RAGGED, "scores must hold numbers in rows of the same length, got"),
    ("causal_mask", "n_tokens", 1j, "n_tokens must be a whole number from 0 to 10000, got"),
    ("padding_mask", "n_queries", [None], "n_queries must be a whole number from 0 to 10000, got"),
    ("sinusoidal_positions", "n_tokens", None, "n_tokens must be a whole number from 0 to 10000, got"),
    ("MultiHeadAttention", "d_model", -1, "d_model must be at least 1, got"),
    ("MultiHeadAttention.forward", "query", NANS, "query must have the shape (..., T, 4), T at least 1, got"),
    ("MultiHeadAttention.loss_and_gradient", "X", [None], "X must hold numbers, got"),
    ("MultiHeadAttention.parameters", "parameters", NAN, "parameters must have the shape (64,), got"),
    ("share_on", "weights", None, "weights must hold numbers, got"),
    ("even_share", "source", -1, "source must have the shape (N, T, T), N and T at least 1, go"),
    ("switched_off", "model", 1.5, "model must be a Transformer, got"),
    ("head_roles", "model", CUBE, "model must be a Transformer, got"),
    ("make_sequences", "task", HUGE, "task must be one of copy, reverse, sort, match, got"),
    ("read_sequence", "task", -1, "task must be one of copy, reverse, sort, match, got"),
    ("split_words", "name", 1.5, "name must be a text, got"),
    ("stages.word_vectors", "words", CUBE, "words must be a list, got"),
    ("AttentionSettings", "scaled", [None], "scaled must be True or False, got"),
    ("attention_stages", "tokens", NAN, "tokens must have the shape (T, d), T and d at least 1, got"),
    ("entropy", "weights", "x", "weights must hold numbers, got"),
    ("even_entropy", "mask", 1.5, "mask must be boolean, True = may attend, got"),
    ("shuffled_order", "n_tokens", CUBE, "n_tokens must be a whole number from 0 to 32, got"),
    ("layer_norm", "x", 1j, "x must hold numbers, got"),
    ("Transformer", "n_tokens", NAN, "n_tokens must be a whole number from 1 to 10000, got"),
    ("Transformer.predict", "X", NANS, "X must hold whole numbers, got"),
    ("Transformer.accuracy", "X", CUBE, "X must have the shape (N, T), N and T at least 1, got"),
    ("Transformer.loss_and_gradient", "X", 1j, "X must hold numbers, got"),
    ("k_folds", "k", 9, "k must be at most 6, got 9"),
    ("stratified_folds", "y", [], "y must"),
    ("interval_of", "values", NANS, "values must"),
    ("LeakStudy", "repeats", 1, "repeats must be at least 2, got 1"),
    ("luck_bound", "rows", 0, "rows must be at least 1, got 0"),
    ("expected_luck", "guessers", [], "guessers must have the shape (G,), G at least 1, got"),
    ("simulated_luck", "repeats", 0, "repeats must be at least 1, got 0"),
    ("ladder", "step", 0, "step must be above 0, got 0"),
    ("tune", "looks", 1.5, "looks must be a whole number from 1 to 100000, got 1.5"),
    ("sealed_rows", "experiment", None, "experiment must be"),
    ("open_test", "parameters", X, "parameters must have the shape (P,), P at least 1, got (6, 2)"),
    ("Search", "across", "dataset", "across must be one of"),
    ("Search.cell", "row", 7, "row must be at most 0, got 7"),
    ("run_search", "search", "all", "search must be"),
    ("with_setting", "value", -1, "value must be one of the setting learning_rate"),
    ("CrossValidation", "inner", 1, "inner must be 0 for no inner folds, or at least 2, got 1"),
    ("cross_validate", "epochs", 0, "epochs must be at least 1, got 0"),
    ("FoldScores.interval", "candidate", 5, "candidate must be at most 0, got 5"),
    ("LearningCurve", "places", (1, 999), "places must be at most"),
    ("TransformerRun", "task", HUGE, "task must be one of copy, reverse, sort, match, got"),
    ("mean_interval", "shares", [], "shares must have the shape (N,), N at least 1, got"),
    ("blind_share", "others", -1, "others must have the shape (M, T), M and T at least 1, got"),
    ("translate", "phrase", 1.5, "phrase must be a list, got"),
    ("encode", "phrases", NANS, "phrases must be a list, got"),
    ("split_phrases", "seed", CUBE, "seed must be a whole number of at least 0, got"),
    ("Translator", "d_model", RAGGED, "d_model must be a whole number from 1 to 4096, got"),
    ("Translator.predict", "X", HUGE, "X must hold numbers of a size up to 1.8e+308, got"),
    ("Translator.accuracy", "X", NAN, "X must hold whole numbers, got"),
    ("Translator.loss_and_gradient", "X", [], "X must have the shape (N, 3), N at least 1, got"),
    ("log_softmax", "logits", "x", "logits must hold numbers, got"),
    ("cross_entropy", "log_probabilities", 1.5, "log_probabilities must have the shape (..., N, C), N and C at least"),
    ("simplex_grid", "steps", CUBE, "steps must be a whole number from 1 to 1000, got"),
    ("farthest_attention", "model", RAGGED, "model must be a Translator, got"),
    ("TranslationRun", "setting", HUGE, "setting must be one of steady, hasty, got"),
    ("encode_phrase", "article", None, "article must be one of the, a, got"),
    ("softmax_shift", "row", "x", "row must be a whole number of at least 0, got"),
    ("activations_while_silent", "z", 1.5, "z must have the shape (N,), got"),
    ("biggest_terms", "weights", CUBE, "weights must have the shape (n,), got"),
    ("sum_of_other_terms", "weights", [None], "weights must hold numbers, got"),
    ("segment_after", "run", None, "run must be a Run, got"),
    ("checkpoint_before", "run", -1, "run must be a Run, got"),
    ("share_over_frames", "model", 1.5, "model must be a Transformer, got"),
    ("mean_distance", "model", 1j, "model must be a Translator, got"),
    ("first_too_large", "X", HUGE, "X must hold numbers of a size up to 1.8e+308, got"),
    ("signal_ratios", "sizes", [], "sizes must hold at least 3 entries, got"),
    ("farthest_attention", "bound", 1.5, "bound must be a number from 0 to 1, got 1.5"),
    ("mean_distance", "bound", NAN, "bound must be a number from 0 to 1, got nan"),
    ("survey_pairs", "starts", 10**9, "starts must be at most 256, got 1000000000"),
    ("scarce_classes", "split", None, "split must be a Split, got None"),
    ("stable_product", "optimizer", "sgd", "optimizer must be an Optimizer, got 'sgd'"),
    ("is_convex", "network", NAN, "network must be a Network, got nan"),
    ("largest_curvature", "X", NAN, "X must have the shape (N, 2) to go with network"),
    ("sharpness", "iterations", 0, "iterations must be at least 1, got 0"),
    ("divergence_words", "learning_rate", -1, "learning_rate must be a finite number of at least 0, got -1"),
    ("limit_words", "limit", "x", "limit must be a RateLimit, got 'x'"),
    ("divergence_bound", "y", [1], "y must have as many rows as X, 6, got the shape (1,)"),
    ("diagnose", "epochs", ["x"], "epochs must hold numbers, got"),
    ("measure_speedup", "rounds", NANS, "rounds must be a whole number from 1 to 1000, got"),
    ("make_targets", "y", CUBE, "y must have shape (N,) or (N, 1), got"),
    ("check_output", "output", RAGGED, "output must be one of identity, sigmoid, softmax, tanh, got"),
    ("Activation", "z", HUGE, "z must hold numbers of a size up to 1.8e+308, got"),
    ("share_of_groups", "found", NAN, "found must have the shape (N,), got"),
    ("best_so_far", "losses", -1, "losses must have the shape (R,), got"),
    ("expected_best", "losses", -1, "losses must have the shape (R,), got"),
    ("stayed_ahead", "early", "x", "early must hold numbers, got"),
    ("wilson_interval", "successes", NANS, "successes must be a whole number from -1000000000000 to 1000"),
    ("restarts_needed", "share", 1j, "share must be a number from 0 to 1, got"),
    ("restarts_range", "successes", HUGE, "successes must be at most 1000000000000, got"),
    ("FrameSchedule", "cap", None, "cap must be a whole number from 0 to 60, got"),
    ("FrameSchedule.for_cost", "updates_per_epoch", [], "updates_per_epoch must be a whole number from 1 to 100000000"),
    ("FrameSchedule.epoch_of", "frame", "x", "frame must be a whole number of at least 0, got"),
    ("FrameSchedule.frame_of", "epoch", 1.5, "epoch must be a whole number from 0 to 10000000, got"),
    # What was found by trying: each was taken, or refused in somebody else's words.
    ("Network.predict", "X", None, "X must hold numbers, got None"),
    ("Network.predict", "X", [[1.0, INF]], "X must hold finite numbers, got nan or inf"),
    (
        "Network.predict",
        "X",
        sparse.csr_matrix(np.eye(2)),
        "X must be a dense array, got a sparse one: X.toarray() makes one",
    ),
    (
        "Network.predict",
        "X",
        np.ma.masked_array(X, X > 0),
        "X must have a number everywhere, got an array with masked entries",
    ),
    ("Network.predict", "X", pd.DataFrame({"a": [1.0], "b": ["x"]}), "X must hold numbers, got 'x'"),
    (
        "Network.predict",
        "X",
        np.array([["2020-01-01", "2020-01-02"]], "M8[D]"),
        "X must hold numbers, got datetime64[D] (dates)",
    ),
    ("Network.predict", "X", np.array([[1, None]], object), "X must hold numbers, got None"),
    ("Network.predict", "X", [[1e200, 0.0]], "X must hold numbers from -1e+50 to 1e+50, got one of the size 1e+200"),
    ("Network.data_loss", "X", np.empty((0, 2)), "y must have as many rows as X, at least 1, got 6 and 0"),
    ("Network.loss_and_gradient", "X", NANS, "X must hold finite numbers, got nan or inf"),
    (
        "Network.loss_and_gradient, classes",
        "y",
        LABELS[:, None],
        "y must have shape (N, 3), got (6, 1): give the labels as a flat list",
    ),
    (
        "Network.loss_and_gradient, tanh",
        "y",
        np.array([-1, 0, 1, 1, 1, 1]),
        "y must hold labels 0 and 1, or -1 and 1, got 0 in row 1",
    ),
    ("Network.parameters", "parameters", [7.0], "parameters must have the shape (13,), got (1,)"),
    ("MultiHeadAttention.parameters", "parameters", [7.0], "parameters must have the shape (64,), got (1,)"),
    ("Network", "sizes", (10**6, 10**6, 1), "sizes must make at most 100,000,000 parameters"),
    ("Trainer", "X", NANS, "X must hold finite numbers, got nan or inf"),
    ("Trainer", "X", sparse.csr_matrix(np.eye(2)), "X must be a dense array, got a sparse one"),
    ("Dataset", "y", [0.0, 0.9, 1, 1, 0, 0], "y must be class labels, which are whole numbers, got 0.9"),
    ("Dataset", "y", ["no", "yes", "no", "no", "no", "no"], "y must hold numbers, got <U3 (text)"),
    ("Dataset", "y", LABELS[:, None], "y must have the shape (6,), got (6, 1): give it as a flat list"),
    (
        "compute_features",
        "X",
        [[1e200, 1.0]],
        "X must keep the feature x1_squared below 1e+300, got numbers of the size 1e+200",
    ),
    ("check_gradient", "model", Network((2, 3, 1), runs=3), "model must be a single one, got a stack of 3 runs"),
    ("check_gradient", "step", 0, "step must be above 0, got 0"),
    ("check_gradient", "step", -1e-6, "step must be a number from 0 to"),
    ("check_gradient", "limit", 0, "limit must be at least 1, got 0"),
    ("Branch", "frame", 1.5, "frame must be a whole number from"),
    ("Branch", "changes", (("l2",),), "changes[0] must be a pair of a setting's name and its value, got ('l2',)"),
    ("Run", "branches", (1,), "branches[0] must be a Branch, got 1"),
    ("Experiment.with_changes, hidden", "hidden", 5, "hidden must be a tuple, got 5"),
    (
        "Transformer.loss_and_gradient",
        "X",
        np.array([[0, 1, -1], [3, 1, 0]]),
        "X must hold whole numbers from 0 to 3, got -1 to 3",
    ),
    (
        "Transformer.loss_and_gradient",
        "y",
        np.array([[0, 1, -1], [2, 1, 0]]),
        "y must hold whole numbers from 0 to 2, got -1 to 2",
    ),
    ("Translator.predict", "X", np.array([[0, 1, 99]]), "X must hold whole numbers from 0 to 15, got 0 to 99"),
    ("SkipGram.loss_and_gradient", "X", np.array([0, -1]), "X must hold whole numbers from 0 to 3, got -1 to 0"),
    ("cross_entropy", "y", np.array([0, -1, 2]), "y must hold whole numbers from 0 to 3, got -1 to 2"),
    ("confusion_matrix", "labels", [0, 1, 2, 0, 0, 0], "labels must hold whole numbers from 0 to 1, got 0 to 2"),
    ("accuracy", "labels", LABELS[:, None], "labels must have the shape (6,) to go with outputs, got (6, 1)"),
    ("accuracy", "labels", [0.5] * 6, "labels must hold whole numbers, got 0.5"),
    ("effective_rank", "singular", [-1.0, 2.0], "singular must hold numbers of at least 0, got -1"),
    ("drawn_batches", "size", 7, "size must be at most 6, got 7"),
    ("solve, classes", "y", [0, 1, 2, 0, 1, 2], "y must hold the classes 0 and 1, got values from 0 to 2"),
    ("nearest", "E", np.ones((3, 2)), "E must have a row for each of the 4 words, got 3"),
    ("switched_off", "heads", [2], "heads[0] must be at most 1, got 2"),
    ("causal_mask", "n_tokens", 10**9, "n_tokens must be at most 10000, got 1000000000"),
    ("guessing_loss", "share", 1.0, "share must be below 1, got 1.0"),
    ("states_after", "counts", (2, 0), "counts must rise, got (2, 0)"),
    ("Network", "sizes", bytearray(b"ab"), "sizes must name at least the inputs and the outputs, got bytearray(b'ab')"),
    ("Network", "l2", Unspeakable(1.0), "l2 must be a finite number of at least 0, got 1.0"),
    ("Experiment.from_dict", "texts", {"l2": 1}, "l2 must be a text, got 1"),
    ("Experiment.from_dict", "texts", {0: "1"}, "texts must hold texts by their names, got the name 0"),
    ("Experiment.repair", "texts", {"l2": None}, "l2 must be a text, got None"),
    ("Run.repair", "texts", {0: 1}, "texts must hold texts by their names, got the name 0"),
    ("Run.from_dict", "texts", {"branches": 3}, "branches must be a text, got 3"),
    ("name_neurons", "neurons", [[]] * 6, "neurons must be of at most"),
    ("trace_block", "sequence", [1, 99], "sequence must hold whole numbers from 0 to 3, got 1 to 99"),
    ("diagnose", "epochs", [-1.0, -1.0], "epochs must be at least 0, got -1"),
    ("ask_choice", "allowed", range(10**12), "allowed must be a Span, numbers or names to choose from, or a function, got"),
    ("ask_choice", "allowed", range(10**30), "allowed must be a Span, numbers or names to choose from, or a function, got"),
    ("ask_choice", "allowed", [True, False], "allowed must be a Span, numbers or names to choose from, or a function, got"),
    ("ask_choice", "allowed", [HUGE], "allowed must be a Span, numbers or names to choose from, or a function, got"),
    ("ask_choice", "allowed", [Fraction(1, 3)], "allowed must be a Span, numbers or names to choose from"),
    ("write_field", "value", Fraction(HUGE, 3), "value must be a number, a text, a list of them or None, got Fraction("),
    ("write_field", "value", Unspeakable(1.0), "value must be a number, a text, a list of them or None, got 1.0"),
    ("matrices_npz", "matrices", {0: [[1.0]]}, "a name in matrices must be a text, got 0"),
    ("make_architecture", "sizes", {1, 2}, "sizes must name at least the inputs and the outputs, got {1, 2}"),
    ("Network.predict", "X", bytearray(b"ab"), "X must hold numbers, got bytearray(b'ab')"),
    ("Network.predict", "X", [np.ma.masked_array([1.0, 2.0], [0, 1])], "X must have a number everywhere"),
    ("Network.predict", "X", [[1.0, np.ma.masked]], "X must hold numbers in rows of the same length, got [[1.0, masked]]"),
    ("Network.predict", "X", np.array([["1", "2"]], np.dtypes.StringDType()), "got StringDType() (text)"),
    ("Network.predict", "X", Unreadable(), "X must be an array of numbers, got <"),
    ("Network.bind", "batch_size", True, "batch_size must be at least 1 or None, got True"),
    ("Network.parameters", "parameters", True, "parameters must have the shape (13,), got ()"),
    ("Network", "runs", HUGE, "got (2, 3, 1) with 13 each of far more runs"),
    ("epoch_order", "batch_size", "x", "batch_size must be a whole number of at least 1, got 'x'"),
    ("clock_of", "schedule", "x", "schedule must be one of constant"),
    ("Experiment", "columns", [[1]], "columns[0] must be a whole number of at least 0, got (1,)"),
    ("Experiment", "samples", np.ma.masked, "samples must be a whole number from 20 to 2000, got masked"),
    ("Dataset", "X", np.empty((0, 2)), "X must have the shape (N, D), N and D at least 1, got (0, 2)"),
    ("Dataset", "feature_names", [], "feature_names must name the 2 columns of X, got 0 names"),
    ("TransformerRun", "heads", True, "heads must be a whole number from 1 to 4, got True"),
    ("SGD.step", "learning_rate", np.ones((6, 2)), "learning_rate must fit the parameters' shape (3,), got (6, 2)"),
    ("SGD.step", "gradient", pd.Index([1.0, 2.0, 3.0]), "gradient must be an array of numbers, got Index"),
    ("expected_luck", "guessers", [0], "guessers must hold whole numbers from 1 to"),
    ("loss_surface", "x", np.zeros(10**6), "x and y must make at most 1,000,000 points, got 1,000,000 times"),
    ("outer_product", "E", np.zeros(5001), "E must have at most 5,000 words, got 5,001"),
    ("outer_terms", "E", np.zeros((5000, 2)), "E must make at most 25,000,000 terms, got 2 times 5,000 squared"),
    ("split_indices", "y", range(1001), "y must hold labels of at most 1,000 classes, got 1,001"),
    ("stratified_folds", "y", range(1001), "y must hold labels of at most 1,000 classes, got 1,001"),
    ("expected_best", "losses", np.zeros(10_001), "losses must be at most 10,000, got 10,001"),
    ("states_after", "counts", (1, 1), "counts must rise, got (1, 1)"),
    ("accuracy", "labels", [0, 1, 2, 0, 1, 0], "labels must hold the classes 0 to 1 of the outputs, got 2"),
    ("Neuron.targets", "y", [0.0, 0.5], "y must hold labels 0 and 1, or -1 and 1, got values from 0 to 0.5"),
    ("masked_softmax", "mask", np.ones((7, 1, 1, 1), bool), "mask must fit the weights' shape"),
    ("share_over_frames", "frames", np.ones((6, 2)), "frames must have the shape (F, 195), got (6, 2)"),
    ("farthest_attention", "phrase", [1], "phrase must have the shape (3,), got (1,)"),
    ("roll", "starts", np.ones((2, 2)), "starts must have the shape (..., 1), got (2, 2)"),
    ("stack", "vectors", np.ones((6, 2)), "vectors must have the shape (R, 13), R at least 1, got (6, 2)"),
    ("Edit", "value", None, "value must be a number from -1000000.0 to 1000000.0, got None"),
    ("measure_spread", "network", Network((2, 3, 1)), "network must be a stack of runs, got a single one"),
    ("measure_spread", "network", Network((2, 1), runs=2), "network must have a hidden layer, got the sizes (2, 1)"),
    ("context_pairs", "sentences", [[HUGE, 1]], "sentences[0][0] must be at most"),
    *MODEL_ROWS, *INNER_ROWS,
    *MORE_ROWS,
    *OWN_ROWS,
]

# Where a message calls an argument by the name of what it is made of.
ALIASES = {
    "load_dataset": "dataset", "polygon_mask": "region", "make_points": "points", "read_strides": "steps",
    "read_sequence": "the sequence", "NeuronSetup": "steps", "read_npz": "The file",
    "TransformerRun.model": "parameters", "record_updates": "n_updates", "Table.whole_dataset": "column", **OWN_ALIASES,
}  # fmt: skip


def test_there_are_rows_for_all_rooms():
    assert len(ROWS) > 300 and {name for name, *_ in ROWS} >= set(CALLS) - {"Experiment.repair", "is_own", "known_kind"}


@pytest.mark.parametrize("name", CALLS)
def test_the_calls_that_the_others_start_from_are_taken(name):
    function, arguments = CALLS[name]
    function(**arguments)


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]}-{row[1]}-{number}" for number, row in enumerate(ROWS)])
def test_a_bad_value_is_refused_by_name(row):
    name, argument, value, message = row
    function, arguments = CALLS[name]
    with pytest.raises(ValueError, match=re.escape(message)):
        function(**arguments | {argument: value})


def zoo():
    """What people pass by mistake, and numbers in the dress of other libraries."""
    shown_only = np.ones((6, 2))
    shown_only.flags.writeable = False
    return [
        bytearray(b"ab"), pd.Series([True, None], dtype="boolean"), pd.Series(pd.array([1, 0] * 3, "Int64")), np.ma.masked,
        None, NAN, INF, -INF, 1e308, -1, 0, 1.5, "x", "", b"x", [], [[]], (), {}, {1}, object(), HUGE, -HUGE, 10**9, True,
        1 + 2j, RAGGED, [None], [["x"]], range(3), int, np.datetime64("2020-01-01"), np.array(1.0), np.array("x"),
        np.float32(1.5), np.int8(3), sparse.csr_matrix(np.eye(2)), np.ma.masked_array(np.ones((6, 2)), np.eye(6, 2)),
        shown_only, shown_only[:, 0], pd.DataFrame({"a": [1.0] * 6, "b": [2.0] * 6}),
        pd.DataFrame({"a": [1.0] * 6, "b": ["x"] * 6}), pd.Series([1, None] * 3), NANS, NANS[:, 0], np.full(6, INF),
        np.full((6, 2), 1e308), np.full(6, 1e200), CUBE, np.array(["a"] * 6), np.ones((6, 1)),
        np.array([1, None] * 3, object), np.full(6, -1), np.full(6, 0.9), np.ones(6) * 1j, np.ones(6, bool),
        np.empty((0, 2)), np.ones((6, 2), np.float32),
    ]  # fmt: skip


def is_finite(value):
    """Whether nothing in a value that was passed is nan or infinite, as far as it holds numbers."""
    try:
        return bool(np.isfinite(np.asarray(value, dtype=float)).all())
    except Exception:
        return True


def holds_nan(result):
    if isinstance(result, tuple | list):
        return any(map(holds_nan, result))
    kept = np.asarray(result) if isinstance(result, float | np.ndarray | np.floating) else np.zeros(1)
    return kept.dtype.kind == "f" and bool(np.isnan(kept).any())


def assert_answered_or_named(name, argument, value):
    """A ValueError that names an argument of the call, or a result without nan; no other error and no warning."""
    function, arguments = CALLS[name]
    arguments = arguments | {argument: value}
    words = [*arguments, ALIASES.get(name, argument)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            result = function(**arguments)
        except ValueError as error:
            assert any(re.search(rf"\b{re.escape(word)}", str(error)) for word in words), (
                f"{name}({argument}={value!r}): {error}"
            )
            return
    # Of targets that are all the same there is no R², and of no starts no share.
    undefined = name in ("r_squared", "share_of_groups")
    assert undefined or not is_finite(value) or not holds_nan(result), f"{name}({argument}={value!r}) is {result}"


@pytest.mark.parametrize("name", CALLS)
def test_whatever_comes_in_is_answered_or_refused_by_name(name):
    for argument in CALLS[name][1]:
        for value in zoo():
            # What a caller's own function says is the caller's.
            if not (argument in ("progress", "load") and callable(value)):
                assert_answered_or_named(name, argument, value)


NUMBERS = st.one_of(
    st.floats(), st.integers(-(10**25), 10**25), st.booleans(), st.none(), st.complex_numbers(), st.text(max_size=3)
)
ANYTHING = st.one_of(
    NUMBERS,
    st.lists(NUMBERS, max_size=6),
    st.lists(st.lists(st.floats(), max_size=3), max_size=6),
    st.lists(st.integers(-2, 5), max_size=6),
    arrays.arrays(
        st.sampled_from([np.float64, np.float32, np.int64, np.int8, np.bool_, np.complex128, np.uint8]),
        arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=6),
    ),
    arrays.arrays(np.float64, st.sampled_from([(6, 2), (6,), (13,), (3, 4)])),
)


@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.sampled_from([(name, argument) for name in CALLS for argument in CALLS[name][1]]), ANYTHING)
def test_any_value_is_answered_or_refused_by_name(place, value):
    assert_answered_or_named(*place, value)


@pytest.mark.parametrize("same", [
    X.tolist(), pd.DataFrame(X), X.astype(object), np.ma.masked_array(X, np.zeros(X.shape, bool)), np.asfortranarray(X),
    X.astype(">f8"),
])  # fmt: skip
def test_inputs_are_the_same_numbers_in_any_dress(same):
    network = Network((2, 3, 1))
    assert np.array_equal(network.predict(same), network.predict(X))
    assert network.loss_and_gradient(same, LABELS)[0] == network.loss_and_gradient(X, LABELS)[0]


@pytest.mark.parametrize(
    "labels", [LABELS.tolist(), pd.Series(LABELS), LABELS.astype(bool), LABELS.astype(float), LABELS.astype(object)]
)
def test_labels_are_the_same_in_any_dress(labels):
    network = Network((2, 3, 1))
    trainers = [Trainer(Network((2, 3, 1)), X, y, batch_size=2) for y in (labels, LABELS)]
    for trainer in trainers:
        trainer.run_epoch()
    assert network.loss_and_gradient(X, labels)[0] == network.loss_and_gradient(X, LABELS)[0]
    assert np.array_equal(trainers[0].model.parameters, trainers[1].model.parameters)


@pytest.mark.parametrize("labels", [LABELS, 2 * LABELS - 1, (2 * LABELS - 1).tolist(), 2.0 * LABELS - 1])
def test_a_tanh_takes_its_two_labels_as_0_and_1_or_as_minus_1_and_1(labels):
    assert Network((2, 3, 1), output="tanh", loss="mse").targets(labels).ravel().tolist() == [-1, 1, -1, 1, 1, -1]


@pytest.mark.parametrize("tenth", [Fraction(1, 10), Decimal("0.1"), np.float64(0.1), np.array(0.1)])
def test_a_setting_is_the_same_number_in_any_dress(tenth):
    plain, dressed = (
        Trainer(Network((2, 3, 1), l2=number, l1=number), X, LABELS, OPTIMIZERS["adam"](beta1=number), number)
        for number in (0.1, tenth)
    )
    for trainer in (plain, dressed):
        trainer.run_epoch()
    assert np.array_equal(plain.model.parameters, dressed.model.parameters)
    assert write_field(tenth) == "0.1"


@pytest.mark.parametrize("tenth", [Fraction(1, 10), Decimal("0.1"), np.longdouble("0.1")])
def test_an_array_is_the_same_numbers_in_any_dress(tenth):
    network = Network((2, 3, 1))
    assert np.array_equal(network.predict([[tenth, 1]]), network.predict([[0.1, 1.0]]))


def test_numbers_at_the_ends_of_what_there_is_are_taken_for_what_they_are():
    logits, tiny = np.array([1.0, 3.0, 2.0]), 5e-324
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert tempered(logits, tiny).tolist() == [0.0, 1.0, 0.0]
        assert tempered(logits, 2.0) == pytest.approx(np.exp(logits / 2) / np.exp(logits / 2).sum())
        assert ladder(np.array([0.5, 0.25, 0.75]), tiny).tolist() == [0.5, 0.5, 0.75]
        assert updates_per_slice(tiny) >= 1
        assert path_shape(HALVES).length == 0.0
        assert np.isfinite(SkipGram(4, 3, deviation=-0.0).parameters).all()


def test_sizes_of_few_bits_do_not_overflow():
    model = SkipGram(np.int8(100), np.int8(100))
    assert model.parameters.size == 20_000
    assert type(HiddenDiagonalSettings(dimensions=np.int8(3)).dimensions) is int


@pytest.mark.parametrize("frame", [10**9, 10**30])
def test_a_frame_far_beyond_the_end_is_the_last_one(frame):
    run, store = Run(Small.with_changes(epoch_limit=3)), ChunkStore()
    assert store.reached(run, frame) == 3
    assert np.array_equal(store.frame(run, frame), store.frame(run, 3))


@pytest.mark.parametrize(("y", "message"), [
    ([0, 0.5, 0, 1, 2, 0], "y must hold labels 0 to 3, got 0.5 in row 1"),
    (np.tile([2.0, -1.0, 0.0, 0.0], (6, 1)), "y must hold shares of at least 0 for cross_entropy, got -1 in row 0"),
])  # fmt: skip
def test_the_value_that_is_wrong_is_the_one_that_is_named(y, message):
    with pytest.raises(ValueError, match=message):
        Network((2, 3, 4)).loss_and_gradient(X, y)


@pytest.mark.parametrize("wide", [np.uint8(200), np.array(200), 200.0])
def test_a_width_of_any_kind_of_number_is_the_same_width(wide):
    if isinstance(wide, float):
        with pytest.raises(ValueError, match="d_model must be a whole number from 1 to 4096, got 200"):
            Transformer(4, 3, wide, np.int8(2))
    else:
        block = Transformer(4, 3, wide, np.int8(2))
        assert block.views["W_1"].shape == (400, 200)
        assert (type(block.d_model), type(block.heads), type(block.attention.d_model)) == (int, int, int)


def test_a_name_of_any_class_of_texts_is_kept_as_a_plain_one():
    network = Network((2, 3, 1), initializer=np.str_("zeros"))
    assert type(network.initializer) is str and type(Dataset(np.str_("mine"), X, LABELS, ["a", "b"], ["n", "y"]).name) is str


def test_the_plane_of_two_weights_takes_no_more_room_than_its_own_two_directions():
    plane = weight_slice(np.zeros(100_000), 3, 7, ("a", "b"))
    assert plane.directions.shape == (2, 100_000) and plane.at([2.0, 5.0])[[3, 7]].tolist() == [2.0, 5.0]


@pytest.mark.parametrize(("fields", "message"), [
    ({"scale": [1.0, 0.0]}, "scale must hold numbers above 0, got 0"),
    ({"mean": None}, "mean must hold numbers, got None"),
    ({"features": ("x3", "x1")}, r"features.0. must be one of x1"),
    ({"features": ("x1",)}, "mean must hold a number for each of the 1 features, got 2"),
])  # fmt: skip
def test_a_transform_that_cannot_be_is_refused(fields, message):
    with pytest.raises(ValueError, match=message):
        InputTransform(**{"features": (), "mean": np.zeros(2), "scale": np.ones(2)} | fields)


@pytest.mark.parametrize("value", [None, "2", [2], np.ones(3), pd.NA, Decimal("NaN"), 1j])
def test_a_span_holds_numbers_alone(value):
    assert value not in Span(0, 3) and 2 in Span(0, 3)


def test_targets_are_a_copy():
    y = np.ones((6, 1))
    assert not np.shares_memory(Network((2, 3, 1), output="identity", loss="mse").targets(y), y)


def test_a_dataset_takes_whole_floats_as_labels_and_keeps_the_rest_as_they_are():
    data = Dataset("mine", pd.DataFrame(X), [0.0, 1.0, 0.0, 1.0, 1.0, 0.0], ["a", "b"], ["no", "yes"])
    assert data.y.dtype == np.int64 and data.y.tolist() == LABELS.tolist()
    assert data.feature_names == ("a", "b")


@pytest.mark.parametrize("size", [1e-200, 1e-160, 1.0, 1e160, 1e200, 1e299])
def test_columns_of_any_size_are_standardised(size):
    column = np.array([[-1.0], [0.0], [1.0]]) * size
    scaled = fit_transform(column, (), "standard")(column)
    assert scaled.ravel() == pytest.approx([-np.sqrt(1.5), 0, np.sqrt(1.5)], rel=1e-12)


def test_a_number_of_any_activation_may_stand_alone():
    for activation in ACTIVATIONS.values():
        assert activation(0.5).shape == () and activation([0.5, -0.5]).shape == (2,)
        assert float(activation(0.5)) == activation(np.array([0.5]))[0]


def test_a_branch_keeps_its_changes_hashable():
    assert hash(Run(Small, [Branch(np.int64(3), [["l2", np.float64(0.1)]])])) == hash(
        Run(Small, (Branch(3, (("l2", 0.1),)),))
    )


def test_the_gradient_check_takes_any_single_model():
    block = Transformer(4, 3, 4, 2)
    assert check_gradient(block, np.array([[0, 1]]), np.array([[1, 2]]), limit=20).worst_error < 1e-6


def test_metrics_know_the_outputs_that_networks_have():
    assert OUTPUT_NAMES == OUTPUTS
