"""A room of 60: how far the lecturer's histogram is behind, measured with real websocket connections on loopback.

Run it with `python -m tests.benchmarks.room`. A lecturer asks a question and 60 phones answer within ten seconds, a third of
them twice. The exit code is 1 when an answer is not counted once, or the histogram is a second or more behind.
"""

import asyncio
import random
import re
import sys
import time
from urllib.parse import urlencode

import numpy as np
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pages.parts.lecture.steps import pack, step_of
from tests.benchmarks.open_page import OpenPage
from tests.benchmarks.server import Server

PHONES, SECONDS = 60, 10.0
QUESTION = step_of("train", {"dataset": "xor"}, question="What will the loss do?", choices=("Fall", "Rise", "Stay"), right=0)
TARGET = 1.0  # seconds that the histogram may be behind


class Tab(OpenPage):
    """An open page of the lecture: its buttons by label, the counts it was shown and when, and a timer if it has one."""

    def __init__(self, port: int, **link: str):
        super().__init__(port, urlencode(link), "lecture")
        self.counts: list[tuple[float, int]] = []
        self.bars: list[str] = []
        self._finished = asyncio.Event()
        self._timer: asyncio.Task | None = None

    async def open(self) -> None:
        """Opens the page and waits until its script is through."""
        await self.connect()
        await self.finished()

    async def finished(self) -> None:
        """Waits until the page's script is through."""
        async with asyncio.timeout(60):
            await self._finished.wait()

    async def press(self, label: str) -> None:
        """Presses the button whose label begins so, and waits for the answer."""
        identity, fragment = next(place for name, place in self.labels.items() if name.startswith(label))
        self._finished.clear()
        await self.rerun(fragment, WidgetState(id=identity, trigger_value=True))
        await self.finished()

    async def close(self) -> None:
        """Closes the page."""
        self._stop_timer()
        await self.disconnect()

    def read(self, message: ForwardMsg, kind: str) -> None:
        """Keeps the page's timer, and notes when its script is through."""
        if kind in ("auto_rerun", "stop_auto_rerun"):
            self._stop_timer()
        if kind == "auto_rerun":
            self._timer = asyncio.create_task(self._every(message.auto_rerun.interval, message.auto_rerun.fragment_id))
        elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self._finished.set()

    def draw(self, element: Element, kind: str, fragment: str) -> None:
        """Holds the page's buttons, and reads the histogram."""
        if kind == "button":
            self.labels[element.button.label] = (element.button.id, fragment)
        elif kind == "html":
            self.bars = re.findall(r"<b>(\d+) \(", element.html.body) or self.bars
        elif kind == "markdown" and (found := re.match(r"\*\*(\d+) answers?\*\*", element.markdown.body)):
            self.counts.append((time.perf_counter(), int(found[1])))

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def _every(self, seconds: float, fragment: str) -> None:
        while True:
            await asyncio.sleep(seconds)
            await self.rerun(fragment)


async def answer(phone: Tab, rng: random.Random) -> float:
    """One phone's answers; the moment of the first, which the count rises by."""
    await asyncio.sleep(rng.uniform(0.0, SECONDS))
    first = time.perf_counter()
    await phone.press("ABC"[rng.randrange(3)])
    if rng.random() < 1 / 3:
        await asyncio.sleep(rng.uniform(0.1, 2.0))
        await phone.press("ABC"[rng.randrange(3)])
    return first


def behind(answered: list[float], counts: list[tuple[float, int]]) -> list[float]:
    """Seconds from each answer until the lecturer's count had reached so many."""
    return [next((at for at, count in counts if count > rank), float("inf")) - given
            for rank, given in enumerate(sorted(answered))]  # fmt: skip


async def measure(server: Server) -> bool:
    """Asks, lets 60 phones answer, and prints how far the count was behind."""
    lecturer = Tab(server.port, lecture=pack([QUESTION]), present="1", lecture_step="1")
    await lecturer.open()
    await lecturer.press("Ask the room")
    room = re.search(r"(?:^|&)room=([\w-]+)", lecturer.link)[1]
    phones = [Tab(server.port, room=room) for _ in range(PHONES)]
    for phone in phones:
        await phone.open()
    before, begin = server.usage().seconds, time.perf_counter()
    answered = await asyncio.gather(*(answer(phone, random.Random(k)) for k, phone in enumerate(phones)))
    used = (server.usage().seconds - before) / (time.perf_counter() - begin)
    await asyncio.sleep(2.0)
    await lecturer.press("Show answers")
    await asyncio.sleep(1.5)
    total = sum(map(int, lecturer.bars))
    seconds = behind(list(answered), lecturer.counts)
    middle, high = np.percentile(seconds, [50, 95])
    met = max(seconds) < TARGET and total == PHONES
    print(f"  {PHONES} phones answer in {SECONDS:g} s: {total} answers counted, {used:.2f} cores")
    print(f"  the histogram is behind by {middle:.2f} s (median), {high:.2f} s (p95), {max(seconds):.2f} s at most: "
          f"{'ok' if met else 'MISSED'}")  # fmt: skip
    for tab in (lecturer, *phones):
        await tab.close()
    return met


def main() -> int:
    """0 when the target is met, else 1."""
    with Server() as server:
        return 0 if asyncio.run(measure(server)) else 1


if __name__ == "__main__":
    sys.exit(main())
