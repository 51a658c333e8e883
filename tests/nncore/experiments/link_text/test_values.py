from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore.experiments.link_text import read_field, read_fields, write_field


@dataclass(frozen=True)
class Settings:
    width: int = 3
    rate: float = 0.1
    name: str = "tanh"
    size: int | None = None
    columns: tuple[int, ...] = ()
    names: tuple[str, ...] = ("a",)


@pytest.mark.parametrize("value, text", [
    (3, "3"), (0.1, "0.1"), (1e-05, "1e-05"), ("tanh", "tanh"), (None, "none"), ((), "none"),
    ((8, 4), "8,4"), (("x1", "x2"), "x1,x2"),
])  # fmt: skip
def test_text_by_hand(value, text):
    assert write_field(value) == text


@pytest.mark.parametrize("kind, values", [
    ("int", st.integers()),
    ("float", st.floats(allow_nan=False)),
    ("int | None", st.one_of(st.none(), st.integers())),
    ("tuple[int, ...]", st.lists(st.integers(), max_size=5).map(tuple)),
    ("tuple[str, ...]", st.lists(st.sampled_from(["tanh", "relu", "x1"]), max_size=5).map(tuple)),
])  # fmt: skip
def test_text_turns_back_into_its_value(kind, values):
    @given(value=values)
    def check(value):
        assert read_field("field", kind, write_field(value)) == value

    check()


@pytest.mark.parametrize("kind, text, message", [
    ("int", "three", "width must be a whole number, got 'three'"),
    ("int", "2.5", "width must be a whole number, got '2.5'"),
    ("int", "none", "width must be a whole number, got 'none'"),
    ("int | None", "", "width must be a whole number, got ''"),
    ("float", "fast", "width must be a number, got 'fast'"),
    ("tuple[int, ...]", "8,,4", "width must be whole numbers with commas between them, such as 4,2, got '8,,4'"),
    ("int", "x" * 5000, "width must be a whole number, got 'x{40}'"),
])  # fmt: skip
def test_text_that_cannot_be_read_is_quoted_shortly(kind, text, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        read_field("width", kind, text)


def test_fields_are_read_in_their_own_order_with_a_sentence_for_each_that_cannot_be():
    texts = {"names": "b,c", "colour": "red", "rate": "fast", "size": "none", "width": "5"}
    values, problems = read_fields(Settings, texts)
    assert list(values.items()) == [("width", 5), ("size", None), ("names", ("b", "c"))]
    assert problems == [
        "There is no setting called 'colour'.",
        "rate must be a number, got 'fast'; the default is used instead.",
    ]


@pytest.mark.parametrize("value", [np.float64(0.1), np.array(0.1), Fraction(1, 10), Decimal("0.1")])
def test_a_number_of_any_library_is_written_as_a_number(value):
    assert write_field(value) == "0.1" and write_field([1, value]) == "1,0.1"


@pytest.mark.parametrize("text", ["none", "None", " NONE "])
def test_none_is_read_in_any_case(text):
    assert read_field("batch_size", "int | None", text) is None
    assert read_field("hidden", "tuple[int, ...]", text) == ()
