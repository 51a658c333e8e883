"""Several buttons pressed before a page answers: one callback is called in a run."""

from streamlit.testing.v1 import AppTest


def script():
    import streamlit as st

    from pages.parts.page.streamlit_workarounds import latest

    answered = st.session_state.setdefault("answered", [])
    for name in ("a", "b", "c"):
        st.button(name, key=name, on_click=latest(answered.append), args=(name,))


def test_of_buttons_clicked_for_one_run_the_first_callback_alone_is_answered_and_the_next_run_answers_again():
    app = AppTest.from_function(script).run()
    app.button(key="b").click()
    app.button(key="c").click()
    app.run()
    assert app.session_state["answered"] == ["b"] and not app.exception
    app.button(key="c").click().run()
    app.button(key="c").click().run()
    assert app.session_state["answered"] == ["b", "c", "c"]
