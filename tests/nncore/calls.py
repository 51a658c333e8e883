"""Every public function of the core with arguments that it takes: what the tests of bad arguments start from."""

from functools import partial

import numpy as np

import nncore
from nncore import Branch, Dataset, Experiment, MultiHeadAttention, Network, Run, Trainer, build_network, metrics, statistics
from nncore.attention import (
    attention,
    block_trace,
    head_roles,
    paths,
    scaling,
    sequence_tasks,
    stages,
    transformer,
    transformer_run,
    translation,
    translation_probe,
    translation_run,
)
from nncore.data import batch_order, batching, datasets, features, real, splits, synthetic
from nncore.experiments import experiment, stacks
from nncore.experiments.recording.frames import FrameSchedule
from nncore.inspection import (
    diagnosis,
    gradcheck,
    map_plane,
    nondifferentiable,
    overlay,
    pixel_masks,
    replay,
    terms,
    trace,
    unit_health,
    weight_statistics,
)
from nncore.many_starts import surface
from nncore.many_starts.batches import comparison as batch_comparison
from nncore.many_starts.batches import gradient_noise, product_speed, verdicts
from nncore.many_starts.initializers import comparison as initializer_comparison
from nncore.many_starts.initializers import signal_propagation
from nncore.many_starts.landscapes import rolling as landscapes
from nncore.many_starts.landscapes import table as landscape_table
from nncore.many_starts.restarts import hidden_widths, levels, matching, restarts, speedup
from nncore.models import architecture, targets
from nncore.models.activations import ACTIVATIONS
from nncore.single_neuron import activation_facts, curvature, data, descent, neuron, solutions, steps, stopping
from nncore.training import stability
from nncore.training import stopping as stop_rules
from nncore.training.optimizers import OPTIMIZERS
from nncore.words import accidents, byte_pairs, corpus, hidden_diagonal, outer_product, skipgram, vectors
from nncore.words.text import Vocabulary
from tests.nncore.inner_calls import INNER_CALLS
from tests.nncore.model_calls import MODEL_CALLS
from tests.nncore.more_calls import MORE_CALLS
from tests.nncore.own_data_calls import OWN_CALLS

RNG = np.random.default_rng(0)
X = RNG.normal(size=(6, 2))
LABELS = np.array([0, 1, 0, 1, 1, 0])
VALUES = RNG.normal(size=6)


def net(**settings):
    return Network((2, 3, 1), **settings)


def vector(seed=0):
    return np.random.default_rng(seed).normal(size=13)


def plane():
    return surface.Slice(np.zeros(13), np.eye(13)[:2], ("a", "b"))


def rng():
    return np.random.default_rng(0)


def table():
    return Dataset("mine", X, LABELS, ("a", "b"), ("no", "yes"))


LOGISTIC = neuron.Neuron("logistic", [0.3, -0.2, 0.1])
LINEAR = neuron.Neuron("linear", [0.3, -0.2, 0.1])
SETUP = descent.NeuronSetup(steps=(steps.Stride(3),))
BLOCK = transformer.Transformer(4, 3, 4, 2)
TOKENS, ANSWERS = np.array([[0, 1, 2], [3, 1, 0]]), np.array([[0, 1, 2], [2, 1, 0]])
SOURCE = np.broadcast_to(np.eye(3, dtype=bool), (2, 3, 3))
TRANSLATOR = translation.Translator(4)
PHRASES, FRENCH = translation.encode([("the", "green", "cat"), ("a", "hot", "car")])
HEADS = MultiHeadAttention(4, 2)
SEEN = RNG.normal(size=(3, 4))
EMBEDDING = skipgram.Embedding(Vocabulary(("a", "b")), np.ones((2, 2, 3)), np.ones(2))
BALLS = landscape_table.LANDSCAPES["quartic"]
PLAN = restarts.Restarts(Experiment(hidden=(2,)), 2, 1)
MATRIX = outer_product.outer_product(RNG.normal(size=(5, 2)))
E_WORDS = RNG.normal(size=(4, 3))
STRAIGHT = Network((2, 1), output="identity", loss="mse")

Small = Experiment(hidden=(3,))


