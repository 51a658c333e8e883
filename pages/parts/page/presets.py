"""Presets: things to try, each a button that sets what is on screen, with what to expect of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from nncore import Experiment, Run
from pages.parts.fields.echo import note_command
from pages.parts.page.playing.started import AT_ONCE
from pages.parts.page.session import Session
from pages.parts.page.snapshot.scrubber import show_first_weights
from pages.parts.page.streamlit_workarounds import ask_for_top


@dataclass(frozen=True)
class Preset:
    """Something to try: the button's title, in `expect` what to look for, and what the button sets.

    `experiment` is put on screen, at `frame` where one is named (0: at its first weights, also on a page that begins further
    on). `choices` are picked, by their names in the link. `settings` says in one line what the button sets. `begins` names
    the choice under which a page keeps that its training or roll was started, where the button starts it too.
    """

    title: str
    expect: str
    experiment: Experiment | None = None
    frame: int | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    settings: str = ""
    begins: str = ""


def show_presets(
    session: Session, presets: Sequence[Preset], key: str, columns: int, *, heading: str = "Try this",
    forgets: Sequence[str] = (), to_top: bool = False, framed: bool = True,
) -> None:  # fmt: skip
    """Buttons that open the presets, `columns` to a row, with what to expect.

    A button's key is `key` and its title. Before a preset's choices are picked, those in `forgets` go back to their
    defaults. `to_top` scrolls to the page's top, `framed` draws a frame around each.
    """
    if "presets" in session.hidden:
        return
    with st.container(key=f"{key}_presets"):
        if heading:
            st.subheader(heading, anchor=False)
        for row in range(0, len(presets), columns):
            for cell, preset in zip(st.columns(columns), presets[row : row + columns], strict=False):
                with cell.container(border=True, height="stretch") if framed else cell:
                    st.button(preset.title, key=f"{key}_{preset.title}", width="content" if framed else "stretch",
                              on_click=_open, args=(session, preset, forgets, to_top))  # fmt: skip
                    st.caption(f"{preset.expect}\n\n{preset.settings}" if preset.settings else preset.expect)


def open_choices(session: Session, choices: Mapping[str, str]) -> None:
    """Picks `choices`, by their names in the link, and shows the page's top: for a button below what it changes."""
    session.choices |= choices
    ask_for_top()


def _open(session: Session, preset: Preset, forgets: Sequence[str], to_top: bool) -> None:
    if preset.experiment is not None:
        run = Run(preset.experiment)
        if preset.frame == 0:
            show_first_weights(session, run)
        else:
            session.show(run, preset.frame or 0)
        note_command()
    for name in forgets:
        session.choices.pop(name, None)
    session.choices |= preset.choices
    if preset.begins:
        session.choices[preset.begins] = AT_ONCE
    if to_top:
        ask_for_top()
