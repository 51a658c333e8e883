"""Costs: what is promised of a training before it begins is what it takes."""

import tracemalloc

import numpy as np
import pytest

from nncore import Experiment, Run
from nncore.attention.transformer_run import TransformerRun
from nncore.attention.translation_run import TranslationRun
from nncore.evaluation.cross_validation import CrossValidation
from nncore.evaluation.leak_study import LeakStudy
from nncore.evaluation.learning_curves import LearningCurve
from nncore.evaluation.search import Search
from nncore.experiments.architectures.clipping_study import ClippingStudy
from nncore.experiments.architectures.code_run import CodeRun
from nncore.experiments.architectures.code_studies import Bottlenecks, LinearEnds
from nncore.experiments.architectures.distances import DistanceStudy
from nncore.experiments.architectures.picture_run import PictureRun
from nncore.experiments.architectures.sequence_run import SequenceRun
from nncore.experiments.architectures.twins import UnseenPlaces
from nncore.experiments.costs import cost_of, recording_seconds
from nncore.experiments.experiment import build_network, build_split
from nncore.experiments.recording.frames import MAX_BYTES as RUN_BYTES
from nncore.experiments.recording.frames import max_frames
from nncore.experiments.recording.recording import updates_per_slice
from nncore.experiments.recording.run_training import RunTraining
from nncore.experiments.stacks import runs_that_fit, stack
from nncore.many_starts.batches.comparison import LOSS_SAMPLES, BatchRace
from nncore.many_starts.initializers.comparison import InitializerRace
from nncore.many_starts.restarts.restarts import Restarts
from nncore.many_starts.surface import STACK, loss_surface, random_slice
from nncore.words.hidden_diagonal import DiagonalTraining, HiddenDiagonalSettings
from nncore.words.skipgram import SkipGramSettings

WIDE = {"dataset": "circle", "samples": 2000, "validation": 0, "test": 0, "hidden": (64, 64), "activation": ("tanh", "tanh")}
GROWING = WIDE | {"activation": ("relu", "relu"), "output": "identity", "loss": "mse", "learning_rate": 10.0}
MOST_BYTES = 150_000_000  # of a single request
SIZES = (1, 4, 16, 64, 256, None)

SHAPES = PictureRun("shapes")
SIX_LAYERS = {"hidden": (64,) * 6, "activation": ("gelu",), "optimizer": "adam", "batch_size": None}

# The dearest request of a page, in each of the ways in which it can be dear; a few updates each.
DEAREST = {
    "130 starts that diverge": Restarts(Experiment(**GROWING, batch_size=1), 130, 1),
    "many starts with a large memory": Restarts(Experiment(**WIDE, batch_size=1, optimizer="adam"), 150, 1),
    "few starts on all samples": Restarts(Experiment(**WIDE, batch_size=None), 6, 1),
    "starts that need z": Restarts(Experiment(**WIDE | {"activation": ("gelu",)}, batch_size=64, l2=1e-4), 30, 1),
    "twenty layers that diverge": InitializerRace(Experiment(**GROWING, batch_size=32), 20, 32, "relu", 1),
    "twenty layers that need z": InitializerRace(Experiment(**WIDE, batch_size=50, optimizer="adam"), 20, 16, "gelu", 1),
    "six batch sizes": BatchRace(Experiment(**WIDE), 1, 0.0, SIZES),
    "six batch sizes that diverge": BatchRace(Experiment(**GROWING), 1, 0.0, SIZES),
    "a run of six layers": RunTraining(Run(Experiment(**WIDE | SIX_LAYERS))),
    "a search": Search(Experiment(**WIDE | {"validation": 25}), epochs=2),
    "cross-validation": CrossValidation((Experiment(**WIDE),), 10, 0, 1),
    "nested cross-validation": CrossValidation((Experiment("digits", hidden=(64,)),), 5, 3, 1),
    "a leak": LeakStudy("selection"),
    "a learning curve": LearningCurve(Experiment(**WIDE | {"validation": 25}), epochs=5),
    "LSTM cells on letters": SequenceRun("letters", "lstm", 32, 40),
    "GRU cells": SequenceRun("order", "gru", 32, 40),
    "plain cells": SequenceRun("order", "rnn", 32, 40),
    "filters on shapes": SHAPES,
    "filters on digits": PictureRun("digits"),
    "filters and a dense network": UnseenPlaces(SHAPES, SHAPES.model().parameters),
    "digits through 64 numbers": CodeRun("digits", 64, False, "noise"),
    "digits through two": CodeRun("digits", 2),
    "distances of little cells": DistanceStudy("order", 4, lengths=(12,), starts=1),
    "distances of large cells": DistanceStudy("order", 32, lengths=(40,), starts=1),
    "clipping": ClippingStudy(SequenceRun("order", "lstm", 16, 20)),
    "linear ends": LinearEnds(CodeRun("digits", 2)),
    "bottlenecks": Bottlenecks(CodeRun("spiral")),
    "transformer": TransformerRun("match", 4),
    "translator": TranslationRun(),
    "word vectors": SkipGramSettings(16),
    "hidden diagonal": DiagonalTraining(HiddenDiagonalSettings("random", 16)),
}  # fmt: skip


WHOLE = (Search, CrossValidation, LearningCurve, DistanceStudy, ClippingStudy, LinearEnds, Bottlenecks)  # dear at their ends


def peak_of(work, prepare=lambda: None) -> int:
    """The memory that `work()` takes at its height beyond what is there before, in bytes."""
    prepare()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def draw_data(training) -> None:
    """Draws what the training learns from, which is kept for all trainings and counted by itself."""
    run = getattr(training, "run", training)
    for experiment in (getattr(run, "experiment", None), *getattr(run, "candidates", ())):
        if experiment is not None:
            build_split(experiment)
    for draw in (getattr(run, "split", None), getattr(run, "samples", None)):
        if draw is not None:
            draw()


