import numpy as np
import pytest

from pages.parts.page import watch as module
from pages.parts.page.watch import Progress, watch


def test_watching_gives_the_last_value_and_shows_some_on_the_way(monkeypatch):
    shown = []
    monkeypatch.setattr(module, "_show", lambda place, progress: shown.append(progress.text))
    assert watch(iter(range(1000)), lambda n: Progress(n / 1000, str(n), np.ones(1), ["training"])) == 999
    assert shown[0] == "0" and len(shown) < 100


def test_a_slice_is_drawn_as_progress_and_curves():
    assert watch(iter([0.5]), lambda share: Progress(share, "half", np.array([2.0, 1.0]), ["training"])) == 0.5


def test_work_that_gives_nothing_is_refused():
    with pytest.raises(ValueError, match="work must give at least one value, got none"):
        watch(iter(()), lambda _: None)
