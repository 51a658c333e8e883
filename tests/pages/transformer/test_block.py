"""The picture of a token's way through the block, and what is said of it."""

import numpy as np
import pytest

from nncore.attention.block_trace import BlockTrace, trace_block
from nncore.attention.paths import PathCost
from nncore.attention.transformer import Transformer
from nncore.attention.transformer_run import TransformerRun
from pages.parts.figures.transformer.block import block_diagram, strips_of
from pages.parts.transformer.block import way_words
from pages.parts.transformer.questions import matrices_table, paths_table, paths_words
from tests.pages.conftest import open_app

TRACE = trace_block(Transformer(4, 3, 8, 2), np.array([3, 1, 0]), 1)
ANSWERS = ("x", "y", "z")


@pytest.mark.parametrize("dark", [False, True])
def test_the_picture_has_a_strip_for_every_stage_with_its_numbers(dark):
    figure = block_diagram(TRACE, "b", 2, ANSWERS, dark)
    strips = [trace.z[1, 1:] for trace in figure.data if trace.type == "heatmap"]
    stages = [strip.values for strip in strips_of(TRACE, "b", 2)] + [TRACE.answers]
    assert len(strips) == len(stages) == 12
    assert all(np.allclose(strip, stage, atol=1e-6) for strip, stage in zip(strips, stages, strict=True))
    limits = {(trace.zmin, trace.zmax) for trace in figure.data if trace.type == "heatmap"}
    assert limits == {(-(most := max(np.abs(s).max() for s in stages[:-1])), most), (0, 1)}


def test_the_residuals_lead_past_attention_and_past_the_feed_forward_part():
    figure = block_diagram(TRACE, "b", 2, ANSWERS, False)
    lanes = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "lines+markers"]
    edges = [trace.y[1:3] for trace in figure.data if trace.type == "heatmap"]  # of each strip, above and below
    ends = [y for lane in lanes for y in (lane.y[0], lane.y[-1])]
    rows = [[row for row, (top, bottom) in enumerate(edges) if top < y < bottom] for y in ends]
    assert rows == [[2], [5], [5], [9]]
    assert len(figure.layout.shapes) == 2


def test_what_is_said_of_the_way_are_its_numbers():
    trace = BlockTrace(
        *(np.zeros(2),) * 2, np.array([3.0, 4.0]), np.zeros(2), np.array([[0.25, 0.75], [0.9, 0.1]]), np.array([0.0, 2.0]),
        *(np.zeros(2),) * 2, np.array([0.0, 1.0, 2.0]), np.array([1.0, 0.0]), np.zeros(2), np.zeros(2), np.array([0.2, 0.8]),
    )  # fmt: skip
    said = way_words(trace, ["a", "b"], 1, ANSWERS).replace("\u00a0", " ")
    assert "head 1 takes 75 % of its mixture from place 2 (*b*), head 2 takes 90 % of its mixture from itself" in said
    assert "It adds a vector of length 2.00 to one of 5.00" in said
    assert "2 of its 3 neurons are above 0; it adds a vector of length 1.00" in said and "*y*, with 80 %" in said


def test_the_token_that_is_followed_is_picked_and_a_place_beyond_a_shorter_sequence_is_its_last():
    app = open_app("transformer", task="copy", block_place="3")
    first = next(element.value for element in app.markdown if "**Attention:**" in element.value)
    app.select_slider(key="choose_block_place").set_value(4).run()
    assert not app.exception and next(e.value for e in app.markdown if "**Attention:**" in e.value) != first
    app = open_app("transformer", task="copy", block_place="20")
    assert app.select_slider(key="choose_block_place").value == 8 and not app.exception


def test_every_matrix_of_the_block_is_listed_with_its_shape():
    model = TransformerRun("reverse", 3).model()
    table = matrices_table(model)
    for name, sign in {"W_1": "$W_1$", "W_2": "$W_2$", "W_out": "$W_{out}$", "embedding": "embedding"}.items():
        assert f"| {sign} | {'×'.join(map(str, model.views[name].shape))} |" in table
    assert "| $W_Q$ | 36×36 |" in table and "3 heads of 12 rows" in table


def test_steps_scores_and_what_arrives_are_said_of_the_longest_sequence():
    costs = [PathCost(2, 2, 1, 4, 0.5, 0.5), PathCost(10, 10, 1, 100, 0.002, 0.4)]
    said = paths_words(costs)
    assert "10 tokens are 10 steps" in said and "200 times as much" in said and "10 × 10 = 100 scores" in said
    assert paths_table(costs).endswith("| 10 | 10 | 1 | 100 | 2e-3 | 0.40 |")