def some_of(training, pieces: int) -> None:
    """The beginning of a training, as far as so many pieces of work lead, with its first frame."""
    held = None
    for number, made in enumerate(training.record()):
        held = held if made is None else made
        if number > pieces and held is not None:
            return


@pytest.mark.parametrize("name", DEAREST)
def test_what_is_promised_is_what_is_used(name):
    training = DEAREST[name]
    whole = "diverge" in name or "six batch" in name or isinstance(training, WHOLE)
    peak = peak_of(lambda: some_of(training, 1000 if whole else 12), lambda: draw_data(training))
    assert training.n_bytes / 1.5 < peak < 1.5 * training.n_bytes
    assert training.n_bytes < MOST_BYTES and peak < MOST_BYTES


def test_a_surface_of_the_largest_network_is_computed_within_bounds():
    e = Experiment(**WIDE)
    X, y = build_split(e).X_train[:LOSS_SAMPLES], build_split(e).y_train[:LOSS_SAMPLES]
    model = stack(e, np.zeros((runs_that_fit(e, len(X), STACK), e.n_parameters)))
    plane, axis = random_slice(build_network(e).parameters, build_network(e).matrices), np.linspace(-1, 1, 7)
    assert peak_of(lambda: loss_surface(model, plane, axis, axis, (X, y))) < 30_000_000


def test_a_recording_of_the_largest_network_is_bounded():
    e = Experiment("digits", hidden=(64,) * 6)
    assert 4 * e.n_parameters * max_frames(e.n_parameters) <= RUN_BYTES < MOST_BYTES


# Hand-worked by the constants of the model: calls, then samples times inputs, layers' numbers and weights, then the step.
def test_the_time_of_an_update_follows_from_its_parts():
    cost = cost_of(Experiment("corners", hidden=(2,), validation=0, test=0), None)
    n_train = len(build_split(Experiment("corners", hidden=(2,), validation=0, test=0)).train)
    calls = 1.45e-5 + 2 * 3.5e-6 + 1.75 * (1.3e-6 + 1.9e-6)
    one_sample = 2 * 2e-9 + 0.8 * 2 * (1.6e-8 + 8e-10) + 3 * 1e-8 + 9 * 6e-11
    assert cost.update_seconds == pytest.approx(calls + n_train * one_sample + 9 * 3.3e-9)
    assert cost.seconds(10) == pytest.approx(10 * (cost.update_seconds + 4.4e-5))


# The time of a recording beside its updates is that of its frames: sixty of them from 60 epochs on.
def test_time_is_proportional_to_epochs():
    e = Experiment("spiral", batch_size=4)
    for make in (lambda epochs: Restarts(e, 16, epochs), lambda epochs: InitializerRace(e, 5, 16, "gelu", epochs)):
        short, middle, long = (make(epochs).seconds for epochs in (100, 200, 400))
        assert long - middle == pytest.approx(2 * (middle - short)) and middle > short > 0
    assert recording_seconds(Run(e), 40) > 3 * recording_seconds(Run(e), 10) > 0
    branched = Run(e).changed(20, e.with_changes(batch_size=1))
    assert recording_seconds(branched, 20) == recording_seconds(Run(e), 20)
    assert recording_seconds(branched, 40) > recording_seconds(Run(e), 40)


@pytest.mark.parametrize("dear, cheap", [("gelu", "tanh"), ("tanh", "relu"), ("softplus", "sigmoid")])
def test_a_dear_activation_makes_a_training_dear(dear, cheap):
    dear, cheap = (Restarts(Experiment(activation=(name,), hidden=(32, 32)), 8, 10).seconds for name in (dear, cheap))
    assert cheap < dear < 20 * cheap


@pytest.mark.parametrize("change", [
    {"batch_size": 1}, {"hidden": (64,) * 6}, {"optimizer": "adam"}, {"activation": ("gelu",)}, {"l2": 0.1},
])  # fmt: skip
def test_what_makes_an_update_dearer_makes_an_epoch_dearer(change):
    usual = {"activation": ("relu",), "batch_size": 50}
    plain, dear = (Restarts(Experiment(**usual | more), 8, 10) for more in ({}, change))
    assert dear.seconds > plain.seconds
    assert Restarts(plain.experiment, 64, 10).seconds > plain.seconds


def test_pieces_of_work_are_counted_in_updates_and_stay_below_50_ms():
    for name in ("130 starts that diverge", "many starts with a large memory", "twenty layers that diverge"):
        cost = DEAREST[name].cost
        at_once = updates_per_slice(cost.update_seconds)
        assert at_once * cost.update_seconds <= 0.05 or at_once == 1


def test_what_takes_long_by_the_model_is_known_before_it_begins():
    # What was tried: thousands of processor seconds by a link.
    assert InitializerRace(Experiment(**WIDE, batch_size=1, optimizer="adam"), 20, 32, "gelu", 1000).seconds > 4000
    assert BatchRace(Experiment(**WIDE), 500, 0.0, SIZES).seconds > 100
    assert Restarts(Experiment(), 4, 100).seconds < 10


def test_studies_of_cells_are_promised_by_the_size_and_kind_of_the_cells():
    small, large = (DistanceStudy("order", n, lengths=(12,), starts=1).seconds for n in (4, 32))
    assert 3 < large / small < 6 and DistanceStudy("order", 16, lengths=(12, 20, 40), starts=4).seconds < 15
    plain, long = (ClippingStudy(SequenceRun("order", cell, 16, 20)).seconds for cell in ("rnn", "lstm"))
    assert long == pytest.approx(2.7 * plain) and long < 2
