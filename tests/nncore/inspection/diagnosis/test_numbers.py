"""The numbers in what a diagnosis says: written as people write them."""

import pytest

from nncore.inspection.diagnosis.evidence import without_exponents


@pytest.mark.parametrize("written,read", [
    ("10 × 10 = 1e+02, towards 0", "10 × 10 = 100, towards 0"),
    ("between 2.45 and 1.23e+05 in", "between 2.45 and 123,000 in"),
    ("the length 3.1e-05.", "the length 0.000031."), ("and 4.9e-08 in", "and 4.9e-8 in"), ("is 8e+12;", "is 8e12;"),
    ("rate 0.03, 2 / 26", "rate 0.03, 2 / 26"),
])  # fmt: skip
def test_numbers_are_written_without_exponents_where_they_can_be(written, read):
    assert without_exponents(written) == read
