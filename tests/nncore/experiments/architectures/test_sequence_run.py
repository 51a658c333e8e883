"""Trainings on sequences: what each cell learns, what is held out, and what is refused."""

import numpy as np
import pytest

from nncore.data.sequences import MEMORY_TASKS, corpus_letters
from nncore.experiments.architectures import ClippingStudy, DistanceStudy, SequenceRun, distances
from nncore.experiments.architectures.sequence_run import blind_share, loss_at_answers, share_right
from nncore.experiments.recording import record_all
from nncore.inspection.memory import gradient_by_step, spectral_radius
from nncore.models.recurrence.network import spectral_radius_of

LOGITS = np.log([[[1.0, 3.0], [1.0, 1.0], [3.0, 1.0]]])


def test_scores_count_the_steps_at_which_something_is_asked():
    assert share_right(LOGITS, np.array([[1, -1, 1]])) == 0.5
    assert np.isclose(loss_at_answers(LOGITS, np.array([[1, -1, 1]])), -(np.log(0.75) + np.log(0.25)) / 2)
    assert blind_share(np.array([[0, -1, 0, 1]])) == pytest.approx(2 / 3)


def test_a_plain_cell_learns_a_short_echo_and_its_recording_is_the_same_again():
    run = SequenceRun("echo", length=12)
    recording = record_all(run)
    assert recording.updates[-1] == run.n_updates and len(recording.updates) == run.n_frames
    assert recording.scores[0, 2] < 0.65 and recording.scores[-1, 2] > 0.95 and recording.parameters.nbytes < run.n_bytes
    model, held = run.model(recording.parameters[-1]), run.split()[1]
    assert share_right(model.forward(run.inputs(held.tokens))[0], held.y) == pytest.approx(recording.scores[-1, 2], abs=0.01)


@pytest.mark.parametrize("task", MEMORY_TASKS)
def test_no_held_out_sequence_was_trained_on(task):
    train, held = SequenceRun(task).split()
    assert len(held.tokens) == 300 and not held.tokens.flags.writeable
    if task != "letters":
        assert not {row.tobytes() for row in train.tokens} & {row.tobytes() for row in held.tokens}


def test_held_out_letters_come_from_the_end_of_the_corpus():
    train, _ = SequenceRun("letters").split()
    letters = corpus_letters()
    text = "".join(chr(48 + letter) for letter in letters)
    begins = {text[: int(0.8 * len(text))].find("".join(chr(48 + letter) for letter in row)) for row in train.tokens[:50]}
    assert min(begins) >= 0


def test_a_clipped_training_is_another_one():
    plain, clipped = SequenceRun("parity").trainer(), SequenceRun("parity", clip=0.01).trainer()
    for trainer in (plain, clipped):
        trainer.run_updates(20)
    assert not np.allclose(plain.model.parameters, clipped.model.parameters)


def test_a_study_has_a_frame_for_every_cell_at_every_length():
    study = DistanceStudy("echo", n_hidden=2, lengths=(12,), starts=1)
    *_, last = (scores for scores in study.record() if scores is not None)
    assert [(score.cell, score.length, score.starts) for score in last] == [(c, 12, 1) for c in ("rnn", "gru", "lstm")]
    assert len(last) + 1 == study.n_frames and all(s.low <= s.learned / s.starts <= s.high for s in last)


def test_a_study_takes_the_stretch_of_the_training():
    shares = [list(DistanceStudy("echo", n_hidden=8, stretch=stretch).trained("rnn", 12, 0))[-1] for stretch in (0, 2)]
    assert shares[0] > 0.95 and shares[1] < 0.7


def test_a_study_begins_with_the_radius_of_the_training(monkeypatch):
    begun = []
    monkeypatch.setattr(distances, "train_to", lambda trainer, *_: begun.append(trainer.model) or iter(()))
    for cell in ("rnn", "gru", "lstm"):
        list(DistanceStudy("echo", n_hidden=8, radius=3.0).trained(cell, 12, 0))
    assert [spectral_radius_of(model.new_state_weights) for model in begun] == pytest.approx([3.0] * 3)


def test_what_is_no_training_is_refused():
    with pytest.raises(ValueError, match="cell must be one of rnn, gru, lstm, got 'cnn'"):
        SequenceRun(cell="cnn")
    with pytest.raises(ValueError, match="length must be at least 12, got 2"):
        SequenceRun(length=2)
    with pytest.raises(ValueError, match="length must be at most 200, got 1000"):
        SequenceRun(length=1000)


def test_a_short_stretch_teaches_parity_and_no_echo():
    parity, echo = (record_all(SequenceRun(*run, stretch=2)) for run in (("parity", "gru"), ("echo", "rnn")))
    assert parity.scores[-1, 2] > 0.95 and echo.scores[-1, 2] < 0.65


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_the_first_weights_have_the_spectral_radius_that_was_picked_and_nothing_else_changes(cell):
    drawn, scaled = SequenceRun(cell=cell).model(), SequenceRun(cell=cell, radius=2.5).model()
    assert spectral_radius(scaled) == pytest.approx(2.5)
    scaled.new_state_weights[...] *= spectral_radius(drawn) / 2.5
    assert np.allclose(scaled.parameters, drawn.parameters, rtol=1e-12)
    later = SequenceRun(cell=cell, radius=2.5).model(drawn.parameters)
    assert np.array_equal(later.parameters, drawn.parameters)  # what was recorded stays as it is
    with pytest.raises(ValueError, match="radius must be a number from 0 to 10, got 11"):
        SequenceRun(radius=11)


def test_far_above_a_radius_of_one_the_gradient_grows_on_its_way_back_and_below_it_shrinks():
    shares = []
    for radius in (0.5, 3.0):
        run = SequenceRun("order", "rnn", radius=radius)
        X, y = run.examples(100)
        sizes = gradient_by_step(run.model(), X, y)
        shares.append(sizes[0] / sizes[-1])
    assert shares[0] < 1e-6 and shares[1] > 50


def test_clipping_is_shown_on_the_same_training_with_and_without():
    study = ClippingStudy(SequenceRun("order", "rnn", length=20, radius=2.0, clip=5.0), 1.0)
    plain, clipped = record_all(study)
    assert len(plain.norms) == len(clipped.norms) == study.run.n_updates and plain.norms[0] == clipped.norms[0]
    assert plain.losses[0] == clipped.losses[0] and plain.at[-1] == study.run.n_updates
    assert plain.longest_step == pytest.approx(0.1 * plain.norms.max()) and clipped.longest_step == pytest.approx(0.1)
    assert clipped.interval[0] > plain.interval[1] and plain.interval[0] < plain.right < plain.interval[1]
    assert plain.n == 300
