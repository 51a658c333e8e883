"""The code behind a number: the very source of the function, the call with its numbers, and what it gives."""

from dataclasses import dataclass

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nncore.attention.attention import masked_softmax
from nncore.attention.scaling import ScoreSpread
from nncore.models.initializers import INITIALIZERS
from nncore.single_neuron.neuron import Neuron, chain_of
from pages.parts.fields.source import called_text, number_text, source_of
from tests.pages.conftest import open_app


def test_the_source_is_that_of_the_function_itself_without_what_checks_its_arguments():
    text = source_of(chain_of)
    assert "def chain_of(neuron: Neuron, x: Array, y: float, learning_rate: float)" in text
    assert "delta = float(neuron.error_signals(X, labels)[0])" in text and "@wraps" not in text


def test_a_method_is_shown_without_its_indentation():
    assert source_of(Neuron("linear", [1.0, 2.0]).forward).startswith("def forward(self")


def test_the_call_names_its_numbers_and_what_comes_of_it():
    text = called_text(masked_softmax, {"scores": np.array([[0.0, np.log(3.0)]])})
    assert text.splitlines() == ["masked_softmax(", "    scores = [[0.    , 1.0986]],", ")", "→ [[0.25, 0.75]]"]


def test_a_result_with_fields_is_written_field_by_field():
    values = {"neuron": Neuron("linear", [2.0, 1.0]), "x": np.array([3.0]), "y": 5.0, "learning_rate": 0.1}
    text = called_text(chain_of, values)
    assert "neuron = <Neuron with [2., 1.]>," in text and "    a = 7," in text and "    weight_gradients = (12)," in text


def test_a_result_that_is_known_is_not_worked_out_again():
    def slow(x):
        raise AssertionError(x)

    assert called_text(slow, {"x": 1}, 0.25).endswith("→ 0.25")


def test_a_named_tuple_is_written_field_by_field():
    def measured():
        return ScoreSpread(4, 2.0, 1.0, 0.5, 0.25)

    assert called_text(measured, {}).splitlines()[1:3] == ["→ ScoreSpread(", "    d = 4,"]


def test_a_formula_without_a_name_is_called_so():
    text = called_text(INITIALIZERS["lecun_normal"].deviation, {"n_in": 25, "n_out": 4})
    assert text.startswith(("_lecun(", "formula(")) and text.endswith("→ 0.2")


def test_what_the_function_refuses_is_said():
    assert "→ ValueError: scores must" in called_text(masked_softmax, {"scores": "no numbers"})


@dataclass
class Whole:
    number: int = 1


@pytest.mark.parametrize("value, text", [
    (-0.5, "-0.5"), (3, "3"), ("a", "'a'"), (np.float64(0.25), "0.25"), (None, "None"), (Whole(), "<Whole>"),
    (tuple(range(20)), "(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …)"), (object(), "<object>"),
])  # fmt: skip
def test_a_value_is_written_short(value, text):
    assert number_text(value) == text


def test_a_page_shows_it_in_a_fold():
    def script():
        import numpy as np

        from nncore.attention.attention import masked_softmax
        from pages.parts.fields.source import show_source

        show_source(masked_softmax, scores=np.zeros((1, 2)))

    app = AppTest.from_function(script, default_timeout=30).run()
    assert not app.exception and app.expander[0].label == "The code that computed this: masked_softmax"
    first_lines = [code.value.splitlines()[0] for code in app.code]
    assert first_lines[0] == "masked_softmax(" and "def masked_softmax(scores: Array" in app.code[1].value
    assert "nncore.attention.attention.masked_softmax" in app.caption[0].value


@pytest.mark.parametrize(("page", "link", "functions"), [
    ("landscapes", {}, {"camel"}),
    ("words", {"part": "product"}, {"outer_product"}),
    ("backprop", {"hidden": "2", "microscope": "chain"}, {
        "weight_chain", "weight_step", "Where do a(1 − a) and ∂L/∂a come from, line by line?"}),
    ("backprop", {"dataset": "sine", "hidden": "2", "microscope": "chain"}, {
        "Where does ∂L/∂a come from, line by line?"}),
    ("backprop", {"dataset": "iris", "hidden": "2", "microscope": "chain"}, {
        "Where does a − y come from, line by line?"}),
    ("backprop", {"hidden": "2", "microscope": "passes", "pass_step": "1"}, {"trace_passes"}),
    ("backprop", {"hidden": "2", "microscope": "check"}, {"central_difference"}),
    ("scores", {"score_view": "sealed", "peek_guess": "100of100-some"}, {"luck_bound", "expected_luck"}),
    ("neuron", {"n_kind": "logistic"}, {"log_likelihood", "newton_step", "second_derivatives"}),
    ("batches", {"batch_view": "noise", "dataset": "moons", "samples": "40"}, {"batch_noise"}),
])  # fmt: skip
def test_under_the_formulas_of_a_page_stands_the_code_that_computed_them(page, link, functions):
    labels = [fold.label for fold in open_app(page, **link).expander]
    assert {label.removeprefix("The code that computed this: ") for label in labels} >= functions
