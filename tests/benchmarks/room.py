"""A room of 60: how far the lecturer's histogram is behind, measured with real websocket connections on loopback.

Run it with `python -m tests.benchmarks.room`. A lecturer asks a question and 60 phones answer within ten seconds, a third of
them twice. The exit code is 1 when an answer is not counted once, or the histogram is a second or more behind.
"""

import asyncio
import contextlib
import random
import re
import sys
import time
from urllib.parse import urlencode

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect

from pages.parts.lecture.steps import pack, step_of
from tests.benchmarks.server import Server

PHONES, SECONDS = 60, 10.0
QUESTION = step_of("train", {"dataset": "xor"}, question="What will the loss do?", choices=("Fall", "Rise", "Stay"), right=0)
TARGET = 1.0  # seconds that the histogram may be behind


class Tab:
    """An open page of the lecture: its buttons by label, the counts it was shown and when, and a timer if it has one."""

    def __init__(self, port: int, **link: str):
        self.address, self.link, self.page = f"ws://127.0.0.1:{port}/_stcore/stream", urlencode(link), ""
        self.buttons: dict[str, tuple[str, str]] = {}
        self.counts: list[tuple[float, int]] = []
        self.bars: list[str] = []
        self._finished = asyncio.Event()
        self._timer: asyncio.Task | None = None
        self._kept: dict[str, ForwardMsg] = {}

    async def open(self) -> None:
        """Opens the page and waits until its script is through."""
        self._socket = await connect(self.address, subprotocols=["streamlit"], max_size=None, proxy=None, open_timeout=60)
        self._reader = asyncio.create_task(self._read())
        await self._rerun(page_name="lecture")
        await self.finished()

    async def finished(self) -> None:
        """Waits until the page's script is through."""
        async with asyncio.timeout(60):
            await self._finished.wait()

    async def press(self, label: str) -> None:
        """Presses the button whose label begins so, and waits for the answer."""
        name = next(name for name in self.buttons if name.startswith(label))
        identity, fragment = self.buttons[name]
        await self._rerun(fragment, WidgetState(id=identity, trigger_value=True))
        await self.finished()

    async def close(self) -> None:
        """Closes the page."""
        for task in filter(None, (self._timer, self._reader)):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await self._socket.close()

    async def _rerun(self, fragment: str = "", *triggers: WidgetState, page_name: str = "") -> None:
        self._finished.clear()
        message = BackMsg()
        request = message.rerun_script
        request.query_string, request.page_script_hash, request.fragment_id = self.link, self.page, fragment
        request.page_name = page_name
        request.widget_states.widgets.extend(triggers)
        request.context_info.timezone, request.context_info.locale = "UTC", "en-GB"
        request.context_info.url = f"{self.address.replace('ws:', 'http:').removesuffix('_stcore/stream')}lecture"
        await self._socket.send(message.SerializeToString())

    async def _read(self) -> None:
        async for data in self._socket:
            message = ForwardMsg()
            message.ParseFromString(data)
            kind = message.WhichOneof("type")
            if kind == "ref_hash":
                message, kind = self._kept[message.ref_hash], "delta"
            elif message.metadata.cacheable:
                self._kept[message.hash] = message
            if kind == "navigation":
                self.page = message.navigation.page_script_hash
            elif kind == "page_info_changed":
                self.link = message.page_info_changed.query_string
            elif kind == "auto_rerun":
                self._stop_timer()
                self._timer = asyncio.create_task(self._every(message.auto_rerun.interval, message.auto_rerun.fragment_id))
            elif kind == "stop_auto_rerun":
                self._stop_timer()
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self._finished.set()
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                self._draw(message.delta.new_element, message.delta.fragment_id)

    def _draw(self, element: Element, fragment: str) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise RuntimeError(f"the page must not raise, got {element.exception.message}")
        if kind == "button":
            self.buttons[element.button.label] = (element.button.id, fragment)
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
            await self._rerun(fragment)


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
