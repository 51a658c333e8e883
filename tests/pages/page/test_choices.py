"""What is picked on a page beside the run."""

from pages.parts.page.choices import Span, choice_up_to
from pages.parts.page.session import Session


def test_a_link_that_asks_for_more_than_there_is_here_is_told_once():
    session = Session(choices={"head": "4"}, followed=frozenset({"head"}))
    assert choice_up_to(session, "head", 1, 2, Span(1, 4)) == 2
    assert session.notes == ["The head can be 1 to 2 here; the link asked for 4, so it is now 2."]
    assert choice_up_to(session, "head", 1, 2, Span(1, 4)) == 2 and len(session.notes) == 1
    assert session.choices["head"] == "2"


def test_what_another_pick_has_lowered_is_shown_as_near_as_can_be_without_a_word():
    session = Session(choices={"head": "4"})
    assert choice_up_to(session, "head", 1, 2, Span(1, 4)) == 2
    assert choice_up_to(session, "head", 1, 4, Span(1, 4)) == 4 and session.notes == []
