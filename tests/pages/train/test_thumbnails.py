"""The thumbnails and the picker that shows them."""

import subprocess
import sys
from base64 import b64decode
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from nncore.data.datasets import DATASETS
from pages.parts.figures.palette import CLASSES
from pages.parts.train.thumbnails import SIZE, thumbnail

PREFIX = "data:image/svg+xml;base64,"


def drawing(name: str) -> str:
    return b64decode(thumbnail(name).removeprefix(PREFIX)).decode()


@pytest.mark.parametrize("name", DATASETS)
def test_every_dataset_has_a_small_picture(name):
    assert thumbnail(name).startswith(PREFIX)
    assert len(thumbnail(name)) <= 2500
    root = ElementTree.fromstring(drawing(name))
    assert root.tag.endswith("svg") and root.get("viewBox") == f"0 0 {SIZE} {SIZE}" and len(root) >= 1


@pytest.mark.parametrize("name", [name for name, kind in DATASETS.items() if kind.n_classes and kind.extent])
def test_classes_appear_in_their_colours(name):
    shown = [colour in drawing(name) for colour in CLASSES]
    assert shown == [k < DATASETS[name].n_classes for k in range(10)]


def test_pictures_differ():
    assert len({thumbnail(name) for name in DATASETS}) == len(DATASETS)


def test_an_unknown_dataset_is_refused():
    with pytest.raises(ValueError, match=r"dataset_name must be one of circle, .*, got 'moon'"):
        thumbnail("moon")


def test_no_picture_imports_scikit_learn():
    program = (
        "import sys; from nncore.data.datasets import DATASETS; from pages.parts.train.thumbnails import thumbnail\n"
        "[thumbnail(name) for name in DATASETS]; sys.exit('sklearn' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


def picker_app():
    import streamlit as st

    from pages.parts.train.dataset_picker import dataset_picker

    st.write(dataset_picker("dataset"))


def test_the_picker_offers_every_dataset_and_starts_with_the_first():
    app = AppTest.from_function(picker_app).run()
    (pills,) = app.button_group
    assert not app.exception
    assert app.session_state["dataset"] == app.markdown[-1].value == "circle"
    assert [option.content.startswith("![") for option in pills.proto.options] == [True] * len(DATASETS)


def test_the_picker_shows_what_the_session_holds_and_changes_it():
    app = AppTest.from_function(picker_app)
    app.session_state["dataset"] = "moons"
    app.run()
    assert app.markdown[-1].value == "moons"
    assert app.button_group[0].label == "Which data? Moons"
    app.button_group[0].set_value("iris").run()
    assert app.session_state["dataset"] == app.markdown[-1].value == "iris"
