"""What is shown, and how it is played: the two values of which a viewer's session is made.

What is `Shown` is small, and the link carries all of it; everything else on a page is derived from it. `Playback` is what
the player in the browser and the page around it have told each other.
"""

import secrets
from dataclasses import dataclass, field
from typing import Any

from nncore import Experiment, Run

# How the player shows things: a setting's name, and its default. `focus` is the neuron that is shown large, as "layer,
# number"; empty, it is the output.
VIEW_DEFAULTS: dict[str, Any] = {
    "validation": False, "test": False, "discrete": False, "log": False, "speed": 1.0, "focus": "",
}  # fmt: skip


@dataclass
class Shown:
    """What is on screen: the run, its frame, the axes of the map, the player's settings, and what was picked besides.

    `choices` are what a page other than Train lets one pick, as text by name.
    """

    run: Run = field(default_factory=lambda: Run(Experiment()))
    frame: int = 0
    axes: str = "pca"
    view: dict[str, Any] = field(default_factory=lambda: dict(VIEW_DEFAULTS))
    choices: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> Experiment:
        """The settings from which training goes on at the frame that is shown; a branch's own frame has the new ones."""
        return self.run.prefix(self.run.segment_from(self.frame)).settings


def first_token() -> int:
    """A number to begin counting at. Random, as a browser may outlive a session and remembers what it has acted upon."""
    return secrets.randbits(40)


@dataclass
class Playback:
    """What the player and the page around it have told each other.

    `last_report` is where the player last said it stands, `wanted_frame` what it asked for, `sent_frame` the last frame
    whose scores it has, and `frames_only` says that it asked for frames and nothing else has changed. `seek_token` and
    `view_token` rise when the page, not the viewer, moves the frame or the settings of the view. `to_the_end` is True while
    the run trains to its end. `page_outdated` is True until the page around the player has caught up with a change.
    `heard_command` is the number of the last of the player's commands that was followed. `previous_run` was on screen before
    this one. `refused` counts the requests in a row whose frames were not there yet. `previewed_run` is the key of a run
    that nobody has played and that a page which studies it shows further on. `plays` says that the player plays at once
    from where the page last put it.
    """

    last_report: dict[str, Any] | None = None
    wanted_frame: int = 0
    sent_frame: int = -1
    refused: int = 0
    frames_only: bool = False
    seek_token: int = field(default_factory=first_token)
    view_token: int = field(default_factory=first_token)
    to_the_end: bool = False
    page_outdated: bool = True
    heard_command: int = 0
    previous_run: Run | None = None
    previewed_run: str | None = None
    plays: bool = False

    @property
    def playing(self) -> bool:
        """Whether the player was playing when it last said where it stands."""
        return bool(self.last_report and self.last_report.get("playing"))
