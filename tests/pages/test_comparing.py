"""What a comparison promises and says of its remaining time."""

import pytest

from pages.parts.comparing import cost_words, time_left


@pytest.mark.parametrize("seconds, first, share, words", [
    (0.5, 0.0, 0.5, ""), (4.0, 0.0, 0.25, ", about 12 s left"), (4.0, 0.5, 0.75, ", about 4 s left"), (4.0, 0.5, 0.5, ""),
    (4.0, 0.0, 1.0, ", about 0 s left"),
])  # fmt: skip
def test_the_time_left_follows_from_the_share_done_meanwhile(seconds, first, share, words):
    assert time_left(seconds, first, share) == words


def test_costs_in_words():
    assert cost_words(0.3, 400_000) == "The training takes less than a second on an idle machine, and 1 MB."
    assert cost_words(12.2, 42e6) == "The training takes about 13 s on an idle machine, and 42 MB."
