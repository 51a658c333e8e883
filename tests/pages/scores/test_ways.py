"""The chains of steps that stand before the guess at a leak."""

import re

import pytest

from nncore.evaluation import LEAKS
from pages.parts.scores.ways import WAYS, ways_picture
from tests.pages.conftest import open_app


@pytest.mark.parametrize("leak", LEAKS)
def test_both_ways_begin_and_end_alike_and_differ_in_one_marked_step(leak):
    leaky, honest = WAYS[leak]
    assert leaky[0] == honest[0] and leaky[-1].startswith("score") and honest[-1].startswith("score")
    marked = [[step for step in way if step.startswith("*")] for way in (leaky, honest)]
    assert [len(steps) for steps in marked] == [1, 1] and marked[0] != marked[1]
    bold = re.findall("<b [^>]*>(.*?)</b>", ways_picture(leak))
    assert len(bold) == 2 and "*" not in ways_picture(leak)


def test_the_ways_stand_there_before_the_guess():
    (picture,) = (element.proto.body for element in open_app("scores", leak="time").get("html")
                  if "glassbox-ways" in element.proto.body)  # fmt: skip
    assert "shuffle, then split" in picture
