"""The doors of the rooms: public names are there when they are asked for, in however many threads at once."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import nncore
from nncore.doors import open_doors
from nncore.many_starts import batches, restarts

ROOT = Path(__file__).parents[2]
ROOMS = sorted(".".join(path.parent.relative_to(ROOT).parts[1:]) for path in ROOT.glob("nncore/*/**/__init__.py"))


@pytest.mark.parametrize("package", ["nncore", *(f"nncore.{room}" for room in ROOMS)])
def test_every_public_name_can_be_fetched(package):
    module = import_module(package)
    assert module.__all__ and all(getattr(module, name) is not None for name in module.__all__)


def test_a_name_that_is_not_public_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'nncore' has no attribute 'Netwrok'"):
        _ = nncore.Netwrok
    names, fetch = open_doors("nncore", {"training.stopping": "Stop STOP_RULES"})
    assert names == ["STOP_RULES", "Stop"] and fetch("Stop") is nncore.training.stopping.Stop


AT_ONCE = """
import sys, threading
from importlib import import_module
import nncore  # as a server has: Python takes a package out of its table for a moment when it is loaded
names = ["nncore.data.table", "nncore.attention.transformer_run", "nncore.many_starts.restarts.restarts",
         "nncore.words.text", "nncore.inspection.diagnosis.checks", "nncore.single_neuron.descent"]
barrier, errors = threading.Barrier(len(names)), []
sys.setswitchinterval(1e-5)

def enter(name):
    barrier.wait()
    try:
        import_module(name)
    except BaseException as error:
        errors.append(f"{name}: {error!r}")

threads = [threading.Thread(target=enter, args=(name,)) for name in names]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(errors)
"""


@pytest.mark.parametrize("attempt", range(3))
def test_pages_that_enter_different_rooms_at_once_do_not_wait_for_each_other(attempt):
    done = subprocess.run([sys.executable, "-c", AT_ONCE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("package", ["nncore", *(f"nncore.{room}" for room in ROOMS)])
def test_no_public_name_is_that_of_a_module_which_would_stand_before_it(package):
    module = import_module(package)
    assert not set(module.__all__) & {found.name for found in iter_modules(module.__path__)}


def test_a_name_stays_what_it_is_however_often_it_is_fetched():
    assert all(callable(batches.verdict) and callable(restarts.loss_levels) for _ in range(2))
