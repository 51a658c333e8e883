"""The link: what is shown goes in, comes out the same, and an invalid value becomes the default with a sentence."""

import pytest
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from nncore import Experiment, Run
from pages.parts.fields import echo
from pages.parts.page import link
from pages.parts.page.session import OPENING
from tests.pages.conftest import open_script


def script():
    from pages.parts.page.link import open_link, write_link

    write_link(open_link("part", plays=True))


def session(app: AppTest):
    return app.session_state["glassbox"]


def test_a_link_carries_run_frame_axes_view_and_choices():
    shown = {"dataset": "xor", "learning_rate": "0.1", "frame": "12", "axes": "1,0", "show": "validation,log", "speed": "2",
             "focus": "1,2", "part": "b"}  # fmt: skip
    app = open_script(script, **shown)
    assert session(app).run == Run(Experiment("xor", learning_rate=0.1)) and session(app).frame == 12
    assert session(app).axes == "1,0" and session(app).choices == {"part": "b"} and session(app).notes == []
    view = {"validation": True, "test": False, "discrete": False, "log": True, "speed": 2.0, "focus": "1,2"}
    assert session(app).view == view
    assert {name: "".join(text) for name, text in app.query_params.items()} == shown


@pytest.mark.parametrize(("wrong", "said"), [
    ({"frame": "100000"}, "snapshot can be 0 to 599"), ({"speed": "3"}, "speed can be one of"),
    ({"focus": "9,9"}, "focus must be"), ({"axes": "x"}, "principal components are shown"),
    ({"frame": "x"}, "snapshot must be a whole number"),
])  # fmt: skip
def test_what_a_link_says_wrongly_is_said_and_becomes_the_default(wrong, said):
    app = open_script(script, **wrong)
    (note,) = session(app).notes
    assert said in note
    assert session(app).axes == "pca" and session(app).view["speed"] == 1.0 and session(app).view["focus"] == ""


def test_names_are_read_in_any_case_and_the_speed_beyond_the_last_is_the_last():
    app = open_script(script, Dataset="XOR", Speed="9", SHOW="Log,validation,shadows", AXES="PCA", Part="b", Frame="3")
    assert session(app).run == Run(Experiment("xor")) and session(app).frame == 3
    assert session(app).view["speed"] == 4.0 and session(app).view["log"] and session(app).view["validation"]
    assert session(app).choices == {"part": "b"}
    assert [note.split(";")[-1] for note in session(app).notes] == [
        " the link asked for “shadows”, which is left out.", " the link asked for 9, so it is now 4.",
    ]  # fmt: skip


def test_a_name_with_several_values_is_said():
    app = AppTest.from_function(script)
    app.query_params["l1"] = ["0.1", "0.2"]
    app.query_params["Frame"], app.query_params["frame"] = "5", "7"
    app.run()
    assert session(app).run.experiment.l1 == 0.2 and session(app).frame == 7
    assert session(app).notes == [
        "The link names “l1” more than once; the last one counts.",
        "The link names the snapshot twice; “Frame” is left out.",
    ]


def test_of_what_nobody_picked_the_link_names_the_dataset_alone():
    assert dict(open_script(script, dataset="circle").query_params) == {"dataset": "circle"}
    assert {name: "".join(text) for name, text in open_script(script).query_params.items()} == OPENING.to_dict()


def test_a_link_from_a_page_with_changes_by_hand_says_that_they_are_not_here():
    app = open_script(script, dataset="xor", edited="0123abcd")
    assert len(session(app).notes) == 1 and session(app).notes[0].startswith("Numbers were changed by hand")
    assert "edited" not in app.query_params  # it is said once
    assert session(app).run == Run(Experiment("xor"))


def test_changes_by_hand_mark_the_link_of_their_own_session_alone():
    app = open_script(script, dataset="xor")
    session(app).edited = True
    app.run()
    assert "".join(app.query_params["edited"]) == session(app).token and session(app).notes == []
    other = open_script(script, dataset="xor", edited=session(app).token)
    assert len(session(other).notes) == 1


