"""What is picked on a page beside the run."""

from pages.parts.page.choices import Span, choice, choice_up_to
from pages.parts.page.session import Session


def test_a_link_that_asks_for_more_than_there_is_here_is_told_once():
    session = Session(choices={"head": "4"}, unread=frozenset({"head"}))
    assert choice_up_to(session, "head", 1, 2, Span(1, 4)) == 2
    assert session.notes == ["The head can be 1 to 2 here; the link asked for 4, so it is now 2."]
    assert choice_up_to(session, "head", 1, 2, Span(1, 4)) == 2 and len(session.notes) == 1
    assert session.choices["head"] == "2"


def test_a_link_beyond_both_limits_is_told_once_with_the_value_in_use():
    session = Session(choices={"head": "99"}, unread=frozenset({"head"}))
    assert choice_up_to(session, "head", 1, 2, Span(1, 4)) == 2
    assert session.notes == ["The head can be 1 to 2 here; the link asked for 99, so it is now 2."]


def test_what_another_pick_has_lowered_is_shown_as_near_as_can_be_without_a_word():
    session = Session(choices={"head": "4"})
    assert choice_up_to(session, "head", 1, 2, Span(1, 4)) == 2
    assert choice_up_to(session, "head", 1, 4, Span(1, 4)) == 4 and session.notes == []


def test_a_name_that_cannot_be_is_said_with_those_that_can_be():
    session = Session(choices={"landscape": "moon", "n_kind": "cubic"})
    assert choice(session, "landscape", "str", "hill", ("hill", "valley")) == "hill"
    assert session.notes == ["The landscape cannot be “moon”, so it is now hill. It can be hill or valley."]


def test_a_number_that_says_nothing_by_itself_is_said_in_words():
    session = Session(choices={"filters": "soon", "left_out": "all"})
    assert choice(session, "filters", "int", 1, Span(0, None)) == 1
    assert choice(session, "left_out", "int", -1, Span(-1, 9)) == -1
    assert [note.partition(", so ")[2].partition(".")[0] for note in session.notes] == [
        "it is now the last update", "it is now no class",
    ]
