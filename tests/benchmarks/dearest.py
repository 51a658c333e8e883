"""The dearest request of every page: processor seconds, memory, and for how long no click is heard meanwhile.

Run it with `python -m tests.benchmarks.dearest PAGES` (all where none are named). A request is one link, or one press after
it, that begins work without asking first: what takes more than ten seconds by the model of costs begins with a click, is
trained in slices in turn with that of others, and can be stopped. Each runs in a process of its own, which has opened the
page before. Memory is by how much the process grew at its height. The exit code is 1 where a limit is missed.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read once, when NumPy loads its BLAS

import ctypes
import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from nncore import Experiment, Run
from nncore.experiments.costs import recording_seconds
from nncore.experiments.recording.training_store import LONG_SECONDS
from nncore.many_starts.batches.comparison import BatchRace
from nncore.many_starts.initializers.comparison import InitializerRace
from nncore.many_starts.restarts.restarts import Restarts
from pages.parts.lessons.table import LESSONS
from pages.parts.page.server import await_pandas
from tests.pages.conftest import open_app, press

ROOT = Path(__file__).resolve().parents[2]
MOST_SECONDS, MOST_MEGABYTES, MOST_UNHEARD = 20.0, 150.0, 3.0
WIDE = Experiment("circle", samples=2000, validation=0, test=0, hidden=(64,) * 6, activation=("gelu",), optimizer="adam",
                  batch_size=1)  # fmt: skip
USUAL = Experiment("spiral", hidden=(8, 8, 8))
ROOMY = WIDE.with_changes(hidden=(64, 64), batch_size=None)  # as many samples at once as there are


class Request(NamedTuple):
    """What is asked for, in words and as a link, and the button that is pressed then, if one is."""

    page: str
    words: str
    link: dict[str, str]
    button: str = ""


class Measured(NamedTuple):
    """Processor seconds of a request, the longest stretch of them in which no click was heard, and megabytes."""

    seconds: float
    unheard: float
    megabytes: float


def longest(seconds_of: Callable[[int], float], most: int) -> int:
    """The greatest number up to `most` that takes no more than what is begun without asking."""
    low, high = 1, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if seconds_of(middle) <= LONG_SECONDS else (low, middle - 1)
    return low


def linked(e: Experiment, **choices: object) -> dict[str, str]:
    """The link of a run, with choices of its page."""
    return Run(e).to_dict() | {name: str(value) for name, value in choices.items()}


def far(e: Experiment, **choices: object) -> dict[str, str]:
    """The link of the farthest snapshot that is trained without asking."""
    run = Run(e)
    return linked(e, frame=longest(lambda frame: recording_seconds(run, frame), run.segments[-1].last_frame), **choices)


def pins(e: Experiment) -> str:
    """Six runs, each as far as they are trained together without asking."""
    runs = [Run(e.with_changes(weight_seed=seed)) for seed in range(6)]
    frame = longest(lambda frame: 6 * recording_seconds(runs[0], frame), 600)
    return "|".join(urlencode(run.to_dict() | {"frame": str(frame)}) for run in runs)


def requests() -> list[Request]:
    """The dearest requests of every page that computes; two where time and memory are not asked for by the same one."""
    race = longest(lambda epochs: InitializerRace(WIDE, 20, 16, "gelu", epochs).seconds, 1000)
    small = longest(lambda epochs: 5 * InitializerRace(USUAL, 5, 16, "tanh", epochs).seconds, 1000)
    starts = longest(lambda epochs: Restarts(USUAL, 256, epochs).seconds, 5000)
    sizes = longest(lambda epochs: BatchRace(WIDE.with_changes(hidden=(64, 64)), epochs).seconds, 500)
    return [
        Request("train", "a snapshot far into six layers of 64", far(WIDE)),
        Request("train", "the same with all samples in one batch", far(WIDE.with_changes(batch_size=None))),
        Request("neuron", "four hundred steps", {"n_inputs": "3", "n_steps": "100,100,100,100", "n_part": "stops"}),
        Request("backprop", "six layers of 64, every weight checked", far(ROOMY.with_changes(hidden=(64,) * 6),
                microscope="check"), "Check every weight and bias"),
        Request("backprop", "the gradients over a training", far(ROOMY.with_changes(hidden=(64,) * 6), microscope="flow")),
        Request("weights", "the course of a wide layer", far(WIDE, section="trends")),
        Request("weights", "every matrix of six layers of 64", far(WIDE, section="matrices", numbers="all")),
        Request("compare", "six pinned runs", {"pins": pins(WIDE.with_changes(hidden=(64, 64)))}),
        Request("report", "a run of six layers of 64", far(WIDE)),
        Request("landscapes", "a hundred balls of every optimizer", {"landscape": "rastrigin", "balls": "100",
                "ball_steps": "1000", "ball_optimizer": "sgd,momentum,adam,rmsprop", "rolled": "now"}),
        Request("landscapes", "basins", {"landscape": "rastrigin", "ball_view": "basins", "ball_steps": "1000",
                "ball_optimizer": "adam", "rolled": "now"}),
        Request("surface", "six layers of 64, along the path", linked(WIDE.with_changes(batch_size=None),
                surface_path=60, frame=60, started="now", surface_started="now")),
        Request("batches", "five sizes", linked(WIDE.with_changes(hidden=(64, 64)), batch_epochs=sizes, trained="now")),
        Request("initializers", "twenty layers", linked(WIDE, depth=20, width=16, bend="gelu", race_epochs=race,
                trained="now")),
        Request("initializers", "five seeds", linked(USUAL, race_epochs=small, trained="now"), "Train from 5 seeds"),
        Request("restarts", "256 starts", linked(USUAL, starts=256, restart_epochs=starts, restart_view="twins",
                trained="now")),
        Request("restarts", "150 starts of 64-64", linked(WIDE.with_changes(hidden=(64, 64)), starts=150,
                restart_epochs=1, trained="now")),
        Request("restarts", "the rule of thumb tested", linked(USUAL, restart_epochs=300, trained="now"), "Test the rule"),
        Request("overfitting", "more data", {"guess": "rises", "remedy": "data"}),
        Request("scores", "a search", linked(USUAL, score_view="choosing", search_epochs=50, trained="now")),
        Request("scores", "leaks", {"score_view": "leakage", "leak": "selection", "leak_guess": "now"}),
        Request("scores", "peeking", {"score_view": "peeking", "peek_rows": "10000", "peek_guessers": "10000"}),
        Request("words", "4,000 sentences", {"part": "diagonal", "run_words": "16", "run_sentences": "4000",
                "run_numbers": "16", "trained": "now"}),
        Request("attention", "the translator", {"step": "learned"}),
        Request("transformer", "match, four heads", {"task": "match", "block_heads": "4"}),
        Request("convolution", "shapes, beside a dense network", {"pictures": "shapes", "use": "places",
                "compared": "now"}),
        Request("recurrence", "32 LSTM cells, 40 steps", {"cell": "lstm", "state_size": "32", "sequence_steps": "40"}),
        Request("autoencoder", "digits", {"coded": "digits", "code": "64", "damage": "noise"}),
        *(Request("lessons", f"{name}, all steps", {"lesson": name}) for name in LESSONS),
    ]  # fmt: skip


class Pieces:
    """The longest stretch of processor time between two moments at which a running page hears clicks."""

    def __init__(self):
        self.longest, self._last = 0.0, time.process_time()
        hear = ScriptRunner._maybe_handle_execution_control_request

        def hear_and_note(runner: ScriptRunner) -> None:
            self.note()
            hear(runner)

        ScriptRunner._maybe_handle_execution_control_request = hear_and_note

    def note(self) -> None:
        """Clicks are heard now."""
        now = time.process_time()
        self.longest, self._last = max(self.longest, now - self._last), now

    def begin(self) -> None:
        """Counts from now."""
        self.longest, self._last = 0.0, time.process_time()


def held(name: str) -> float:
    """Megabytes of this process: VmRSS now, VmHWM at the height."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split(f"{name}:")[1].split()[0]) / 1e3


