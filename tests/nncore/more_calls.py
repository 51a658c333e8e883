"""Public functions around a training, with arguments that they take: stores, links, files, texts, records."""

import numpy as np

from nncore import ChunkStore, Experiment, MultiHeadAttention, Network, Run, build_network, build_split, record
from nncore.attention import order_gap, scores_by_length, stages, transformer, transformer_run, translation, translation_run
from nncore.data import fit_transform
from nncore.evaluation import (
    CrossValidation,
    FoldScores,
    LeakStudy,
    LearningCurve,
    Search,
    cross_validate,
    expected_luck,
    interval_of,
    k_folds,
    ladder,
    luck_bound,
    open_test,
    run_search,
    sealed_rows,
    simulated_luck,
    stratified_folds,
    sweep,
    tune,
    with_setting,
)
from nncore.experiments import (
    Recording,
    ask_choice,
    beyond_the_end,
    build_trainer,
    evaluate,
    in_words,
    link_text,
    quoted,
    read_number,
    read_whole,
    record_updates,
    sentence,
    train_for,
    train_to,
    update_seconds,
    updates_per_slice,
)
from nncore.experiments.recording import frames
from nncore.experiments.recording.recording import record_all
from nncore.export import EXPORTS, data_table, export, loss_table, prediction_table, recording_table
from nncore.inspection import gradient_flow, optimizer_steps, overlay, replay, trace, weight_statistics
from nncore.inspection.files import matrices_npz, matrix_csv, read_npz, to_csv, to_npz
from nncore.many_starts import BatchRace, InitializerRace, Lane, Slice
from nncore.many_starts.batches import verdicts
from nncore.many_starts.restarts import many_processes, restarts
from nncore.metrics import fastest_gain
from nncore.models import ACTIVATIONS, class_targets, probability_output
from nncore.single_neuron import neuron, steps
from nncore.training import (
    OPTIMIZERS,
    SGD,
    Trainer,
    exceeded_limit,
    is_quadratic,
    scheduled_rate,
    stability,
    update_rules,
)
from nncore.words import text
from nncore.words.graphemes import graphemes

X = np.random.default_rng(0).normal(size=(6, 2))
LABELS = np.array([0, 1, 0, 1, 1, 0])
NET = Network((2, 3, 1))
SHORT = Experiment(hidden=(2,), samples=20, epoch_limit=2)
RUN, STORE = Run(SHORT), ChunkStore()
SPLIT = build_split(SHORT)
TOKENS = np.array([[0, 1, 2]])
BLOCK, TRANSLATOR = transformer.Transformer(4, 3, 4, 2), translation.Translator(4)
PHRASES, _ = translation.encode([("the", "green", "cat")])
SEEN = stages.attention_stages(np.eye(4)[:3], MultiHeadAttention(4, 2), stages.AttentionSettings())
PLANE = Slice(np.zeros(13), np.eye(13)[:2], ("a", "b"))
NEURON = neuron.Neuron("logistic", [0.3, -0.2, 0.1])
OUTCOME = record_all(restarts.Restarts(SHORT, 2, 1))
UPDATE = replay.update_after(RUN, 0, replay.state_at(STORE, RUN, 0))
LANE = Lane(2, 0.1, *np.ones((5, 3)).cumsum(axis=1), np.ones((3, 4)), 0.5, False)
RECORDING = Recording(np.array([0, 2]), np.ones((2, 3), np.float32), np.ones((2, 4)))
SCORED = Recording(np.array([0, 2]), np.ones((2, 3), np.float32), np.ones((2, 2)))


def trainer():
    return Trainer(Network((2, 3, 1)), X, LABELS, epoch_limit=3)


FOLDS = CrossValidation((SHORT,), 2, 0, 1)
SEARCH = Search(SHORT, "learning_rate", "l2", (0.1,), (0.0,), 1)

