"""The link: what is shown, as texts by name, read when a person followed a link and written when something was picked."""

import time
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nncore import Run
from nncore.experiments.branches import PARAMETERS, beyond_the_end
from nncore.experiments.link_text import by_known_names, in_words, quoted, read_field, sentence
from nncore.experiments.recording.training_store import Recorded
from pages.parts.fields.echo import note_command
from pages.parts.own.missing import await_table, is_gone, missing_of
from pages.parts.page.playing.catch_up import BranchFrames, RunFrames, training_words
from pages.parts.page.playing.driver import train_to
from pages.parts.page.playing.training import line_words
from pages.parts.page.server import await_libraries, chunk_store
from pages.parts.page.session import CARRIED, OPENING, Session, checked_axes, current_session
from pages.parts.page.shown import VIEW_DEFAULTS
from pages.parts.page.streamlit_workarounds import is_history_step
from pages.parts.page.view_text import FLAGS, checked_flags, checked_focus, checked_speed, has_neuron, note_opened

LOOK_SECONDS = 0.3  # between two looks at how far that is
KNOWN_SECONDS = 10.0  # how long a link may train until it is known whether its branches are ever reached
EDITED = "edited"  # in a link: numbers were changed by hand, by the session of this token
VIEW_NAMES = ("frame", "show", "speed", "focus", "axes", EDITED, "embed", "embed_options")  # what it says of the view
EDITS_LOST = ("Numbers were changed by hand on the page that this link comes from. Such changes live in one open page "
              "alone, until it is closed or the server restarts: everything is shown without them here.")  # fmt: skip
STALE_SECONDS = 10.0  # for how long a click may bring the link along that was there before the one just written


def open_link(*names: str, plays: bool = False) -> Session:
    """This viewer's Session, up to date with a link that was changed from outside: followed, edited, gone back to.

    `names` are what this page lets one choose besides the run and the frame; `choice` reads them. Every page
    begins at frame 0, and all show the same one. Only for a full run of the page: a fragment's rerun may still carry the
    link from before the last change.
    """
    session, texts = current_session(), st.query_params.to_dict()
    if session.reopened is not None:  # in place of the link: a file brought it, or its table is there now
        texts, session.reopened, session.link = session.reopened | session.carried, None, {}
        st.query_params.from_dict({name: text for name, text in texts.items() if name != PARAMETERS})  # as no link has them
    place = st.empty()  # one place on every page, so that nothing below it is mounted anew
    turned = names != session.choice_names
    session.edited = session.edited and not turned
    if turned and session.plays and session.choice_names:
        # The page that plays had this frame on screen, be it the first: no other page chooses one.
        st.session_state["scrubbed"] = session.run.key
    session.choice_names, session.plays, session.followed, session.unread = names, plays, frozenset(), frozenset()
    is_first_visit, session.is_new = session.is_new, False
    if texts and not turned and _is_stale(session, texts):
        session.link = texts  # to be written once more: the browser may never hear of what was written
    elif texts and texts != session.link:
        _open(session, texts, place, is_first_visit)
        session.notes = _named_twice(texts) + session.notes
    elif is_first_visit:
        session.show(Run(OPENING))
    elif turned or not texts:
        # Another page was opened, which empties the browser's link: it is still to be written.
        session.link = {}
    if is_gone(session):
        await_table(session, session.link or session.run.to_dict())
    if plays:
        session.playback.previewed_run = None
    return session


def go_by_link(session: Session, page: str, texts: dict[str, str]) -> None:
    """Opens `page` by a link with these texts, be it a page on screen just now. Never returns: that page runs."""
    session.replaced = []
    st.switch_page(f"pages/{page}.py", query_params=texts)


def _is_stale(session: Session, texts: dict[str, str]) -> bool:
    """Whether `texts` are a link that was replaced a moment ago: a click brought it along before the browser heard of that.

    Of two clicks within one breath the second comes with the link from before the first, which nobody followed: opening it
    would undo what the first has changed. Back and Forward do go to such a link.
    """
    if texts == session.link or is_history_step():
        return False
    return any(link == texts and time.monotonic() - at < STALE_SECONDS for at, link in session.replaced)


