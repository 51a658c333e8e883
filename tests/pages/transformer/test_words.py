"""Sentences and figures of the transformer page: true of the numbers they are given."""

import numpy as np
import plotly.graph_objects as go
import pytest

from nncore.attention.head_roles import HeadRoles
from nncore.attention.sequence_tasks import TASKS, read_sequence
from nncore.attention.transformer_run import LengthScore, TransformerRun
from pages.parts.fields.numbers import fine_percent
from pages.parts.figures.attention import update_ticks
from pages.parts.figures.transformer.heads import head_figure, lengths_figure, roles_figure
from pages.parts.transformer.before import example_lines, parts_table
from pages.parts.transformer.words import answer_lines, lengths_words, notice, other_length_words, to_try


def roles(on_source: float, without: list[float], right: float, without_all: float) -> HeadRoles:
    heads = np.full(len(without), on_source)
    return HeadRoles(heads, 0.125, heads, np.array(without), right, without_all)


def score(length: int, places: float, blind: float = 0.13) -> LengthScore:
    return LengthScore(length, 1000, places, places - 0.02, places + 0.01, 0.5, blind)


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0 %"), (1, "100 %"), (0.9999, "99.99 %"), (0.0001, "0.01 %"), (0.64, "64 %"), (0.125, "12 %")]
)
def test_shares_are_not_rounded_to_all_or_nothing(share, said):
    assert fine_percent(share) == said.replace(" ", "\u00a0")


def test_what_the_heads_look_at_is_said_by_their_share():
    assert "The heads have found the squares" in notice("reverse", roles(0.7, [0.5, 0.6], 1.0, 0.1))
    assert "attend elsewhere too" in notice("reverse", roles(0.2, [0.5, 0.6], 1.0, 0.1))
    assert "do not prefer them" in notice("reverse", roles(0.12, [0.1, 0.1], 0.1, 0.1))
    assert "feed-forward part works out" in notice("sort", roles(0.16, [0.5], 0.99, 0.2))
    assert "feed-forward part works out" not in notice("sort", roles(0.16, [0.5], 0.3, 0.2))


def test_whether_heads_matter_is_said_by_what_is_left_without_them():
    assert "nothing about the answers here" in notice("copy", roles(0.2, [1.0, 1.0], 1.0, 1.0))
    assert "Either of the two can be missing" in notice("reverse", roles(0.7, [0.99, 1.0], 1.0, 0.1))
    assert "Any one of them can be missing" in notice("reverse", roles(0.7, [0.99, 1.0, 1.0], 1.0, 0.1))
    assert "Head 2 alone can be missing" in notice("reverse", roles(0.7, [0.6, 0.99, 0.7], 1.0, 0.1))
    assert "missing" not in notice("reverse", roles(0.7, [0.1], 1.0, 0.1))


def test_lengths_are_judged_by_their_scores():
    assert "holds at every length" in lengths_words("copy", [score(4, 1.0), score(8, 1.0), score(32, 0.99)])
    said = lengths_words("reverse", [score(4, 0.14), score(8, 1.0), score(32, 0.1)])
    assert said.startswith("Nothing of it holds at other lengths: at 32")
    assert lengths_words("reverse", [score(4, 0.3), score(8, 1.0), score(32, 0.1)]).startswith("At 32 tokens nothing of it")
    assert lengths_words("sort", [score(4, 0.3), score(8, 1.0), score(32, 0.5)]).startswith("Not everything holds")
    assert "at 32 tokens 10 % of the places are right, and without attention 13 % would be" in said.replace("\u00a0", " ")
    assert "Little has been learned" in lengths_words("sort", [score(4, 0.2), score(8, 0.3), score(32, 0.1)])
    assert "set the length to 32: on such sequences 10\u00a0%" in to_try("copy", [score(8, 1.0), score(32, 0.1)])