MORE_CALLS = {
    "k_folds": (k_folds, {"n_rows": 6, "k": 2, "seed": 0}),
    "stratified_folds": (stratified_folds, {"y": LABELS, "k": 2, "seed": 0}),
    "interval_of": (interval_of, {"values": np.array([1.0, 2.0])}),
    "LeakStudy": (lambda **given: LeakStudy(**given) and None, {"leak": "time", "repeats": 2, "seed": 0}),
    "luck_bound": (luck_bound, {"guessers": 10, "rows": 20}),
    "expected_luck": (expected_luck, {"guessers": np.array([1.0, 10.0]), "rows": 20}),
    "simulated_luck": (simulated_luck, {"guessers": 5, "rows": 20, "repeats": 2, "seed": 0}),
    "ladder": (ladder, {"scores": np.array([0.5, 0.7]), "step": 0.1}),
    "tune": (lambda **given: tune(**given) and None, {"rows": 10, "looks": 5, "seed": 0, "step": 0.1}),
    "sealed_rows": (sealed_rows, {"experiment": SHORT}),
    "open_test": (
        lambda **given: open_test(**given) and None, {"experiment": SHORT, "parameters": build_network(SHORT).parameters}),
    "Search": (
        lambda **given: Search(**given) and None,
        {"experiment": SHORT, "across": "learning_rate", "upwards": "l2", "across_values": (0.1,), "upwards_values": (0.0,),
         "epochs": 1, "sample": 0, "seed": 0},
    ),
    "Search.cell": (lambda **given: SEARCH.cell(**given) and None, {"row": 0, "column": 0}),
    "run_search": (lambda **given: run_search(**given) and None, {"search": SEARCH, "n_jobs": 1}),
    "with_setting": (
        lambda **given: with_setting(**given) and None, {"experiment": SHORT, "name": "learning_rate", "value": 0.1}),
    "CrossValidation": (
        lambda **given: CrossValidation(**given) and None,
        {"candidates": (SHORT,), "k": 2, "inner": 0, "epochs": 1, "seed": 0},
    ),
    "cross_validate": (cross_validate, {"experiment": SHORT, "k": 2, "epochs": 1, "seed": 0}),
    "FoldScores.interval": (FoldScores(FOLDS, np.ones((2, 1)), np.ones((2, 1))).interval, {"candidate": 0}),
    "LearningCurve": (
        lambda **given: LearningCurve(**given) and None,
        {"experiment": SHORT, "along": "samples", "places": (1, 2), "epochs": 1, "starts": 1},
    ),
    "record": (lambda **given: record(**given) and None, {"run": RUN, "store": STORE, "progress": None}),
    "ChunkStore": (lambda max_bytes: ChunkStore(max_bytes) and None, {"max_bytes": 1000}),
    "ChunkStore.chunk_at": (lambda **given: STORE.chunk_at(**given)[1], {"run": RUN, "frame": 1, "wait": None, "goal": 1}),
    "ChunkStore.takes_long": (STORE.takes_long, {"run": RUN, "frame": 1}),
    "ChunkStore.segment_chunk": (
        lambda **given: STORE.segment_chunk(**given) and None,
        {"run": RUN, "number": 0, "wait": None},
    ),
    "ChunkStore.frame": (STORE.frame, {"run": RUN, "frame": 1}),
    "ChunkStore.held": (STORE.held, {"run": RUN}),
    "ChunkStore.reached": (STORE.reached, {"run": RUN, "frame": 1}),
    "fastest_gain": (fastest_gain, {"epochs": np.arange(3.0), "scores": np.array([0.0, 0.5, 1.0])}),
    "train_for": (lambda **given: train_for(**given) and None, {"experiment": RUN.experiment, "epochs": 1}),
    # One start and one experiment: whatever number of workers is tried, no process is started.
    "train_in_processes": (
        lambda **given: many_processes.train_in_processes(**given).losses[-1],
        {"plan": restarts.Restarts(SHORT, 1, 1), "workers": 1},
    ),
    "sweep": (lambda **given: sweep(**given) and None, {"experiments": [SHORT], "epochs": 1, "workers": 1}),
    "Export.file_name": (EXPORTS["numpy"].file_name, {"of": "run"}),
    "export": (
        lambda **given: export(**given) and None,
        {"run": RUN, "frame": 1, "language": "numpy", "store": STORE},
    ),
    "loss_table": (lambda **given: loss_table(**given) and None, {"run": RUN, "frame": 1, "store": STORE}),
    "recording_table": (lambda **given: recording_table(**given) and None, {"recording": SCORED, "frame": 1}),
    "data_table": (lambda **given: data_table(**given) and None, {"run": RUN, "is_open": False}),
    "prediction_table": (
        lambda **given: prediction_table(**given) and None, {"run": RUN, "frame": 1, "is_open": False, "store": STORE},
    ),
    "ChunkStore.last_good": (STORE.last_good, {"run": RUN, "frame": 1}),
    "ChunkStore.scores": (lambda **given: STORE.scores(**given) and None, {"run": RUN, "frame": 1}),
    "ChunkStore.trained": (lambda **given: STORE.trained(**given) and None, {"run": RUN, "frame": 1, "wait": None}),
    "Experiment.changes_to": (SHORT.changes_to, {"other": Experiment()}),
    "Run.from_dict": (lambda texts: Run.from_dict(texts) and None, {"texts": {}}),
    "Network.is_finite": (NET.is_finite, {"X": X, "y": LABELS}),
    "AttentionSettings.scale": (stages.AttentionSettings().scale, {"d_head": 4}),
    "order_gap": (order_gap, {"before": SEEN, "after": SEEN, "order": np.array([2, 0, 1])}),
    "scores_by_length": (
        lambda **given: scores_by_length(parameters=None, **given) and None,
        {"run": transformer_run.TransformerRun(), "lengths": (6,)},
    ),
    "Transformer.run": (lambda X: BLOCK.run(X) and None, {"X": TOKENS}),
    "Transformer.head_weights": (BLOCK.head_weights, {"X": TOKENS}),
    "Translator.run": (lambda X: TRANSLATOR.run(X) and None, {"X": PHRASES}),
    "Translator.attention": (TRANSLATOR.attention, {"X": PHRASES}),
    "TransformerRun.model": (
        lambda parameters: transformer_run.TransformerRun().model(parameters) and None, {"parameters": None}),
    "TranslationRun.model": (
        lambda parameters: translation_run.TranslationRun().model(parameters) and None, {"parameters": None}),
    "InputTransform.labels": (fit_transform(X, (), "none").labels, {"feature_names": ("a", "b")}),
    "Recording.frame_of": (RECORDING.frame_of, {"update": 1}),
    "Recording.first_at": (RECORDING.first_at, {"column": 0, "level": 0.5}),
    "ask_choice": (
        lambda **given: ask_choice(**given) and None, {"words": "speed", "kind": "int", "text": "3", "allowed": None}),
    "beyond_the_end": (beyond_the_end, {"frame": 9, "last": 3}),
    "build_trainer": (lambda segment: build_trainer(segment) and None, {"segment": RUN.segments[0]}),
    "restarts.build_trainer": (
        lambda **given: restarts.build_trainer(**given) and None,
        {"experiment": SHORT, "epochs": 2, "runs": 2},
    ),
    "evaluate": (evaluate, {"network": build_network(SHORT), "split": SPLIT}),
    "in_words": (in_words, {"error": "samples must be 3, got 4", "asked": "the link asked for"}),
    "quoted": (quoted, {"text": "abc"}),
    "read_field": (link_text.read_field, {"name": "text", "kind": "int", "text": "3"}),
    "write_field": (link_text.write_field, {"value": (1, 2)}),
    "read_number": (read_number, {"text": "1,5"}),
    "read_whole": (read_whole, {"text": "12"}),
    "sentence": (sentence, {"complaint": "It cannot be", "value": 3}),
    "update_seconds": (update_seconds, {"batch_size": 10, "n_neurons": 4, "n_parameters": 13}),
    "max_frames": (frames.max_frames, {"n_parameters": 13}),
    "updates_per_slice": (updates_per_slice, {"seconds_per_update": 1e-4}),
    "train_to": (lambda **given: list(train_to(trainer(), **given)), {"updates": 2, "at_once": 1}),
    "train_to, trainer": (lambda trainer: list(train_to(trainer, 1)), {"trainer": trainer()}),
    "record_updates": (
        lambda **given: len(list(record_updates(trainer(), score=lambda: (1.0,), **given))),
        {"n_updates": 4, "every": 2},
    ),
    "record_updates, score": (lambda score: record_updates(trainer(), 4, 2, score) and None, {"score": float}),
    "Edit.apply": (lambda network: overlay.Edit(0, 0, 0, 1.0).apply(network) and None, {"network": NET}),
    "Hold.apply": (lambda network: overlay.Hold(0, 0).apply(network) and None, {"network": NET}),
    "Replace.apply": (lambda network: overlay.Replace((0.0,) * 13).apply(network) and None, {"network": NET}),
    "WeightChain.step": (
        lambda learning_rate: trace.weight_chain(NET, trace.trace_passes(NET, X, LABELS), 0, 0, 0).step(learning_rate),
        {"learning_rate": 0.1},
    ),
    "matrices_npz": (matrices_npz, {"matrices": {"W": X}}),
    "matrix_csv": (matrix_csv, {"matrix": X}),
    "read_npz": (read_npz, {"data": to_npz(NET), "network": NET}),
    "to_csv": (to_csv, {"weights": X, "biases": np.ones(6)}),
    "to_npz": (to_npz, {"network": NET}),
    "network_before": (lambda **given: replay.network_before(**given) and None, {"run": RUN, "frame": 0, "update": UPDATE}),
    "state_at": (
        lambda **given: replay.state_at(STORE, **given) and None, {"run": RUN, "frame": 1}),
    "update_after": (
        lambda **given: replay.update_after(RUN, 1, **given) and None,
        {"state": replay.state_at(STORE, RUN, 1), "number": 1},
    ),
    "weight_step": (lambda **given: optimizer_steps.weight_step(**given) and None, {"update": UPDATE, "index": 0}),
    "parameters_until": (
        lambda **given: weight_statistics.parameters_until(**given) and None,
        {"store": STORE, "run": RUN, "frame": 1, "columns": slice(0, 2)},
    ),
    "gradient_flow": (
        lambda **given: gradient_flow.gradient_flow(STORE, **given) and None, {"run": RUN, "last": 2, "frame": 1}),
    "BatchRace.epoch_seconds": (BatchRace(SHORT).epoch_seconds, {"size": 2}),
    "BatchRace.lane_epochs": (BatchRace(SHORT).lane_epochs, {"size": 2}),
    "InitializerRace.spread": (
        lambda network: InitializerRace(SHORT).spread(network) and None, {"network": build_network(SHORT, 2)}),
    "Outcome.outputs": (OUTCOME.outputs, {"starts": np.array([1]), "inputs": X}),
    "Outcome.solutions": (OUTCOME.solutions, {"tolerance": 0.1, "matched": True}),
    "Outcome.solutions_in_pieces": (
        lambda **given: list(OUTCOME.solutions_in_pieces(**given))[-1], {"tolerance": 0.1, "matched": True}),
    "Slice.distance": (PLANE.distance, {"vectors": np.ones(13)}),
    "Slice": (
        lambda **given: Slice(**given) and None,
        {"origin": np.zeros(13), "directions": np.eye(13)[:2], "names": ("a", "b")},
    ),
    "verdict": (lambda **given: verdicts.verdict(**given) and None, {"lanes": (LANE,), "cost": "updates"}),
    "Activation.near_an_end": (ACTIVATIONS["tanh"].near_an_end, {"a": np.ones(3), "margin": 0.1}),
    "class_targets": (class_targets, {"output": "tanh"}),
    "probability_output": (probability_output, {"n_outputs": 2}),
    "Neuron.error_signals": (NEURON.error_signals, {"X": X, "y": LABELS}),
    "Neuron.loss": (NEURON.loss, {"X": X, "y": LABELS}),
    "Neuron.targets": (NEURON.targets, {"y": LABELS}),
    "after_step": (
        lambda **given: neuron.after_step(**given) and None,
        {"neuron": NEURON, "chain": neuron.chain_of(NEURON, np.ones(2), 1.0, 0.1)},
    ),
    "require_few": (steps.require_few, {"strides": ()}),
    "SGD": (lambda **given: SGD(**given) and None, {"momentum": 0.9, "nesterov": True}),
    "Adagrad": (lambda **given: update_rules.Adagrad(**given) and None, {"epsilon": 1e-8}),
    "RMSprop": (lambda **given: update_rules.RMSprop(**given) and None, {"alpha": 0.9, "epsilon": 1e-8}),
    "Adam": (
        lambda **given: update_rules.Adam(**given) and None,
        {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "weight_decay": 0.1, "decoupled": True},
    ),
    "OptimizerKind": (lambda momentum: OPTIMIZERS["momentum"](momentum=momentum) and None, {"momentum": 0.5}),
    "exceeded_limit": (
        lambda **given: exceeded_limit(**given) and None,
        {"network": NET, "X": X, "optimizer": SGD(), "learning_rate": 0.1},
    ),
    "is_quadratic": (is_quadratic, {"network": NET}),
    "rate_limits": (
        lambda **given: stability.rate_limits(**given) and None, {"network": NET, "X": X, "optimizer": SGD()}),
    "scheduled_rate": (scheduled_rate, {"learning_rate": 0.1, "schedule": "step", "epoch": 3, "limit": 10}),
    "TextSteps": (
        lambda **given: text.TextSteps(**given) and None,
        {"lower": True, "punctuation": True, "split": True, "stop_words": False},
    ),
    "text_stages": (lambda **given: text.text_stages(**given) and None, {"text": "The cat", "steps": text.TextSteps()}),
    "tokenise": (text.tokenise, {"text": "The cat", "steps": text.TextSteps()}),
    "words_of": (text.words_of, {"text": "The cat"}),
    "visible_line": (text.visible_line, {"text": "The cat"}),
    "remove_punctuation": (text.remove_punctuation, {"line": "The cat"}),
    "graphemes": (graphemes, {"text": "The cat"}),
    "Vocabulary": (lambda words: text.Vocabulary(words) and None, {"words": ("a", "b")}),
    "build_vocabulary": (lambda sentences: text.build_vocabulary(sentences) and None, {"sentences": [["a", "b"]]}),
}

