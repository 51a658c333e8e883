import gc
import threading
import time
import weakref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore import Branch, ChunkStore, Experiment, Run, build_network, build_split
from nncore.experiments.recording import run_training
from nncore.experiments.recording.chunk_store import NotReady, record
from nncore.experiments.recording.frames import chunk_size
from nncore.experiments.recording.recording import record_all
from nncore.experiments.recording.run_training import Chunks, RunTraining
from nncore.inspection.replay import state_at

CORNERS = Experiment("corners", hidden=(3,), batch_size=2, learning_rate=0.3, optimizer="momentum")
PLAIN = Run(CORNERS)
# Branches within the first chunk, at a chunk's very end, and one frame after it.
BRANCHED = (
    PLAIN.changed(7, CORNERS.with_changes(learning_rate=0.1))
    .changed(47, CORNERS.with_changes(learning_rate=0.1, optimizer="adam"))
    .changed(48, CORNERS.with_changes(learning_rate=0.1, optimizer="adam", batch_size=None, epoch_limit=200))
)
SHARED = ChunkStore()


def same(one, other):
    """Whether two chunks hold the same frames, bit for bit."""
    return all(np.array_equal(getattr(one, name), getattr(other, name), equal_nan=name == "scores")
               for name in ("epochs", "parameters", "scores")) and one.stop == other.stop  # fmt: skip


def walk(run, store, last=None):
    """(first frame, chunk) of the run's chunks in order, up to the stop or past frame `last`."""
    frame, found = 0, []
    while True:
        chunk, first = store.chunk_at(run, frame)
        found.append((first, chunk))
        frame = first + len(chunk.epochs)
        if chunk.stop is not None or (last is not None and frame > last):
            return found


@pytest.mark.parametrize("run, n_chunks", [(PLAIN, 4), (BRANCHED, 6)])
def test_chunks_cover_every_frame_exactly_once(run, n_chunks):
    found = walk(run, SHARED, last=150)[:n_chunks]
    ends = [0] + [first + len(chunk.epochs) for first, chunk in found]
    assert [first for first, _ in found] == ends[:-1] and min(np.diff(ends)) >= 1
    assert (np.diff(np.concatenate([chunk.epochs for _, chunk in found])) > 0).all()


@given(frame=st.integers(0, 150))
def test_the_chunk_at_a_frame_holds_that_frame(frame):
    for run in (PLAIN, BRANCHED):
        chunk, first = SHARED.chunk_at(run, frame)
        assert first <= frame and (frame < first + len(chunk.epochs) or chunk.stop is not None)
        if chunk.stop is None:
            assert np.array_equal(SHARED.frame(run, frame), chunk.parameters[frame - first])


def test_a_branch_leaves_the_frames_before_it_as_they_are():
    (chunk, first), (plain, _) = SHARED.chunk_at(BRANCHED, 3), SHARED.chunk_at(PLAIN, 3)
    assert first == 0 and len(chunk.epochs) == 8 and len(plain.epochs) == 41
    assert np.array_equal(chunk.parameters, plain.parameters[:8])


def test_a_branch_starts_from_exactly_the_recorded_parameters_with_its_optimizer_at_rest():
    network = build_network(CORNERS.with_changes(batch_size=None))
    run = PLAIN.changed(5, CORNERS.with_changes(batch_size=None, learning_rate=0.2))
    recorded = SHARED.frame(PLAIN, 5)
    assert recorded.dtype == np.float32 and np.array_equal(SHARED.frame(run, 5), recorded)
    network.parameters = recorded
    split = build_split(CORNERS)
    X, y = split.X_train, split.y_train
    network.parameters -= 0.2 * network.loss_and_gradient(X, y)[1]  # momentum at rest: the first step is plain
    assert np.array_equal(SHARED.frame(run, 6), network.parameters.astype(np.float32))
    assert SHARED.chunk_at(run, 6)[0].epochs[0] == 6


def test_a_chunk_is_computed_once():
    store = ChunkStore()
    first = store.segment_chunk(PLAIN, 2)
    assert store.computed == 3 and store.segment_chunk(PLAIN, 2) is first
    store.segment_chunk(PLAIN, 0)
    store.segment_chunk(PLAIN, 1)
    assert store.computed == 3