def test_answers_stand_below_their_places():
    X = read_sequence("match", "a1 b2 a3")[0]
    y = TASKS["match"].answer(X[None])[0]
    assert answer_lines("match", X, y, y) == "sequence   a1 b2 a3\nanswer      –  –  1\n3 of 3 right"
    wrong = np.array([4, 0, 1])
    _, answer, right, count = answer_lines("match", X, wrong, y).splitlines()
    assert (answer, right, count) == ("answer      –  0  1", "should be      –   ", "2 of 3 right")


def test_figures_show_the_numbers_they_are_given():
    weights, source = np.array([[0.2, 0.8], [1.0, 0.0]]), np.array([[False, True], [False, False]])
    heat, squares = head_figure(weights, source, ["a", "b"], dark=False).data
    assert isinstance(heat, go.Heatmap) and np.array_equal(heat.z, weights) and (heat.zmin, heat.zmax) == (0, 1)
    assert (list(squares.x), list(squares.y)) == ([1], [0])
    assert heat.text[0][1] == "place 1 (a) attends to place 2 (b): 0.8, where its answer stands"
    lines = roles_figure(np.arange(3), np.ones((3, 2)), 0.1, 1, dark=True).data
    assert [line.name for line in lines] == ["head 1", "head 2", "even attention"]


def test_a_masked_place_is_hatched_and_said_to_be_masked_and_a_weight_of_zero_is_not():
    weights, source = np.array([[1.0, np.nan], [0.0, 1.0]]), np.zeros((2, 2), dtype=bool)
    figure = head_figure(weights, source, ["a1", "b2"], dark=False)
    (hatched,) = figure.layout.shapes
    places = [tuple(map(float, end.split())) for end in hatched.path.replace("L", "M").split("M") if end]
    assert places and all(0.5 <= x <= 1.5 and -0.5 <= y <= 0.5 for x, y in places)  # the cell of column 1, row 0
    (_, masked), (zero, _) = figure.data[0].text
    assert masked == "masked: place 1 (a1) cannot<br>attend to place 2 (b2), which comes later"
    assert zero == "place 2 (b2) attends to place 1 (a1): 0"
    assert not head_figure(np.eye(2), source, ["a", "b"], dark=False).layout.shapes


def test_the_figure_of_lengths_has_whiskers_and_what_one_gets_without_looking():
    bars, blind, numbers = lengths_figure([score(4, 0.5), score(8, 0.9)], 8, dark=False).data
    assert list(bars.x) == ["4", "<b>8</b>"] and list(bars.y) == [0.5, 0.9]
    assert np.allclose(bars.error_y.array, 0.01) and np.allclose(bars.error_y.arrayminus, 0.02)
    assert list(blind.y) == [0.13, 0.13] and list(numbers.text) == ["50\u00a0%", "90\u00a0%"]


@pytest.mark.parametrize("task", TASKS)
def test_before_the_training_the_task_stands_on_an_example(task):
    sequence, answer = example_lines(TransformerRun(task)).splitlines()
    assert len(sequence.split()) == 1 + 8 and len(answer.split()) == 2 + 8
    if task == "reverse":
        assert answer.split()[2:] == sequence.split()[:0:-1]


def test_the_parts_of_the_block_sum_to_all_its_parameters():
    model = TransformerRun("match", 4).model()
    assert sum(model.part_sizes().values()) == model.parameters.size
    table = parts_table(model)
    assert f"{model.parameters.size:,}" in table
    assert "4 heads of 9 numbers" in table and "No place attends to later ones" in table


@pytest.mark.parametrize("last", [120, 300, 1000, 340])
def test_an_axis_of_updates_ends_with_its_last_number(last):
    ticks = update_ticks(last, 5)
    assert ticks["tickvals"][0] == 0 and ticks["tickvals"][-1] == last and ticks["ticktext"][-1] == f"{last:,}"
    figure = roles_figure(np.array([0, last]), np.ones((2, 1)), 0.1, 1, dark=False)
    assert figure.layout.xaxis.tickvals[-1] == last


def test_scores_of_the_trained_length_are_not_read_with_other_squares():
    assert other_length_words(8) == ""
    assert "trained on 8 alone" in other_length_words(16) and "do not describe these squares" in other_length_words(16)
