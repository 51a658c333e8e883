"""Two replicas behind nginx under many viewers, without a browser: one is killed, and clicks where 160 people play.

Run it with `python -m tests.benchmarks.crowd`; name scenarios (`killed`, `clicks`) to run only those. It needs nginx; the
configuration is `deploy/nginx.conf`. The exit code is 1 when a target is missed.
"""

import asyncio
import base64
import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks.client import Viewer
from tests.benchmarks.replicas import FRONT, PORTS, busiest, front, replica
from tests.benchmarks.viewers import CLICK_SECONDS, PENALTIES, Row, gathered, link, open_all

FRAME, TO_COME_BACK, TO_A_CLICK = 37, 10.0, 0.3
AGAIN_SECONDS = 0.5  # from a closed connection to Streamlit's first attempt to open another
CLICKS = 4


def visitor(seed: int, cookie: bool = True) -> Viewer:
    """A viewer of one of the runs at a frame in its middle, with a cookie of nginx's or as in a frame of another site."""
    viewer = Viewer(FRONT, f"{link(weight_seed=seed)}&frame={FRAME}")
    if cookie:
        viewer.cookie = f"glassbox={base64.b64encode(os.urandom(16)).decode()}"
    return viewer


async def come_back(viewer: Viewer, begin: float) -> float:
    """Seconds from `begin` until a page whose replica is gone stands at its run and frame again."""
    run = viewer.run
    for reader in (await asyncio.wait({viewer.reader}, timeout=60))[0]:
        reader.exception()  # it ends with the connection
    await asyncio.sleep(AGAIN_SECONDS)
    again = Viewer(FRONT, viewer.link)
    again.cookie = viewer.cookie
    await again.open()
    seconds = time.perf_counter() - begin
    assert (again.run, int(again.position)) == (run, FRAME), f"back at another frame: {again.position}"
    await again.close()
    return seconds


async def killed(replicas: dict[int, subprocess.Popen]) -> bool:
    """60 viewers of twenty runs on one replica, which is killed: all come to the other in the same moment."""
    viewers = [visitor(number % 20, cookie=False) for number in range(60)]
    await open_all(viewers)
    replicas[busiest(replicas)].kill()
    begin = time.perf_counter()
    found = await asyncio.gather(*(come_back(viewer, begin) for viewer in viewers), return_exceptions=True)
    lost = [one for one in found if isinstance(one, BaseException)]
    print(f"  of {len(viewers)} viewers {len(lost)} did not come back {lost[:2] or ''}")
    return Row("a replica killed under 60: back at run and frame", [one for one in found if one not in lost],
               TO_COME_BACK).show() and not lost  # fmt: skip


async def clicks(_: dict[int, subprocess.Popen]) -> bool:
    """120 viewers of one link play, and 40 with runs of their own, who change something every five seconds."""
    same, own = [visitor(0) for _ in range(120)], [visitor(seed) for seed in range(1, 41)]
    await open_all([*same, *own])

    async def change(viewer: Viewer, rng: random.Random) -> None:
        await asyncio.sleep(rng.uniform(0.0, CLICK_SECONDS))
        for penalty in rng.sample(PENALTIES, CLICKS):
            await viewer.pick("How much L2?", penalty)
            await viewer.play(CLICK_SECONDS)

    seconds = CLICK_SECONDS * (CLICKS + 1)
    await asyncio.gather(*(viewer.play(seconds) for viewer in same),
                         *(change(viewer, random.Random(number)) for number, viewer in enumerate(own)))  # fmt: skip
    for viewer in (*same, *own):
        await viewer.close()
    Row("120 viewers of one link: a chunk", gathered(same, "chunks")).show()
    return Row("40 with different runs: a click", gathered(own, "answers"), TO_A_CLICK).show()


def main(names: list[str]) -> int:
    """0 when every target is met, else 1. Runs the scenarios named, or both."""
    print(f"  {'seconds':44}{'median':>9}{'p95':>9}{'max':>9}{'target':>8}")
    met = []
    for scenario in (killed, clicks):
        if not names or scenario.__name__ in names:
            with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
                replicas = {port: stack.enter_context(replica(port)) for port in PORTS}
                stack.enter_context(front(Path(folder)))
                met.append(asyncio.run(scenario(replicas)))
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
