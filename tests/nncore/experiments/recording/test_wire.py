"""The wire between two processes: the same comes out, and no array travels twice."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from nncore.experiments.recording.recording import Recording
from nncore.experiments.recording.wire import SMALL_BYTES, Wire, is_beginning

LARGE = SMALL_BYTES // 8


def test_an_array_that_grows_row_by_row_travels_once():
    sender, reader = Wire(), Wire()
    parameters, sizes = np.zeros((50, 1000), dtype=np.float32), []
    for frame in range(50):
        parameters[frame] = frame + np.arange(1000) / 7
        made = Recording(np.arange(frame + 1), parameters[: frame + 1], np.full((frame + 1, 1), float(frame)))
        message = sender.pack(made)
        sizes.append(len(message))
        read = reader.unpack(message)
        assert np.array_equal(read.parameters, made.parameters) and np.array_equal(read.scores, made.scores)
    assert max(sizes) < 4000 + 8 * 2 * 50 + 1000
    assert read.parameters.base is not None and len(read.parameters.base) == 50


def test_what_is_known_at_the_other_end_keeps_its_place_there():
    sender, reader = Wire(), Wire()
    first, second = np.arange(LARGE) + 0.5, np.arange(LARGE) - 0.5
    one = reader.unpack(sender.pack((first,)))
    two = reader.unpack(sender.pack((first, second)))
    assert two[0] is one[0] and np.array_equal(two[1], second)
    assert len(sender.pack((first, second))) < SMALL_BYTES


def test_both_ends_forget_what_the_last_message_did_not_hold():
    sender, reader = Wire(), Wire()
    for number in range(20):
        made = np.full(LARGE, float(number))
        assert reader.unpack(sender.pack(made))[0] == number
    assert len(sender._known) == len(reader._known) == 1
    assert len(sender._numbers) == len(reader._numbers) == 1


def test_a_whole_array_after_its_beginning_is_whole():
    sender, reader = Wire(), Wire()
    whole = np.zeros((4, LARGE))
    whole[:2] = 1.0
    assert reader.unpack(sender.pack(whole[:2])).shape == (2, LARGE)
    whole[2:] = 2.0
    assert np.array_equal(reader.unpack(sender.pack(whole)), whole)
    assert np.array_equal(reader.unpack(sender.pack(whole[:3])), whole[:3])


def test_a_beginning_after_the_whole_is_a_beginning():
    sender, reader = Wire(), Wire()
    whole = np.arange(4.0 * LARGE).reshape(4, LARGE)
    reader.unpack(sender.pack(whole))
    assert np.array_equal(reader.unpack(sender.pack((whole, whole[:1])))[1], whole[:1])


def test_both_ends_may_speak():
    """A recording that goes on is sent there, and comes back longer."""
    here, there = Wire(), Wire()
    old = np.arange(LARGE) * 1.0
    held = there.unpack(here.pack((old,)))
    answer = there.pack((*held, old + 1))
    longer = here.unpack(answer)
    assert longer[0] is old and np.array_equal(longer[1], old + 1)
    assert len(answer) < 2 * old.nbytes


@pytest.mark.parametrize("is_writable", [True, False])
def test_what_may_not_be_changed_there_may_not_be_changed_here(is_writable):
    made = np.zeros(LARGE)
    made.flags.writeable = is_writable
    assert Wire().unpack(Wire().pack(made)).flags.writeable == is_writable


def test_only_first_rows_are_a_beginning():
    whole = np.zeros((6, 3))
    assert is_beginning(whole[:2]) and is_beginning(whole[:6])
    for other in (whole, whole[1:], whole[::2], whole[:, :2], whole.T[:2], whole.reshape(-1)[:3], whole[0]):
        assert not is_beginning(other)


PLAIN = arrays.arrays(
    st.sampled_from([np.float64, np.float32, np.int64, np.bool_]), arrays.array_shapes(min_dims=0, max_side=12)
)


@given(st.lists(st.lists(st.one_of(PLAIN, st.none(), st.text()), max_size=4), min_size=1, max_size=5))
def test_message_after_message_comes_out_as_it_went_in(messages):
    sender, reader = Wire(), Wire()
    for message in messages:
        read = reader.unpack(sender.pack(message))
        assert len(read) == len(message)
        for left, right in zip(message, read, strict=True):
            assert type(left) is type(right)
            assert np.array_equal(left, right, equal_nan=isinstance(left, np.ndarray) and left.dtype.kind == "f")
            assert not isinstance(left, np.ndarray) or left.dtype == right.dtype
