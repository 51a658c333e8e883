"""A viewer's session: what is on screen, how the player stands, and how both change.

A session is what is `Shown`, which the link carries, how it is played back, and what one page's visit needs besides.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import streamlit as st

from nncore import Experiment, Run
from nncore.experiments.edits import MAX_EDITS, Edit
from nncore.experiments.experiment import build_split
from nncore.experiments.link_text import in_words, read_field
from nncore.inspection.map_plane import make_plane
from pages.parts.fields.echo import is_echo, note_value
from pages.parts.page.playing.player import told
from pages.parts.page.server import await_libraries, chunk_store
from pages.parts.page.shown import Playback, Shown
from pages.parts.page.snapshot.by_hand import alone_words, set_by_hand
from pages.parts.page.snapshot.opened import OpenedTests

Read = Callable[[Any], dict[str, Any]]

PLAYER = "live"  # the player's key in Streamlit's state

# Texts of the link that mean the same on every page and go along from one to the next: how the page is shown, which lecture
# and room it belongs to, and the runs that are pinned.
CARRIED = ("present", "hide", "lecture", "lecture_step", "room", "room_key", "pins")

# What a newcomer sees first: few enough lines to follow each, and solved within seconds of playing. It is not the default
# of an Experiment, for a link leaves out what is default there: those must keep their meaning.
OPENING = Experiment(hidden=(4, 2), optimizer="adam", learning_rate=0.01)


@dataclass
class Session(Shown):
    """One viewer's state: what is shown, how it is played, and sentences for the person in `notes`.

    `is_new` until a page has been opened; `page_opened` says that one was just opened and is not drawn yet. `link` holds the
    texts of the link as it was last read or written. `carried` are the link's texts that go along from page to page.
    `choice_names` are the choices of the page on screen, and `plays` says whether it begins at frame 0. `edited` says that
    numbers on this page were changed by hand: only this session has them, and its `token` in the link tells any other that
    they are missing. `tests` are the test sets that were opened.
    `awaited` is a link that waits for its table, `reopened` one that is to be opened at the page's next run, and
    `notes_to_come` are what is to be said then.
    `replaced` are the links that were replaced by a newer one a moment ago, each with the time of it.
    `followed` are the names in a link that was just followed, until the page has acted upon them, and `unread` those whose
    values may lie beyond what is possible here.
    """

    playback: Playback = field(default_factory=Playback)
    notes: list[str] = field(default_factory=list)
    link: dict[str, str] = field(default_factory=dict)
    replaced: list[tuple[float, dict[str, str]]] = field(default_factory=list)
    carried: dict[str, str] = field(default_factory=dict)
    is_new: bool = True
    page_opened: bool = False
    choice_names: tuple[str, ...] = ()
    plays: bool = True
    followed: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    edited: bool = False
    tests: OpenedTests = field(default_factory=OpenedTests)
    token: str = field(default_factory=lambda: secrets.token_hex(4))
    awaited: dict[str, str] | None = None
    reopened: dict[str, str] | None = None
    notes_to_come: list[str] = field(default_factory=list)

    @property
    def presents(self) -> bool:
        """Whether the page is in presenter view."""
        return self.carried.get("present") == "1"

    @property
    def hidden(self) -> frozenset[str]:
        """The names of the groups of controls that are left out."""
        return frozenset(filter(None, self.carried.get("hide", "").split(",")))

    def show(self, run: Run, frame: int = 0, plays: bool = False) -> None:
        """Puts `run` on screen at `frame`; the player there begins at once where it `plays`."""
        await_libraries(run.experiment.dataset)
        playback = self.playback
        if run.experiment != self.run.experiment:
            self.axes = checked_axes(run, self.axes, [])
        if run != self.run:
            playback.previous_run = self.run
            self.awaited = None  # the link follows what is on screen again
        self.run, self.frame, playback.wanted_frame = run, frame, frame
        playback.seek_token += 1
        playback.plays = plays
        playback.previewed_run = None
        playback.to_the_end = False
        playback.page_outdated = True
        self.notes = []

    def change(self, **changes: object) -> None:
        """Changes settings: a branch from the frame that is shown where the run can go on, else a new run.

        Invalid settings are reported in one sentence, and nothing changes.
        """
        if not changes:
            return
        try:
            settings, frame = self.settings.with_changes(**changes), self.frame
            run = self.run.changed(frame, settings)
            if run.branches:
                frame = chunk_store().last_good(self.run, frame)
                run = run if frame == self.frame else self.run.changed(frame, settings)
        except ValueError as error:
            self.notes = [f"{in_words(str(error), 'what was asked for is')}. Nothing was changed."]
            return
        went_back = frame != self.frame
        self.show(run, frame if run.branches else 0)
        if went_back:
            self.notes = [f"Training diverged here, so the change holds from snapshot {frame:,} on: the last one before the "
                          "loss grew out of bounds."]  # fmt: skip

    def edit(self, edits: Sequence[Edit | tuple]) -> None:
        """Sets weights and biases by hand on the frame on screen; the edited network is shown, and training goes on from it.

        Invalid settings are reported in one sentence, and nothing changes; so is that a link no longer holds them all.
        """
        fitted = self.run.fits_link
        try:
            run = set_by_hand(self.run, self.frame, edits)
        except ValueError as error:
            self.notes = [f"{in_words(str(error), 'what was asked for is')}. Nothing was changed."]
            return
        self.show(run, run.segments[-1].start)
        if fitted and not run.fits_link:
            self.notes = [alone_words(f"More than {MAX_EDITS}" if len(edits) <= MAX_EDITS else f"{len(edits):,}")]

    def go_on(self) -> None:
        """Goes on from the frame on screen, where training had ended: see `Run.goes_on`."""
        try:
            self.show(self.run.goes_on(max(1, self.frame)), self.frame)
        except ValueError as error:
            self.notes = [f"{in_words(str(error), 'what was asked for is')}. Nothing was changed."]

    def turn_map(self, axes: str) -> None:
        """Shows another slice of the inputs on the map; invalid axes are reported in one sentence."""
        problems: list[str] = []
        self.axes = checked_axes(self.run, axes, problems)
        self.notes = problems

    def reset(self) -> None:
        """Back to the same first weights, under the settings in force now."""
        self.show(Run(self.settings))

    def redraw(self) -> None:
        """New first weights, under the settings in force now."""
        settings = self.settings
        self.show(Run(settings.with_changes(start=(settings.start + 1) % 10_000)))

    def told(self, name: str) -> dict[str, Any] | None:
        """What the player said last under `name` ("need", "at", "command", "view"), if it is about the run on screen."""
        value = told(PLAYER, name)
        return value if value is not None and value.get("run", self.run.key) == self.run.key else None

    def take_report(self) -> bool:
        """Takes over the frame at which the player last said it stands; False if it said nothing new of this run."""
        report = self.told("at")
        if not report or report == self.playback.last_report:
            return False
        self.playback.last_report = dict(report)
        self.frame = self.playback.wanted_frame = max(0, int(report["frame"]))
        return True


def current_session() -> Session:
    """This viewer's Session."""
    return st.session_state.setdefault("glassbox", Session())


