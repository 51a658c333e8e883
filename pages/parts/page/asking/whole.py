"""Nothing that a run said or a browser asked is lost between two runs, and nothing old is heard after its time."""

import contextlib
from dataclasses import replace
from functools import wraps

from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.scriptrunner import RerunData
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests, ScriptRequestType


def forget_fragments_within() -> None:
    """Has a new run of a fragment drop all that the run before said and that was not sent yet.

    Streamlit (1.67) keeps what fragments within that fragment said. Where elements before them were dropped, these then
    come to places that do not exist yet, and the browser gives the whole page up: "Bad delta path index". It takes two
    clicks in quick succession on a busy server. streamlit/streamlit#9381 made the rule; no issue found of this.
    """
    clear = getattr(AppSession, "_clear_queue", None)

    @wraps(clear or forget_fragments_within)
    def clear_with_those_within(session: AppSession, fragments: list[str] | None = None) -> None:
        if fragments is not None:
            with contextlib.suppress(AttributeError):  # another Streamlit
                said = {message.delta.fragment_id for message in session._browser_queue._queue} - {""}
                fragments = [*fragments, *(one for one in sorted(said)
                                           if session._fragment_storage.has_ancestor_in(one, fragments))]  # fmt: skip
        clear(session, fragments)

    if clear is not None:
        AppSession._clear_queue = clear_with_those_within


def keep_history_steps() -> None:
    """Has a step back or forward remain one where something else is asked for before it was answered.

    Streamlit (1.67) then forgets that it was one, and runs the page once for both with the new link. It happens while a view
    plays, which asks for frames. No issue found; the code there calls it an accepted limitation.
    """
    fold = getattr(ScriptRequests, "_request_rerun_locked", None)

    @wraps(fold or keep_history_steps)
    def fold_and_keep(requests: ScriptRequests, new: RerunData) -> bool:
        is_pending, before = requests._state is ScriptRequestType.RERUN, requests._rerun_data
        is_taken = fold(requests, new)
        if is_pending and before.is_history_navigation and new.query_string == before.query_string:
            requests._rerun_data = replace(requests._rerun_data, is_history_navigation=True)
        return is_taken

    if fold is not None:
        ScriptRequests._request_rerun_locked = fold_and_keep


def hear_runners_out() -> None:
    """Has all that a run said heard before the next one begins, where a request finds the runner of runs just ended.

    Streamlit (1.67) then puts a new runner in its place at once, and takes nothing more from the old one, though what that
    said last still waits in line: of a fragment's run the new elements, of any the new link. It takes a busy server, and a
    fragment that asks just after a click, as a room's histogram does, or the live view. streamlit/streamlit#9188 shows it;
    a comment at `AppSession.request_rerun` there knows of it.
    """
    create = getattr(AppSession, "_create_scriptrunner", None)

    @wraps(create or hear_runners_out)
    def create_when_heard(session: AppSession, asked: RerunData) -> None:
        ended = session._scriptrunner
        if ended is None:
            create(session, asked)
            session.glassbox_page = asked.page_script_hash
            return

        def begin() -> None:
            if session._state is AppSessionState.SHUTDOWN_REQUESTED:
                return
            if session._scriptrunner is ended:
                session._scriptrunner = None
            elif asked.page_script_hash and session.glassbox_page not in ("", asked.page_script_hash):
                return  # a link has led to another page meanwhile
            if session._scriptrunner is None or not session._scriptrunner.request_rerun(asked):
                create_when_heard(session, asked)

        session._event_loop.call_soon_threadsafe(begin)  # behind all that the runner said

    if create is not None:
        AppSession._create_scriptrunner = create_when_heard
