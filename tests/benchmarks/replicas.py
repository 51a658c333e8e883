"""Two replicas behind nginx, as `deploy/` sets them up: what a first visit transfers, and a replica killed under a viewer.

Run it with `python -m tests.benchmarks.replicas`; it needs nginx and Chromium (`apt-get install nginx-light chromium`). The
configuration is `deploy/nginx.conf` itself, with this machine's addresses put in. The exit code is 1 when a target is
missed.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM_FLAGS, ROOT, wait_until_healthy

PORTS, FRONT = (8511, 8512), 8510
LINK = f"http://127.0.0.1:{FRONT}/?dataset=spiral&hidden=8%2C8&frame=37"
MOST_MEGABYTES, MOST_SECONDS = 2.0, 10.0
# In the foreground; and where root runs it, its workers as well, which must reach the folder that is made for them.
OWN = "daemon off;\n" + ("user root;\n" if os.geteuid() == 0 else "")
AT_FRAME = "window.glassbox?.frame === 37 && window.glassbox?.draws > 0"


@contextmanager
def replica(port: int, path: str = "") -> Iterator[subprocess.Popen]:
    """One process of the app on `port`, under a `path` of its own if there is one."""
    options = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    options += [f"--server.baseUrlPath={path}"] if path else []
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *options, "--server.fileWatcherType=none"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}/{path and f'{path}/'}_stcore/health")
        yield server
    finally:
        server.kill()
        server.wait(10)


@contextmanager
def front(folder: Path, path: str = "", idle: str = "2h") -> Iterator[None]:
    """nginx on FRONT before both replicas, with the project's own configuration; `idle` websockets are cut after so long."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    servers = "\n".join(f"        server 127.0.0.1:{port} max_fails=1 fail_timeout=5s;" for port in PORTS)
    text = re.sub(r" *server app:8501[^\n]*", servers, text).replace("listen 80;", f"listen 127.0.0.1:{FRONT};")
    text = text.replace("/var/cache/nginx/glassbox", str(folder / "cache")).replace("mime.types", "/etc/nginx/mime.types")
    text = text.replace("proxy_read_timeout 2h", f"proxy_read_timeout {idle}")
    (folder / "nginx.conf").write_text(f"{OWN}pid {folder}/pid;\nerror_log {folder}/errors;\n{text}", encoding="utf-8")
    nginx = subprocess.Popen([shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(folder / "nginx.conf")])
    try:
        wait_until_healthy(f"http://127.0.0.1:{FRONT}/{path and f'{path}/'}_stcore/health")
        yield
    finally:
        nginx.terminate()
        nginx.wait(10)


def first_visit(browser: Browser) -> float:
    """Megabytes that a first visit of Train transfers, from an empty cache, websocket included."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    devtools, sizes = page.context.new_cdp_session(page), []
    devtools.send("Network.enable")
    devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    devtools.on("Network.webSocketFrameReceived", lambda event: sizes.append(len(event["response"]["payloadData"]) * 3 / 4))
    page.goto(LINK)
    page.wait_for_function(AT_FRAME, timeout=60_000)
    page.wait_for_timeout(3000)
    page.context.close()
    return sum(sizes) / 1e6


def seconds_to_come_back(browser: Browser, replicas: dict[int, subprocess.Popen]) -> float:
    """Seconds until a page whose replica was killed stands at its run and its frame again, on the other one."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(LINK)
    page.wait_for_function(AT_FRAME, timeout=60_000)
    page.wait_for_timeout(1000)
    port = busiest(replicas)
    begin = time.monotonic()
    replicas[port].kill()
    state = "document.querySelector('[data-test-connection-state]')?.dataset.testConnectionState"
    for is_there in ("!==", "==="):  # gone, and then there again, on the other replica
        page.wait_for_function(f"{state} {is_there} 'CONNECTED'", timeout=60_000)
    page.wait_for_selector("[data-test-script-state=running]", timeout=60_000)
    page.wait_for_selector("[data-test-script-state=notRunning]", timeout=60_000)
    page.get_by_role("button", name="Share").click()
    page.get_by_role("dialog").wait_for(timeout=60_000)
    found = time.monotonic() - begin
    assert page.evaluate(AT_FRAME.split(" && ")[0]), "the page came back at another frame"
    page.context.close()
    return found


def busiest(ports: Iterable[int]) -> int:
    """The one of the replicas' `ports` that holds the most connections."""
    return max(ports, key=_connections)


def _connections(port: int) -> int:
    """How many connections the replica on `port` holds."""
    return subprocess.run(["ss", "-Htn", "state", "established", f"sport = :{port}"], capture_output=True, text=True,
                          check=True).stdout.count("\n")  # fmt: skip


def main() -> int:
    """Prints both figures beside their targets."""
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        replicas = {port: stack.enter_context(replica(port)) for port in PORTS}
        stack.enter_context(front(Path(folder)))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        megabytes = first_visit(browser)
        print(f"first visit: {megabytes:.2f} MB (at most {MOST_MEGABYTES:g})", flush=True)
        seconds = seconds_to_come_back(browser, replicas)
        print(f"replica killed: page answers again after {seconds:.1f} s (at most {MOST_SECONDS:g})", flush=True)
        browser.close()
    return int(megabytes > MOST_MEGABYTES or seconds > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
