"""What is sent to a browser and kept of its steps between two runs."""

import asyncio
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.scriptrunner import RerunData, ScriptRunnerEvent
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests

import pages.parts.page.streamlit_workarounds  # noqa: F401 - mends the session below


def _said(place: int, fragment: str = "") -> ForwardMsg:
    message = ForwardMsg()
    message.delta.new_element.text.body = "said"
    message.delta.fragment_id = fragment
    message.metadata.delta_path.extend([0, place])
    return message


def test_a_new_run_of_a_fragment_drops_what_it_and_the_fragments_within_it_said_before():
    storage, queue = MemoryFragmentStorage(), ForwardMsgQueue()
    for name, parent in (("body", None), ("within", "body"), ("deep within", "within"), ("beside", None)):
        storage.register(name, lambda: None, parent_fragment_id=parent)
    for place, fragment in enumerate(("", "body", "within", "deep within", "beside")):
        queue.enqueue(_said(place, fragment))
    session = SimpleNamespace(_browser_queue=queue, _fragment_storage=storage)
    AppSession._clear_queue(session, ["body"])
    assert [message.delta.fragment_id for message in queue.flush()] == ["", "beside"]
    queue.enqueue(_said(0, "body"))
    queue.enqueue(_said(1, "within"))
    AppSession._clear_queue(session, ["within"])
    assert [message.delta.fragment_id for message in queue.flush()] == ["body"]
    queue.enqueue(_said(0, "beside"))
    AppSession._clear_queue(session)
    assert queue.flush() == []


@pytest.mark.parametrize(("link", "is_step"), [("dataset=xor", True), ("dataset=moons", False)])
def test_a_step_back_remains_one_where_the_view_asks_for_frames_before_it_is_answered(link, is_step):
    requests = ScriptRequests()
    requests.request_rerun(RerunData(query_string="dataset=xor", is_history_navigation=True))
    requests.request_rerun(RerunData(query_string=link, fragment_id="view"))
    asked = requests.on_scriptrunner_ready().rerun_data
    assert asked.query_string == link and asked.is_history_navigation == is_step
    requests.request_rerun(RerunData(query_string="dataset=xor", fragment_id="view"))
    assert not requests.on_scriptrunner_ready().rerun_data.is_history_navigation  # it was answered


def _session_whose_runs_have_ended(monkeypatch, **more):
    monkeypatch.setattr(app_session, "ScriptRunner", MagicMock(side_effect=lambda **_: MagicMock()))
    ended = MagicMock()
    ended.request_rerun.return_value = False
    session = MagicMock(_event_loop=asyncio.new_event_loop(), _scriptrunner=ended, **more)
    session._script_event_loop.is_closed.return_value = False
    session._create_scriptrunner = lambda asked: AppSession._create_scriptrunner(session, asked)
    return session, ended


def test_what_was_asked_of_a_page_does_not_lead_back_to_it_from_the_next_one(monkeypatch):
    session, _ = _session_whose_runs_have_ended(monkeypatch)

    async def ask_and_go() -> None:
        AppSession.request_rerun(session, ClientState(fragment_id="live", page_script_hash="train"))
        AppSession.request_rerun(session, ClientState(page_script_hash="weights"))
        await asyncio.sleep(0.01)

    session._event_loop.run_until_complete(ask_and_go())
    session._event_loop.close()
    (begun,) = app_session.ScriptRunner.call_args_list
    assert begun.kwargs["initial_rerun_data"].page_script_hash == "weights"
    assert not session._scriptrunner.request_rerun.called


def test_all_that_a_run_said_is_heard_before_the_next_runner_begins(monkeypatch):
    """A room's histogram asks right after a click was answered, and the answer still waits in line behind what it asks."""
    heard = []
    session, ended = _session_whose_runs_have_ended(monkeypatch, _enqueue_forward_msg=heard.append)
    loop = session._event_loop

    async def say_and_ask() -> None:
        for place in range(2):
            loop.call_soon(AppSession._handle_scriptrunner_event_on_event_loop, session, ended,
                           ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, _said(place, "body"))  # fmt: skip
        for _ in range(2):
            AppSession.request_rerun(session, ClientState(fragment_id="histogram"))
        await asyncio.sleep(0.01)

    loop.run_until_complete(say_and_ask())
    loop.close()
    assert [message.metadata.delta_path[-1] for message in heard if message.WhichOneof("type") == "delta"] == [0, 1]
    assert app_session.ScriptRunner.call_count == 1 and session._scriptrunner is not ended
    assert session._scriptrunner.request_rerun.call_count == 1  # the second request found the new runner
