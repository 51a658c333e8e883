"""What follows within one breath, answered one after the other, as if it had come slowly.

What comes while a page is busy, Streamlit (1.67) folds into one request: the callbacks of buttons are called before those of
the views, the newest button first, and a click that comes meanwhile ends a callback in its middle. A dice after a preset
drew new weights of the run before, or the preset was gone (streamlit/streamlit#8291). A link of the menu drops all that
waits.
"""

import json
import threading
from collections import deque
from collections.abc import Callable
from functools import wraps
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import RerunData
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequest, ScriptRequests, ScriptRequestType
from streamlit.runtime.state.session_state import SessionState

MOST_WAITING = 12  # requests of one viewer; those beyond go together with the last, as Streamlit does with all
_TRIGGERS = ("trigger_value", "json_trigger_value")
_ASKS = {"need"}  # what a view tells by itself: frames are wanted, once more if they do not come

_thread = threading.local()  # whether callbacks are being called


def answer_in_order() -> None:
    """Has each callback come to its end, and each request that was clicked be answered before the next one is."""
    if all(hasattr(ScriptRequests, name) for name in ("_request_rerun_locked", "on_scriptrunner_yield",
                                                      "on_scriptrunner_ready", "request_stop")):  # fmt: skip
        _finish_callbacks()
        _wait_in_line()
        _keep_what_waits()


def follows(before: RerunData, new: RerunData) -> bool:
    """Whether `new` is to be answered after `before`, in which something was clicked, and not together with it.

    What fields say after nothing but a view's asking for frames is answered with that: whoever drags a slider while the view
    plays waits for no older values.
    """
    if before.widget_states is None or new.widget_states is None:
        return False
    clicked = {one.id: _clicks(one) for one in before.widget_states.widgets if _clicks(one)}
    held = {one.id: one for one in before.widget_states.widgets}
    is_pressed = any(events - _ASKS for events in clicked.values())
    return bool(clicked) and any(
        _clicks(one) - clicked.get(one.id, set()) or (is_pressed and not (_clicks(one) or held.get(one.id, one) == one))
        for one in new.widget_states.widgets
    )


def _clicks(state: WidgetState) -> set[str]:
    """What was clicked in one widget: the names of a view's events, for a button the empty one."""
    kind = state.WhichOneof("value")
    if kind not in _TRIGGERS or not getattr(state, kind):
        return set()
    if kind == "trigger_value":
        return {""}
    told = json.loads(state.json_trigger_value)
    return {str(one.get("event")) for one in (told if isinstance(told, list) else [told]) if isinstance(one, dict)}


def _waiting(requests: ScriptRequests) -> deque[RerunData]:
    return requests.__dict__.setdefault("glassbox_waiting", deque())


def _finish_callbacks() -> None:
    """A click that comes while callbacks are called is answered after them."""
    call = SessionState._call_callbacks

    @wraps(call)
    def call_to_the_end(state: SessionState, **replayed: Any) -> None:
        _thread.calls_back = True
        try:
            call(state, **replayed)
        finally:
            _thread.calls_back = False

    SessionState._call_callbacks = call_to_the_end


def _wait_in_line() -> None:
    """A click that comes while another one waits is answered after that, in a run of its own.

    What need not wait for the last in line is answered with it: of a slider's values the newest alone.
    """
    fold = ScriptRequests._request_rerun_locked

    def together(before: RerunData, new: RerunData) -> RerunData:
        apart = ScriptRequests()
        fold(apart, before)
        fold(apart, new)
        return apart._rerun_data

    @wraps(fold)
    def fold_or_wait(requests: ScriptRequests, new: RerunData) -> bool:
        waiting = _waiting(requests)
        if requests._state is not ScriptRequestType.RERUN or new.widget_states is None:
            return fold(requests, new)
        if len(waiting) < MOST_WAITING and follows(waiting[-1] if waiting else requests._rerun_data, new):
            waiting.append(new)
        elif waiting:
            waiting[-1] = together(waiting[-1], new)
        else:
            return fold(requests, new)
        return True

    def and_the_next(take: Callable[[ScriptRequests], ScriptRequest | None]) -> Callable:
        @wraps(take)
        def take_one(requests: ScriptRequests) -> ScriptRequest | None:
            if getattr(_thread, "calls_back", False):
                return None
            taken = take(requests)
            if taken is not None and taken.type is ScriptRequestType.RERUN:
                with requests._lock:
                    if _waiting(requests):
                        fold(requests, _waiting(requests).popleft())
            return taken

        return take_one

    ScriptRequests._request_rerun_locked = fold_or_wait
    ScriptRequests.on_scriptrunner_yield = and_the_next(ScriptRequests.on_scriptrunner_yield)
    ScriptRequests.on_scriptrunner_ready = and_the_next(ScriptRequests.on_scriptrunner_ready)


def _keep_what_waits() -> None:
    """What was clicked and waits where a run is stopped for that of another page is answered in the run that takes over."""
    stop, request, create = ScriptRequests.request_stop, AppSession.request_rerun, AppSession._create_scriptrunner

    @wraps(stop)
    def stop_and_keep(requests: ScriptRequests) -> None:
        with requests._lock:
            if requests._state is ScriptRequestType.RERUN:
                _waiting(requests).appendleft(requests._rerun_data)
        stop(requests)

    @wraps(request)
    def request_and_note(session: AppSession, *states: Any) -> None:
        _thread.replaced = session._scriptrunner
        try:
            request(session, *states)
        finally:
            _thread.replaced = None

    @wraps(create)
    def create_for_all(session: AppSession, initial: RerunData) -> None:
        replaced = getattr(_thread, "replaced", None)
        left = list(_waiting(replaced._requests)) if replaced is not None else []
        first, *others = [*filter(_is_clicked, left), initial]
        create(session, first)
        for one in others:
            if not session._scriptrunner.request_rerun(one):  # it has not begun: what the one before said is heard first
                create(session, one)

    ScriptRequests.request_stop = stop_and_keep
    AppSession.request_rerun, AppSession._create_scriptrunner = request_and_note, create_for_all


def _is_clicked(request: RerunData) -> bool:
    return request.widget_states is not None and any(_clicks(one) for one in request.widget_states.widgets)
