"""What happened, in one sentence: what the network gets right, when it learned it, and when its border closed."""

import numpy as np

from nncore import Run
from nncore.cache import cached
from nncore.data.own import dataset_kind
from nncore.experiments.experiment import build_network, build_split
from nncore.inspection.map_plane import enclosed_class, make_plane
from nncore.metrics import fastest_gain, predicted_labels
from pages.parts.fields.numbers import epoch_text, percent_in_words, plain
from pages.parts.page.server import chunk_store

Array = np.ndarray

FRAMES_LOOKED_AT = 24  # of a run, to find when its border closed
GRID = 24  # points across the map
INVITATION = " Press Play and watch."  # on a page that has the button
LARGEST = 2000  # weights of a network that is evaluated so often


def story(run: Run, frame: int, epochs: Array, scores: Array, diverged: bool = False) -> str:
    """One sentence on a run up to `frame`, whose `epochs` (F,) and `scores` (F, 4) are those of its frames so far.

    Of a run that `diverged` there is nothing to tell but how far its loss grew; that it did is what its stop says.
    Scores are the losses and then the scores of the training and the validation set; these are told where they are there.
    """
    validated = np.isfinite(scores[-1, 3])
    points, track = ("validation", scores[:, 3]) if validated else ("training", scores[:, 2])
    if epochs[-1] == 0:
        by_hand = f"With the weights set by hand {_fit_or_right(run, track[-1:], points)}, without any training"
        return f"{by_hand}." if frame else f"Nothing is trained yet: the weights are where they began.{INVITATION}"
    if diverged and np.isfinite(scores[[0, -1], 0]).all():
        return f"{_after(epochs[-1])} the loss, {plain(scores[0, 0])} at first, has grown to {plain(scores[-1, 0])}."
    if not np.isfinite(track).all():
        return f"{_after(epochs[-1])} the scores are no longer numbers that mean anything."
    began = "" if run.experiment.is_regression else f", {percent_in_words(track[0])} at first"
    said = f"{_fit_or_right(run, track, points)}{began}{_when(epochs, track)}{cached(_border, run, frame, n_bytes=200)}"
    return f"{_after(epochs[-1])} {said}."


def _after(epoch: float) -> str:
    return f"After {epoch_text(epoch)} epoch{'' if epoch == 1 else 's'}"


def _fit_or_right(run: Run, track: Array, points: str) -> str:
    score = track[-1]
    if not run.experiment.is_regression:
        return f"the network gets {percent_in_words(score)} of the {points} points right"
    if score < 0:
        return f"the network does worse on the {points} points than always answering their mean"
    return f"the network explains {percent_in_words(score)} of how the {points} targets differ (R²)"


def _when(epochs: Array, track: Array) -> str:
    """When half of the gain came, where there is a gain to speak of."""
    stretch = fastest_gain(epochs, track) if track[-1] - track[0] >= 0.05 else None
    if stretch is None:
        return "; it has learned next to nothing yet" if 0 <= track[-1] < 0.9 else ""
    begin, end = (epoch_text(epoch) for epoch in stretch)
    if begin == end:  # what was set by hand gained it, without training
        return ""
    return f"; half of the gain came between epochs {begin} and {end}"


def _border(run: Run, frame: int) -> str:
    """Between which epochs the border closed around a class, for a map that is the whole plane and a single output."""
    e = run.experiment
    plane = make_plane(build_split(e)) if e.n_raw_inputs == 2 else None
    if plane is None or plane.kind != "features" or e.is_regression or e.n_outputs > 1 or e.n_parameters > LARGEST:
        return ""
    frames = np.unique(np.linspace(0, frame, FRAMES_LOOKED_AT).round().astype(int)).tolist()
    ticks = [np.linspace(*ends, GRID) for ends in (plane.x_range, plane.y_range)]
    inputs = plane.to_inputs(np.stack(np.meshgrid(*ticks), axis=-1).reshape(-1, 2))
    store, network = chunk_store(), build_network(e)

    def enclosed(at: int) -> int | None:
        network.parameters = np.asarray(store.frame(run, at), dtype=float)
        return enclosed_class(predicted_labels(network.predict(inputs), e.output).reshape(GRID, GRID))

    found = [enclosed(at) for at in frames]
    changes = [k for k in range(1, len(found)) if found[k] != found[k - 1]]
    if found[-1] is None or not changes:
        return ""
    epochs, _, _ = store.scores(run, frame)
    begin, end = (epoch_text(epochs[frames[k]]) for k in (changes[-1] - 1, changes[-1]))
    return f"; its border closed around “{dataset_kind(e.dataset).class_names[found[-1]]}” between epochs {begin} and {end}"