def bind(session: Session, name: str, value: Any, read: Read | None = None) -> dict[str, Any]:
    """Keyword arguments that make a widget show `value` and hand what a person picks to the session.

    `read` turns the widget's value into changes of settings; by default it is the setting called `name`.
    """
    key = f"pick_{name}"
    note_value(key, value)
    st.session_state[key] = value
    return {"key": key, "on_change": partial(_apply, session, key, read or (lambda picked: {name: picked}))}


def _apply(session: Session, key: str, read: Read) -> None:
    # A widget that allows "nothing picked" says None: then nothing changes.
    picked = st.session_state.get(key)
    if picked is not None and not is_echo(key, picked):
        changes = read(picked)
        if changes and all(getattr(session.settings, name) == value for name, value in changes.items()):
            return  # it is in force already
        # The player may have reported in the same breath: the change belongs to the frame that it shows now.
        session.take_report()
        session.change(**changes)
        refresh(session)


def refresh(session: Session) -> None:
    """Draws the whole page anew where it plays, unless it is playing: then it follows when playing pauses.

    On other pages what a pick belongs to is drawn anew by itself.
    """
    if session.plays and not session.playback.playing:
        st.rerun("page")


def checked_axes(run: Run, axes: str, problems: list[str]) -> str:
    """`axes` if the map of `run` can have them; else "pca", and one sentence more in `problems`."""
    axes = "pca" if axes.strip().casefold() == "pca" else axes
    try:
        make_plane(build_split(run.experiment), parse_axes(axes))
        return axes
    except ValueError as error:
        problems.append(f"{in_words(str(error))}, so the principal components are shown.")
        return "pca"


def parse_axes(axes: str) -> str | tuple[int, ...]:
    """ "pca", or two column indices from "3,5". Raises ValueError for anything else."""
    if axes == "pca":
        return axes
    return read_field("axes", "tuple[int, ...]", axes)
