"""What is said of work before it begins, beside what it takes: seconds of processor time.

Run it with `python -m tests.benchmarks.promises COUNT SEED` (60 and 0 where they are not given). Requests of every page that
trains or judges many networks are drawn at random, each as long as the model of costs says that it takes about half a
second, and then made. Processor time of this thread is measured, so that a busy machine makes little difference. The exit
code is 1 where more than one in twenty is wrong by more than a factor of two.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read once, when NumPy loads its BLAS

import sys
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from nncore import Experiment, Run
from nncore.experiments.costs import cost_of, recording_seconds
from nncore.experiments.experiment import build_network, build_split
from nncore.experiments.recording.chunk_store import ChunkStore
from nncore.experiments.stacks import runs_that_fit, stack
from nncore.many_starts.batches.comparison import BatchRace
from nncore.many_starts.initializers.comparison import InitializerRace
from nncore.many_starts.restarts.restarts import MAX_EPOCHS, Restarts
from nncore.many_starts.surface import STACK, loss_surface, random_slice
from nncore.models.activations import ACTIVATIONS
from nncore.training.optimizers import OPTIMIZERS

ABOUT_SECONDS, MOST_SECONDS, LONGEST_SLICE = 0.5, 3.0, 0.05
TOLERANCE, EXCEPTIONS = 2.0, 0.05
SURFACE_SAMPLES = 500


class Request(NamedTuple):
    """Work of a page: what it is, the seconds that are said, and the work itself, in pieces."""

    text: str
    seconds: float
    work: Callable[[], Iterator]


def settings(rng: np.random.Generator) -> Experiment:
    """Settings that a person may pick, at random; a small rate, so that nothing diverges."""
    hidden = tuple([int(rng.choice([2, 4, 8, 16, 32, 64]))] * int(rng.integers(0, 7)))
    return Experiment(
        "digits" if rng.random() < 0.2 else str(rng.choice(["circle", "spiral", "plane"])), hidden=hidden,
        samples=None if rng.random() < 0.5 else 1700, activation=(str(rng.choice(list(ACTIVATIONS))),),
        optimizer=str(rng.choice(list(OPTIMIZERS))), learning_rate=1e-4, l2=float(rng.choice([0.0, 1e-4])),
        batch_size=[1, 4, 10, 32, 100, None][rng.integers(6)], validation=int(rng.choice([0, 20, 50])), test=0,
    )  # fmt: skip


def about(seconds_of: Callable[[int], float], most: int) -> int:
    """A length, from 1 to `most`, of about half a second by the model."""
    one, more = seconds_of(1), seconds_of(11)
    return int(np.clip(1 + (ABOUT_SECONDS - one) / max((more - one) / 10, 1e-9), 1, most))


def restarts(rng: np.random.Generator) -> Request:
    """Starts of one experiment."""
    e, starts = settings(rng), int(rng.choice([2, 3, 16, 64, 256]))
    plan = Restarts(e, starts, about(lambda epochs: Restarts(e, starts, epochs).seconds, MAX_EPOCHS))
    plan.check_memory()
    return Request(f"{starts} starts, {plan.epochs} epochs, {words(e)}", plan.seconds, plan.record)


def initializers(rng: np.random.Generator) -> Request:
    """Networks from every initializer."""
    e, depth, width = settings(rng), int(rng.choice([2, 5, 10, 20])), int(rng.choice([2, 8, 16, 32]))
    kind = str(rng.choice(list(ACTIVATIONS)))
    epochs = about(lambda epochs: InitializerRace(e, depth, width, kind, epochs).seconds, 1000)
    race = InitializerRace(e, depth, width, kind, epochs)
    race.check_memory()
    return Request(f"initializers, {depth} x {width} {kind}, {epochs} epochs, {words(e)}", race.seconds, race.record)


def batches(rng: np.random.Generator) -> Request:
    """Batch sizes compared."""
    e = settings(rng)
    race = BatchRace(e, about(lambda epochs: BatchRace(e, epochs).seconds, 500))
    race.check_memory()
    return Request(f"batch sizes, {race.epochs} epochs, {words(e)}", race.seconds, race.record)


def surface(rng: np.random.Generator) -> Request:
    """A slice of the loss, half as fine as the page's."""
    e = settings(rng)
    network, split = build_network(e), build_split(e)
    data = split.X_train[:SURFACE_SAMPLES], split.y_train[:SURFACE_SAMPLES]
    at_once, axis = runs_that_fit(e, len(data[0]), STACK), np.linspace(-1.0, 1.0, 25)
    said = 625 / at_once * cost_of(e, None, at_once).judging_seconds(len(data[0]))

    def work() -> Iterator:
        model, plane = stack(e, np.zeros((at_once, e.n_parameters))), random_slice(network.parameters, network.matrices)
        for begin in range(0, 25):
            yield loss_surface(model, plane, axis, axis[begin : begin + 1], data)

    return Request(f"surface, {words(e)}", said, work)


def train(rng: np.random.Generator) -> Request:
    """A run, recorded up to a frame."""
    run = Run(settings(rng))
    frame = about(lambda frame: recording_seconds(run, frame), min(120, run.segments[-1].last_frame))

    def work() -> Iterator:
        yield ChunkStore().frame(run, frame)

    # A store records whole chunks.
    whole = min(-(-frame // 40) * 40, run.segments[-1].last_frame)
    return Request(f"train to {whole}, {words(run.experiment)}", recording_seconds(run, whole), work)


KINDS = (restarts, initializers, batches, surface, train)


def words(e: Experiment) -> str:
    """The settings that decide the time."""
    size = "full batch" if e.batch_size is None else f"batch {e.batch_size}"
    layers = "-".join(map(str, e.hidden)) or "none"
    return f"{e.dataset} {len(build_split(e).train)}, {layers} {e.activation[0]}, {e.optimizer}, {size}"


def measure(request: Request) -> tuple[float, float]:
    """Processor time of the work in seconds, threads that it waits for included: of all, and of the longest piece."""
    begin, longest = time.process_time(), 0.0
    at = begin
    for _ in request.work():
        now = time.process_time()
        longest, at = max(longest, now - at), now
    return time.process_time() - begin, longest


def main(count: int = 60, seed: int = 0) -> int:
    """0 when nearly all promises were kept, else 1."""
    rng, ratios, slices = np.random.default_rng(seed), [], []
    print(f"{'said':>8}{'took':>8}{'ratio':>7}{'longest piece':>15}")
    while len(ratios) < count:
        try:
            request = KINDS[len(ratios) % len(KINDS)](rng)
        except ValueError:  # it does not fit into memory, and the page says so
            continue
        if request.seconds > MOST_SECONDS:
            continue
        took, longest = measure(request)
        ratios.append(request.seconds / took)
        if not request.text.startswith(("train", "surface")):
            slices.append(longest)
        print(f"{request.seconds:7.2f}s{took:7.2f}s{ratios[-1]:7.2f}{1e3 * longest:12.0f} ms  {request.text}", flush=True)
    wrong = np.mean((np.array(ratios) > TOLERANCE) | (np.array(ratios) < 1 / TOLERANCE))
    long = sum(longest > LONGEST_SLICE for longest in slices)
    print(f"said over took: {min(ratios):.2f} to {max(ratios):.2f}; {100 * wrong:.0f} % wrong by more than {TOLERANCE:g}x")
    print(f"trainings with a piece above {1e3 * LONGEST_SLICE:.0f} ms: {long} of {len(slices)}")
    return int(wrong > EXCEPTIONS)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
