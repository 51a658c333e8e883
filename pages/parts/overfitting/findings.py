"""What became of a run: both losses over its epochs, its map where the validation loss was lowest and at its end."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from nncore import Experiment, Run
from nncore.experiments.experiment import build_network, build_split
from pages.parts.fields.numbers import epoch_text, plain
from pages.parts.figures.way.both_losses import both_losses, imagined_losses
from pages.parts.page.figure import in_theme, show_figure
from pages.parts.page.playing.training import as_picture
from pages.parts.page.server import chunk_store
from pages.parts.page.snapshot.counts import note_penalty
from pages.parts.page.snapshot.scrubber import network_of
from pages.parts.way.strip import answers_picture

MAP, LARGE_MAP = 190, 330  # pixels
CLOSE = 1.2  # times the lowest loss: what is no higher wanders there and has not risen


@dataclass(frozen=True)
class Course:
    """Losses of a run at its snapshots: epochs (F,), training and validation loss (F,), and the `best` snapshot.

    `stopped` is whether a stop rule ended it.
    """

    epochs: np.ndarray
    training: np.ndarray
    validation: np.ndarray
    best: int
    stopped: bool = False

    @classmethod
    def of(cls, run: Run, last: int) -> "Course":
        """The course of `run` up to the snapshot `last`, which is recorded."""
        epochs, scores, stop = chunk_store().scores(run, last)
        return cls(epochs, scores[:, 0], scores[:, 1], int(np.nanargmin(scores[:, 1])), stop is not None)

    @property
    def last(self) -> int:
        """The last snapshot."""
        return len(self.epochs) - 1

    @property
    def gap(self) -> float:
        """The validation loss minus the training loss at the end."""
        return float(self.validation[-1] - self.training[-1])


def show_course(run: Run, course: Course) -> None:
    """The curves, and the two maps beside them."""
    curves, maps = st.columns([3, 2], gap="medium")
    with curves:
        show_figure("overfitting", "Training and validation loss over the epochs.", both_losses, course.epochs,
                    course.training, course.validation, course.best)  # fmt: skip
        note_penalty(run.experiment)
    with maps:
        pictures = "".join(
            f'<figure style="margin: 0">{answers_picture(run.experiment, network_of(run, frame), "pca", MAP)}'
            f"<figcaption>{says}, epoch {epoch_text(course.epochs[frame])}</figcaption></figure>"
            for says, frame in (("Lowest validation loss", course.best), ("At the end", course.last))
        )
        st.html(f'<div style="display: flex; flex-wrap: wrap; gap: 1rem; font-size: 0.85rem">{pictures}</div>')
        st.caption("The points are those of training. What one of them alone bends the border for is noise.")


def show_points(experiment: Experiment) -> None:
    """The training points on the map of the network before its first update."""
    st.html(answers_picture(experiment, build_network(experiment), "pca", LARGE_MAP))
    st.caption("The points that it will see, on the answers of its first, random weights.")


def show_guesses(guesses: Mapping[str, str]) -> None:
    """What one may predict, each drawn by hand, with its words below it."""
    drawn = "".join(
        f'<figure style="margin: 0">{_sketch(name, words)}'
        f"<figcaption>{words}</figcaption></figure>"
        for name, words in guesses.items()
    )
    st.html(f'<div style="display: flex; flex-wrap: wrap; gap: 2rem; font-size: 0.9rem">{drawn}</div>')
    st.caption("Sketches of the three predictions, over the epochs: the training loss solid, the validation loss dashed.")


def _sketch(name: str, words: str) -> str:
    return in_theme(lambda dark: as_picture(imagined_losses(name, dark), f"A sketch: {words}."))


def course_words(run: Run, course: Course) -> str:
    """What happened, in two or three sentences; the last says the gap between the two losses."""
    n_points, n_weights = len(build_split(run.experiment).train), run.experiment.n_parameters
    best, end = float(course.validation[course.best]), float(course.validation[-1])
    words = (
        f"{n_weights:,} weights and biases, {n_points:,} training points. The training loss went from "
        f"{plain(float(course.training[0]))} to **{plain(float(course.training[-1]))}**; "
    )
    gap = f" The *gap* at the end, validation loss minus training loss, is **{plain(course.gap)}**."
    if end <= CLOSE * best:
        return words + f"the validation loss ended at **{plain(end)}**, close to its lowest, {plain(best)}." + gap
    words += (f"the validation loss was lowest at epoch {epoch_text(course.epochs[course.best])}, **{plain(best)}**, "
              f"and rose to **{plain(end)}**")  # fmt: skip
    if course.stopped:
        return words + f", when training was stopped at epoch {epoch_text(course.epochs[-1])}." + gap
    return words + ": from there on the network learned these points by heart." + gap


def tried_table(tried: Mapping[str, Course]) -> str:
    """The losses of everything that was tried, by its name, and their gap, as a Markdown table."""
    rows = [
        f"| {name} | {epoch_text(course.epochs[-1])} | {plain(float(course.training[-1]))} "
        f"| {plain(float(course.validation[-1]))} | **{plain(course.gap)}** "
        f"| {plain(float(course.validation[course.best]))}, epoch {epoch_text(course.epochs[course.best])} |"
        for name, course in tried.items()
    ]
    head = "| | epochs | training loss | validation loss | gap | lowest validation loss |"
    return "\n".join([head, "|---" * 6 + "|", *rows])
