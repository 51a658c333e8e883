"""What a session holds: changes, branches, resets."""

from nncore import Experiment, Run
from nncore.experiments.experiment import build_network
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session, parse_axes


def test_a_change_that_may_branch_goes_on_from_the_frame_on_screen():
    session = Session(frame=25)
    session.change(learning_rate=0.1)
    assert session.run == Run(Experiment()).changed(25, Experiment(learning_rate=0.1))
    assert (session.frame, session.playback.previous_run) == (25, Run(Experiment()))


def test_a_change_of_the_network_starts_anew_under_the_settings_in_force():
    session = Session(frame=25)
    session.change(learning_rate=0.1)
    session.change(hidden=(3,))
    assert session.run == Run(Experiment(hidden=(3,), learning_rate=0.1))
    assert session.frame == 0


def test_the_page_moves_the_view_by_a_new_token():
    session = Session()
    before = session.playback.seek_token
    session.reset()
    assert session.playback.seek_token != before and session.playback.page_outdated


def test_reset_keeps_the_first_weights_and_the_settings_in_force():
    session = Session(frame=25)
    session.change(optimizer="adam")
    session.reset()
    assert session.run == Run(Experiment(optimizer="adam")) and session.frame == 0


def test_redraw_takes_the_next_start():
    session = Session()
    session.redraw()
    session.redraw()
    assert session.run == Run(Experiment(start=2))


def test_what_cannot_be_is_said_and_changes_nothing():
    session = Session(frame=7)
    session.change(hidden=(0,))
    assert session.notes == ["The width of layer 1 must be at least 1; what was asked for is 0. Nothing was changed."]
    assert session.run == Run(Experiment()) and session.frame == 7


def test_another_dataset_brings_its_own_output_and_keeps_the_training():
    session = Session()
    session.change(learning_rate=0.3)
    session.change(dataset="spiral3")
    assert session.run.settings == Experiment("spiral3", learning_rate=0.3)
    session.change(dataset="cones")
    assert session.run.settings.output == "identity" and session.run.settings.loss == "mse"


def test_axes_are_the_components_or_two_columns():
    assert parse_axes("pca") == "pca"
    assert parse_axes("3,5") == (3, 5)


def test_the_controls_show_what_is_in_force_at_the_frame_on_screen():
    session = Session(frame=40)
    session.change(learning_rate=0.1)
    session.frame = 80
    session.change(optimizer="adam")
    shown = {frame: (setattr(session, "frame", frame), session.settings)[1] for frame in (0, 39, 40, 79, 80)}
    assert [shown[frame].learning_rate for frame in shown] == [0.03, 0.03, 0.1, 0.1, 0.1]
    assert [shown[frame].optimizer for frame in shown] == ["sgd", "sgd", "sgd", "sgd", "adam"]


def test_a_change_before_a_branch_changes_that_alone():
    session = Session(frame=40)
    session.change(learning_rate=0.1)
    session.frame = 10
    session.change(l2=0.01)
    assert session.run == Run(Experiment()).changed(10, Experiment(l2=0.01))


def test_a_change_at_a_branch_s_own_frame_joins_it_and_its_undoing_drops_it():
    session = Session(frame=40)
    session.change(learning_rate=0.1)
    session.change(optimizer="adam")
    assert len(session.run.branches) == 1 and session.settings == Experiment(learning_rate=0.1, optimizer="adam")
    session.change(optimizer="sgd")
    session.change(learning_rate=0.03)
    assert session.run == Run(Experiment())


def test_weights_set_by_hand_are_shown_on_a_frame_of_their_own():
    session = Session()
    session.edit([(0, 0, 0, 1.5)])
    assert session.run == Run(Experiment()).edited(0, [(0, 0, 0, 1.5)]) and session.frame == 1
    session.edit([(0, 0, 1, 2.5)])
    assert len(session.run.branches) == 1 and session.frame == 1


def test_a_forty_first_weight_set_by_hand_is_kept_by_this_session_alone_and_said():
    places = [(0, row, column) for row in range(16) for column in range(3)][:42]
    session = Session(run=Run(Experiment(hidden=(16,))))
    for number, place in enumerate(places[:40]):
        session.edit([(*place, float(number))])
    assert session.run.fits_link and not session.notes
    session.edit([(*places[40], 40.0)])
    assert not session.run.fits_link and session.frame == 1
    assert "More than 40" in session.notes[0] and "this session alone" in session.notes[0]
    session.edit([(*places[41], 41.0)])
    assert not session.notes and len(session.run.branches) == 1
    network = build_network(session.settings)
    network.parameters = chunk_store().frame(session.run, 1)
    assert [network.matrices()[layer][row, column] for layer, row, column in places] == list(range(42))


def test_of_two_sets_of_weights_with_training_between_each_has_room_for_forty():
    session = Session(run=Run(Experiment(hidden=(16,))))
    session.edit([(0, row, column, 1.0) for row in range(13) for column in range(3)])
    session.frame = 5
    session.edit([(0, row, column, 2.0) for row in range(13) for column in range(3)])
    assert session.run.fits_link and len(session.run.branches) == 2


def test_a_weight_that_is_not_there_is_said_and_nothing_changes():
    session = Session()
    session.edit([(7, 0, 0, 1.5)])
    assert session.run == Run(Experiment()) and "Nothing was changed" in session.notes[0]


def test_a_run_that_ended_goes_on_from_the_frame_on_screen():
    session = Session(run=Run(Experiment(epoch_limit=30)), frame=30)
    session.go_on()
    assert session.run == Run(Experiment(epoch_limit=30)).goes_on(30) and session.frame == 30


def test_a_change_where_training_diverged_goes_back_to_before_the_loss_grew():
    session = Session(run=Run(Experiment(learning_rate=0.3)).changed(6, Experiment(learning_rate=0.3, l2=10.0)), frame=6)
    diverged, last = session.run, chunk_store().reached(session.run, 599)
    assert last > 7
    session.frame = last
    session.change(learning_rate=0.01)
    assert session.frame == 6 and session.run == diverged.changed(6, Experiment(learning_rate=0.01, l2=10.0))
    assert chunk_store().chunk_at(session.run, 40)[0].stop is None
    (note,) = session.notes
    assert note.startswith("Training diverged here, so the change holds from snapshot 6 on: the last one before the loss")
    # A change before that goes on from the frame on screen, and another network begins anew, both without a word.
    session = Session(run=diverged, frame=3)
    session.change(learning_rate=0.01)
    assert session.frame == 3 and session.notes == []
    session = Session(run=diverged, frame=last)
    session.change(hidden=(3,))
    assert session.frame == 0 and session.notes == [] and not session.run.branches


def test_a_run_that_diverges_at_once_begins_anew_under_the_changed_rate():
    session = Session(run=Run(Experiment("plane", features=("x1", "x2", "x1_squared"), hidden=())))
    session.frame = chunk_store().reached(session.run, 599)
    session.change(learning_rate=0.001)
    assert session.frame == 0 and session.run == Run(session.run.experiment.with_changes(learning_rate=0.001))
    assert "from snapshot 0 on" in session.notes[0]
