import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore import batch_slices, updates_per_epoch
from nncore.data.batching import BatchOrder, epoch_order

sizes = st.one_of(st.none(), st.integers(1, 70))


@given(n_samples=st.integers(1, 60), batch_size=sizes)
def test_batches_cover_every_sample_once_and_only_the_last_is_short(n_samples, batch_size):
    slices = batch_slices(n_samples, batch_size)
    rows = [row for part in slices for row in range(n_samples)[part]]
    lengths = [part.stop - part.start for part in slices]
    full = n_samples if batch_size is None else min(batch_size, n_samples)
    assert rows == list(range(n_samples))
    assert set(lengths[:-1]) <= {full} and 1 <= lengths[-1] <= full
    assert len(slices) == updates_per_epoch(n_samples, batch_size)


@pytest.mark.parametrize("batch_size, updates", [(None, 1), (1, 10), (3, 4), (5, 2), (10, 1), (11, 1)])
def test_updates_per_epoch_of_ten_samples(batch_size, updates):
    assert updates_per_epoch(10, batch_size) == updates


def test_a_batch_size_below_one_is_refused():
    with pytest.raises(ValueError, match="batch_size must be at least 1 or None, got 0"):
        batch_slices(10, 0)


def test_an_epoch_draws_one_permutation_and_full_batch_draws_none():
    rng, same = np.random.default_rng(5), np.random.default_rng(5)
    for _ in range(3):
        assert np.array_equal(epoch_order(rng, 8, 2), same.permutation(8))
    assert np.array_equal(epoch_order(rng, 8, 8), same.permutation(8))  # one batch of all, but asked for as a batch
    before = rng.bit_generator.state
    assert epoch_order(rng, 8, None) is None and rng.bit_generator.state == before


def test_an_epoch_goes_through_its_order_batch_by_batch_and_keeps_it_until_another_is_drawn():
    names, order = np.array(list("abcde")), BatchOrder(5, 2)
    assert order.n_updates == 3
    assert [names[order.rows(update)].tolist() for update in range(3)] == [["a", "b"], ["c", "d"], ["e"]]
    for drawn in (np.array([4, 2, 0, 1, 3]), None):
        order.start_epoch(drawn)
        assert [names[order.rows(update)].tolist() for update in range(3)] == [["e", "c"], ["a", "b"], ["d"]]
