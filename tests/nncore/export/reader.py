"""What the tests of exported code share: a careful reader."""

import subprocess
import sys
from pathlib import Path

RULES = "E,F,W,B,C4,SIM,UP,PIE,PERF,RET"


def picky(folder: str | Path) -> str:
    """What a careful reader would strike out of the files in `folder`, in ruff's words; "" where there is nothing."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--line-length=125", f"--select={RULES}",
               "--ignore=B905,C408", "--output-format=concise", str(folder)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr
