"""How long a person's own table takes to open: 100,000 rows of 20 columns, from the bytes of the file to what is trained on.

Run it with `python -m tests.benchmarks.tables`. Each kind of table is opened five times, in a process that has pandas
loaded, as the server has it soon after its first page. The exit code is 1 when the median of a kind is above three seconds
of processor time: one thread does it all, so that this is what the clock says on a machine with nothing else to do.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read once, when NumPy loads its BLAS

import sys
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from nncore import Experiment
from nncore.data import SHELF, read_table
from nncore.data.own import TableChoice, table_name
from nncore.experiments.experiment import build_split

ROWS, COLUMNS, TIMES, MOST_SECONDS = 100_000, 20, 5, 3.0


def numbers(decimal: str = ".", separator: str = ",", gaps: float = 0.0) -> bytes:
    """A table of numbers whose last column is one of two words; a share of the numbers is missing."""
    rng = np.random.default_rng(0)
    cells = np.char.mod("%.4g", rng.normal(size=(ROWS, COLUMNS - 1)))
    if decimal != ".":
        cells = np.char.replace(cells, ".", decimal)
    cells[rng.random(cells.shape) < gaps] = "NA"
    labels = rng.choice(["yes", "no"], (ROWS, 1))
    lines = [separator.join(row) for row in np.hstack([cells, labels]).tolist()]
    return "\n".join([separator.join(f"column{k}" for k in range(COLUMNS)), *lines, ""]).encode()


def words() -> bytes:
    """A table of dates, identifiers and words among the numbers."""
    rng = np.random.default_rng(0)
    days = np.datetime_as_string(np.datetime64("2001-01-01") + rng.integers(0, 9000, ROWS))
    columns = [np.char.mod("id-%06d", np.arange(ROWS)), days, *rng.choice(["red", "green", "blue"], (6, ROWS)),
               *np.char.mod("%.3f", rng.normal(size=(COLUMNS - 9, ROWS))), rng.choice(["yes", "no"], ROWS)]  # fmt: skip
    lines = [",".join(row) for row in zip(*(column.tolist() for column in columns), strict=True)]
    return "\n".join([",".join(f"column{k}" for k in range(COLUMNS)), *lines, ""]).encode()


KINDS: dict[str, Callable[[], bytes]] = {
    "numbers": numbers, "decimal commas": partial(numbers, ",", ";"), "one in ten missing": partial(numbers, gaps=0.1),
    "words and dates": words,
}  # fmt: skip


def opened(data: bytes) -> tuple[float, float]:
    """Seconds of processor time, and by the clock, until the table in these bytes is read, sampled, split and scaled."""
    begin = time.process_time(), time.perf_counter()
    table = read_table(data, "table.csv")
    SHELF.put(table, "a viewer")
    choice = TableChoice(table.digest, "table.csv", COLUMNS - 1, missing="mean")
    split = build_split(Experiment(table_name(choice), scaling="standard"))
    took = time.process_time() - begin[0], time.perf_counter() - begin[1]
    assert table.n_rows == ROWS and len(table.columns) == COLUMNS and len(split.train) <= 5000
    return took


def main() -> int:
    """0 when every kind of table opens in time, else 1."""
    read_table(b"x,y\n1,2\n3,4\n", "warm-up.csv")  # loads pandas
    all_met = True
    for kind, make in KINDS.items():
        data = make()
        # Another file each time, so that nothing is known of it.
        took = [opened(data.replace(b"column0", b"first%d" % k, 1)) for k in range(TIMES)]
        seconds, clock = np.median(took, axis=0)
        met = seconds <= MOST_SECONDS
        all_met &= bool(met)
        print(f"{kind:20}{len(data) / 1e6:6.1f} MB   {seconds:.2f} s of processor time, {clock:.2f} s by the clock   "
              f"{'ok' if met else 'MISSED'}")  # fmt: skip
    return 0 if all_met else 1


if __name__ == "__main__":
    sys.exit(main())
