"""A lecture hall on one server: 100 people within a minute, and the memory of 100 pages that stand open.

Run it with `python -m tests.benchmarks.hall`; name scenarios (`minute`, `memory`) to run only those, and put SCALE=0.2
before it for a fifth of the people. Real websocket connections on loopback; each scenario gets a fresh server in a process
of its own, and this process plays the browsers. The exit code is 1 when a target is missed.
"""

import asyncio
import os
import random
import sys
import time
from collections.abc import Coroutine
from urllib.parse import urlencode

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from nncore import Experiment, Run
from pages.parts.way.contents import HOME, PAGES
from tests.benchmarks.client import Viewer
from tests.benchmarks.open_page import OpenPage
from tests.benchmarks.server import Server
from tests.benchmarks.viewers import CLICK_SECONDS, PENALTIES, Row, gathered, link, run_scenarios

SCALE = float(os.environ.get("SCALE", "1"))
SECONDS, MOST_MEGABYTES, TO_A_CLICK, TO_A_PICTURE = 60.0, 700.0, 1.0, 10.0
HEAVY = Run(Experiment("circle", samples=2000, hidden=(64, 64), batch_size=None)).to_dict()
FINISHED = 20.0  # seconds after which a page that still works is left to itself
AT_ONCE = 8  # pages that are opened at the same time, where it is memory that is measured


class Sitting(OpenPage):
    """A page that is opened and stands there, whatever it is; `opened` are the seconds until its script was through."""

    def __init__(self, port: int, link: str, page: str):
        super().__init__(port, link, page)
        self.opened: list[float] = []
        self._finished = asyncio.Event()

    def read(self, message: ForwardMsg, kind: str) -> None:
        """Notes when the page's script is through."""
        if kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self._finished.set()

    async def open(self) -> None:
        """Opens the page and waits until its script is through, or for some time."""
        begin = time.perf_counter()
        await self.connect()
        finished = asyncio.create_task(self._finished.wait())
        await asyncio.wait({finished, self.reader}, timeout=FINISHED, return_when=asyncio.FIRST_COMPLETED)
        finished.cancel()
        if self._finished.is_set():
            self.opened.append(time.perf_counter() - begin)


def people(count: int) -> range:
    """So many people, or the part of them that is asked for."""
    return range(max(1, round(SCALE * count)))


async def come(seconds: float, act: Coroutine, errors: list[str]) -> None:
    """One person who comes after so many seconds; what goes wrong is noted."""
    await asyncio.sleep(seconds)
    try:
        await act
    except (RuntimeError, OSError, TimeoutError) as error:
        errors.append(f"{type(error).__name__}: {error}")


async def watch(viewer: Viewer, pictures: list[float], end: float) -> None:
    """Plays the link until the minute is over."""
    pictures.append(await viewer.open())
    await viewer.play(max(0.0, end - time.perf_counter()))


async def change(viewer: Viewer, pictures: list[float], end: float, rng: random.Random) -> None:
    """Plays a run and changes something every five seconds."""
    pictures.append(await viewer.open())
    penalty = ""
    while time.perf_counter() + CLICK_SECONDS < end:
        await viewer.play(CLICK_SECONDS)
        penalty = rng.choice([other for other in PENALTIES if other != penalty])
        await viewer.pick("How much L2?", penalty)
    await viewer.play(2.0)


async def minute(server: Server) -> bool:
    """100 people come within a minute and act; ten more come when it is nearly over."""
    rng, begin = random.Random(0), time.perf_counter()
    end, errors, pictures, late = begin + SECONDS + 15, [], [], []
    same = [Viewer(server.port, link()) for _ in people(50)]
    own = [Viewer(server.port, link(weight_seed=seed)) for seed in people(30)]
    starts = urlencode(Run(Experiment("corners", hidden=(2,), batch_size=None)).to_dict())
    heavy = [Sitting(server.port, f"{starts}&starts=64&trained=now&weight_seed={seed}", "restarts") for seed in people(10)]
    heavy += [Sitting(server.port, f"task=reverse&block_start={seed}", "transformer") for seed in people(10)]
    last = [Viewer(server.port, link(weight_seed=100 + seed)) for seed in people(10)]
    acts = [*(watch(viewer, pictures, end) for viewer in same),
            *(change(viewer, pictures, end, random.Random(number)) for number, viewer in enumerate(own)),
            *(page.open() for page in heavy)]  # fmt: skip
    before = server.usage().seconds
    await asyncio.gather(
        *(come(rng.uniform(0, SECONDS), act, errors) for act in acts),
        *(come(SECONDS + rng.uniform(0, 5), watch(viewer, late, end), errors) for viewer in last),
    )
    cores = (server.usage().seconds - before) / (time.perf_counter() - begin)
    tabs = [*same, *own, *heavy, *last]
    errors += [str(tab.reader.exception()) for tab in tabs if tab.reader.done() and tab.reader.exception()]
    for tab in tabs:
        await (tab.close() if isinstance(tab, Viewer) else tab.disconnect())
    print(f"  {len(acts)} people within a minute, {len(last)} after it: {len(errors)} errors, {cores:.2f} cores")
    for error in sorted(set(errors))[:5]:
        print(f"    {error}")
    met = [Row("a click, to its first frames", gathered(own, "answers"), TO_A_CLICK).show(),
           Row("first picture", pictures, TO_A_PICTURE).show(),
           Row("first picture of who comes late", late, TO_A_PICTURE).show()]  # fmt: skip
    Row("64 restarts, a transformer: to the end", gathered(heavy, "opened")).show()
    return all(met) and not errors


async def memory(server: Server) -> bool:
    """100 pages of fifteen kinds and more stand open, each with a run of its own, a third of them a large one."""
    names, errors = [entry.name if entry.name != HOME else "" for entry in PAGES], []
    tabs = [Sitting(server.port, f"{link(weight_seed=number) if number % 3 else urlencode(HEAVY)}&trained=now",
                    names[number % len(names)]) for number in people(100)]  # fmt: skip
    gate = asyncio.Semaphore(AT_ONCE)

    async def enter(number: int, tab: Sitting) -> None:
        async with gate:
            await come(0.0, tab.open(), errors)
        if (number + 1) % 20 == 0:
            print(f"  {number + 1} pages: {server.memory()[0]:4.0f} MB", flush=True)

    await asyncio.gather(*(enter(number, tab) for number, tab in enumerate(tabs)))
    errors += [str(tab.reader.exception()) for tab in tabs if tab.reader.done() and tab.reader.exception()]
    await asyncio.sleep(3.0)
    now, most = server.memory()[0], server.most_memory()
    for tab in tabs:
        await tab.disconnect()
    met = most < MOST_MEGABYTES and not errors
    print(f"  {len(tabs)} pages of {len(names)} kinds open: {now:.0f} MB, {most:.0f} MB at the height "
          f"(below {MOST_MEGABYTES:.0f}); {len(errors)} errors: {'ok' if met else 'MISSED'}")  # fmt: skip
    for error in sorted(set(errors))[:5]:
        print(f"    {error}")
    return met


if __name__ == "__main__":
    sys.exit(run_scenarios(sys.argv[1:], (minute, memory)))
