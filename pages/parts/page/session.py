"""What a viewer's session holds, and how it goes into the link and comes back.

The state is small: the Run, the frame on screen, and a few choices of how it is shown. Everything else is derived.
"""

import secrets
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from nncore import Experiment, Run
from nncore.experiments.experiment import build_split
from nncore.experiments.link_text import read_field
from nncore.inspection.map_plane import make_plane
from pages.parts.page.server import await_libraries

# How the live view shows things: a setting's name, and its default. `focus` is the neuron that is shown large, as "layer,
# number"; empty, it is the output.
VIEW_DEFAULTS: dict[str, Any] = {
    "validation": False, "test": False, "discrete": False, "log": False, "speed": 1.0, "focus": "",
}  # fmt: skip
FLAGS = tuple(name for name, default in VIEW_DEFAULTS.items() if default is False)
SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)


@dataclass
class Session:
    """One viewer's state.

    `choices` are what a page other than Train lets one pick, as text by name; `names` are those of the page on screen.
    `wanted` is the frame that the live view asked for, `sent` the last whose scores it has, `heeded` its last report;
    `glanced` is the key of a run that nobody has played and that a page which studies it shows further on.
    `pulled` says that it asked for frames alone. `stale` is True until the page around the view has caught up with a
    change. `seek` and `view_token` rise when the page, not the viewer, moves the frame or the view; they begin at
    random, because a browser may outlive a session and remembers the tokens that it has acted upon.
    """

    run: Run = field(default_factory=lambda: Run(Experiment()))
    frame: int = 0
    axes: str = "pca"
    view: dict[str, Any] = field(default_factory=lambda: dict(VIEW_DEFAULTS))
    choices: dict[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    plays: bool = True
    notes: list[str] = field(default_factory=list)
    link: dict[str, str] = field(default_factory=dict)
    previous: Run | None = None
    wanted: int = 0
    sent: int = -1
    seek: int = field(default_factory=lambda: secrets.randbits(40))
    view_token: int = field(default_factory=lambda: secrets.randbits(40))
    jump: bool = False
    pulled: bool = False
    stale: bool = True
    heeded: dict[str, Any] | None = None
    glanced: str | None = None

    @property
    def playing(self) -> bool:
        """Whether the view was playing when it last said where it stands."""
        return bool(self.heeded and self.heeded.get("playing"))

    @property
    def settings(self) -> Experiment:
        """The settings from which training goes on at the frame on screen; a branch's own frame has the new ones."""
        return self.run.prefix(sum(branch.frame <= self.frame for branch in self.run.branches)).settings

    def show(self, run: Run, frame: int = 0) -> None:
        """Puts `run` on screen at `frame`."""
        await_libraries(run.experiment.dataset)
        if run.experiment != self.run.experiment:
            self.axes = _checked_axes(run, self.axes, [])
        if run != self.run:
            self.previous = self.run
        self.run, self.frame, self.wanted = run, frame, frame
        self.seek += 1
        self.notes = []
        self.glanced = None
        self.jump = False
        self.stale = True

    def change(self, **changes: object) -> None:
        """Changes settings: a branch from the frame on screen where the run can go on, else a new run.

        What cannot be is said in one sentence, and nothing changes.
        """
        if not changes:
            return
        try:
            settings = self.settings.with_changes(**changes)
            run = self.run.changed(self.frame, settings)
        except ValueError as error:
            self.notes = [f"{error}. Nothing was changed."]
            return
        self.show(run, self.frame if run.branches else 0)

    def turn_map(self, axes: str) -> None:
        """Shows another slice of the inputs on the map; axes that cannot be are said in one sentence."""
        problems: list[str] = []
        self.axes = _checked_axes(self.run, axes, problems)
        self.notes = problems

    def reset(self) -> None:
        """Back to the same first weights, under the settings in force now."""
        self.show(Run(self.settings))

    def redraw(self) -> None:
        """New first weights, under the settings in force now."""
        settings = self.settings
        self.show(Run(settings.with_changes(start=(settings.start + 1) % 10_000)))


def current_session() -> Session:
    """This viewer's Session."""
    return st.session_state.setdefault("glassbox", Session())


def open_link(*names: str, plays: bool = False) -> Session:
    """This viewer's Session, up to date with a link that was changed from outside: followed, edited, gone back to.

    `names` are what this page lets one choose besides the run and the frame; `choice` reads them. A page that `plays`
    begins at frame 0, one that studies a run further on. Only for a full run of the page: a fragment's rerun may still
    carry the link from before the last change.
    """
    session, texts = current_session(), st.query_params.to_dict()
    turned = names != session.names
    session.names, session.plays = names, plays
    if texts and texts != session.link:
        _open(session, texts)
    elif turned or not texts:
        # Another page was opened, which empties the browser's link: it is still to be written.
        session.link = {}
    if plays and session.glanced == session.run.key:
        session.show(session.run, 0)
    return session


def _open(session: Session, texts: dict[str, str]) -> None:
    """Shows what the link says; what it says wrongly becomes the default, with a sentence."""
    session.link = dict(texts)
    texts = dict(texts)
    await_libraries(texts.get("dataset"))
    texts.pop("embed", None)
    texts.pop("embed_options", None)
    for name in session.names:
        session.choices.pop(name, None)  # what the link does not name is as it was at first
    session.choices |= {name: texts.pop(name) for name in session.names if name in texts}
    problems: list[str] = []
    frame = _take(texts, "frame", "int", 0, problems)
    shown = texts.pop("show", "")
    speed = _take(texts, "speed", "float", 1.0, problems)
    focus = texts.pop("focus", "")
    axes = texts.pop("axes", "pca")
    run, run_problems = Run.repair(texts)
    last = run.segments[-1].last_frame
    if not 0 <= frame <= last:
        problems.append(f"frame must be a whole number from 0 to {last}, got {frame}; the nearest one is shown instead.")
    session.show(run, max(0, min(frame, last)))
    session.view = VIEW_DEFAULTS | {name: True for name in shown.split(",") if name in FLAGS}
    if speed not in SPEEDS:
        problems.append(f"speed must be one of {', '.join(f'{s:g}' for s in SPEEDS)}, got {speed:g}; 1 is used instead.")
    session.view["speed"] = speed if speed in SPEEDS else 1.0
    session.view["focus"] = _checked_focus(run, focus, problems)
    session.view_token += 1
    session.axes = _checked_axes(run, axes, problems)
    session.notes = problems + run_problems


def _take(texts: dict[str, str], name: str, kind: str, default: Any, problems: list[str]) -> Any:
    try:
        return read_field(name, kind, texts.pop(name)) if name in texts else default
    except ValueError as error:
        problems.append(f"{error}; {default} is used instead.")
        return default


def _checked_axes(run: Run, axes: str, problems: list[str]) -> str:
    try:
        make_plane(build_split(run.experiment), parse_axes(axes))
        return axes
    except ValueError as error:
        problems.append(f"{error}; the principal components are shown instead.")
        return "pca"


def _checked_focus(run: Run, focus: str, problems: list[str]) -> str:
    if not focus or has_neuron(run, focus):
        return focus
    problems.append(f"focus must be a layer of this network (0 for the inputs) and the number of a neuron in it, such as "
                    f"1,2, got {focus!r}; the output is shown instead.")  # fmt: skip
    return ""


def has_neuron(run: Run, focus: str) -> bool:
    """Whether `focus`, such as "1,2", names a neuron of the run's network: its layer, 0 for the inputs, and its number."""
    try:
        layer, number = read_field("focus", "tuple[int, ...]", focus)
    except ValueError:
        return False
    sizes = run.experiment.sizes
    return 0 <= layer < len(sizes) and 1 <= number <= sizes[layer]


def parse_axes(axes: str) -> str | tuple[int, ...]:
    """ "pca", or two column indices from "3,5". Raises ValueError for anything else."""
    if axes == "pca":
        return axes
    return read_field("axes", "tuple[int, ...]", axes)


def write_link(session: Session) -> None:
    """Puts everything that was picked, the branches and the frame into the link."""
    texts = session.run.to_dict()
    # A page that studies a run begins further on than frame 0, unless the link says otherwise.
    if session.frame or not session.plays:
        texts["frame"] = str(session.frame)
    shown = [name for name in FLAGS if session.view[name]]
    if shown:
        texts["show"] = ",".join(shown)
    if session.view["speed"] != 1:
        texts["speed"] = f"{session.view['speed']:g}"
    if session.view["focus"] and has_neuron(session.run, session.view["focus"]):
        texts["focus"] = session.view["focus"]
    if session.axes != "pca":
        texts["axes"] = session.axes
    texts |= {name: session.choices[name] for name in session.names if name in session.choices}
    if texts != session.link:
        session.link = texts
        st.query_params.from_dict(texts)
