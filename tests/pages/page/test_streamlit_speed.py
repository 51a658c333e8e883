"""What is spared of Streamlit's work changes nothing that comes of it."""

import asyncio
import inspect
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.routing import Mount
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session, runtime
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_handler

from pages.parts.page import streamlit_workarounds  # noqa: F401  spares the work below
from pages.parts.page.streamlit_speed import AT_ONCE_SECONDS, Unhurried, read_options_without_lock

ROOT = Path(__file__).parents[3]


def test_an_option_is_read_while_another_thread_holds_the_lock(monkeypatch):
    monkeypatch.setattr(config, "get_option", inspect.unwrap(config.get_option))
    read_options_without_lock()
    config.get_option("server.port")  # the first time the options are read from their files, under the lock
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with config._config_lock:
            held.set()
            free.wait(10)

    threading.Thread(target=hold, daemon=True).start()
    held.wait(10)
    found = []
    reader = threading.Thread(target=lambda: found.append(config.get_option("server.port")), daemon=True)
    reader.start()
    reader.join(5)
    meanwhile = list(found)
    free.set()
    assert meanwhile == [config.get_options_for_section("server")["port"]]


def test_the_first_app_that_a_test_runs_knows_that_it_is_tested():
    code = f"""
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_handler
app = AppTest.from_file({str(ROOT / "app.py")!r}, default_timeout=120).run()
assert not app.exception
app.switch_page("pages/start.py").run()  # sends the values of all fields, which a test alone is told
assert not app.exception and app.title
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=240)


def test_an_unknown_option_is_refused_as_before():
    try:
        config.get_option("server.nothing")
    except RuntimeError as error:
        assert str(error) == 'Config key "server.nothing" not defined.'
    else:
        raise AssertionError("an unknown option must be refused")


def test_a_theme_is_made_once_and_anew_where_the_options_were_read_anew(monkeypatch):
    populate, made = app_session._populate_theme_msg.__wrapped__, CustomThemeConfig()
    populate(made, "theme.dark")
    first, again, changed = CustomThemeConfig(), CustomThemeConfig(), CustomThemeConfig()
    app_session._populate_theme_msg(first, "theme.dark")
    app_session._populate_theme_msg(again, "theme.dark")
    assert first == again == made
    options = {key: option for key, option in config._config_options.items() if not key.startswith("theme.dark")}
    monkeypatch.setattr(config, "_config_options", options)
    app_session._populate_theme_msg(changed, "theme.dark")
    assert changed == CustomThemeConfig() != made


def script():
    import streamlit as st
    from streamlit.runtime.state import get_session_state

    st.session_state["own"] = None
    st.selectbox("Which?", ["a", "b"], key="which", index=None)
    st.slider("How many?", 0, 5, key="many")
    st.text_input("Without a key")
    state = get_session_state()
    whole, quick = state._state.filtered_state, state.filtered_state
    assert dict(quick) == whole and len(quick) == len(whole) and {"own", "which", "many"} <= set(whole)
    for key in (*whole, *state._state._keys(), "absent", "$$ID-absent", "$$STREAMLIT_INTERNAL_KEY_absent"):
        assert (key in quick) == (key in whole) and quick.get(key, 7) == whole.get(key, 7)
    st.write(repr(st.session_state["which"]))


def test_a_field_that_looks_its_key_up_finds_what_the_whole_state_holds():
    app = AppTest.from_function(script).run()
    assert not app.exception and app.selectbox(key="which").value is None
    app.selectbox(key="which").select("b").run()
    assert not app.exception and app.markdown[0].value == "'b'"
    app.selectbox(key="which").set_value(None).run()
    assert not app.exception and app.markdown[0].value == "None"


def test_a_loop_is_woken_once_for_all_that_is_handed_to_it_before_it_looks_and_again_afterwards():
    loop, writes, done = asyncio.SelectorEventLoop(), [], []

    class Counted:
        """The socket that wakes the loop."""

        def __init__(self, socket):
            self._socket = socket

        def send(self, data):
            writes.append(data)
            return self._socket.send(data)

        def __getattr__(self, name):
            return getattr(self._socket, name)

    loop._csock = Counted(loop._csock)
    for number in range(5):  # before it runs
        loop.call_soon_threadsafe(done.append, number)
    assert len(writes) == 1

    runner = threading.Thread(target=loop.run_forever, daemon=True)
    runner.start()
    for number in (5, 6):
        time.sleep(0.05)  # the loop has looked, and sleeps until it is woken
        came = threading.Event()
        loop.call_soon_threadsafe(lambda number=number, came=came: (done.append(number), came.set()))
        assert came.wait(10)
    assert done == [0, 1, 2, 3, 4, 5, 6] and len(writes) == 3
    loop.call_soon_threadsafe(loop.stop)
    runner.join(10)
    loop.close()


def test_nothing_that_many_threads_hand_to_a_loop_is_left_lying():
    loop, done, n_threads, n_each = asyncio.SelectorEventLoop(), [], 8, 500
    runner = threading.Thread(target=loop.run_forever, daemon=True)
    runner.start()
    alone = [threading.Thread(target=lambda: [loop.call_soon_threadsafe(done.append, n) for n in range(n_each)])
             for _ in range(n_threads)]  # fmt: skip
    for one in alone:
        one.start()
    for one in alone:
        one.join()
    came = threading.Event()
    loop.call_soon_threadsafe(came.set)
    assert came.wait(10) and len(done) == n_threads * n_each
    loop.call_soon_threadsafe(loop.stop)
    runner.join(10)
    loop.close()


def test_streamlit_gives_way_after_each_message_and_is_told_not_to():
    assert "await asyncio.sleep(0)" in inspect.getsource(runtime.Runtime._loop_coroutine)
    assert isinstance(runtime.asyncio, Unhurried) and runtime.asyncio.wait is asyncio.wait


def test_messages_are_handed_out_in_one_go_but_others_get_their_turn():
    turns, now = [], [0.0]
    unhurried = Unhurried(lambda: now[0])

    async def other() -> None:
        while True:
            turns.append(now[0])
            await asyncio.sleep(0)

    async def hand_out() -> list[int]:
        task, counts = asyncio.create_task(other()), []
        for later, pause in ((0.0, 0), (0.0, 0), (AT_ONCE_SECONDS / 2, 0), (AT_ONCE_SECONDS, 0), (0.0, 0), (0.0, 0.001)):
            now[0] += later
            await unhurried.sleep(pause)
            counts.append(len(turns))
        task.cancel()
        return counts

    counts = asyncio.run(hand_out())
    assert counts[:5] == [1, 1, 1, 2, 2] and counts[5] > 2


@pytest.mark.parametrize("path", ["", "/teach/glassbox"])
def test_the_answer_to_a_page_that_begins_with_plotly_names_its_script_and_no_other_does(path):
    static = Path(streamlit.__file__).parent / "static"
    app = Starlette(routes=[Mount(path, create_streamlit_static_handler(directory=str(static), base_url=path))])

    def head(name: str) -> dict[str, str]:
        told = []

        async def receive() -> None:
            await asyncio.Event().wait()

        async def send(message: dict) -> None:
            told.append(message)

        scope = {"type": "http", "method": "HEAD", "path": f"{path}/{name}", "query_string": b"", "headers": []}
        asyncio.run(app(scope, receive, send))
        assert told[0]["status"] == 200
        return {key.decode(): value.decode() for key, value in told[0]["headers"]}

    for name in ("weights", "attention"):
        found = head(name)
        assert found["content-type"].startswith("text/html") and found["cache-control"] == "no-cache"
        link = r"<\./(static/js/PlotlyChart\.[\w-]+\.js)>; rel=modulepreload; fetchpriority=low"
        target = re.fullmatch(link, found["link"])
        assert int(head(target[1])["content-length"]) > 2**20  # a file that is there
    for name in ("", "train", "convolution", "lecture", target[1]):
        assert "link" not in head(name)
