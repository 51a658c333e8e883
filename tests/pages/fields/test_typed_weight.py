"""A weight that is typed in."""

import pytest

from pages.parts.fields.typed_weight import typed_weight


def test_numbers_are_read_as_everywhere():
    assert typed_weight(" 1,5 ") == 1.5 and typed_weight("−2e-3") == -0.002


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nan", "The new value must be a number, got “nan”"),
        ("one", "The new value must be a number, got “one”"),
        ("inf", "The new value must lie between −1,000,000 and 1,000,000, got “inf”"),
        (" ", "Type a number, such as 1.5"),
    ],
)
def test_what_is_no_weight_is_said_in_a_sentence(text, message):
    with pytest.raises(ValueError) as error:
        typed_weight(text)
    assert str(error.value) == message
