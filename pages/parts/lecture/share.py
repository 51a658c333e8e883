"""What every page offers: its link to copy and to scan, and to add what is on screen to a lecture."""

import streamlit as st

from pages.parts.fields.outside_text import literal
from pages.parts.lecture.address import address_of, here, shown_texts, title_of
from pages.parts.lecture.lecture import keep_steps, steps_of
from pages.parts.lecture.presenter import enter
from pages.parts.lecture.qr import qr_svg
from pages.parts.lecture.steps import LONGEST_SETTINGS, LONGEST_TEXT, step_of
from pages.parts.page.link import write_link
from pages.parts.page.playing.training import as_picture
from pages.parts.page.session import Session, current_session

BAR_STYLE = """
div:has(> .st-key-lecture_bar) { display: contents; }
.st-key-lecture_bar { position: fixed; top: 0.3rem; right: 3.2rem; z-index: 999991; width: auto; }
.st-key-lecture_bar button { min-height: 2rem; padding: 0 0.6rem; border: 0; background: none; }
@media (max-width: 640px) {
  .st-key-lecture_bar [data-testid="stMarkdownContainer"] { display: none; }
  .st-key-present_view { display: none; }
}
"""


@st.fragment(key="share")
def share_bar() -> None:
    """Two small buttons in the page's header: Share and Present."""
    session = current_session()
    with st.container(key="lecture_bar", horizontal=True, gap="small"):
        if st.button("Share", icon=":material/share:", key="share_page", help="Copy the link, or add this to a lecture"):
            share_dialog()
        if st.button("Present", icon=":material/slideshow:", key="present_view",
                     help="Large letters and nothing else, for a projector. Escape leaves it."):  # fmt: skip
            session.take_report()
            enter(session)
            st.rerun(scope="app")


@st.dialog("Share what is on screen", width="large", icon=":material/share:")
def share_dialog() -> None:
    """The page's link and its QR code, and the form that adds it to the lecture."""
    session = current_session()
    session.take_report()
    write_link(session)
    link = address_of(here(), shown_texts(session))
    left, right = st.columns(2)
    with right:
        show_qr(link)
    with left:
        st.code(link, language=None, wrap_lines=True)
        if session.edited or not session.run.fits_link:
            st.caption("Numbers changed by hand are not in the link.")
        if here() != "lecture":
            _add_form(session)


def show_qr(address: str, alt: str = "QR code of the link") -> None:
    """The address as a QR code, as large as its place; a sentence where it is too long for one."""
    picture = qr_svg(address)
    if picture is None:
        st.caption(f"A QR code of {len(address):,} letters could not be read by a phone. Copy the link instead.")
    else:
        st.html(as_picture(picture, alt))


def _add_form(session: Session) -> None:
    steps = steps_of(session)
    st.markdown("**For a lecture.** All three lines may stay empty.")
    sentence = st.text_input("Say a sentence", key="add_sentence", max_chars=LONGEST_TEXT)
    question = st.text_input("Ask the room", key="add_question", max_chars=LONGEST_TEXT,
                             help="Asked before this picture is shown, so that everybody predicts first.")  # fmt: skip
    choices = st.text_area("Answers to choose from", key="add_choices", height=100, max_chars=700, placeholder=CHOICES_HELP)
    if st.button("Add what is on screen", type="primary", icon=":material/playlist_add:", key="add_step"):
        problem = add_step(session, sentence, question, choices)
        if problem:
            st.error(literal(problem))
            return
        steps = steps_of(session)
        st.success(f"Added: {title_of(here())} is step {len(steps)}.", icon=":material/check:")
    if steps:
        count = "1 step" if len(steps) == 1 else f"{len(steps)} steps"
        if st.button(f"Open the lecture ({count})", icon=":material/co_present:", key="open_lecture"):
            st.switch_page("pages/lecture.py")


CHOICES_HELP = "One per line, 2 to 8. Begin the right one with *"


def add_step(session: Session, sentence: str, question: str, choices: str) -> str | None:
    """Adds what is on screen to the lecture in the link; a sentence instead where that cannot be."""
    names, right = read_choices(choices)
    if bool(question.strip()) != bool(names) or len(names) == 1:
        return "A question needs two to eight answers to choose from, and answers need a question."
    try:
        step = step_of(here(), shown_texts(session), sentence, question, names, right)
    except ValueError:
        return f"The settings of this page take more than {LONGEST_SETTINGS:,} letters, so it cannot be a step."
    problem = keep_steps(session, (*steps_of(session), step))
    write_link(session)
    return problem


def read_choices(text: str) -> tuple[list[str], int | None]:
    """The answers written one per line, and the index of the one that begins with a star, if one does."""
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line.lstrip("* ")]
    right = next((k for k, line in enumerate(lines) if line.startswith("*")), None)
    return [line.lstrip("* ") for line in lines], right


def write_choices(names: tuple[str, ...], right: int | None) -> str:
    """The answers as `read_choices` reads them."""
    return "\n".join(f"* {name}" if k == right else name for k, name in enumerate(names))
