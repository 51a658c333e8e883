"""A person who presses, drags and types at random on any page gets an answer each time, never an error of the program."""

import random
from pathlib import Path

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from pages.parts.way.contents import BY_NAME
from tests.fuzz.conftest import FACTOR, SEED
from tests.fuzz.outside import NASTY, check_page

ROOT = Path(__file__).parents[2]
ACTIONS = 5 * FACTOR
KINDS = ("button", "toggle", "checkbox", "slider", "select_slider", "selectbox", "button_group", "multiselect", "text_input",
         "number_input")  # fmt: skip
# Small work on every page; what a walk changes stays small, as the pages' own lists do.
PAGES = {
    "train": {}, "weights": {"frame": "20"}, "neuron": {}, "backprop": {"frame": "5"},
    "restarts": {"starts": "4", "restart_epochs": "3"}, "landscapes": {}, "surface": {"frame": "20"},
    "initializers": {"depth": "2", "width": "4", "race_epochs": "2"}, "batches": {"batch_epochs": "1"},
    "words": {"run_sentences": "60"}, "attention": {}, "transformer": {}, "convolution": {}, "recurrence": {},
    "autoencoder": {}, "scores": {"leak": "scaling"}, "lessons": {}, "compare": {}, "overfitting": {}, "start": {},
    "report": {}, "lecture": {},
}  # fmt: skip
# These start minutes of work, which is measured elsewhere.
DEAR = ("choose_starts", "choose_restart_epochs", "choose_batch_epochs", "choose_run_sentences", "choose_race_epochs",
        "choose_depth", "choose_width")  # fmt: skip


assert set(PAGES) == set(BY_NAME), "each page is walked"


@pytest.mark.parametrize("page", PAGES)
def test_a_walk(page):
    rng = random.Random(f"{page} {SEED}")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    app.switch_page(f"pages/{page}.py")
    for name, text in ({"dataset": "circle", "hidden": "3", "samples": "60"} | PAGES[page]).items():
        app.query_params[name] = text
    app.run()
    check_page(app)
    done: list[str] = []
    for _ in range(ACTIONS):
        action = _act(app, rng)
        if action is None:
            break
        done.append(action)
        try:
            app.run()
        except RuntimeError as error:
            assert "timed out" in str(error)
            break
        assert not app.exception, (done, [element.value for element in app.exception])
        check_page(app)


def _act(app: AppTest, rng: random.Random) -> str | None:
    """Does something to one of the page's widgets; what it did, or None where there is nothing to do."""
    widgets = [widget for kind in KINDS for widget in app.get(kind) if not widget.disabled and widget.key not in DEAR]
    if not widgets:
        return None
    widget = rng.choice(widgets)
    value = _value(widget, rng)
    if widget.type == "button":
        widget.click()
    elif widget.type in ("button_group", "multiselect", "select_slider", "selectbox"):
        _pick(widget, value)
    else:
        widget.set_value(value)
    return f"{widget.type} {widget.key or widget.label!r} = {value!r}"


def _value(widget, rng: random.Random):
    if widget.type in ("toggle", "checkbox"):
        return not widget.value
    if widget.type == "slider":
        low, high = widget.min, widget.max
        pick = (lambda: rng.randint(low, high)) if isinstance(low, int) else (lambda: rng.uniform(low, high))
        return sorted([pick(), pick()]) if isinstance(widget.value, list | tuple) else pick()
    if widget.type == "text_input":
        return rng.choice([text for text in NASTY if text.isprintable() or text == "\r\n"] + ["3", "0,5",
        "the cat sees", "a b c"])
    if widget.type == "number_input":
        return rng.choice([None, 0.0, 1.0, 2.0, 3.5, -1.0, 64.0, 1e6, 1e300])
    if widget.type == "button":
        return None
    count = rng.randint(0, min(4, len(widget.options))) if widget.type == "multiselect" else 1
    return rng.sample(list(widget.options), count)


def _pick(widget, options: list[str]) -> None:
    """Picks options by what a person reads on them, as the browser sends them."""
    state = WidgetState()
    state.id = widget.id
    if widget.type == "selectbox":
        state.string_value = options[0]
    else:
        state.string_array_value.data[:] = options
    widget.__class__ = type("Picked", (type(widget),), {"_widget_state": property(lambda self: state)})
