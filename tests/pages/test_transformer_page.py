"""The Transformer page, as Streamlit runs it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]


def open_page(**link: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
    app.run()
    for name, value in link.items():
        app.query_params[name] = value
    app.switch_page("pages/transformer.py").run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    return " ".join(element.value for kind in ("markdown", "warning") for element in app.get(kind))


def test_it_waits_for_train():
    app = open_page()
    assert [button.label for button in app.button] == ["Train"]
    assert "The task: the letters in the opposite order." in words(app)


@pytest.mark.parametrize("task", ["copy", "match"])
def test_a_link_trains_and_shows_the_answer(task):
    app = open_page(task=task, block="1", length="12", example="3")
    assert "of 12 right" in words(app)
    app.slider(key="choose_block_frame").set_value(0).run()
    assert not app.exception and "of 12 right" in words(app)


@pytest.mark.parametrize(
    ("name", "value"), [("task", "add"), ("block_heads", "3"), ("length", "9"), ("block_frame", "999")]
)
def test_a_bad_value_in_the_link_becomes_the_default(name, value):
    app = open_page(**({"task": "copy", "block": "1"} | {name: value}))
    assert f"{name} cannot be" in words(app)
