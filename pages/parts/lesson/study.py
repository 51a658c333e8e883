"""One step of a lesson on screen, from its question to the way on."""

import streamlit as st

from pages.parts.lesson.ask import ask
from pages.parts.lesson.outcome import is_picture, outcome, picture, verdict_words, why
from pages.parts.lesson.state import MAX_SEED, Place, go_to
from pages.parts.lesson.watch import WAITS, finish_watching, is_on_screen, is_watching, watch, watching
from pages.parts.lessons.judge import is_done
from pages.parts.lessons.lesson import KINDS, Facts, fill
from pages.parts.lessons.table import LESSONS
from pages.parts.page.session import Session
from pages.parts.page.streamlit_workarounds import ask_for_top
from pages.parts.way.contents import BY_NAME


def study_step(session: Session, place: Place) -> None:
    """The step: at the left what is said, at the right the question; then the outcome, the reason, and the way on.

    What is said and the question keep their places when it is played: what comes of it takes the place of the field.
    """
    step, facts = place.step, place.step.known(place.seed)
    done = is_done(step, place.seed, place.prediction)
    _head(session, place)
    sees = done and is_on_screen(session, place)
    waits = sees and is_watching(session, place)
    with st.container(key="lesson_words"):
        left, right = st.columns(2, gap="large")
    with left:
        st.markdown(fill(step.says, facts))
        if not sees:
            _seen(place, facts)
    with right:
        _question(session, place, facts, waits)
    if sees:
        watch(session, place)
        with st.container(key=f"{WAITS}_words" if waits else "lesson_reason"):
            _reason(place, facts)
    elif done and step.run is not None:
        watch(session, place)
    _foot(session, place)
    if done and step.run is not None:
        finish_watching(session, place)


def _seen(place: Place, facts: Facts, beside_player: bool = False) -> None:
    """The step's picture: on a phone before the question, where the question is about it, and else after it."""
    first = place.step.before is not None and place.step.run is None
    with st.container(key="lesson_seen" if first else "lesson_seen_later"):
        picture(place, facts, beside_player)


def _question(session: Session, place: Place, facts: Facts, waits: bool) -> None:
    """The question, and below it the field for a prediction, or what became of the one that was made."""
    step, told = place.step, place.prediction is not None
    done, sees = is_done(step, place.seed, place.prediction), is_on_screen(session, place)
    st.markdown(f"##### {fill(step.question, facts)}")
    if not done:
        ask(session, place, facts)
    if waits:
        watching()
    if told:
        with st.container(key=WAITS if waits else "lesson_verdict", border=not done or not sees):
            verdict_words(place)
            if done and sees:
                st.caption(":material/arrow_downward: The reason and the next step stand below the picture.")
            elif not is_picture(step):
                outcome(place, facts)
    if done and not sees:
        with st.container(key="lesson_why"):
            why(place, facts)
            _elsewhere(place)


def _reason(place: Place, facts: Facts) -> None:
    """What comes of a training, below the player: the outcome over the prediction, the step's picture, and the reason."""
    left, right = st.columns(2, gap="large")
    with left:
        outcome(place, facts)
        _seen(place, facts, beside_player=True)
    with right:
        why(place, facts)
        _elsewhere(place)


def _head(session: Session, place: Place) -> None:
    """The lesson's name, and its steps with those that are done marked; a press leads to one."""
    marks = [f"{'✓ ' if place.done(k) else ''}{k + 1} {KINDS[step.kind]}" for k, step in enumerate(place.lesson.steps)]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("All lessons", icon=":material/list:", type="tertiary", key="lesson_list", on_click=_list, args=(session,))
        st.markdown(f"**{list(LESSONS).index(place.lesson.name) + 1}. {place.lesson.title}** · {place.lesson.question}")
    key = f"lesson_steps_{place.lesson.name}"
    st.session_state[key] = place.number
    st.segmented_control(
        "Step",
        range(len(marks)),
        format_func=marks.__getitem__,
        required=True,
        key=key,
        label_visibility="collapsed",
        on_change=_picked,
        args=(session, place, key),
    )


def _foot(session: Session, place: Place) -> None:
    """Back, other numbers, on: to the next step or the next lesson."""
    last, names = place.number + 1 == len(place.lesson.steps), list(LESSONS)
    after = names.index(place.lesson.name) + 1
    with st.container(key="lesson_foot", horizontal=True, vertical_alignment="center"):
        st.button(
            "Previous step",
            icon=":material/arrow_back:",
            key="lesson_back",
            disabled=place.number == 0,
            on_click=_go,
            args=(session, place.lesson.name, place.number - 1, place.seed),
        )
        if not last:
            _onward(session, place, "Next step", (place.lesson.name, place.number + 1, place.seed))
        elif after < len(names):
            _onward(session, place, f"Next lesson: {LESSONS[names[after]].title}", (names[after], 0, 0))
        else:
            st.button("Back to all lessons", icon=":material/list:", key="lesson_end", on_click=_list, args=(session,),
                      type="primary" if place.done(place.number) else "secondary")  # fmt: skip
        st.button(
            "Other numbers",
            icon=":material/casino:",
            key="lesson_seed_more",
            on_click=_go,
            help="The same lesson with other numbers and another seed: every answer is computed anew.",
            args=(session, place.lesson.name, place.number, (place.seed + 1) % (MAX_SEED + 1)),
        )
    if last and all(map(place.done, range(len(place.lesson.steps)))):
        st.success(f"**Lesson done.** {place.lesson.learned}", icon=":material/check_circle:")


def _onward(session: Session, place: Place, label: str, to: tuple[str, int, int]) -> None:
    """The button to go on: the main one when the step is done, and otherwise to skip it."""
    done = place.done(place.number)
    st.button(
        label if done else f"Skip · {label}",
        icon=":material/arrow_forward:",
        key="lesson_on",
        type="primary" if done else "secondary",
        on_click=_go,
        args=(session, *to),
    )


def _elsewhere(place: Place) -> None:
    """Where one can go on by oneself, with the settings of the step."""
    step = place.step
    settings = dict(step.settings(place.seed)) if step.settings else {}
    page = step.page
    if step.run is not None:
        page, settings = page or "train", step.run(place.seed).to_dict() | settings
    if page:
        st.page_link(
            f"pages/{page}.py", label=f"Try it on *{BY_NAME[page].title}*", icon=":material/science:", query_params=settings
        )


def _go(session: Session, name: str, number: int, seed: int) -> None:
    go_to(session, name, number, seed)
    ask_for_top(chart=False)  # the question stands above it


def _list(session: Session) -> None:
    go_to(session, "")
    ask_for_top(chart=False)


def _picked(session: Session, place: Place, key: str) -> None:
    if st.session_state.get(key) is not None:
        go_to(session, place.lesson.name, int(st.session_state[key]), place.seed)
