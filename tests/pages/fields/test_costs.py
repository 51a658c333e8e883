"""What a training costs, in words."""

import pytest

from pages.parts.fields.costs import cost_words, duration


def test_costs_in_words():
    assert cost_words(0.3, 400_000) == "The training takes less than a second on an idle machine, and 1 MB of memory."
    assert cost_words(12.2, 42e6) == "The training takes about 13 s on an idle machine, and 42 MB of memory."


@pytest.mark.parametrize("seconds, words", [
    (0.5, "less than a second"), (11.2, "about 12 s"), (1083.6, "about 18 minutes"), (10_800, "about 3 hours"),
])  # fmt: skip
def test_a_duration_has_the_unit_that_people_use(seconds, words):
    assert duration(seconds) == words
