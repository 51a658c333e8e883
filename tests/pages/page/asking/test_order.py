"""What follows within one breath is answered one after the other, and no callback is ended by what comes meanwhile."""

import json

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.scriptrunner import RerunData
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests, ScriptRequestType
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.session_state import SessionState

import pages.parts.page.streamlit_workarounds  # noqa: F401 - mends Streamlit where it is imported
from pages.parts.page.asking.order import MOST_WAITING, follows


def asked(*states: WidgetState, fragment: str | None = None) -> RerunData:
    return RerunData(widget_states=WidgetStates(widgets=states), fragment_id=fragment)


def pressed(name: str) -> WidgetState:
    return WidgetState(id=name, trigger_value=True)


def told(event: str) -> WidgetState:
    return WidgetState(id="view", json_trigger_value=json.dumps([{"event": event, "value": 1}]))


def holds(value: int) -> WidgetState:
    return WidgetState(id="field", int_value=value)


def answered(requests: ScriptRequests) -> list[list[str]]:
    """The names of what was pressed in each run, in order, until nothing waits."""
    runs = []
    while (taken := requests.on_scriptrunner_ready()).type is ScriptRequestType.RERUN:
        runs.append(
            [one.id for one in taken.rerun_data.widget_states.widgets if one.trigger_value or one.json_trigger_value]
        )
    return runs


def test_presses_that_come_together_are_answered_in_their_order():
    requests = ScriptRequests()
    for one in (asked(pressed("preset"), fragment="page"), asked(told("command"), fragment="view"), asked(pressed("next"))):
        assert requests.request_rerun(one)
    assert answered(requests) == [["preset"], ["view"], ["next"]]


def test_a_flood_of_presses_loses_none_and_does_not_wait_for_ever():
    requests, names = ScriptRequests(), [f"b{k}" for k in range(MOST_WAITING + 5)]
    for name in names:
        requests.request_rerun(asked(pressed(name)))
    runs = answered(requests)
    assert len(runs) == MOST_WAITING + 1 and sorted(name for run in runs for name in run) == sorted(names)


def test_a_slider_dragged_after_presses_is_answered_once_with_its_newest_value():
    requests = ScriptRequests()
    for one in (asked(holds(0), pressed("preset")), asked(holds(0), pressed("next"))):
        requests.request_rerun(one)
    for value in range(1, 31):
        requests.request_rerun(asked(holds(value), fragment="page"))
    values = []
    while (taken := requests.on_scriptrunner_ready()).type is ScriptRequestType.RERUN:
        values.append(next(one.int_value for one in taken.rerun_data.widget_states.widgets if one.id == "field"))
    assert values == [0, 0, 30]


def test_what_a_field_says_after_a_flood_of_presses_stands_last():
    requests = ScriptRequests()
    for k in range(MOST_WAITING + 5):
        requests.request_rerun(asked(holds(k), pressed(f"b{k}")))
    requests.request_rerun(asked(holds(99)))
    while (taken := requests.on_scriptrunner_ready()).type is ScriptRequestType.RERUN:
        last = taken.rerun_data.widget_states.widgets
    assert [one.int_value for one in last if one.id == "field"] == [99]


@pytest.mark.parametrize("before,new,expected", [
    ([pressed("preset")], [told("command")], True),
    ([pressed("preset")], [pressed("preset")], False),  # the same again
    ([told("need")], [told("need")], False),
    ([told("command")], [told("need")], True),
    ([told("need")], [told("command")], True),
    ([holds(1), told("need")], [holds(2)], False),  # a slider that is dragged while the view plays
    ([holds(1), pressed("preset")], [holds(2)], True),  # typed after the press
    ([holds(1), pressed("preset")], [holds(1)], False),
    ([holds(1)], [holds(1), pressed("preset")], False),  # what a field says comes first in any case
])  # fmt: skip
def test_what_says_something_new_after_a_press_waits_for_it(before, new, expected):
    assert follows(asked(*before), asked(*new)) is expected


def test_what_waits_where_the_run_is_stopped_is_kept_for_the_run_that_takes_over():
    requests = ScriptRequests()
    requests.request_rerun(asked(pressed("preset")))
    requests.request_rerun(asked(told("command")))
    requests.request_stop()
    kept = [one.widget_states.widgets[0].id for one in requests.glassbox_waiting]
    assert kept == ["preset", "view"] and requests.on_scriptrunner_ready().type is ScriptRequestType.STOP


def test_a_press_that_comes_while_callbacks_are_called_is_answered_after_them(monkeypatch):
    requests, seen = ScriptRequests(), []
    requests.request_rerun(asked(pressed("preset")))
    monkeypatch.setattr(
        SessionState, "_run_callback_and_record_rerun", lambda *_: seen.append(requests.on_scriptrunner_yield())
    )
    state = SessionState()
    state._new_widget_state.set_from_value("b", True)
    state._new_widget_state.set_widget_metadata(
        WidgetMetadata("b", lambda value, *_: value, lambda value: value, "trigger_value", callback=print)
    )
    state._call_callbacks()
    assert seen == [None]
    assert requests.on_scriptrunner_yield().type is ScriptRequestType.RERUN
