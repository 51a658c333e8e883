"""What has to wait: products in sequence counted, times measured only when asked for."""

from nncore.attention.waiting import Waiting, count_waiting, measure_waiting
from pages.parts.recurrence.waiting import table_words, time_words
from tests.pages.recurrence.test_page import FAST, open_page, words


def test_products_in_sequence_grow_with_the_steps_of_the_cells_alone():
    assert [count_waiting(n)[1:3] for n in (8, 32, 128)] == [(9, 7), (33, 7), (129, 7)]
    found = measure_waiting("rnn", 4, 8)
    assert found[:3] == (8, 9, 7) and min(found[3:]) > 0


def test_words_and_table_say_the_times_that_were_measured():
    rows = [Waiting(8, 9, 7, 1e-3, 2e-3), Waiting(128, 129, 7, 1.6e-2, 3e-3)]
    assert "**16 times**" in time_words(rows) and "the block **1.5 times**" in time_words(rows)
    assert table_words(rows, "GRU").splitlines()[-1] == "| 128 | 129 | 7 | 16 | 3 |"
    assert table_words([count_waiting(8)], "GRU").splitlines()[-1] == "| 8 | 9 | 7 |"


def test_the_page_counts_at_once_and_measures_on_a_click():
    app = open_page(**FAST, memory_use="waiting")
    assert not app.exception and "| 128 | 129 | 7 |" in words(app) and "Measured on this server" not in words(app)
    app.button(key="measure_waiting").click().run()
    assert not app.exception and "Measured on this server" in words(app) and "| 128 | 129 | 7 |\n" not in words(app)
