"""How many people one server carries, measured with real websocket connections on loopback.

Run it with `python -m tests.benchmarks.viewers`; name scenarios (`links`, `runs`, `opening`, `cold`, `paused`) to run
only those. Each gets a fresh server in a process of its own, and this process plays the browsers. The exit code is 1
when a target is missed.
"""

import asyncio
import random
import re
import sys
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import NamedTuple
from urllib.parse import urlencode

import numpy as np

from nncore import Experiment, Run
from tests.benchmarks.client import Viewer
from tests.benchmarks.server import Server

SPIRAL = Experiment("spiral", hidden=(8, 8, 8), optimizer="adam", learning_rate=0.01)
PLAY_SECONDS = 16.0  # 12 chunks at normal speed
CLICK_SECONDS = 5.0  # between two clicks of one viewer
READ_SECONDS = 0.7  # from opening a drop-down to picking from it
PENALTIES = ("0.0001", "0.0003", "0.001", "0.003", "0.01")


class Row(NamedTuple):
    """A line of the table: latencies in seconds, and what their 95th percentile must stay below."""

    name: str
    seconds: list[float]
    target: float | None = None

    def show(self) -> bool:
        """Prints the line; False when its target is missed or nothing was measured."""
        if not self.seconds:
            print(f"  {self.name:44}{'nothing measured':>27}  MISSED")
            return False
        middle, high = np.percentile(self.seconds, [50, 95])
        met = self.target is None or bool(high < self.target)
        verdict = "" if self.target is None else f"{self.target:8.2f}  {'ok' if met else 'MISSED'}"
        print(f"  {self.name:44}{middle:9.3f}{high:9.3f}{max(self.seconds):9.3f}{verdict}  ({len(self.seconds)})")
        return met


def link(**changes: object) -> str:
    """The link of the spiral that all scenarios show, with some settings changed."""
    return urlencode(Run(SPIRAL.with_changes(**changes)).to_dict())


async def open_all(viewers: list[Viewer]) -> None:
    """Opens pages one after the other, which is not what is measured."""
    for viewer in viewers:
        await viewer.open()


def gathered(viewers: Iterable[Viewer], name: str) -> list[float]:
    """The latencies of all viewers under one name."""
    return [seconds for viewer in viewers for seconds in getattr(viewer, name)]


async def each(viewers: list[Viewer], act: Callable[[Viewer, random.Random], Awaitable[None]]) -> None:
    """Lets every viewer act at the same time, each with a random stream of its own, and then closes all."""
    await asyncio.gather(*(act(viewer, random.Random(number)) for number, viewer in enumerate(viewers)))
    for viewer in viewers:
        await viewer.close()


async def links(server: Server) -> bool:
    """60 viewers of one link press Play within two seconds and play twelve chunks."""
    viewers = [Viewer(server.port, link()) for _ in range(60)]
    await open_all(viewers)
    before, begin = server.usage(), time.perf_counter()

    async def act(viewer: Viewer, rng: random.Random) -> None:
        await asyncio.sleep(rng.uniform(0.0, 2.0))
        await viewer.play(PLAY_SECONDS)

    await each(viewers, act)
    after, seconds = server.usage(), time.perf_counter() - begin
    met = Row("60 viewers of one link: a chunk", gathered(viewers, "chunks"), 0.2).show()
    held = max(viewer.ready for viewer in viewers) // 40
    once = after.computed <= held + 1  # one is made ahead of time
    print(f"    {after.computed} chunks computed for all, {held} shown: {'ok' if once else 'MISSED'}; "
          f"{(after.seconds - before.seconds) / seconds:.2f} cores")  # fmt: skip
    return met and once


