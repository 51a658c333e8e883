"""Mixed use for some minutes: does the server's memory stay bounded, do clicks get through, does anything raise?

Run it with `python -m tests.benchmarks.soak SECONDS VIEWERS` (120 and 8 where they are not given). Half of the viewers play
runs and change settings; the others go from page to page, open work that is heavy, and leave. Then all are gone, and what
the server still holds is measured after a quiet time. The exit code is 1 where a page raised or memory is above a limit.
"""

import asyncio
import random
import sys
import time
from urllib.parse import urlencode

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from pages.parts.way.contents import HOME
from pages.parts.way.contents import PAGES as CONTENTS
from tests.benchmarks.client import Viewer
from tests.benchmarks.server import Server
from tests.benchmarks.viewers import PENALTIES, link

PAGES = tuple(entry.name for entry in CONTENTS if entry.name != HOME)  # Train is played
HEAVY = {"samples": "2000", "hidden": "64,64", "batch_size": "1"}
QUIET_SECONDS = 15.0  # after the last viewer has left
VISIT_SECONDS = 20.0  # at most, of one page
MOST_MB = 500.0  # of the server with nobody there: libraries about 280, caches at most 200


class Seen:
    """What came of the soak: seconds from opening a page or a click to its end, and what was raised."""

    def __init__(self):
        self.visits: list[float] = []
        self.clicks: list[float] = []
        self.errors: list[str] = []
        self.unfinished = 0


async def visit(port: int, page: str, query: str, seen: Seen) -> None:
    """Opens a page and reads until its script ends, or for some time; what it raises is noted."""
    address, begin = f"ws://127.0.0.1:{port}/_stcore/stream", time.perf_counter()
    async with connect(address, subprotocols=["streamlit"], max_size=None, proxy=None, open_timeout=60) as socket:
        message = BackMsg()
        message.rerun_script.query_string, message.rerun_script.page_name = query, page
        message.rerun_script.context_info.url = f"http://127.0.0.1:{port}/{page}"
        await socket.send(message.SerializeToString())
        try:
            async with asyncio.timeout(VISIT_SECONDS):
                async for data in socket:
                    answer = ForwardMsg()
                    answer.ParseFromString(data)
                    element = answer.delta.new_element if answer.WhichOneof("type") == "delta" else None
                    if element is not None and element.WhichOneof("type") == "exception":
                        seen.errors.append(f"{page}?{query}: {element.exception.message}")
                    if answer.WhichOneof("type") == "script_finished":
                        seen.visits.append(time.perf_counter() - begin)
                        return
        except TimeoutError:  # it trains on, and this viewer leaves
            seen.unfinished += 1


async def wander(port: int, rng: random.Random, end: float, seen: Seen) -> None:
    """Goes from page to page; every third time with a link that asks for much."""
    while time.monotonic() < end:
        query = urlencode(HEAVY) if rng.random() < 1 / 3 else link(weight_seed=rng.randrange(40))
        await visit(port, rng.choice(PAGES), query, seen)
        await asyncio.sleep(rng.uniform(0.2, 2.0))


async def play(port: int, rng: random.Random, end: float, seen: Seen) -> None:
    """Opens runs, plays them, and changes a setting now and then."""
    while time.monotonic() < end:
        viewer = Viewer(port, link(weight_seed=rng.randrange(40)))
        try:
            await viewer.open()
            for penalty in rng.sample(PENALTIES, 3):
                await viewer.play(rng.uniform(1.0, 4.0))
                await viewer.pick("How much L2?", penalty)
            await viewer.play(2.0)
            await viewer.close()
        except RuntimeError as error:
            seen.errors.append(str(error))
        seen.clicks += viewer.answers


async def soak(server: Server, seconds: float, n_viewers: int) -> Seen:
    """All viewers at once, for so many seconds; memory is printed four times on the way."""
    seen, end = Seen(), time.monotonic() + seconds
    acts = [(play, wander)[number % 2](server.port, random.Random(number), end, seen) for number in range(n_viewers)]
    work = asyncio.gather(*acts)
    while not work.done():
        print("  {:5.0f} s left: {:4.0f} MB, {} files open".format(max(0.0, end - time.monotonic()), *server.memory()))
        await asyncio.wait([work], timeout=seconds / 4)
    await work
    return seen


def main(seconds: float = 120.0, n_viewers: int = 8) -> int:
    """0 when nothing was raised and memory stayed within its limit, else 1."""
    with Server() as server:
        seen = asyncio.run(soak(server, seconds, n_viewers))
        time.sleep(QUIET_SECONDS)
        held, files = server.memory()
    for name, found in (("a page, opened to its end", seen.visits), ("a click, to its first frames", seen.clicks)):
        if found:
            print(f"  {name}: median {np.median(found):.2f} s, p95 {np.percentile(found, 95):.2f} s ({len(found)})")
    print(f"  pages left while they still worked: {seen.unfinished}; errors: {len(seen.errors)}")
    for error in sorted(set(seen.errors))[:5]:
        print(f"    {error}")
    print(f"  with nobody there: {held:.0f} MB, {files} files open")
    return int(bool(seen.errors) or held > MOST_MB)


if __name__ == "__main__":
    sys.exit(main(*(kind(text) for kind, text in zip((float, int), sys.argv[1:], strict=False))))