def measure(request: Request) -> Measured:
    """What the request takes in this process, which opens the page without it before."""
    app = open_app(request.page)
    if request.button:
        app = open_app(request.page, **request.link)
    await_pandas()  # which a thread of the server imports once, behind the first page
    pieces = Pieces()
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")  # the height from here
    before, begin = held("VmRSS"), time.process_time()
    pieces.begin()
    if request.page == "lessons":
        answer_lesson(request.link["lesson"], pieces)
    elif request.button:
        press(app, request.button)
    else:
        open_app(request.page, **request.link)
    return Measured(time.process_time() - begin, pieces.longest, held("VmHWM") - before)


def answer_lesson(name: str, pieces: Pieces) -> None:
    """Everything that the steps of a lesson compute."""
    for step in LESSONS[name].steps:
        step.known(0)
        step.right(0)
        pieces.note()


def main(pages: list[str]) -> int:
    """0 when every limit is met, else 1; prints the table as Markdown."""
    print("| page | dearest request | processor seconds | longest without hearing a click | MB |\n|---|---|--:|--:|--:|")
    met = True
    for number, request in enumerate(requests()):
        if pages and request.page not in pages:
            continue
        command = [sys.executable, "-m", "tests.benchmarks.dearest", "--one", str(number)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            print(done.stderr[-2000:], file=sys.stderr)
            met = False
            continue
        found = Measured(*json.loads(done.stdout.splitlines()[-1]))
        met &= found.seconds <= MOST_SECONDS and found.megabytes <= MOST_MEGABYTES and found.unheard <= MOST_UNHEARD
        print(f"| {request.page} | {request.words} | {found.seconds:.1f} | {found.unheard:.2f} s | {found.megabytes:.0f} |",
              flush=True)  # fmt: skip
    return int(not met)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(requests()[int(sys.argv[2])])))
    else:
        sys.exit(main(sys.argv[1:]))
