"""Pinned runs: kept in the link of every page, and compared."""

import re

import numpy as np
import pytest
import streamlit as st

from nncore import ChunkStore, Experiment, Run
from nncore.data import SHELF, read_table
from nncore.data.own import TableChoice, read_table_name, table_name
from pages.parts.compare.study import measured_words
from pages.parts.compare.together import Side, Together, frame_beside, hear, planned_epochs
from pages.parts.live.message import decode
from pages.parts.page.session import Session
from pages.parts.way.pins import MOST_PINS, Pin, keep_pins, link_of, pin_run, pins_of
from tests.pages.conftest import charts, link_value, open_app, press, warnings

ONE, OTHER = Pin(Run(Experiment(samples=60)), 5), Pin(Run(Experiment(samples=60, learning_rate=0.3, hidden=(3,))), 8)


def pinned(*pins: Pin) -> str:
    session = Session()
    keep_pins(session, list(pins))
    return session.carried.get("pins", "")


def test_pins_come_back_from_the_link_as_they_were():
    session = Session(carried={"pins": pinned(ONE, OTHER)})
    assert pins_of(session) == ([ONE, OTHER], [])


def test_a_seventh_is_refused_and_the_same_run_stands_there_once():
    session = Session()
    for rate in range(1, MOST_PINS + 2):
        session.show(Run(Experiment(learning_rate=rate / 100)), 1)
        pin_run(session)
        pin_run(session)
    assert len(pins_of(session)[0]) == MOST_PINS and "6 runs are pinned" in session.notes[0]


def test_a_run_is_pinned_on_train_and_shown_beside_another():
    app = press(open_app("", pins=pinned(ONE), frame="3"), "Pin this run")
    assert link_value(app, "pins").count("|") == 1
    app = open_app("compare", pins=link_value(app, "pins"))
    assert charts(app) == 1


def test_a_used_test_set_is_used_wherever_its_pinned_run_goes():
    session = Session(run=OTHER.run)
    session.frame = 8
    session.tests.open(session.run, session.frame)
    keep_pins(session, [ONE, OTHER])
    sent = Session(carried=dict(session.carried))  # whoever gets the link
    assert pins_of(sent) == ([ONE, OTHER], [])
    assert sent.tests.frames == {OTHER.run: 8}
    assert link_of(sent, OTHER)["opened"] == "8" and "opened" not in link_of(sent, ONE)


def test_the_table_says_whose_test_set_is_used():
    session = Session(run=OTHER.run, frame=8)
    session.tests.open(session.run, session.frame)
    on = OTHER.run.changed(9, OTHER.run.settings.with_changes(learning_rate=0.3))
    later = Pin(on, 12)
    keep_pins(session, [ONE, OTHER, later])
    app = open_app("compare", pins=session.carried["pins"])
    rows = [line for line in "\n".join(one.value for one in app.markdown).splitlines() if line.startswith("| test set")]
    # What branched off after the test set was opened goes on from a run whose test set is used.
    assert rows == ["| test set | sealed | used, at snapshot 8 | used, at snapshot 8 |"]
    app = open_app("compare", pins=pinned(ONE, OTHER))
    assert not any("| test set" in one.value for one in app.markdown)


def test_the_table_says_what_differs_and_nothing_else():
    app = open_app("compare", pins=pinned(ONE, OTHER))
    (table,) = (one.value for one in app.markdown if one.value.startswith("| |"))
    assert "learning rate" in table and "| hidden |" in table and "optimizer" not in table
    assert "| epoch | 5 | 8 |" in table
    press(app, "Unpin B")
    assert link_value(app, "pins") == pinned(ONE)


def test_who_has_pinned_nothing_sees_an_example_and_can_pin_it():
    app = open_app("compare")
    assert charts(app) == 1 and link_value(app, "pins") is None
    app = press(app, "Pin these three")
    assert link_value(app, "pins").count("|") == 2 and charts(app) == 1
    assert [button.label for button in app.button if button.label.startswith("Unpin")] == ["Unpin A", "Unpin B", "Unpin C"]


@pytest.mark.parametrize("bad", ["x", "dataset=<b>&frame=1", "%7C%7C", "frame=-3&hidden=9999", "a=" + "1" * 5000, "|" * 99])
def test_a_pin_that_makes_no_sense_is_told_and_harmless(bad):
    app = open_app("compare", pins=f"{pinned(ONE)}|{bad}")
    assert bad == "|" * 99 or "Pinned run 2" in warnings(app)


