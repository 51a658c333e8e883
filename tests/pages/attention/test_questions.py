"""The questions below the steps of attention: what is said is computed for what is on screen."""

from functools import partial

import numpy as np

from nncore import MultiHeadAttention
from nncore.attention.scaling import ScoreSpread
from nncore.attention.stages import AttentionSettings, attention_stages, with_one_matrix
from nncore.words.outer_product import asymmetry
from pages.parts.attention.questions import matrices_table, one_matrix_words, softmax_words, spread_table
from pages.parts.attention.setup import D_MODEL, Setup
from pages.parts.fields.numbers import fine_percent, short
from tests.pages.conftest import open_app

open_page = partial(open_app, "attention", step="numbers")
SETUP = Setup(["the", "cat", "sees"], False, MultiHeadAttention(D_MODEL, 2), "none", None, AttentionSettings())


def test_the_spread_of_scores_is_a_table_with_the_size_on_screen_in_bold():
    table = spread_table([ScoreSpread(4, 2.01, 1.005, 0.6, 0.4), ScoreSpread(64, 8.0, 1.0, 0.9, 0.45)], 4)
    assert "| **4**, on screen | 2.00 | 2.01 | 1.00 | 60\u00a0% | 40\u00a0% |" in table and "\n| 64 | 8.00 |" in table


def test_the_weights_on_screen_with_and_without_the_division():
    shares = [float(attention_stages(SETUP.tokens, SETUP.model, AttentionSettings(scaled)).weights[1].max(axis=-1).mean())
              for scaled in (False, True)]  # fmt: skip
    said = softmax_words(SETUP, 1)
    assert f"{fine_percent(shares[0])} on average, with it {fine_percent(shares[1])}." in said and shares[0] > shares[1]


def test_what_is_lost_with_one_matrix_is_measured_on_the_sentence():
    one = attention_stages(SETUP.tokens, with_one_matrix(SETUP.model), SETUP.settings)
    said = one_matrix_words(SETUP.stages, one, 0)
    assert f"is {short(asymmetry(SETUP.stages.scores[0]))} here, and {short(asymmetry(one.scores[0]))} with one" in said
    largest = int((one.scores[0].argmax(axis=1) == np.arange(3)).sum())
    assert f"in {largest} of 3 rows" in said


def test_every_matrix_is_named_with_its_shape_on_screen():
    table = matrices_table(SETUP)
    assert "| $W_Q$, $W_K$, $W_V$ | 12×12 | weight matrices, learned |" in table and "| Q, K, V | 3×6 |" in table
    assert "| attention weights | 3×3 |" in table and "4 · 12² = 576" in table


def test_the_folds_stand_on_the_page():
    labels = [fold.label for fold in open_page(heads="3").expander]
    steps, measured = labels.pop(0), labels.pop(1)  # the code of the steps, and within the first fold of what it measures
    assert steps.startswith("The code that computed this") and measured == "The code that computed this: score_spread"
    assert labels == ["Why divide by √d? Here it is √4.", "Why three matrices, and what is lost with one?",
                      "Which weight matrix is meant where?"]  # fmt: skip
