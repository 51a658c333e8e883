"""When does a network only learn by heart? Predict, train, and try what helps against it."""

import streamlit as st

from nncore.experiments.experiment import build_split
from pages.parts.overfitting.findings import Course, course_words, show_course, show_guesses, show_points, tried_table
from pages.parts.overfitting.remedies import BY_HEART, END, REMEDIES, Remedy
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.frame import page
from pages.parts.page.session import Session
from pages.parts.page.snapshot.far_frame import frame_when_asked, waits
from pages.parts.page.snapshot.scrubber import show_first_weights
from pages.parts.way.strip import run_strip, run_strip_place

GUESSES = {
    "falls": "It falls with the training loss", "levels": "It falls, then stays where it is",
    "rises": "It falls, then rises",
}  # fmt: skip
NO_GUESS = ""
TRIED = "overfitting_tried"  # what became of what this viewer tried, by its title


def study(session: Session) -> None:
    """The question, what was predicted, and what came of the training with each remedy."""
    guess = choice(session, "guess", "str", NO_GUESS, (NO_GUESS, *GUESSES))
    name = choice(session, "remedy", "str", "none", REMEDIES)
    place = run_strip_place()
    n_points, n_weights = len(build_split(BY_HEART).train), BY_HEART.n_parameters
    # Before the prediction the points stand beside the question. Who has predicted knows this; on a phone it then stands
    # at the end.
    words, picture = (st, None) if guess else st.columns([3, 2], gap="large")
    words.container(key="after_intro" if guess else "intro").markdown(
        f"A network of **{n_weights:,} weights and biases** sees **{n_points} noisy points** of two moons, again and again, "
        "until it is right on all of them. Other points of the same moons, the *validation set*, it never sees. "
        "**What will the loss on those do?** Predict first; the network is trained when you have."
    )
    picked = bind_choice(session, "guess", guess or None, None)
    words.pills("Your prediction", list(GUESSES), format_func=GUESSES.get, **picked)
    if picture is not None:
        with picture:
            show_points(BY_HEART)
        run_strip(place, session, REMEDIES["none"].run, also="its first weights")
        show_guesses(GUESSES)
        return
    st.segmented_control("What is changed", list(REMEDIES), format_func=lambda key: REMEDIES[key].title, required=True,
                         **bind_choice(session, "remedy", name, "none"))
    reached = frame_when_asked(session, REMEDIES[name].run, END)
    run_strip(place, session, REMEDIES[name].run, reached, f"snapshot {reached}")
    _outcome(session, REMEDIES[name], guess, reached)


def _outcome(session: Session, remedy: Remedy, guess: str, reached: int) -> None:
    run = remedy.run
    if waits(run):
        return
    course = Course.of(run, reached)
    show_course(run, course)
    st.markdown(f"{remedy.why} {course_words(run, course)}")
    if remedy is REMEDIES["none"]:
        st.markdown(f"You predicted: *{GUESSES[guess][0].lower()}{GUESSES[guess][1:]}*. "
                    + ("So it did." if guess == "rises" else "It rose instead."))
    st.markdown(f"**Notice.** {remedy.notice}")
    tried = st.session_state.setdefault(TRIED, {})
    tried[remedy.title] = course
    if len(tried) > 1:
        st.markdown("**What you tried, in numbers**, at the end of each run:\n\n" + tried_table(tried))
    st.markdown("**Try.** Change one thing at a time: fewer neurons, L2, early stopping, more data. Which brings the dashed "
                "curve lowest, and which leaves the smallest gap?")  # fmt: skip
    if st.button("Watch this run on Train", icon=":material/play_circle:"):
        show_first_weights(session, run)
        st.switch_page("pages/train.py")


page("overfitting", study, ("guess", "remedy"))