def test_a_chunk_that_was_dropped_is_computed_again_the_same():
    reference = [SHARED.segment_chunk(PLAIN, number) for number in range(4)]
    store, other = ChunkStore(max_bytes=1), Run(CORNERS.with_changes(weight_seed=1))
    for number in (3, 0, 2, 1):
        assert same(store.segment_chunk(PLAIN, number), reference[number])
        store.segment_chunk(other, 0)  # there is room for one
    assert store.computed > 4


@pytest.mark.parametrize("max_bytes", [1, 12_000, 30_000])
def test_the_store_stays_within_its_bytes(max_bytes):
    store = ChunkStore(max_bytes)
    for seed in range(4):
        for number in range(3):
            store.segment_chunk(Run(CORNERS.with_changes(weight_seed=seed)), number)
            assert 0 < store.n_bytes <= max_bytes or len(store) == 1


def test_the_least_recently_used_chunk_goes_first():
    runs = [Run(CORNERS.with_changes(weight_seed=seed)) for seed in range(3)]
    store = ChunkStore(int(2.5 * SHARED.segment_chunk(PLAIN, 0).n_bytes))
    for run in (runs[0], runs[1], runs[0], runs[2]):  # the third only uses the first again
        store.segment_chunk(run, 0)
    computed = store.computed
    store.segment_chunk(runs[0], 0)
    assert store.computed == computed == 3
    store.segment_chunk(runs[1], 0)
    assert store.computed == 4


@pytest.mark.parametrize("seconds", [1e-5, 1e-3, 10.0])
def test_frames_are_the_same_whatever_the_clock_allows(monkeypatch, seconds):
    monkeypatch.setattr("nncore.experiments.recording.training_thread.SLICE_SECONDS", seconds)
    store = ChunkStore()
    for frame in (0, 50, 100):
        assert same(store.chunk_at(BRANCHED, frame)[0], SHARED.chunk_at(BRANCHED, frame)[0])


