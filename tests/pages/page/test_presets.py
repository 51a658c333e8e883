"""Presets: a button sets the run, its frame and what is picked besides, and what it forgets is as it was at first."""

from streamlit.testing.v1 import AppTest

from nncore import Experiment, Run


def script():
    import streamlit as st

    from nncore import Experiment
    from pages.parts.page.presets import Preset, show_presets
    from pages.parts.page.session import Session

    session = st.session_state.setdefault("glassbox", Session(choices={"view": "map", "size": "3", "part": "last"}))
    presets = (
        Preset("Choices alone", "The run stays.", choices={"size": "5"}),
        Preset("A run", "At frame 7.", Experiment("xor"), 7, settings="Exclusive-or."),
        Preset("Its first weights", "At frame 0.", Experiment("xor"), 0),
    )
    show_presets(session, presets, "try", 2, forgets=("view", "size"))


def press(key: str):
    return AppTest.from_function(script, default_timeout=30).run().button(key=key).click().run().session_state["glassbox"]


def test_choices_are_picked_and_those_to_forget_are_gone():
    session = press("try_Choices alone")
    assert session.choices == {"size": "5", "part": "last"} and session.run == Run(Experiment())


def test_a_preset_shows_its_run_at_its_frame():
    session = press("try_A run")
    assert session.run == Run(Experiment("xor")) and session.frame == 7 and session.choices == {"part": "last"}


def test_first_weights_that_were_asked_for_stay_on_a_page_that_begins_further_on():
    app = AppTest.from_function(script, default_timeout=30).run().button(key="try_Its first weights").click().run()
    assert app.session_state["glassbox"].frame == 0
    assert app.session_state["scrubbed"] == Run(Experiment("xor")).key


def test_what_to_expect_stands_below_each_button_with_what_it_sets():
    app = AppTest.from_function(script, default_timeout=30).run()
    assert [caption.value for caption in app.caption] == ["The run stays.", "At frame 7.\n\nExclusive-or.", "At frame 0."]
    assert [heading.value for heading in app.subheader] == ["Try this"]