def test_it_is_shown_how_far_the_training_to_a_branch_is(monkeypatch):
    said = []
    monkeypatch.setattr(DeltaGenerator, "progress", lambda self, share, text: said.append((share, text)))
    monkeypatch.setattr(link, "LOOK_SECONDS", 0.001)
    settings = Experiment("spiral", hidden=(32, 32), batch_size=1, data_seed=77)
    run = Run(settings).changed(30, settings.with_changes(learning_rate=0.01))
    app = open_script(script, **run.to_dict())
    assert session(app).run == run and session(app).notes == []
    assert said and all(0 <= share <= 1 and "of 30. Any change calls it off." in text for share, text in said)
    said.clear()
    assert session(open_script(script, **run.to_dict())).run == run and said == []  # it is there by now


def click_with_the_link_from_before(app: AppTest, monkeypatch, *, is_history: bool = False, later: float = 0.0) -> AppTest:
    """The page after a change whose new link the browser has not heard of when the next click is made."""
    before = {name: "".join(text) for name, text in app.query_params.items()}
    session(app).change(l2=0.1)
    app.run()
    assert "".join(app.query_params["l2"]) == "0.1"
    monkeypatch.setattr(link, "is_history_step", lambda: is_history)
    now = link.time.monotonic() + later
    monkeypatch.setattr(link.time, "monotonic", lambda: now)
    app.query_params.clear()
    for name, text in before.items():
        app.query_params[name] = text
    return app.run()


def test_a_click_that_brings_the_link_from_before_the_last_change_does_not_undo_it(monkeypatch):
    app = click_with_the_link_from_before(open_script(script, dataset="xor"), monkeypatch)
    assert session(app).run == Run(Experiment("xor", l2=0.1))
    session(app).change(l1=0.2)
    app.run()
    assert "".join(app.query_params["l1"]) == "0.2" and "".join(app.query_params["l2"]) == "0.1"


def test_back_to_the_link_from_before_the_last_change_undoes_it(monkeypatch):
    app = click_with_the_link_from_before(open_script(script, dataset="xor"), monkeypatch, is_history=True)
    assert session(app).run == Run(Experiment("xor"))


def test_a_link_that_was_replaced_long_ago_is_one_that_is_followed(monkeypatch):
    app = click_with_the_link_from_before(open_script(script, dataset="xor"), monkeypatch, later=60.0)
    assert session(app).run == Run(Experiment("xor"))


def script_with_a_field():
    import streamlit as st

    from nncore import Experiment
    from pages.parts.page.link import open_link, write_link
    from pages.parts.page.presets import Preset, show_presets
    from pages.parts.page.session import bind

    session = open_link("part", plays=True)
    show_presets(session, [Preset("Far", "", Experiment("xor", learning_rate=0.3))], "try", 1)
    session.plays = False  # no page is around it that would be drawn anew
    st.selectbox("Rate", (0.1, 0.3), **bind(session, "learning_rate", session.settings.learning_rate))
    write_link(session)


@pytest.mark.parametrize("by", ["Back", "preset"])
@pytest.mark.parametrize(("later", "rate"), [(0.5, 0.3), (60.0, 0.1)])
def test_what_the_browser_still_says_of_a_field_after_a_link_or_a_preset_is_no_pick(by, later, rate, monkeypatch):
    app = open_script(script_with_a_field, dataset="xor", learning_rate="0.1")
    if by == "preset":
        app.button(key="try_Far").click().run()
    else:
        app.query_params["learning_rate"] = "0.3"
        app.run()
    assert session(app).run.experiment.learning_rate == 0.3 and app.selectbox[0].value == 0.3
    now = echo.time.monotonic() + later
    monkeypatch.setattr(echo.time, "monotonic", lambda: now)
    app.selectbox[0].set_value(0.1).run()
    assert session(app).run.experiment.learning_rate == rate and not app.exception