def test_every_pinned_run_has_its_map_and_a_link_to_it():
    app = open_app("compare", pins=pinned(ONE, OTHER))
    maps = [one.proto.body for one in app.get("html") if one.proto.body.startswith('<div class="glassbox-map">')]
    assert len(maps) == 2 and maps[0] != maps[1]
    links = [one.proto.url for one in app.get("link_button")]
    assert len(links) == 2 and "learning_rate=0.3" in links[1] and "frame=8" in links[1]


def test_it_says_on_what_was_measured_and_what_the_losses_leave_out():
    same = measured_words([Experiment(samples=60), Experiment(samples=60, learning_rate=0.3)])
    assert same.startswith("Validation: 18 samples. Each is one run") and "penalty" not in same
    other = measured_words([Experiment(samples=60, l2=0.1), Experiment(samples=100)])
    assert "18 to 30 samples" in other and "not measured on the same" in other
    assert "without the L2 penalty, which training lowers too" in other
    app = open_app("compare", pins=pinned(ONE, Pin(Run(Experiment(samples=60, validation=0)), 5)))
    (table,) = (one.value for one in app.markdown if one.value.startswith("| |"))
    assert "no validation set |" in table
    accuracies = next(line for line in table.splitlines() if line.startswith("| training accuracy"))
    assert re.fullmatch(r"\| training accuracy( \| \d+\.\d\u00a0%){2} \|", accuracies)  # as on every other page


def test_two_runs_are_sent_as_views_that_play_together():
    app = open_app("compare", pins=pinned(ONE, OTHER), together_at="4")
    views = [decode(view.proto.bytes) for view in app.get("bidi_component")[-2:]]
    assert [header["side"] for header, _ in views] == [0, 1] and [header["run"] for header, _ in views] == [
        pin.run.key for pin in (ONE, OTHER)
    ]
    assert [header["seek"]["frame"] for header, _ in views] == [4, 4]
    assert views[0][0]["seek"]["token"] == views[1][0]["seek"]["token"]
    assert len(views[0][1]["epochs"]) == views[0][0]["limit"] + 1
    assert [one.value.replace("\\", "") for one in app.markdown if ": hidden" in one.value] == [
        "**A**: hidden 8, 8 · learning rate 0.03", "**B**: hidden 3 · learning rate 0.3"
    ]


def test_which_two_play_together_is_picked_and_an_unpinned_one_is_let_go():
    third = Pin(Run(Experiment(samples=60, learning_rate=0.1)), 5)
    app = open_app("compare", pins=pinned(ONE, OTHER, third), together="BC")
    keys = [decode(view.proto.bytes)[0]["run"] for view in app.get("bidi_component")[-2:]]
    assert keys == [OTHER.run.key, third.run.key]
    press(app, "Unpin C")
    assert link_value(app, "together") is None and not warnings(app)
    assert "choice of two runs" in warnings(open_app("compare", pins=pinned(ONE, OTHER), together="AZ"))


PLUMS = "".join(f"{k},{(k * 7) % 31}.5,{'plum' if (k * 7) % 31 > 15 else 'fig'}\n" for k in range(40))


def plums(n_rows: int, header: str = "number,weight,fruit") -> bytes:
    """A table that nobody else brings, so that it is not on the server."""
    return "\n".join([header, *PLUMS.split("\n")[:n_rows]]).encode()


def pin_on(data: bytes, name: str, **settings: object) -> Pin:
    table = read_table(data, name)
    SHELF.put(table, "who pins")
    pin = Pin(Run(Experiment(table_name(TableChoice(table.digest, name, 2)), hidden=(3,), **settings)), 4)
    for k in range(2):  # its table makes room
        SHELF.put(read_table(f"x,y\n{k},7.5\n2,3.5\n4,{k}.25\n".encode()), "who pins")
    return pin


def bring(app, pin: Pin, name: str, data: bytes):
    digest = read_table_name(pin.run.experiment.dataset).digest
    app.file_uploader(key=f"waiting_file_{digest}").set_value((name, data, "text/csv")).run()
    assert not app.exception
    return app


def said(app) -> str:
    return " ".join(one.value for one in app.markdown).replace("\\", "")


