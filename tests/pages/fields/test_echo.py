"""What a browser still says of a widget that a press has just changed is taken for no pick."""

from types import SimpleNamespace

import pytest

from pages.parts.fields import echo
from pages.parts.fields.echo import is_echo, note_command, note_value


@pytest.fixture
def state(monkeypatch) -> dict:
    """The state of one viewer, whose field shows 5."""
    held = {}
    monkeypatch.setattr(echo, "st", SimpleNamespace(session_state=held))
    show(held, 5)
    return held


def show(state: dict, value: int, said: int | None = None) -> None:
    """Draws the field, after a request that `said` what the browser had in it."""
    if said is not None:
        state["width"] = said
    note_value("width", value)
    state["width"] = value


def test_the_value_of_before_a_press_is_an_echo(state):
    note_command()
    show(state, 16)
    assert is_echo("width", 5) and not is_echo("width", 16) and not is_echo("width", 7)


def test_what_a_preset_set_is_an_echo_after_a_press_that_waited_for_its_answer(state):
    note_command()
    show(state, 16)  # the preset
    note_command()
    show(state, 17, said=5)  # the press, sent before the preset's answer came
    assert is_echo("width", 16) and is_echo("width", 5) and not is_echo("width", 17)


def test_a_pick_soon_after_a_press_can_be_taken_back(state):
    note_command()
    show(state, 5)
    show(state, 20, said=20)
    assert not is_echo("width", 5)