def in_threads(work, n_threads):
    """The results of `work(k)` for k below `n_threads`, all begun together."""
    results, barrier = [None] * n_threads, threading.Barrier(n_threads)

    def call(k):
        barrier.wait()
        results[k] = work(k)

    threads = [threading.Thread(target=call, args=(k,)) for k in range(n_threads)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_threads_that_ask_for_the_same_chunk_have_it_computed_once():
    store = ChunkStore()
    results = in_threads(lambda k: store.segment_chunk(PLAIN, 1), 8)
    assert store.computed == 2 and all(chunk is results[0] for chunk in results)


def test_threads_with_different_runs_get_what_they_would_alone():
    runs = [Run(CORNERS.with_changes(weight_seed=seed)) for seed in range(6)]
    store = ChunkStore()
    results = in_threads(lambda k: store.segment_chunk(runs[k], 0), 6)
    for run, chunk in zip(runs, results, strict=True):
        assert same(chunk, ChunkStore().segment_chunk(run, 0))


def test_a_failing_computation_blocks_nobody(monkeypatch):
    store = ChunkStore()
    with monkeypatch.context() as patch:
        patch.setattr(run_training, "build_trainer", lambda segment: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            store.segment_chunk(PLAIN, 0)
    assert same(store.segment_chunk(PLAIN, 0), SHARED.segment_chunk(PLAIN, 0))


def idle(store, seconds=10.0):
    """Waits until the store's thread has nothing left to do; False if that takes longer."""
    end = time.monotonic() + seconds
    while not store.thread.is_idle and time.monotonic() < end:
        time.sleep(0.005)
    return store.thread.is_idle


def test_the_working_thread_ends_when_nothing_is_left_and_begins_again():
    store = ChunkStore()
    store.segment_chunk(PLAIN, 0)
    assert idle(store)
    store.segment_chunk(PLAIN, 1)
    assert store.computed == 2 and idle(store)


def test_who_does_not_wait_is_told_so_and_the_work_goes_on():
    store = ChunkStore()
    with pytest.raises(NotReady):
        store.chunk_at(PLAIN, 150, wait=0)
    assert idle(store)
    assert store.computed == 4
    assert same(store.chunk_at(PLAIN, 150, wait=0)[0], SHARED.chunk_at(PLAIN, 150)[0])


def test_what_is_prepared_is_there_without_waiting():
    store = ChunkStore()
    store.chunk_at(PLAIN, 5)
    store.prepare(PLAIN, 5)
    assert idle(store)
    assert store.chunk_at(PLAIN, 41, wait=0)[1] == 41
    assert store.computed == 3  # its epochs are cheap, so the chunk after that is there, too


def test_of_epochs_that_are_dear_one_chunk_alone_is_prepared():
    dear = Run(Experiment("circle", samples=2000, batch_size=1, hidden=(8,)))
    assert dear.segments[-1].schedule.cap == 0
    store = ChunkStore()
    store.prepare(dear, 0)
    assert idle(store)
    training = RunTraining(dear)
    assert store.held(dear) == 2 * training.chunk_frames


@pytest.mark.parametrize("run", [PLAIN, BRANCHED], ids=["plain", "branched"])
def test_a_run_is_a_recorded_training_that_needs_no_store(run):
    # The limit lies in the second chunk of the last segment.
    run = Run(run.experiment, (*run.branches, Branch(60, (("epoch_limit", 150),))))
    whole = record_all(RunTraining(run))
    assert len(whole.chunks) == 2 and whole.last == run.segments[-1].last_frame - 60
    for number, chunk in enumerate(whole.chunks):
        assert same(chunk, SHARED.segment_chunk(run, number))
    *_, resumed = (made for made in RunTraining(run).go_on(Chunks(whole.chunks[:1])) if made is not None)
    assert same(resumed.chunks[1], whole.chunks[1])
    assert list(RunTraining(run).go_on(whole)) == []


def test_while_many_train_one_chunk_alone_is_prepared(monkeypatch):
    asked, store = [], ChunkStore()
    monkeypatch.setattr(ChunkStore, "ask", lambda store, training, frame: asked.append(frame))
    for is_busy in (False, True):
        monkeypatch.setattr("nncore.experiments.recording.training_thread.TrainingThread.is_busy", is_busy)
        store.prepare(PLAIN, 5)
    assert asked == [81, 41]


def test_a_branch_s_next_chunk_can_be_prepared():
    store = ChunkStore()
    store.prepare(BRANCHED, BRANCHED.branches[0].frame + 1)
    assert idle(store)
    assert same(store.chunk_at(BRANCHED, 60)[0], SHARED.chunk_at(BRANCHED, 60)[0])


def test_a_click_is_answered_before_the_others_work():
    others = [Run(CORNERS.with_changes(weight_seed=seed)) for seed in range(1, 5)]
    store = ChunkStore()
    with store.clicks_first():
        for run in others:
            store.prepare(run, 0)
        store.segment_chunk(PLAIN, 0)
        assert [store.held(run) for run in others] == [0] * 4
    assert idle(store)
    assert [store.held(run) for run in others] == [120] * 4


def test_a_branch_off_the_last_frame_goes_on_where_training_had_stopped():
    # The limit of 43 falls between two frames: frame 42 is the last, at epoch 43.
    stopped = Run(CORNERS.with_changes(epoch_limit=43))
    assert SHARED.chunk_at(stopped, 42)[0].stop.rule == "epoch_limit"
    run = stopped.changed(42, CORNERS.with_changes(epoch_limit=50))
    chunk, first = SHARED.chunk_at(run, 42)
    assert chunk.stop is None and first + len(chunk.epochs) == 43
    history = record(run, SHARED)
    assert history.epochs[-9:].tolist() == [42, 43, 44, 45, 46, 47, 48, 49, 50] and len(history.epochs) == 50
    assert history.stop.text == "The epoch limit of 50 is reached."


def test_a_branch_counts_from_the_epoch_in_which_a_rule_fired():
    patient = CORNERS.with_changes(stop_rule="weight_change", tolerance=0.021)
    history = record(Run(patient), SHARED)
    last = len(history.epochs) - 1
    assert history.stop.rule == "weight_change" and last > 41 and history.epochs[last] - history.epochs[last - 1] < 2
    run = Run(patient).changed(last, patient.with_changes(stop_rule="none"))
    for frame in (last + 1, last + 41):
        chunk, first = SHARED.chunk_at(run, frame)
        expected = history.epochs[last] + run.segments[1].schedule.epoch_of(first - last)
        assert chunk.epochs[0] == expected


def test_a_branch_beyond_the_last_frame_is_never_reached():
    run = Run(CORNERS.with_changes(epoch_limit=10)).changed(30, CORNERS.with_changes(epoch_limit=100))
    history = record(run, SHARED)
    assert history.epochs.tolist() == list(range(11)) and history.stop.rule == "epoch_limit"


def test_a_branch_that_diverges_at_once_ends_with_its_last_updates():
    plane = Experiment("plane", hidden=(8, 8), activation=("relu",), learning_rate=0.001)
    run = Run(plane).changed(5, plane.with_changes(learning_rate=10.0))
    history = record(run, SHARED)
    n_updates = len(history.epochs) - 6
    assert history.stop.rule == "divergence" and history.epochs[:6].tolist() == [0, 1, 2, 3, 4, 5]
    assert n_updates > 1 and history.epochs[6:] == pytest.approx(5 + np.arange(1, n_updates + 1) / 60)
    assert f"The last {n_updates} snapshots show updates 1 to {n_updates} of epoch 6" in history.stop.text
    assert history.training_loss[-1] > 1e3 * history.training_loss[5] and np.isfinite(history.parameters).all()
    # A change at any of them goes back to where the branch left.
    assert [SHARED.last_good(run, frame) for frame in range(5, 6 + n_updates)] == [5] * (n_updates + 1)
    assert SHARED.last_good(run, 3) == 3
    # Another branch off that last frame recovers.
    recovered = run.changed(5, plane.with_changes(learning_rate=0.002))
    assert SHARED.chunk_at(recovered, 6)[0].stop is None
    assert np.isfinite(SHARED.chunk_at(recovered, 6)[0].scores).all()


def test_a_limit_before_the_branch_trains_no_further():
    run = PLAIN.changed(20, CORNERS.with_changes(epoch_limit=10, schedule="cosine"))
    history = record(run, SHARED)
    assert len(history.epochs) == 21 and history.stop.rule == "epoch_limit"


def test_record_tells_how_far_it_is():
    seen = []
    history = record(Run(CORNERS.with_changes(epoch_limit=150)), ChunkStore(), seen.append)
    assert seen == [40, 80, len(history.epochs) - 1] and history.epochs[-1] == 150


def test_a_branch_after_a_training_that_diverged_is_none():
    run = Run(Experiment("plane", features=("x1", "x2", "x1_squared"), hidden=(), learning_rate=1.0))
    store = ChunkStore()
    last = store.reached(run, 599)
    late, later = (Run(run.experiment, (Branch(last + k, (("l1", 0.1),)),)) for k in (1, 100))
    assert last < 500 and store.trained(late) == store.trained(later) == run
    assert store.reached(later, last + 150) == last
    epochs, scores, stop = store.scores(later, 599)
    assert len(epochs) == len(scores) == last + 1 and stop is not None
    assert (store.frame(later, 550) == store.frame(run, last)).all()


@pytest.mark.parametrize("begin, frame", [(0, 0), (7, 70), (40, 41), (41, 80), (55, 75), (60, 60), (75, 75), (76, 75)])
def test_scores_from_a_frame_on_are_the_end_of_all_scores(begin, frame):
    run = PLAIN.changed(60, PLAIN.settings.with_changes(learning_rate=0.3, epoch_limit=100))
    store = ChunkStore()
    epochs, scores, stop = store.scores(run, frame)
    later_epochs, later_scores, later_stop = store.scores(run, frame, begin)
    assert later_epochs.tolist() == epochs[begin:].tolist() and later_stop == stop
    np.testing.assert_array_equal(later_scores, scores[begin:])


def test_scores_from_after_the_end_have_no_rows_and_the_stop():
    store = ChunkStore()
    epochs, scores, stop = store.scores(Run(CORNERS.with_changes(epoch_limit=10)), 99, 50)
    assert len(epochs) == len(scores) == 0 and stop.rule == "epoch_limit"


def test_a_branch_from_the_last_frame_of_a_training_stays():
    run = Run(Experiment(epoch_limit=5))
    store, branched = ChunkStore(), run.changed(5, Experiment(epoch_limit=9))
    assert store.trained(branched) == branched and store.reached(branched, 599) == 9


def test_training_goes_on_from_before_the_loss_grew_out_of_bounds():
    run, store = Run(Experiment("plane", features=("x1", "x2", "x1_squared"), hidden=())), ChunkStore()
    last = store.reached(run, 599)
    epochs, scores, _ = store.scores(run, last)
    # It diverges within its first epoch: only the first weights are any good.
    assert last > 2 and epochs[1] < 1 and [store.last_good(run, frame) for frame in (0, 1, last)] == [0, 0, 0]
    slow = Run(run.experiment.with_changes(learning_rate=0.0043))
    last, (epochs, scores, stop) = store.reached(slow, 599), store.scores(slow, 599)
    good = store.last_good(slow, last)
    assert stop.rule == "divergence" and 0 < good < last and store.last_good(slow, good) == good
    assert scores[good, 0] <= 2 * scores[0, 0] < scores[good + 1, 0] and epochs[good] % 1 == 0


def test_a_run_that_does_not_diverge_goes_on_from_any_frame():
    store = ChunkStore()
    assert [store.last_good(PLAIN, frame) for frame in (0, 7, 41)] == [0, 7, 41]


def test_it_is_told_how_far_the_training_to_a_branch_is():
    store, run = ChunkStore(), PLAIN.changed(60, CORNERS.with_changes(l1=0.1)).changed(90, CORNERS.with_changes(l1=0.2))
    assert store.branch_under_way(run) == (0, 0)
    store.frame(run, 40)
    assert store.branch_under_way(run) == (0, 40)
    store.frame(run, 60)
    assert store.branch_under_way(run) == (1, 60)


# The middle one branches and ends between two frames; the last one diverges, and its last updates are frames too.
@pytest.mark.parametrize("run", [
    Run(CORNERS.with_changes(epoch_limit=90)), BRANCHED,
    Run(Experiment("plane", activation=("relu",), learning_rate=10.0, initializer="he_normal")),
])  # fmt: skip
def test_frames_and_replays_are_the_same_however_many_frames_a_chunk_has(run, monkeypatch):
    whole = ChunkStore()
    expected, last = record(run, whole), whole.reached(run, 45)
    state = state_at(whole, run, last)
    for size in (1, 20):
        monkeypatch.setattr("nncore.experiments.recording.run_training.chunk_size", lambda seconds, size=size: size)
        store = ChunkStore()
        history = record(run, store)
        assert np.array_equal(history.parameters, expected.parameters) and history.stop == expected.stop
        assert np.array_equal(history.epochs, expected.epochs)
        assert np.array_equal(state_at(store, run, last).parameters, state.parameters)
        assert len(store.chunk_at(run, 1)[0].epochs) <= size + 1


def test_whoever_waits_for_a_frame_of_a_dear_run_does_not_wait_for_forty():
    dear = Experiment("circle", samples=2000, hidden=(64,) * 6, activation=("gelu",), optimizer="adam", batch_size=1)
    assert [chunk_size(seconds) for seconds in (0.0, 0.05, 0.051, 0.2, 1.0, 1.1, 60.0)] == [40, 40, 20, 10, 2, 1, 1]
    assert RunTraining(Run(dear)).chunk_frames <= 5 and RunTraining(PLAIN).chunk_frames == 40


def test_what_is_remembered_of_branches_holds_no_run():
    store, run = ChunkStore(), Run(CORNERS, BRANCHED.branches)
    walk(run, store, last=60)
    left = [weakref.ref(run.prefix(number)) for number in range(4)]
    del run
    gc.collect()
    assert not any(seen() is not None for seen in left)