def _open(session: Session, texts: dict[str, str], place: DeltaGenerator, is_first: bool) -> None:
    """Shows what the link says; an invalid value becomes the default, with a sentence."""
    # How a page is presented says nothing of what it shall show.
    session.link = dict(texts)
    session.followed = session.unread = frozenset(texts) - {*CARRIED, "embed", "embed_options"}
    if missing_of(texts.get("dataset", "")) is not None:
        await_table(session, texts, is_first)
        return
    session.awaited = None
    texts, twice = by_known_names(texts, (*VIEW_NAMES, *CARRIED, *session.choice_names))
    await_libraries(texts.get("dataset"))
    texts.pop("embed", None)
    texts.pop("embed_options", None)
    session.carried = {name: texts.pop(name) for name in CARRIED if name in texts}
    for name in session.choice_names:
        session.choices.pop(name, None)  # what the link does not name is as it was at first
    session.choices |= {name: texts.pop(name) for name in session.choice_names if name in texts}
    problems = twice + ([EDITS_LOST] if texts.pop(EDITED, session.token) != session.token else [])
    asked = texts.get("frame", "")
    frame = _take(texts, "frame", "int", 0, problems)
    opened = texts.pop("opened", None)
    shown = texts.pop("show", "")
    speed = _take(texts, "speed", "float", 1.0, problems)
    focus = texts.pop("focus", "")
    axes = texts.pop("axes", "pca")
    # A link that this app wrote names at least the dataset.
    says_nothing = not texts and frame == 0 and not focus
    run, run_problems = (Run(OPENING), []) if says_nothing else Run.repair(texts)
    run, lost = _trained(run, place)
    run_problems += lost
    last = run.segments[-1].last_frame
    if not 0 <= frame <= last:
        near = max(0, min(frame, last))
        problems.append(f"The snapshot can be 0 to {last}; the link asked for {quoted(asked)}, so {near} is shown.")
    session.show(run, max(0, min(frame, last)))
    note_command()
    session.view = VIEW_DEFAULTS | checked_flags(shown, problems) | {"speed": checked_speed(speed, problems)}
    session.view["focus"] = checked_focus(run, focus, problems)
    session.playback.view_token += 1
    session.axes = checked_axes(run, axes, problems)
    note_opened(session, opened, problems)
    session.notes = session.notes_to_come + problems + run_problems
    session.notes_to_come = []


def _trained(run: Run, place: DeltaGenerator) -> tuple[Run, list[str]]:
    """`run` without branches from after the end of its training, and a sentence on them, where that is soon known.

    Until then a bar in `place` says what is trained and how far it is.
    """

    def show(found: Recorded | None) -> None:
        if found is not None and not found.finished:
            number, at = chunk_store().branch_under_way(run)
            end, turns = run.branches[number].frame, RunFrames(run).turns()
            place.progress(at / end, line_words(turns) if turns else training_words(run, at, end))

    found = train_to(BranchFrames(run), len(run.branches), show, LOOK_SECONDS, KNOWN_SECONDS)
    place.empty()
    trained: Run = found.recording  # where it takes longer all are kept: the store leaves them out all the same
    if trained == run:
        return run, []
    frame = run.branches[len(trained.branches)].frame
    return trained, [beyond_the_end(frame, chunk_store().reached(trained, frame))]


def _take(texts: dict[str, str], name: str, kind: str, default: Any, problems: list[str]) -> Any:
    try:
        return read_field(name, kind, texts.pop(name)) if name in texts else default
    except ValueError as error:
        problems.append(sentence(in_words(str(error)), default))
        return default


def _named_twice(texts: dict[str, str]) -> list[str]:
    """A sentence on each name of the link that stands there with several values."""
    names = [name for name in texts if len(set(st.query_params.get_all(name))) > 1]
    return [f"The link names {quoted(name)} more than once; the last one counts." for name in names]


def write_link(session: Session) -> None:
    """Puts everything that was picked, the branches and the frame into the link."""
    if session.awaited is not None:
        return  # the link stays until its table is there
    texts = session.run.to_dict()
    # Of a page that studies a run, a link without a frame may mean a later one than the first.
    if session.frame or not session.plays:
        texts["frame"] = str(session.frame)
    if (used := session.tests.at(session.run)) is not None:
        texts["opened"] = str(used[1])
    shown = [name for name in FLAGS if session.view[name]]
    if shown:
        texts["show"] = ",".join(shown)
    if session.view["speed"] != 1:
        texts["speed"] = f"{session.view['speed']:g}"
    if session.view["focus"] and has_neuron(session.run, session.view["focus"]):
        texts["focus"] = session.view["focus"]
    if session.axes != "pca":
        texts["axes"] = session.axes
    texts |= {name: session.choices[name] for name in session.choice_names if name in session.choices}
    texts |= session.carried
    if session.edited or not session.run.fits_link:
        texts[EDITED] = session.token
    if texts != session.link:
        now = time.monotonic()
        session.replaced = [(at, link) for at, link in session.replaced if now - at < STALE_SECONDS] + [(now, session.link)]
        session.link = texts
        st.query_params.from_dict(texts)
