"""By which sign a text is cut."""

import pytest

from nncore.data.own.parsing.separators import find_separator


@pytest.mark.parametrize("n_rows", [1, 5, 9, 30])
def test_a_bar_between_decimal_commas_cuts_however_many_rows_there_are(n_rows):
    assert find_separator("a|b\n" + "1,5|2,5\n" * n_rows) == "|"


def test_a_bar_within_a_word_does_not_cut_a_table_with_commas():
    assert find_separator("a,b|c\n" + "1,x|y\n" * 12) == ","