def test_a_pinned_run_whose_table_is_gone_stays_pinned_and_asks_for_its_file():
    pins = [ONE, *(pin_on(plums(30), "plums.csv", learning_rate=rate) for rate in (0.1, 0.3))]
    app = open_app("compare", pins=pinned(*pins))
    assert "2 pinned runs use the table “plums.csv”" in said(app) and not warnings(app)
    assert link_value(app, "pins") == pinned(*pins) and len(app.get("file_uploader")) == 1
    app = press(open_app("", pins=pinned(*pins), frame="3"), "Pin this run")  # another page leaves it pinned
    assert link_value(app, "pins").startswith(pinned(*pins) + "|")
    app = bring(open_app("compare", pins=pinned(*pins)), pins[1], "plums.csv", plums(30))
    assert not app.get("file_uploader") and not warnings(app) and link_value(app, "pins") == pinned(*pins)
    assert [one.label for one in app.button if one.label.startswith("Unpin")] == ["Unpin A", "Unpin B", "Unpin C"]


def test_another_file_than_a_pinned_run_asks_for_is_told_and_one_that_does_not_fit_is_not_taken():
    pin = pin_on(plums(31), "plums.csv")
    app = open_app("compare", pins=pinned(ONE, pin))
    bring(app, pin, "two.csv", b"x,y\n1,2\n3,4\n")
    assert "another file than the one" in warnings(app) and "it does not fit" in warnings(app)
    assert link_value(app, "pins") == pinned(ONE, pin)
    bring(app, pin, "notes.txt", b"PK\x03\x04")
    assert "Excel" in warnings(app) and link_value(app, "pins") == pinned(ONE, pin)
    bring(app, pin, "later.csv", plums(33))
    assert "This file is another than the one" in warnings(app) and not app.get("file_uploader")
    assert "later.csv" in link_value(app, "pins") and link_value(app, "pins").startswith(pinned(ONE) + "|")


def test_pinned_runs_that_wait_can_be_unpinned_and_count_among_the_six():
    pins = [pin_on(plums(34), "plums.csv", learning_rate=rate / 10) for rate in range(1, MOST_PINS + 1)]
    session = Session(carried={"pins": pinned(*pins)})
    pin_run(session)
    assert "6 runs are pinned" in session.notes[0] and session.carried["pins"] == pinned(*pins)
    app = open_app("compare", pins=pinned(*pins))
    assert not charts(app) and not [one for one in app.button if one.label == "Pin these three"]
    assert link_value(press(app, "Unpin them"), "pins") is None


BRANCHED = Run(Experiment(samples=60)).changed(50, Experiment(samples=60, learning_rate=0.3))


@pytest.mark.parametrize("run", [
    ONE.run, OTHER.run, Run(Experiment(samples=1000, hidden=(32, 32), batch_size=1)), BRANCHED,
    BRANCHED.changed(60, Experiment(samples=60, epoch_limit=100)), BRANCHED.edited(55, [(0, 0, 0, 1.5)]),
])  # fmt: skip
def test_the_epochs_that_a_view_is_told_are_those_that_are_recorded(run):
    last = 80 if run.experiment.samples > 60 else min(run.segments[-1].last_frame, 130)
    epochs, _, _ = ChunkStore().scores(run, last)
    np.testing.assert_array_equal(planned_epochs(run)[: len(epochs)], epochs)


def test_the_same_epoch_is_found_in_a_run_whose_snapshots_lie_elsewhere():
    coarse, fine = Run(Experiment(samples=60)), Run(Experiment(samples=1000, hidden=(32, 32), batch_size=1))
    assert [planned_epochs(run)[120] for run in (coarse, fine)] == [280, 120]
    assert frame_beside(coarse, 120, fine) == 280 and frame_beside(fine, 281, coarse) == 120
    assert frame_beside(fine, 287, coarse) == 120 and frame_beside(fine, 288, coarse) == 121


def test_the_left_view_moves_the_link_once_for_each_report(monkeypatch):
    state = Together((Side(ONE.run), Side(OTHER.run)), 0)
    monkeypatch.setattr(st, "session_state", {"together_left": {"at": {"run": ONE.run.key, "frame": 7, "playing": False}},
                                              "together_right": {"at": {"run": OTHER.run.key, "frame": 9}}})  # fmt: skip
    hear(state, 1)
    assert state.at == 0
    hear(state, 0)
    assert state.at == 7 and state.frames_only
    state.at = 3  # a link was followed meanwhile
    hear(state, 0)
    assert state.at == 3
    st.session_state["together_left"] = {"need": {"run": ONE.run.key, "from": 10**6, "scene": True}}
    hear(state, 0)
    assert state.sides[0].wanted_frame == ONE.run.segments[-1].last_frame and not state.frames_only
