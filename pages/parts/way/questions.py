"""Questions that texts on neural networks raise, and where each is answered: in a fold of a page."""

from typing import NamedTuple

import streamlit as st

from pages.parts.page.session import Session
from pages.parts.way.contents import BY_NAME
from pages.parts.way.foot import page_link


class Question(NamedTuple):
    """What one asks, the page that answers, the fold there that does, and the settings under which it is there."""

    words: str
    page: str
    fold: str
    settings: tuple[tuple[str, str], ...] = ()


LOGISTIC, NUMBERS, DIGITS = (("n_kind", "logistic"),), (("step", "numbers"),), (("dataset", "digits"), ("hidden", "16"))
QUESTIONS = (
    Question("Where do ∂L/∂a and a(1 − a) come from?", "backprop",
             "Where do a(1 − a) and ∂L/∂a come from, line by line?", (("microscope", "chain"),)),
    Question("Why cross-entropy, and what is maximum likelihood?", "neuron", "Why cross-entropy?", LOGISTIC),
    Question("What has Newton-Raphson to do with it?", "neuron", "What has Newton-Raphson to do with it?", LOGISTIC),
    Question("Who found all this, and when?", "neuron", "From the perceptron to backpropagation, a line each"),
    Question("What is stochastic gradient descent?", "batches", "What is stochastic gradient descent?"),
    Question("Why does a graphics card like batches?", "batches", "Why does a graphics card (GPU) like batches?"),
    Question("What does convex mean, and when is there a single minimum?", "restarts", "When does the start not matter?"),
    Question("How many hidden neurons should there be?", "restarts", "How many hidden neurons should there be?"),
    Question("Which weight matrix is meant where?", "weights", "Which weight matrix is meant where?"),
    Question("What are the strong stripes at the edges of the digits?", "weights",
             "What are the strong stripes at the edges of the digits?", DIGITS),
    Question("Why are scores divided by √d?", "attention", "Why divide by √d?", NUMBERS),
    Question("Why are there three matrices, for query, key and value?", "attention",
             "Why three matrices, and what is lost with one?", NUMBERS),
    Question("Why all words at once, and not one after the other?", "transformer",
             "Why all places at once? Recurrent against attention"),
)  # fmt: skip


def questions(session: Session) -> None:
    """A link to each question's page, and the name of the fold that answers it there."""
    st.markdown("##### What texts leave open")
    st.caption("Each is answered in a fold with the numbers on screen.")
    for place, part in zip(st.columns(2, gap="large"), (QUESTIONS[::2], QUESTIONS[1::2]), strict=True):
        with place:
            for question in part:
                entry = BY_NAME[question.page]
                with st.container(key=f"asked_{QUESTIONS.index(question)}", gap=None):
                    page_link(entry, question.words, icon=":material/help:", **_opened(session, question))
                    st.caption(f"{entry.title} · *{question.fold}*")


def _opened(session: Session, question: Question) -> dict[str, dict[str, str]]:
    """The link's texts where the page needs settings of its own; otherwise the page keeps all as it is."""
    if not question.settings:
        return {}
    kept = session.run.to_dict() | {"frame": str(session.frame)}
    return {"query_params": kept | session.carried | dict(question.settings)}
