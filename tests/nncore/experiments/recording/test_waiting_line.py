"""The waiting line: two go on, the rest wait in order, and who has left loses the turn."""

from nncore.experiments.recording.waiting_line import WaitingLine


def test_two_go_on_and_the_rest_wait_in_the_order_in_which_they_came():
    line = WaitingLine(clock=lambda: 0.0)
    assert [line.ask(name) for name in "abcd"] == [0, 0, 1, 2]
    assert [line.ask(name) for name in "dcba"] == [2, 1, 0, 0]  # asking again changes nothing
    line.leave("a")
    assert [line.number(name) for name in "bcd"] == [0, 0, 1]
    assert line.ask("a") == 2


def test_who_has_not_asked_for_some_time_has_left():
    now = [0.0]
    line = WaitingLine(patience=4.0, clock=lambda: now[0])
    assert [line.ask(name) for name in "abc"] == [0, 0, 1]
    now[0] = 3.0
    line.ask("c"), line.ask("b")
    now[0] = 4.5  # a asked 4.5 seconds ago
    assert line.number("c") == 0 and line.ask("d") == 1 and line.ask("a") == 2


def test_who_never_asked_does_not_wait():
    assert WaitingLine().number("a") == 0