NAN = float("nan")

# As the rows of the test: a call, the argument that is replaced, its value, and what the message must say.
MORE_ROWS = [
    ("ChunkStore", "max_bytes", "x", "max_bytes must be a whole number of at least 0, got"),
    ("Slice", "directions", [], "directions must have the shape (2, 13) to go with origin, got"),
    ("state_at", "frame", 9, "frame must be at most 2, got 9"),
    ("gradient_flow", "last", 9, "last must be at most 2, got 9"),
    ("parameters_until", "columns", [-1], "columns must hold whole numbers from 0 to 8, got -1 to -1"),
    ("scores_by_length", "lengths", (3,), "lengths must have at least 4000 different sequences each, got 3, with"),
    ("ask_choice", "allowed", 1.5, "allowed must be a Span, numbers or names to choose from, or a function, got 1.5"),
    ("Branch", "changes", (("l2", 0.1), ("l2", 0.2)), "changes must name each setting once, got ('l2', 'l2')"),
    ("SGD", "nesterov", "yes", "nesterov must be True or False, got 'yes'"),
    ("record", "run", None, "run must be a Run, got"),
    ("ChunkStore.chunk_at", "wait", -1, "wait must be a finite number of at least 0, got"),
    ("ChunkStore.chunk_at", "goal", -1, "goal must be at least 0, got -1"),
    ("ChunkStore.takes_long", "frame", -1, "frame must be at least 0, got -1"),
    ("ChunkStore.segment_chunk", "run", [], "run must be a Run, got"),
    ("fastest_gain", "scores", "x", "scores must hold numbers, got"),
    ("count_held", "path", "x", "path must hold numbers, got"),
    ("log_likelihood", "X", None, "X must hold numbers, got"),
    ("losses_over_starts", "starts", 0, "starts must be at least 1, got"),
    ("measure_product", "samples", 0, "samples must be at least 1, got"),
    ("newton_step", "X", None, "X must hold numbers, got"),
    ("second_derivatives", "X", None, "X must hold numbers, got"),
    ("success_by_width", "starts", 0, "starts must be at least 1, got"),
    ("width_by_rule", "inputs", 0, "inputs must be at least 1, got"),
    ("train_in_processes", "workers", 0, "workers must be at least 1, got 0"),
    ("train_in_processes", "plan", "x", "plan must be a Restarts, got 'x'"),
    ("sweep", "workers", "x", "workers must be a whole number from 1 to 1000, got"),
    ("sweep", "experiments", [None], "experiments[0] must be an Experiment, got None"),
    ("sweep", "epochs", 0, "epochs must be at least 1, got 0"),
    ("Export.file_name", "of", 3, "of must be a text, got 3"),
    ("export", "run", None, "run must be a Run, got None"),
    ("export", "frame", -1, "frame must be at least 0, got -1"),
    ("export", "language", "cobol", "language must be one of numpy, scikit-learn, pytorch, notebook, onnx, got 'cobol'"),
    ("loss_table", "frame", -1, "frame must be at least 0, got -1"),
    ("data_table", "run", None, "run must be a Run, got None"),
    ("recording_table", "recording", RECORDING, "recording must have 1 to 3 scores of each frame, got 4"),
    ("prediction_table", "is_open", "x", "is_open must be True or False, got 'x'"),
    ("train_for", "epochs", -1, "epochs must be at least 0, got"),
    ("ChunkStore.last_good", "run", "x", "run must be a Run, got"),
    ("ChunkStore.frame", "run", "x", "run must be a Run, got"),
    ("ChunkStore.held", "run", None, "run must be a Run, got"),
    ("ChunkStore.reached", "run", NAN, "run must be a Run, got"),
    ("ChunkStore.scores", "frame", -1, "frame must be at least 0, got"),
    ("ChunkStore.trained", "wait", [], "wait must be a finite number of at least 0, got"),
    ("Experiment.changes_to", "other", "x", "other must be an Experiment, got"),
    ("Run.from_dict", "texts", None, "texts must be a dictionary, got"),
    ("Network.is_finite", "y", NAN, "y must hold finite numbers, got"),
    ("AttentionSettings.scale", "d_head", -1, "d_head must be at least 1, got"),
    ("order_gap", "after", [], "after must be a Stages, got"),
    ("scores_by_length", "run", "x", "run must be a TransformerRun, got"),
    ("Transformer.run", "X", None, "X must hold numbers, got"),
    ("Transformer.head_weights", "X", NAN, "X must hold whole numbers, got"),
    ("Translator.run", "X", -1, "X must have the shape (N, 3), N at least 1, got"),
    ("Translator.attention", "X", [], "X must have the shape (N, 3), N at least 1, got"),
    ("TransformerRun.model", "parameters", "x", "parameters must hold numbers, got"),
    ("TranslationRun.model", "parameters", NAN, "parameters must have the shape (1504,), got"),
    ("InputTransform.labels", "feature_names", NAN, "feature_names must be a list, got"),
    ("Recording.frame_of", "update", -1, "update must be at least 0, got"),
    ("Recording.first_at", "level", [], "level must be a finite number of at least -1.7976931348623157e+308, go"),
    ("ask_choice", "words", 1j, "words must be a text, got"),
    ("beyond_the_end", "last", None, "last must be a whole number of at least 0, got"),
    ("build_trainer", "segment", NAN, "segment must be a Segment, got"),
    ("restarts.build_trainer", "experiment", -1, "experiment must be an Experiment, got"),
    ("evaluate", "network", [], "network must be a Network, got"),
    ("in_words", "asked", 1j, "asked must be a text, got"),
    ("quoted", "text", None, "text must be a text, got"),
    ("read_field", "kind", NAN, "kind must be one of int, float, str, got"),
    ("write_field", "value", 1j, "value must be a number, a text, a list of them or None, got"),
    ("read_number", "text", [], "text must be a text, got"),
    ("read_whole", "text", "x", "text must be a whole number, got"),
    ("sentence", "value", 1j, "value must be a number, a text, a list of them or None, got"),
    ("update_seconds", "batch_size", NAN, "batch_size must be a whole number from 1 to 1000000000000, got"),
    ("max_frames", "n_parameters", -1, "n_parameters must be at least 1, got"),
    ("updates_per_slice", "seconds_per_update", [], "seconds_per_update must be a number from 0 to 1.797"),
    ("train_to", "at_once", "x", "at_once must be a whole number of at least 1, got"),
    ("train_to, trainer", "trainer", None, "trainer must be a Trainer, got"),
    ("record_updates", "every", NAN, "every must be a whole number from 1 to 1000000000, got"),
    ("record_updates, score", "score", -1, "score must be a function, got"),
    ("Edit.apply", "network", [], "network must be a Network, got"),
    ("Hold.apply", "network", "x", "network must be a Network, got"),
    ("Replace.apply", "network", None, "network must be a Network, got"),
    ("WeightChain.step", "learning_rate", NAN, "learning_rate must be a finite number of at least -1.7976931348623157e"),
    ("matrices_npz", "matrices", -1, "matrices must be a dictionary, got"),
    ("matrix_csv", "matrix", [], "matrix must have the shape (n, m), n and m at least 1, got"),
    ("read_npz", "network", "x", "network must be a Network, got"),
    ("to_csv", "weights", None, "weights must hold numbers, got"),
    ("to_npz", "network", NAN, "network must be a Network, got"),
    ("network_before", "frame", -1, "frame must be at least 0, got"),
    ("state_at", "frame", [], "frame must be a whole number of at least 0, got"),
    ("update_after", "state", "x", "state must be a TrainerState, got"),
    ("weight_step", "index", None, "index must be a whole number from 0 to 8, got"),
    ("parameters_until", "store", NAN, "store must be a ChunkStore, got"),
    ("gradient_flow", "run", -1, "run must be a Run, got"),
    ("BatchRace.epoch_seconds", "size", [], "size must be a whole number from 1 to 1000000000, got"),
    ("BatchRace.lane_epochs", "size", "x", "size must be a whole number from 1 to 1000000000, got"),
    ("InitializerRace.spread", "network", None, "network must be a Network, got"),
    ("Outcome.outputs", "inputs", NAN, "inputs must have the shape (N, D), N and D at least 1, got"),
    ("Outcome.solutions", "tolerance", -1, "tolerance must be a finite number of at least 0, got"),
    ("Outcome.solutions_in_pieces", "tolerance", -1, "tolerance must be a finite number of at least 0, got"),
    ("Slice.distance", "vectors", [], "vectors must have the shape (..., P), P at least 1, got"),
    ("verdict", "cost", None, "cost must be one of epochs, updates, samples, seconds, got"),
    ("Activation.near_an_end", "a", "x", "a must hold numbers, got"),
    ("class_targets", "output", -1, "output must be one of identity, sigmoid, softmax, tanh, got"),
    ("probability_output", "n_outputs", [], "n_outputs must be a whole number of at least 1, got"),
    ("Neuron.error_signals", "y", "x", "y must hold numbers, got"),
    ("Neuron.loss", "X", None, "X must hold numbers, got"),
    ("Neuron.targets", "y", NAN, "y must have the shape (N,), N at least 1, got"),
    ("after_step", "neuron", -1, "neuron must be a Neuron, got"),
    ("require_few", "strides", "x", "strides must be a list, got"),
    ("SGD", "momentum", "x", "momentum must be a finite number of at least 0, got"),
    ("Adagrad", "epsilon", None, "epsilon must be a finite number of at least 0, got"),
    ("RMSprop", "alpha", NAN, "alpha must be a number from 0 to 1, got"),
    ("Adam", "epsilon", -1, "epsilon must be a finite number of at least 0, got"),
    ("OptimizerKind", "momentum", [], "momentum must be a finite number of at least 0, got"),
    ("exceeded_limit", "learning_rate", "x", "learning_rate must be a finite number of at least 0, got"),
    ("is_quadratic", "network", None, "network must be a Network, got"),
    ("rate_limits", "network", NAN, "network must be a Network, got"),
    ("scheduled_rate", "epoch", -1, "epoch must be at least 0, got"),
    ("TextSteps", "stop_words", [], "stop_words must be True or False, got"),
    ("text_stages", "text", 1j, "text must be a text, got"),
    ("tokenise", "steps", None, "steps must be a TextSteps, got"),
    ("words_of", "text", NAN, "text must be a text, got"),
    ("visible_line", "text", -1, "text must be a text, got"),
    ("remove_punctuation", "line", [], "line must be a text, got"),
    ("graphemes", "text", 1j, "text must be a text, got"),
    ("Vocabulary", "words", None, "words must be a list, got"),
    ("build_vocabulary", "sentences", NAN, "sentences must be a list, got"),
]