async def runs(server: Server) -> bool:
    """30 viewers of 30 different runs play, and each changes L2 now and then."""
    viewers = [Viewer(server.port, link(weight_seed=seed)) for seed in range(30)]
    await open_all(viewers)
    before, begin = server.usage(), time.perf_counter()

    async def act(viewer: Viewer, rng: random.Random) -> None:
        await asyncio.sleep(rng.uniform(0.0, 2.0))
        await viewer.play(rng.uniform(0.5, 1.0) * CLICK_SECONDS)
        for penalty in rng.sample(PENALTIES, 3):
            await viewer.touch()
            await viewer.play(READ_SECONDS)
            await viewer.pick("How much L2?", penalty)
            await viewer.play(CLICK_SECONDS - READ_SECONDS)

    await each(viewers, act)
    after, seconds = server.usage(), time.perf_counter() - begin
    met = Row("30 different runs: a click, to its first frames", gathered(viewers, "answers"), 0.5).show()
    Row("30 different runs: a click, whole page", gathered(viewers, "finished")).show()
    Row("30 different runs: a chunk (may wait)", gathered(viewers, "chunks")).show()
    print(f"    {after.computed} chunks computed; {(after.seconds - before.seconds) / seconds:.2f} cores")
    return met


async def fetch(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> str:
    """One file from the server, over a connection that stays open."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    body = await reader.readexactly(int(re.search(r"content-length: (\d+)", head)[1]))
    return body.decode(errors="replace")


async def fetch_page(port: int) -> None:
    """Fetches the page and the files that it names, over six connections, as a browser does that has none of them."""
    connections = [await asyncio.open_connection("127.0.0.1", port) for _ in range(6)]
    text = await fetch(*connections[0], "/")
    paths = iter(dict.fromkeys(re.findall(r'(?:src|href)="\.(/static/[^"]+)"', text)))

    async def work(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for path in paths:
            await fetch(reader, writer, path)
        writer.close()

    await asyncio.gather(*(work(*connection) for connection in connections))


async def _open_within_ten_seconds(server: Server, *, cold: bool) -> list[float]:
    viewers = [Viewer(server.port, link()) for _ in range(60)]
    pictures: list[float] = []

    async def act(viewer: Viewer, rng: random.Random) -> None:
        await asyncio.sleep(rng.uniform(0.0, 10.0))
        begin = time.perf_counter()
        if cold:
            await fetch_page(server.port)
        await viewer.open()
        pictures.append(time.perf_counter() - begin)

    await each(viewers, act)
    return pictures


async def opening(server: Server) -> bool:
    """60 pages are opened within ten seconds: from opening the connection to the first picture."""
    return Row("60 pages opened in 10 s: first picture", await _open_within_ten_seconds(server, cold=False), 3.0).show()


async def cold(server: Server) -> bool:
    """The same by browsers that first have to fetch Streamlit's own files from this server; no target."""
    return Row("the same, with an empty browser cache", await _open_within_ten_seconds(server, cold=True)).show()


async def paused(server: Server) -> bool:
    """One page stands open for ten seconds and nothing is done."""
    viewer = Viewer(server.port, link())
    await viewer.open()
    await asyncio.sleep(3.0)
    before = server.usage()
    await asyncio.sleep(10.0)
    seconds = server.usage().seconds - before.seconds
    await viewer.close()
    met = seconds < 0.1
    print(f"  {'one paused page: server time in 10 s':44}{seconds:9.3f}{'':18}{0.1:8.2f}  {'ok' if met else 'MISSED'}")
    return met


SCENARIOS = (links, runs, opening, cold, paused)


def run_scenarios(names: list[str], scenarios: Iterable[Callable[[Server], Awaitable[bool]]]) -> int:
    """0 when every target is met, else 1. Runs the scenarios that are named, or all, each on a server of its own."""
    print(f"  {'seconds':44}{'median':>9}{'p95':>9}{'max':>9}{'target':>8}")
    met = []
    for scenario in scenarios:
        if not names or scenario.__name__ in names:
            with Server() as server:
                met.append(asyncio.run(scenario(server)))
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(run_scenarios(sys.argv[1:], SCENARIOS))