# name: (function, arguments that it takes); the objects of the core among them are made anew where they may be changed.
CALLS = {
    "Network": (
        Network,
        {
            "sizes": (2, 3, 1),
            "activation": "tanh",
            "output": "sigmoid",
            "loss": "cross_entropy",
            "initializer": "he_normal",
            "l1": 0.1,
            "l2": 0.1,
            "seed": 0,
            "runs": 2,
            "start": 0,
        },
    ),
    "Network.predict": (lambda X: net().predict(X), {"X": X}),
    "Network.forward": (lambda X: net().forward(X), {"X": X}),
    "Network.data_loss": (lambda X, y: net().data_loss(X, y), {"X": X, "y": LABELS}),
    "Network.loss_and_gradient": (lambda X, y: net().loss_and_gradient(X, y), {"X": X, "y": LABELS}),
    "Network.loss_and_gradient, tanh": (
        lambda X, y: net(output="tanh", loss="mse").loss_and_gradient(X, y),
        {"X": X, "y": VALUES},
    ),
    "Network.loss_and_gradient, classes": (lambda X, y: Network((2, 3, 3)).loss_and_gradient(X, y), {"X": X, "y": LABELS}),
    "Network.loss_and_gradient, values": (
        lambda X, y: net(output="identity", loss="mse").loss_and_gradient(X, y),
        {"X": X, "y": VALUES},
    ),
    "Network.bind": (lambda X, y, batch_size: net().bind(X, y, batch_size) and None, {"X": X, "y": LABELS, "batch_size": 2}),
    "Network.targets": (lambda y: net().targets(y), {"y": LABELS}),
    "Network.parameters": (lambda parameters: setattr(net(), "parameters", parameters), {"parameters": vector()}),
    "make_architecture": (
        architecture.make_architecture,
        {"sizes": (2, 3, 1), "activation": "tanh", "output": None, "loss": None, "runs": None},
    ),
    "Trainer": (
        lambda **given: Trainer(net(), **given) and None,
        {
            "X": X,
            "y": LABELS,
            "optimizer": "sgd",
            "learning_rate": 0.1,
            "batch_size": 2,
            "seed": 0,
            "schedule": "constant",
            "epoch_limit": 3,
            "rule": None,
        },
    ),
    "Trainer, network": (lambda network: Trainer(network, X, LABELS) and None, {"network": net()}),
    "Trainer.run_updates": (lambda n_updates: Trainer(net(), X, LABELS).run_updates(n_updates), {"n_updates": 1}),
    "Trainer.advance, epochs": (lambda epochs: Trainer(net(), X, LABELS, epoch_limit=2).advance(epochs), {"epochs": 1}),
    "Trainer.restore": (
        lambda state: Trainer(net(), X, LABELS).restore(state),
        {"state": Trainer(net(), X, LABELS).state()},
    ),
    "WeightChange": (stop_rules.WeightChange, {"tolerance": 0.1, "state": {}}),
    "SmallGradient": (stop_rules.SmallGradient, {"tolerance": 0.1, "state": {}}),
    "Patience": (
        lambda **given: stop_rules.Patience(**given) and None,
        {"X": X, "y": LABELS, "patience": 3, "watched": "validation"},
    ),
    "Dataset": (
        lambda **given: Dataset(**given).y,
        {
            "name": "mine",
            "X": X,
            "y": LABELS,
            "feature_names": ("a", "b"),
            "class_names": ("no", "yes"),
            "target_name": "class",
        },
    ),
    "Dataset, values": (
        lambda **given: Dataset(**given).y,
        {"name": "mine", "X": X, "y": VALUES, "feature_names": ("a", "b")},
    ),
    "load_dataset": (
        lambda **given: datasets.load_dataset(**given).X,
        {"name": "circle", "samples": 20, "noise": 5, "seed": 0},
    ),
    "load_dataset, columns": (lambda columns: datasets.load_dataset("iris", columns=columns).X, {"columns": (0, 1)}),
    "compute_features": (features.compute_features, {"X": X, "features": ("x1", "x1_squared")}),
    "check_features": (features.check_features, {"features": ("x1",), "n_inputs": 2}),
    "fit_transform": (
        lambda **given: features.fit_transform(**given).scale,
        {"X_train": X, "features": ("x1",), "scaling": "standard"},
    ),
    "InputTransform": (lambda X: features.fit_transform(np.ones((2, 2)), (), "standard")(X), {"X": X}),
    "make_split": (
        lambda **given: splits.make_split(**given).X_train,
        {"dataset": table(), "features": (), "scaling": "standard", "validation": 20, "test": 20, "seed": 0},
    ),
    "split_indices": (splits.split_indices, {"y": LABELS, "validation": 20, "test": 20, "seed": 0, "stratify": True}),
    "batch_slices": (batching.batch_slices, {"n_samples": 6, "batch_size": 2}),
    "updates_per_epoch": (batching.updates_per_epoch, {"n_samples": 6, "batch_size": 2}),
    "epoch_order": (batching.epoch_order, {"rng": rng(), "n_samples": 6, "batch_size": 2}),
    "update_at": (lambda **given: batch_order.update_at(**given).rows, {"n_train": 6, "size": 2, "seed": 0, "number": 3}),
    "load_table": (real.load_table, {"name": "iris"}),
    "enlargement": (real.enlargement, {"side": 3, "larger": 5}),
    "enlarge": (real.enlarge, {"pictures": np.ones((2, 9)), "larger": 5}),
    "draw_rows": (real.draw_rows, {"load": partial(real.load_table, "iris"), "samples": 5, "noise": 0.1, "rng": rng()}),
    **{
        name: (getattr(synthetic, name), {"samples": 12, "noise": 0.1, "rng": rng()})
        for name in vars(synthetic)
        if name.startswith("make_")
    },
    "cone_height": (synthetic.cone_height, {"points": X}),
    "decision_threshold": (metrics.decision_threshold, {"output": "tanh"}),
    "predicted_labels": (metrics.predicted_labels, {"outputs": X, "output": "softmax"}),
    "accuracy": (metrics.accuracy, {"outputs": X, "labels": LABELS, "output": "softmax"}),
    "r_squared": (metrics.r_squared, {"outputs": X[:, :1], "targets": VALUES}),
    "confusion_matrix": (metrics.confusion_matrix, {"true_labels": LABELS, "labels": LABELS, "n_classes": 2}),
    "Experiment": (
        lambda **given: Experiment(**given) and None,
        {name: getattr(Experiment(), name) for name in vars(Experiment()) if not name.startswith("_")},
    ),
    "Experiment.from_dict": (lambda texts: Experiment.from_dict(texts) and None, {"texts": {}}),
    "Experiment.repair": (lambda texts: Experiment.repair(texts) and None, {"texts": {}}),
    "Experiment.with_changes, hidden": (lambda hidden: Small.with_changes(hidden=hidden) and None, {"hidden": (2,)}),
    "Branch": (Branch, {"frame": 1, "changes": (("l2", 0.1),), "edits": ()}),
    "Run": (lambda **given: Run(**given) and None, {"experiment": Small, "branches": ()}),
    "Run.prefix": (lambda segment: Run(Small).prefix(segment) and None, {"segment": 0}),
    "Run.segment_of": (Run(Small).segment_of, {"frame": 0}),
    "Run.changed": (lambda **given: Run(Small).changed(**given) and None, {"frame": 1, "settings": Small}),
    "Run.edited": (lambda **given: Run(Small).edited(**given) and None, {"frame": 0, "edits": ((0, 0, 0, 1.0),)}),
    "Run.with_parameters": (lambda **given: Run(Small).with_parameters(**given) and None,
                            {"frame": 0, "parameters": np.zeros(Small.n_parameters)}),
    "Run.goes_on": (lambda frame: Run(Small).goes_on(frame) and None, {"frame": 1}),
    "Run.segment_from": (Run(Small).segment_from, {"frame": 0}),
    "Run.repair": (lambda texts: Run.repair(texts) and None, {"texts": {}}),
    "build_split": (lambda experiment: nncore.build_split(experiment) and None, {"experiment": Small}),
    "build_network": (lambda **given: nncore.build_network(**given) and None, {"experiment": Small, "runs": 2}),
    "build_rule": (experiment.build_rule, {"experiment": Small}),
    "stack": (lambda **given: stacks.stack(**given) and None, {"experiment": Small, "vectors": np.ones((2, 13))}),
    "mean_losses": (stacks.mean_losses, {"network": net(runs=2), "X": X, "y": LABELS}),
    "outputs_of": (stacks.outputs_of, {"network": net(runs=2), "X": X}),
    "runs_that_fit": (stacks.runs_that_fit, {"experiment": Small, "n_samples": 10, "most": 5}),
    "central_difference": (
        lambda **given: gradcheck.central_difference(net(), X, LABELS, **given),
        {"index": 0, "step": 1e-6},
    ),
    "check_gradient": (
        gradcheck.check_gradient,
        {"model": net(), "X": X, "y": LABELS, "limit": 5, "seed": 0, "step": 1e-6, "progress": None},
    ),
    "relative_error": (gradcheck.relative_error, {"gradient": 1.0, "difference": 1.1}),
    "rounding_error": (gradcheck.rounding_error, {"loss": 1.0, "step": 1e-6}),
    "errors_by_step": (
        lambda **given: gradcheck.errors_by_step(net(), X, LABELS, **given),
        {"index": 0, "steps": np.array([1e-5])},
    ),
    "find_cause": (
        lambda **given: gradcheck.find_cause(net(), X, LABELS, **given),
        {"found": gradcheck.check_gradient(net(), X, LABELS), "step": 1e-6},
    ),
    "make_plane": (
        lambda **given: map_plane.make_plane(**given) and None,
        {"split": nncore.build_split(Experiment(dataset="iris")), "axes": (0, 1)},
    ),
    "Plane.to_inputs": (lambda uv: map_plane.make_plane(nncore.build_split(Small)).to_inputs(uv), {"uv": X}),
    "Plane.project": (lambda X: map_plane.make_plane(nncore.build_split(Small)).project(X), {"X": X}),
    "principal_components": (map_plane.principal_components, {"inputs": X}),
    "nondifferentiable_between": (
        nondifferentiable.nondifferentiable_between, {"network": net(), "X": X, "y": LABELS, "index": 0, "step": 1e-3}),
    "with_overlay": (
        lambda **given: overlay.with_overlay(**given).parameters,
        {"network": net(), "steps": (overlay.Edit(0, 0, 0, 1.0),)},
    ),
    "with_step": (overlay.with_step, {"network": net(), "steps": (), "step": overlay.Hold(0, 0)}),
    "Edit": (lambda **given: overlay.Edit(**given).apply(net()), {"layer": 0, "row": 0, "column": 0, "value": 1.0}),
    "Hold": (lambda **given: overlay.Hold(**given).apply(net()), {"layer": 0, "neuron": 0, "value": 1.0}),
    "Replace": (lambda values: overlay.Replace(values).apply(net()), {"values": tuple(vector())}),
    "masked": (
        lambda **given: overlay.masked(**given).parameters,
        {"network": net(), "neuron": 0, "region": np.array([True, False])},
    ),
    "region_mask": (pixel_masks.region_mask, {"side": 8, "top": 0, "bottom": 3, "left": 0, "right": 3}),
    "polygon_mask": (pixel_masks.polygon_mask, {"side": 8, "corners": np.array([[0, 0], [6, 0], [0, 6]])}),
    "fewer_corners": (pixel_masks.fewer_corners, {"corners": X, "most": 3}),
    "leading_terms": (terms.leading_terms, {"left": VALUES, "right": VALUES}),
    "trace_passes": (lambda **given: trace.trace_passes(**given).gradient, {"network": net(), "X": X, "y": LABELS}),
    "weight_chain": (
        lambda **given: trace.weight_chain(net(), trace.trace_passes(net(), X, LABELS), **given).gradient,
        {"layer": 0, "neuron": 0, "source": 0},
    ),
    "parameter_index": (trace.parameter_index, {"network": net(), "layer": 0, "neuron": 0, "source": 0}),
    "parameter_place": (trace.parameter_place, {"network": net(), "index": 0}),
    "dead_neurons": (unit_health.dead_neurons, {"network": net(), "X": X}),
    "saturated_neurons": (unit_health.saturated_neurons, {"network": net(), "X": X}),
    "distinct_neurons": (unit_health.distinct_neurons, {"network": net(), "tolerance": 0.1}),
    "name_neurons": (unit_health.name_neurons, {"neurons": [np.array([0, 1])], "network": net()}),
    "join_words": (unit_health.join_words, {"parts": ["a", "b"]}),
    "singular_values": (weight_statistics.singular_values, {"weights": X}),
    "effective_rank": (weight_statistics.effective_rank, {"singular": np.ones(3)}),
    "summarise_matrix": (weight_statistics.summarise_matrix, {"matrix": X}),
    "summarise_layers": (lambda **given: weight_statistics.summarise_layers(**given) and None, {"network": net(), "X": X}),
    "weight_positions": (weight_statistics.weight_positions, {"network": net(), "layer": 0}),
    "parameter_position": (weight_statistics.parameter_position, {"network": net(), "layer": 0, "row": 0, "column": 0}),
    "weight_histograms": (weight_statistics.weight_histograms, {"weights": X, "bins": 4}),
    "most_moved": (weight_statistics.most_moved, {"weights": X, "n_in": 2}),
    "linear_equivalent": (weight_statistics.linear_equivalent, {"network": net()}),
    "linear_gap": (weight_statistics.linear_gap, {"network": net(), "X": X}),
    "firing_shares": (weight_statistics.firing_shares, {"z": VALUES, "bias": 0.1, "biases": VALUES}),
    "BatchRace": (
        lambda **given: batch_comparison.BatchRace(**given) and None,
        {"experiment": Small, "epochs": 2, "power": 0.5, "sizes": (1, 4, None)},
    ),
    "BatchRace.learning_rate": (batch_comparison.BatchRace(Small).learning_rate, {"size": 2}),
    "batch_sizes": (batch_comparison.batch_sizes, {"n_train": 20, "sizes": (1, 4)}),
    "path_shape": (verdicts.path_shape, {"path": X}),
    "batch_noise": (
        lambda **given: gradient_noise.batch_noise(**given).distance,
        {"network": net(), "X": X, "y": LABELS, "seed": 0},
    ),
    "sample_gradients": (gradient_noise.sample_gradients, {"network": net(), "X": X, "y": LABELS}),
    "drawn_batches": (gradient_noise.drawn_batches, {"n_samples": 6, "size": 2, "rng": rng()}),
    "InitializerRace": (
        lambda **given: initializer_comparison.InitializerRace(**given) and None,
        {"experiment": Small, "depth": 3, "width": 4, "activation": "tanh", "epochs": 2},
    ),
    "Landscape.random_points": (BALLS.random_points, {"n_points": 3, "seed": 0}),
    "Landscape.grid": (lambda side: BALLS.grid(side)[1], {"side": 3}),
    "Balls": (lambda **given: landscapes.Balls(**given) and None, {"landscape": BALLS, "positions": np.ones((2, 1))}),
    "roll": (
        landscapes.roll,
        {"landscape": BALLS, "starts": np.ones((2, 1)), "optimizer": "sgd", "learning_rate": 0.01, "steps": 3},
    ),
    "last_places": (
        landscapes.last_places,
        {"landscape": BALLS, "starts": np.ones((2, 1)), "optimizer": "sgd", "learning_rate": 0.01, "steps": 12},
    ),
    "caught_by": (landscapes.caught_by, {"landscape": BALLS, "places": np.ones((2, 1))}),
    "held_by": (landscapes.held_by, {"landscape": BALLS, "path": np.ones((12, 2, 1))}),
    "count_held": (landscapes.count_held, {"landscape": BALLS, "path": np.ones((12, 2, 1))}),
    "finds_best": (landscapes.finds_best, {"landscape": BALLS, "path": np.ones((12, 2, 1))}),
    "passes_best": (landscapes.passes_best, {"landscape": BALLS, "path": np.ones((12, 2, 1))}),
    "basins": (landscapes.basins, {"landscape": BALLS, "optimizer": "sgd", "learning_rate": 0.01, "steps": 12, "side": 5}),
    "loss_levels": (levels.loss_levels, {"losses": VALUES, "near": 0.1}),
    "one_answer_loss": (levels.one_answer_loss, {"share": 0.25}),
    "count_levels": (levels.count_levels, {"losses": VALUES, "levels": (0.0, 1.0), "near": 0.1}),
    "canonical": (matching.canonical, {"network": net(), "vectors": vector()}),
    "align": (matching.align, {"network": net(), "reference": vector(), "vector": vector(1), "X": X}),
    "relative_distance": (matching.relative_distance, {"a": vector(), "b": vector(1)}),
    "same_solutions": (
        matching.same_solutions,
        {
            "network": net(),
            "vectors": np.stack([vector(), vector(1)]),
            "outputs": np.ones((2, 6)),
            "X": X,
            "tolerance": 0.1,
            "matched": True,
        },
    ),
    "line_between": (matching.line_between, {"a": vector(), "b": vector(1), "steps": 3}),
    "barrier": (matching.barrier, {"shares": np.linspace(0, 1, 6), "losses": VALUES}),
    "log_likelihood": (curvature.log_likelihood, {"neuron": LOGISTIC, "X": X, "y": LABELS.astype(float)}),
    "second_derivatives": (curvature.second_derivatives, {"neuron": LOGISTIC, "X": X}),
    "newton_step": (curvature.newton_step, {"neuron": LOGISTIC, "X": X, "y": LABELS.astype(float)}),
    "width_by_rule": (hidden_widths.width_by_rule, {"inputs": 2, "outputs": 1}),
    "success_by_width": (
        hidden_widths.success_by_width,
        {"experiment": Small, "widths": (1, 2), "starts": 2, "epochs": 1, "threshold": 0.1},
    ),
    "measure_product": (product_speed.measure_product, {"samples": 3, "inputs": 2, "outputs": 2}),
    "losses_over_starts": (
        initializer_comparison.losses_over_starts,
        {"race": initializer_comparison.InitializerRace(Small, 2, 2, "tanh", 1), "starts": 1},
    ),
    "Restarts": (lambda **given: restarts.Restarts(**given) and None, {"experiment": Small, "starts": 2, "epochs": 1}),
    "measure_spread": (
        lambda **given: signal_propagation.measure_spread(**given).signal,
        {"network": net(runs=2), "X": X, "y": LABELS},
    ),
    "signal_of": (signal_propagation.signal_of, {"activations": np.ones((2, 3, 2))}),
    "judge": (signal_propagation.judge, {"signal": np.ones(3), "saturated": 0.1, "distinct": 2, "width": 3}),
    "measured_deviation": (signal_propagation.measured_deviation, {"name": "he_normal", "n_in": 2, "n_out": 2, "seed": 0}),
    "Slice.at": (lambda coordinates: plane().at(coordinates), {"coordinates": X}),
    "Slice.project": (lambda vectors: plane().project(vectors), {"vectors": vector()}),
    "losses_at": (
        lambda **given: surface.losses_at(net(runs=2), **given),
        {"vectors": np.ones((3, 13)), "X": X, "y": LABELS},
    ),
    "loss_surface": (
        lambda **given: surface.loss_surface(net(runs=2), plane(), data=(X, LABELS), **given),
        {"x": np.ones(2), "y": np.ones(3)},
    ),
    "weight_slice": (
        lambda **given: surface.weight_slice(**given).origin,
        {"origin": vector(), "first": 0, "second": 1, "names": ("a", "b")},
    ),
    "random_slice": (
        lambda **given: surface.random_slice(matrices=net().matrices, **given).directions,
        {"origin": vector(), "seed": 0},
    ),
    "principal_slice": (
        lambda **given: surface.principal_slice(**given)[1],
        {"path": np.stack([vector(), vector(1)]), "origin": vector()},
    ),
    "plane_through": (
        lambda **given: surface.plane_through(**given).directions,
        {"a": vector(), "b": vector(1), "c": vector(2)},
    ),
    "shown_ranges": (surface.shown_ranges, {"coordinates": X, "least": 0.5}),
    "Neuron": (lambda **given: neuron.Neuron(**given) and None, {"kind": "linear", "parameters": [1.0, 2.0]}),
    "Neuron.forward": (LOGISTIC.forward, {"X": X}),
    "Neuron.loss_and_gradient": (LOGISTIC.loss_and_gradient, {"X": X, "y": LABELS}),
    "Neuron.gradient": (LINEAR.gradient, {"X": X, "y": VALUES}),
    "chain_of": (
        lambda **given: neuron.chain_of(LOGISTIC, **given) and None,
        {"x": np.ones(2), "y": 1.0, "learning_rate": 0.1},
    ),
    "solve": (lambda **given: solutions.solve(**given) and None, {"kind": "linear", "X": X, "y": VALUES}),
    "solve, classes": (lambda **given: solutions.solve(**given) and None, {"kind": "logistic", "X": X, "y": LABELS}),
    "lowest_over": (lambda **given: solutions.lowest_over(**given), {"neuron": LINEAR, "X": X, "y": VALUES, "index": 0}),
    "NeuronSetup": (
        lambda **given: descent.NeuronSetup(**given) and None,
        {
            "kind": "logistic",
            "points": "groups",
            "draw": 0,
            "n_inputs": 1,
            "learning_rate": 0.1,
            "schedule": "constant",
            "start": (1.0, 0.5),
            "steps": (),
        },
    ),
    "next_rate": (descent.next_rate, {"setup": SETUP}),
    "follow": (lambda setup: descent.follow(setup).losses, {"setup": SETUP}),
    "compare_rates": (
        lambda **given: descent.compare_rates(LINEAR, **given),
        {"X": X, "y": VALUES, "rates": np.full((2, 3), 0.01)},
    ),
    "steps_up": (descent.steps_up, {"losses": VALUES}),
    "above_best": (descent.above_best, {"losses": VALUES, "best": 0.1, "least": 1e-8}),
    "largest_stable_rate": (descent.largest_stable_rate, {"X": X}),
    "loss_along": (lambda **given: descent.loss_along(LINEAR, **given), {"X": X, "y": VALUES, "index": 0, "values": VALUES}),
    "loss_over": (
        lambda **given: descent.loss_over(LINEAR, **given),
        {"X": X, "y": VALUES, "index": 0, "values": VALUES, "biases": VALUES},
    ),
    "window": (descent.window, {"values": VALUES, "least": 2.0}),
    "states_after": (lambda **given: descent.states_after(SETUP, **given), {"parameters": np.ones(2), "counts": (0, 2)}),
    "steps_until": (
        lambda **given: descent.steps_until(SETUP, **given),
        {"parameters": np.ones(2), "goal": np.ones(2), "tolerance": 0.1, "most": 3},
    ),
    "curve": (activation_facts.curve, {"name": "tanh", "z": VALUES}),
    "saturation": (lambda name: activation_facts.saturation(name) and None, {"name": "tanh"}),
    "cost": (activation_facts.cost, {"name": "tanh", "n_elements": 10, "repeats": 2}),
    "make_points": (data.make_points, {"name": "line", "n_inputs": 1, "draw": 0}),
    "points_for": (data.points_for, {"task": "values"}),
    "Stride": (
        lambda **given: steps.Stride(**given) and None,
        {"count": 1, "sample": None, "learning_rate": 0.1, "schedule": "constant", "presses": 1},
    ),
    "rate_at": (steps.rate_at, {"learning_rate": 0.1, "schedule": "step", "step": 3}),
    "clock_of": (steps.clock_of, {"strides": (), "learning_rate": 0.1, "schedule": "constant"}),
    "add_stride": (lambda **given: steps.add_stride(**given) and None, {"strides": (), "stride": steps.Stride(1)}),
    "take_back": (steps.take_back, {"strides": ()}),
    "read_strides": (
        lambda **given: steps.read_strides(**given) and None,
        {"texts": ("10b",), "n_samples": 5, "learning_rate": 0.1, "schedule": "constant"},
    ),
    "write_strides": (steps.write_strides, {"strides": ()}),
    "StopScene": (
        lambda **given: stopping.StopScene(**given) and None,
        {"kind": "linear", "points": "line", "start": (1.0, 2.0), "learning_rate": 0.1, "epochs": 3},
    ),
    "try_stop": (
        lambda **given: stopping.try_stop(**given) and None,
        {"scene": stopping.StopScene("linear", "line", (1.0, 2.0), 0.1, 3), "tolerance": 0.1},
    ),
    "stop_on": (
        lambda **given: stopping.stop_on(**given) and None,
        {"path": descent.follow(SETUP), "setup": SETUP, "tolerance": 0.1},
    ),
    "lowest_found": (stopping.lowest_found, {"setup": SETUP, "parameters": np.ones(2)}),
    "share_left": (stopping.share_left, {"first": 2.0, "loss": 1.0, "best": 0.5}),
    "trace_block": (
        lambda **given: block_trace.trace_block(BLOCK, **given) and None,
        {"sequence": TOKENS[0], "place": 1},
    ),
    "score_spread": (scaling.score_spread, {"d": 2, "n_keys": 3, "seed": 0}),
    "compare_paths": (paths.compare_paths, {"length": 3, "n_draws": 1, "seed": 0}),
    "recurrent_jacobians": (
        paths.recurrent_jacobians, {"W": np.eye(2), "U": np.eye(2), "X": np.ones((3, 2))}),
    "attention_jacobians": (lambda X: paths.attention_jacobians(HEADS, X), {"X": SEEN}),
    "reach": (paths.reach, {"jacobians": np.ones((2, 3, 3))}),
    "with_one_matrix": (lambda model: stages.with_one_matrix(model) and None, {"model": HEADS}),
    "dot_products": (outer_product.dot_products, {"A": E_WORDS, "B": E_WORDS}),
    "outer_terms": (outer_product.outer_terms, {"E": E_WORDS}),
    "random_spread": (accidents.random_spread, {"dimensions": 4}),
    "unit_rows": (accidents.unit_rows, {"E": E_WORDS}),
    "unlike_words": (accidents.unlike_words, {"rows": ["a"], "columns": ["b"]}),
    "measured_spread": (accidents.measured_spread, {"products": np.ones((1, 1)), "unlike": np.ones((1, 1), dtype=bool)}),
    "beyond_accident": (
        accidents.beyond_accident,
        {"products": np.ones((1, 1)), "unlike": np.ones((1, 1), dtype=bool), "dimensions": 4, "beyond": 2.0},
    ),
    "learn_merges": (byte_pairs.learn_merges, {"counts": {"low": 2}, "n_merges": 3}),
    "BytePairs.encode": (byte_pairs.learn_merges({"low": 2}, 1).encode, {"text": "lower", "n_merges": 1}),
    "BytePairs.steps": (byte_pairs.learn_merges({"low": 2}, 1).steps, {"word": "lower", "n_merges": 1}),
    "corpus_in_pieces": (
        byte_pairs.corpus_in_pieces,
        {"counts": {"low": 2}, "tokeniser": byte_pairs.learn_merges({"low": 2}, 1), "n_merges": 1},
    ),
    "toy_sentences": (corpus.toy_sentences, {"count": 3, "seed": 0}),
    "category_of": (corpus.category_of, {"word": "cat"}),
    "HiddenDiagonalSettings": (
        lambda **given: hidden_diagonal.HiddenDiagonalSettings(**given) and None,
        {
            "kind": "random",
            "dimensions": 2,
            "words": 5,
            "sentences": 60,
            "seed": 0,
            "hidden": (4,),
            "epochs": 1,
            "learning_rate": 0.01,
        },
    ),
    "make_task": (
        lambda **given: hidden_diagonal.make_task(**given).matrices,
        {"settings": hidden_diagonal.HiddenDiagonalSettings(sentences=60), "embedding": None},
    ),
    "root_mean_square": (hidden_diagonal.root_mean_square, {"predicted": X, "true": X}),
    "outer_product": (outer_product.outer_product, {"E": X}),
    "asymmetry": (outer_product.asymmetry, {"M": MATRIX}),
    "diagonal_is_largest": (outer_product.diagonal_is_largest, {"M": MATRIX}),
    "diagonal_is_tied": (outer_product.diagonal_is_tied, {"M": MATRIX}),
    "zero_rows": (outer_product.zero_rows, {"M": MATRIX}),
    "largest_in_row": (outer_product.largest_in_row, {"M": MATRIX}),
    "has_unit_lengths": (outer_product.has_unit_lengths, {"E": X}),
    "needed_words": (outer_product.needed_words, {"dimensions": 2}),
    "hide_diagonal": (outer_product.hide_diagonal, {"M": MATRIX}),
    "diagonal_from_rest": (
        lambda **given: outer_product.diagonal_from_rest(**given) is None,
        {"M": MATRIX, "dimensions": 2},
    ),
    "best_blocks": (outer_product.best_blocks, {"M": MATRIX, "i": 0, "dimensions": 2}),
    "SkipGram": (
        lambda **given: skipgram.SkipGram(**given) and None,
        {"n_words": 4, "dimensions": 2, "seed": 0, "deviation": 0.1},
    ),
    "SkipGram.loss_and_gradient": (
        lambda **given: skipgram.SkipGram(4, 2).loss_and_gradient(**given),
        {"X": np.array([0, 1]), "y": np.array([[1, 2], [0, 3]])},
    ),
    "guessing_loss": (skipgram.guessing_loss, {"negatives": 5, "share": 0.2}),
    "context_pairs": (skipgram.context_pairs, {"sentences": [[0, 1, 2]], "window": 2}),
    "SkipGramSettings": (
        lambda **given: skipgram.SkipGramSettings(**given) and None,
        {"dimensions": 2, "window": 2, "negatives": 2, "epochs": 1, "learning_rate": 0.1, "batch_size": 8, "seed": 0},
    ),
    "word_vectors": (
        vectors.word_vectors,
        {"words": ("a", "b"), "kind": "unit", "dimensions": 3, "seed": 0, "embedding": None},
    ),
    "rows_of": (vectors.rows_of, {"words": ("a", "c"), "embedding": EMBEDDING, "frame": 0}),
    "cosines": (vectors.cosines, {"E": E_WORDS}),
    "nearest": (vectors.nearest, {"word": "a", "words": ("a", "b", "c", "d"), "E": E_WORDS, "count": 2}),
    "principal_plane": (lambda E: vectors.principal_plane(E).shares, {"E": E_WORDS}),
    "scaled_dot_product_attention": (
        attention.scaled_dot_product_attention,
        {"Q": SEEN, "K": SEEN, "V": SEEN, "mask": np.eye(3, dtype=bool), "scale": 0.5},
    ),
    "attention_scores": (attention.attention_scores, {"Q": SEEN, "K": SEEN, "scale": 0.5}),
    "masked_softmax": (attention.masked_softmax, {"scores": SEEN, "mask": None}),
    "causal_mask": (attention.causal_mask, {"n_tokens": 3}),
    "padding_mask": (attention.padding_mask, {"n_queries": 2, "n_tokens": 3, "n_real": 2}),
    "sinusoidal_positions": (attention.sinusoidal_positions, {"n_tokens": 3, "d_model": 4}),
    "MultiHeadAttention": (lambda **given: MultiHeadAttention(**given) and None, {"d_model": 4, "heads": 2, "seed": 0}),
    "MultiHeadAttention.forward": (
        HEADS.forward,
        {"query": SEEN, "key": SEEN, "value": SEEN, "mask": np.eye(3, dtype=bool)},
    ),
    "MultiHeadAttention.loss_and_gradient": (HEADS.loss_and_gradient, {"X": SEEN, "y": SEEN}),
    "MultiHeadAttention.parameters": (
        lambda parameters: setattr(MultiHeadAttention(4, 2), "parameters", parameters),
        {"parameters": np.ones(64)},
    ),
    "share_on": (head_roles.share_on, {"weights": np.ones((2, 2, 3, 3)), "source": SOURCE}),
    "even_share": (head_roles.even_share, {"source": SOURCE, "causal": True}),
    "switched_off": (lambda **given: head_roles.switched_off(**given).parameters, {"model": BLOCK, "heads": [0]}),
    "head_roles": (head_roles.head_roles, {"model": BLOCK, "X": TOKENS, "y": ANSWERS, "source": SOURCE}),
    "make_sequences": (sequence_tasks.make_sequences, {"task": "copy", "n_sequences": 3, "length": 4, "seed": 0}),
    "read_sequence": (sequence_tasks.read_sequence, {"task": "copy", "text": "abc"}),
    "split_words": (stages.split_words, {"name": "sentence", "sentence": "the cat"}),
    "stages.word_vectors": (stages.word_vectors, {"words": ["a"], "d_model": 3, "seed": 0}),
    "AttentionSettings": (lambda **given: stages.AttentionSettings(**given) and None, {"scaled": True, "temperature": 1.0}),
    "attention_stages": (
        lambda **given: stages.attention_stages(**given).output,
        {"tokens": SEEN, "model": HEADS, "settings": stages.AttentionSettings(), "mask": None},
    ),
    "entropy": (stages.entropy, {"weights": np.full((2, 2), 0.5)}),
    "even_entropy": (stages.even_entropy, {"mask": None, "n_tokens": 3}),
    "shuffled_order": (stages.shuffled_order, {"n_tokens": 3, "seed": 0}),
    "layer_norm": (lambda **given: transformer.layer_norm(**given)[0], {"x": SEEN, "gain": np.ones(4), "shift": np.ones(4)}),
    "Transformer": (
        lambda **given: transformer.Transformer(**given) and None,
        {"n_tokens": 4, "n_answers": 3, "d_model": 4, "heads": 2, "causal": False, "seed": 0},
    ),
    "Transformer.predict": (BLOCK.predict, {"X": TOKENS}),
    "Transformer.accuracy": (BLOCK.accuracy, {"X": TOKENS, "y": ANSWERS}),
    "Transformer.loss_and_gradient": (BLOCK.loss_and_gradient, {"X": TOKENS, "y": ANSWERS}),
    "TransformerRun": (
        lambda **given: transformer_run.TransformerRun(**given) and None,
        {"task": "copy", "heads": 2, "seed": 0},
    ),
    "mean_interval": (transformer_run.mean_interval, {"shares": np.array([0.5, 1.0])}),
    "blind_share": (transformer_run.blind_share, {"others": TOKENS, "y": TOKENS}),
    "translate": (translation.translate, {"phrase": ("the", "green", "cat")}),
    "encode": (translation.encode, {"phrases": [("the", "green", "cat")]}),
    "split_phrases": (translation.split_phrases, {"seed": 0}),
    "Translator": (lambda **given: translation.Translator(**given) and None, {"d_model": 4, "deviation": 0.3, "seed": 0}),
    "Translator.predict": (TRANSLATOR.predict, {"X": PHRASES}),
    "Translator.accuracy": (TRANSLATOR.accuracy, {"X": PHRASES, "y": FRENCH}),
    "Translator.loss_and_gradient": (TRANSLATOR.loss_and_gradient, {"X": PHRASES, "y": FRENCH}),
    "log_softmax": (translation.log_softmax, {"logits": SEEN}),
    "cross_entropy": (
        translation.cross_entropy,
        {"log_probabilities": translation.log_softmax(SEEN), "y": np.array([0, 1, 3])},
    ),
    "simplex_grid": (translation_probe.simplex_grid, {"steps": 5}),
    "farthest_attention": (
        lambda **given: translation_probe.farthest_attention(**given).distance,
        {"model": TRANSLATOR, "phrase": PHRASES[0], "place": 0, "bound": 0.5},
    ),
    "TranslationRun": (lambda **given: translation_run.TranslationRun(**given) and None, {"setting": "steady", "seed": 0}),
    "encode_phrase": (translation_run.encode_phrase, {"article": "the", "adjective": "green", "noun": "cat"}),
    "softmax_shift": (
        lambda row: trace.softmax_shift(trace.trace_passes(Network((2, 3), loss="mse"), X, LABELS), row),
        {"row": 0},
    ),
    "activations_while_silent": (weight_statistics.activations_while_silent, {"z": VALUES, "a": VALUES}),
    "biggest_terms": (weight_statistics.biggest_terms, {"weights": VALUES, "inputs": VALUES, "most": 2}),
    "sum_of_other_terms": (weight_statistics.sum_of_other_terms, {"weights": VALUES, "inputs": VALUES, "shown": [0, 1]}),
    "segment_after": (replay.segment_after, {"run": Run(Small), "frame": 0}),
    "checkpoint_before": (replay.checkpoint_before, {"run": Run(Small), "frame": 3}),
    "share_over_frames": (
        head_roles.share_over_frames,
        {"model": BLOCK, "frames": np.ones((2, BLOCK.parameters.size)), "X": TOKENS, "source": SOURCE},
    ),
    "mean_distance": (translation_probe.mean_distance, {"model": TRANSLATOR, "X": PHRASES[:1], "bound": 0.5}),
    "first_too_large": (
        lambda **given: descent.first_too_large(LINEAR, **given),
        {"X": X, "y": VALUES, "rates": np.full((2, 3), 0.01)},
    ),
    "signal_ratios": (
        lambda **given: signal_propagation.signal_ratios(**given).shape,
        {"sizes": (2, 3, 3, 1), "X": X, "seed": 0, "start": 0},
    ),
    "survey_pairs": (
        lambda **given: signal_propagation.survey_pairs(**given).ratios.shape,
        {"sizes": (2, 3, 3, 1), "X": X, "seed": 0, "start": 0, "starts": 2},
    ),
    "scarce_classes": (splits.scarce_classes, {"split": splits.make_split(table())}),
    "stable_product": (stability.stable_product, {"optimizer": OPTIMIZERS["momentum"]()}),
    "is_convex": (stability.is_convex, {"network": STRAIGHT}),
    "largest_curvature": (stability.largest_curvature, {"network": STRAIGHT, "X": X}),
    "sharpness": (stability.sharpness, {"network": net(), "X": X, "y": LABELS, "iterations": 3}),
    "divergence_words": (
        stability.divergence_words,
        {"network": STRAIGHT, "X": X, "optimizer": OPTIMIZERS["sgd"](), "learning_rate": 10.0},
    ),
    "limit_words": (
        stability.limit_words,
        {"limit": stability.RateLimit("curvature", 2.0, 2.0), "learning_rate": 10.0},
    ),
    "divergence_bound": (stability.divergence_bound, {"network": net(), "X": X, "y": LABELS}),
    "diagnose": (
        lambda **given: len(diagnosis.diagnose(Small, build_network(Small).parameters, **given)),
        {"scores": np.ones((2, 4)), "epochs": np.array([0, 0.05]), "stop": None},
    ),
    "measure_speedup": (lambda rounds: speedup.measure_speedup(PLAN, rounds) and None, {"rounds": 1}),
    "make_targets": (
        lambda y: targets.make_targets(architecture.make_architecture((2, 1), (), None, None, None), y),
        {"y": LABELS},
    ),
    "check_output": (architecture.check_output, {"output": "sigmoid", "loss": "mse", "n_outputs": 1}),
    "Activation": (lambda z: ACTIVATIONS["gelu"](z), {"z": VALUES}),
    "share_of_groups": (statistics.share_of_groups, {"found": np.array([True, False, True]), "size": 2}),
    "best_so_far": (statistics.best_so_far, {"losses": VALUES}),
    "expected_best": (statistics.expected_best, {"losses": VALUES}),
    "stayed_ahead": (statistics.stayed_ahead, {"early": VALUES, "late": VALUES}),
    "wilson_interval": (statistics.wilson_interval, {"successes": 1, "trials": 3, "z": 1.96}),
    "restarts_needed": (statistics.restarts_needed, {"share": 0.5, "confidence": 0.95}),
    "restarts_range": (statistics.restarts_range, {"successes": 1, "trials": 3}),
    "FrameSchedule": (lambda cap: FrameSchedule(cap) and None, {"cap": 3}),
    "FrameSchedule.for_cost": (FrameSchedule.for_cost, {"updates_per_epoch": 10, "seconds_per_update": 1e-4}),
    "FrameSchedule.epoch_of": (FrameSchedule(2).epoch_of, {"frame": 50}),
    "FrameSchedule.frame_of": (FrameSchedule(2).frame_of, {"epoch": 50}),
    **INNER_CALLS,
    **MODEL_CALLS,
    **MORE_CALLS,
    **OWN_CALLS,
}
