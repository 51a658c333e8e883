"""Any table that pandas can write is read back, value for value."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore.data import read_table
from nncore.data.own.parsing.numbers import MISSING

WORDS = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="\ufeff"), min_size=1, max_size=8)
LABELS = WORDS.filter(lambda word: word not in MISSING and not any(letter.isdigit() for letter in word))
NUMBERS = {
    "floats": st.floats(-1e9, 1e9), "tiny": st.floats(1e-9, 1e-6), "wholes": st.integers(-10**6, 10**6).map(float),
    "gaps": st.one_of(st.just(np.nan), st.floats(-100, 100)),
}  # fmt: skip
STYLES = [
    {}, {"sep": ";"}, {"sep": "\t"}, {"sep": ";", "decimal": ","}, {"lineterminator": "\r\n"}, {"na_rep": "NA"},
    {"quoting": 1},
    {"na_rep": "?", "sep": "\t", "decimal": ","},
]  # fmt: skip


@st.composite
def frames(draw):
    rows = draw(st.integers(4, 25))
    names = draw(st.lists(WORDS.filter(lambda name: not any(map(str.isdigit, name))), min_size=2, max_size=5, unique=True))
    kinds = [NUMBERS[draw(st.sampled_from(list(NUMBERS)))] for _ in names]
    frame = {name: draw(st.lists(kind, min_size=rows, max_size=rows)) for name, kind in zip(names, kinds, strict=True)}
    labels = draw(st.lists(LABELS, min_size=2, max_size=2, unique=True))
    words = [labels[k % 2] for k in range(rows)]
    return pd.DataFrame(frame), words, draw(st.sampled_from(STYLES)), draw(st.sampled_from(("utf-8", "utf-8-sig", "utf-16")))


@settings(max_examples=60, deadline=None)
@given(frames())
def test_what_pandas_writes_is_read_back(case):
    frame, words, style, encoding = case
    frame = frame.assign(**{"the words": words})
    table = read_table(frame.to_csv(index=False, **style).encode(encoding))
    # A row without any value says nothing, and is left out.
    frame = frame[frame.notna().any(axis=1)]
    assert [column.name for column in table.columns] == list(frame.columns) and table.n_rows == len(frame)
    for column in table.columns[:-1]:
        expected = frame[column.name].to_numpy()
        assert column.missing == np.isnan(expected).sum()
        if column.kind == "number" or (column.kind == "class" and not column.labels):
            np.testing.assert_array_equal(column.values, expected)
        else:
            assert column.kind in ("constant", "text", "date")
            assert column.kind != "constant" or len(np.unique(expected[~np.isnan(expected)])) < 2
    kept = table.columns[-1]
    assert kept.kind == "class" and [kept.labels[int(value)] for value in kept.values] == words
