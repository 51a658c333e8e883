"""The app as a process of its own, for measuring it: what the process runs, and `Server`, which starts and ends it.

The process answers every line on its standard input with what it has used so far, and ends with that input, so no
server is left behind when a measurement is broken off.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple, Self

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120.0


class Usage(NamedTuple):
    """Processor time of the server so far in seconds, and how many chunks it has computed."""

    seconds: float
    computed: int


class Server:
    """A fresh server on a free loopback port, for the length of a `with` block."""

    def __enter__(self) -> Self:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.server", str(self.port)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._wait_until_healthy()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()

    def _wait_until_healthy(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/_stcore/health", timeout=2).close()
                return
            time.sleep(0.1)
        raise RuntimeError(f"the server must answer within {START_SECONDS:g} s, got no answer")

    @property
    def _processes(self) -> list[Path]:
        """What the system tells of the server, and of the process in which it trains."""
        own = Path(f"/proc/{self._process.pid}")
        others = (own / "task" / own.name / "children").read_text().split()
        return [own, *(Path("/proc") / other for other in others)]

    def memory(self) -> tuple[float, int]:
        """Memory that the server holds now, in MB, and how many files and connections it has open."""
        pages = sum(int((process / "statm").read_text().split()[1]) for process in self._processes)
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6, len(list((self._processes[0] / "fd").iterdir()))

    def most_memory(self) -> float:
        """The most memory that the server has held since it started, in MB: the sum of what each process held at most."""
        statuses = [(process / "status").read_text(encoding="utf-8") for process in self._processes]
        return sum(int(status.split("VmHWM:")[1].split()[0]) for status in statuses) * 1024 / 1e6

    def usage(self) -> Usage:
        """What the server has used since it started."""
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        while True:
            line = self._process.stdout.readline()
            if line.startswith("{"):
                return Usage(**json.loads(line))
            if not line:
                raise RuntimeError("the server must be running, got the end of its output")


def _seconds_of(number: int | None) -> float:
    """Processor time of the process of this number so far, in seconds."""
    if number is None:
        return 0.0
    fields = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _answer() -> None:
    for _ in sys.stdin:
        from pages.parts.page.server import chunk_store

        usage = Usage(time.process_time() + _seconds_of(chunk_store().process.number), chunk_store().computed)
        print(json.dumps(usage._asdict()), flush=True)
    os._exit(0)


def run(port: int) -> None:
    """Runs the app on a loopback port until standard input ends."""
    from streamlit.web import bootstrap

    flags = {
        "server_port": port,
        "server_address": "127.0.0.1",
        "server_headless": True,
        "server_fileWatcherType": "none",
        "logger_level": "error",
    }
    bootstrap.load_config_options(flags)
    threading.Thread(target=_answer, daemon=True).start()
    bootstrap.run(str(ROOT / "app.py"), False, [], flags)


if __name__ == "__main__":
    run(int(sys.argv[1]))
