import pytest

from nncore.single_neuron.steps import (
    MAX_STRIDES,
    Stride,
    add_stride,
    clock_of,
    rates_of,
    read_strides,
    require_few,
    take_back,
    write_strides,
)


def read(*texts, rate=0.1, schedule="constant"):
    return read_strides(texts, 20, rate, schedule)


def test_links_from_before_steps_had_a_rate_are_read_at_the_rate_of_the_link():
    assert read("2b", "1s3", rate=0.3, schedule="cosine") == (Stride(2, None, 0.3, "cosine"), Stride(1, 2, 0.3, "cosine"))


def test_a_pace_holds_until_the_next():
    assert read("10b~0.5", "1s7", "2x1b~0.1~cosine", rate=3.0) == (
        Stride(10, None, 0.5), Stride(1, 6, 0.5), Stride(1, None, 0.1, "cosine", 2))  # fmt: skip


@pytest.mark.parametrize("strides, texts", [
    ((Stride(10), Stride(1, 2), Stride(1, None, 0.5)), ("10b~0.1", "1s3", "1b~0.5")),
    ((Stride(100, None, 3.0, "step", 7),), ("7x100b~3~step",)),
    ((Stride(1, None, 1e-5), Stride(1, None, 0.1 + 0.2)), ("1b~1e-05", "1b~0.30000000000000004")),
    ((), ()),
])  # fmt: skip
def test_strides_are_written_short_and_read_back_the_same(strides, texts):
    assert write_strides(strides) == texts
    assert read(*texts, rate=9.0, schedule="exponential") == strides


def test_equal_presses_are_one_stride_and_are_taken_back_one_by_one():
    strides = ()
    for stride in (Stride(10), Stride(10), Stride(1), Stride(1, 4), Stride(1, 4), Stride(1, 4, 0.5)):
        strides = add_stride(strides, stride)
    assert write_strides(strides) == ("2x10b~0.1", "1b", "2x1s5", "1s5~0.5")
    seen = []
    while strides:
        strides = take_back(strides)
        seen.append(write_strides(strides))
    assert seen == [("2x10b~0.1", "1b", "2x1s5"), ("2x10b~0.1", "1b", "1s5"), ("2x10b~0.1", "1b"), ("2x10b~0.1",),
                    ("10b~0.1",), ()]  # fmt: skip
    assert take_back(()) == ()


def test_a_schedule_begins_anew_where_the_pace_changes_and_nowhere_else():
    # "step" halves the rate every 100 steps.
    strides = (Stride(60, None, 1.0, "step"), Stride(60, 3, 1.0, "step"), Stride(1), Stride(1, None, 1.0, "step"))
    rates = list(rates_of(strides))
    assert rates[0] == [1.0] * 60 and rates[1] == [1.0] * 40 + [0.5] * 20
    assert rates[2:] == [[0.1], [1.0]]
    assert clock_of(strides, 1.0, "step") == 1 and clock_of(strides[:2], 1.0, "step") == 120
    assert clock_of(strides, 0.1, "constant") == 0 == clock_of((), 0.1, "constant")


@pytest.mark.parametrize("text, words", [
    ("0b", "steps.0. must be like .*, got '0b'"), ("7q", "got '7q'"), ("1s21", "a sample from 1 to 20, got '1s21'"),
    ("1b~", "must be like"), ("1b~1.2.3", "must have a number behind ~, got '1.2.3'"), ("1b~-", "must have a number"),
    ("1b~0", "learning_rate must be a number from 1e-06 to 100.0, got 0.0"), ("1b~1e999", "learning_rate must be"),
    ("1b~0.1~never", "schedule must be one of"), ("0x1b", "must be like"), ("5001b", "at most 5,000 in all, got 5,001"),
    ("9999x99999b", "at most 5,000 in all, got 999,890,001"),
])  # fmt: skip
def test_what_is_no_stride_is_refused(text, words):
    with pytest.raises(ValueError, match=words):
        read(text)


def test_more_strides_than_a_link_can_hold_are_refused():
    strides = [Stride(1, number % 2) for number in range(MAX_STRIDES)]
    require_few(strides)
    assert len(",".join(write_strides(strides))) < 2000
    with pytest.raises(ValueError, match="at most 300 strides, which is what a link can hold, got 301"):
        require_few([*strides, Stride(1)])
