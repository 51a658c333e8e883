"""The controls of the words page: the sentence, the steps from text to tokens, and what a word's vector is."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import streamlit as st

from nncore.experiments.link_text import quoted, read_whole, write_field
from nncore.words.skipgram import Embedding, SkipGramSettings
from nncore.words.text import MAX_TOKENS, TOKEN_RULE, TextStages, TextSteps, text_stages
from nncore.words.vectors import VECTORS, word_vectors
from pages.parts.fields.outside_text import literal
from pages.parts.fields.sentence_field import sentence_field
from pages.parts.page.choices import Span, bind_choice, choice, some_of
from pages.parts.page.session import Session
from pages.parts.words.models import embedding_of

EXAMPLES = (
    "The hungry cat follows a mouse near the river.",
    "A red bus stops beside the blue train.",
    "The teacher cooks warm soup and tastes the cheese!",
    "The dog hears the cat, and the cat hears the dog.",
    "The hungry cat follows a grey mouse near the quiet river while my sister cooks warm soup for the tired doctor.",
    "My sister paints the robot red.",
)
STEPS = {
    "lower": ("Lower-case", "“The” and “the” become one word."),
    "punctuation": ("Cut punctuation", "“mouse.” becomes “mouse”: a word that the model knows."),
    "split": ("Split into words", "Every word becomes a token. Without it the whole line is one."),
    "stop_words": ("Drop stop words", "Leaves out the, of, and others that say little; in lower case only."),
}
DEFAULT_STEPS = ("lower", "punctuation", "split")
DIMENSIONS = (1, 2, 4, 8, 16)
MAX_SEED = 999
SEED_RULE = f"The seed must be a whole number from 0 to {MAX_SEED}"


@dataclass(frozen=True)
class WordSettings:
    """What a word's vector is: its `kind`, how many numbers it has, the seed, and the epoch of a learned one."""

    kind: str
    dimensions: int
    seed: int
    embedding: Embedding | None
    epoch: int

    def vectors(self, words: tuple[str, ...]) -> np.ndarray:
        """The vectors (T, d) of `words`, at the epoch on screen where they are learned."""
        embedding = self.embedding
        if embedding is not None:
            embedding = replace(embedding, frames=embedding.frames[: self.epoch + 1])
        return word_vectors(words, self.kind, self.dimensions, self.seed, embedding)


def sentence_controls(session: Session) -> str:
    """A line to type into and examples to pick from; returns the text."""
    text = sentence_field(session, "text", "Type a sentence", EXAMPLES[0],
                          f"English words of the toy corpus are known to the model. At most {MAX_TOKENS} words.")
    st.session_state["pick_example"] = text if text in EXAMPLES else None
    st.selectbox("or pick one", EXAMPLES, index=None, key="pick_example", placeholder="Examples",
                     on_change=_pick_example, args=(session,), help="The last one holds a word that the corpus lacks.")
    return text


def _pick_example(session: Session) -> None:
    if st.session_state.get("pick_example") is not None:
        use_sentence(session, st.session_state["pick_example"])


def use_sentence(session: Session, text: str) -> None:
    """Makes `text` the sentence of the page."""
    session.choices["text"] = text


def step_switches(session: Session) -> TextSteps:
    """The four steps, each a switch; returns which are on."""
    on = choice(session, "steps", "tuple[str, ...]", DEFAULT_STEPS, some_of(STEPS))
    for column, (name, (label, help_text)) in zip(st.columns(len(STEPS)), STEPS.items(), strict=True):
        key = f"step_{name}"
        st.session_state[key] = name in on
        column.toggle(label, key=key, help=help_text, on_change=_keep_steps, args=(session,))
    st.caption(f"With all but the last: {TOKEN_RULE[0].lower()}{TOKEN_RULE[1:]}")
    return TextSteps(*(name in on for name in STEPS))


def current_steps(session: Session) -> TextSteps:
    """Which steps are on, without drawing their switches."""
    on = choice(session, "steps", "tuple[str, ...]", DEFAULT_STEPS, some_of(STEPS))
    return TextSteps(*(name in on for name in STEPS))


def _keep_steps(session: Session) -> None:
    on = tuple(name for name in STEPS if st.session_state[f"step_{name}"])
    session.choices["steps"] = write_field(on)
    if on == DEFAULT_STEPS:
        del session.choices["steps"]


def stages_of(text: str, steps: TextSteps) -> TextStages | None:
    """The stages of `text`, or None with one sentence on the page where it cannot be used."""
    try:
        return text_stages(text, steps)
    except ValueError as error:
        st.error(literal(f"{error}.".replace("text must", "The text must")), icon=":material/edit:")
        return None


def vector_controls(session: Session, prefix: str = "", kind: str = "learned", dimensions: int = 8) -> WordSettings:
    """What a word's vector is; a learned one is trained here and now if it has to be.

    `kind` and `dimensions` are the defaults of the choices "vectors" and "numbers", to which `prefix` may give other names.
    """
    names, default_kind, default_dimensions = (f"{prefix}vectors", f"{prefix}numbers"), kind, dimensions
    place = st.container(horizontal=True, vertical_alignment="bottom")  # which wraps where there is little room
    kind = choice(session, names[0], "str", default_kind, VECTORS)
    place.segmented_control("A word's vector is", list(VECTORS), format_func=VECTORS.get, required=True,
                           help="Random: drawn from its letters and the seed. Learned: a row of the skip-gram's matrix.",
                           **bind_choice(session, names[0], kind, default_kind))
    dimensions = choice(session, names[1], "int", default_dimensions, DIMENSIONS)
    place.segmented_control("Numbers per word", list(DIMENSIONS), required=True,
                             help="How long a word's vector is, d. With one number a word is a point on a line.",
                             **bind_choice(session, names[1], dimensions, default_dimensions))
    with place:
        seed = _seed_field(session)
    embedding = embedding_of(SkipGramSettings(dimensions=dimensions, seed=seed)) if kind == "learned" else None
    last = len(embedding.frames) - 1 if embedding else 0
    return WordSettings(kind, dimensions, seed, embedding, choice(session, "learned_epoch", "int", last, Span(0, last)))


def _seed_field(session: Session) -> int:
    """The seed of everything random; as text, for a number field turns "1e9" into 1 without a word."""
    seed = choice(session, "draw", "int", 0, Span(0, MAX_SEED))
    field = bind_choice(session, "draw", str(seed), "0")
    st.text_input(f"Seed, 0 to {MAX_SEED}", width=120, help="Another number draws other random numbers.",
                  **(field | {"on_change": partial(_keep_seed, session, field["key"])}))
    return seed


def _keep_seed(session: Session, key: str) -> None:
    typed = (st.session_state.get(key) or "").strip()
    if _seed_of(typed) is None:
        session.notes.append(f"{SEED_RULE}, and {quoted(typed)} is not one. The seed before it stays.")
    else:
        session.choices["draw"] = str(_seed_of(typed))


def _seed_of(text: str) -> int | None:
    """The seed that `text` says, or None."""
    try:
        seed = read_whole(text)
    except ValueError:
        return None
    return seed if 0 <= seed <= MAX_SEED else None


def epoch_slider(session: Session, name: str, epoch: int, last: int) -> None:
    """A slider through the recorded epochs, kept as the choice `name`."""
    st.slider(f"Epoch {epoch} of {last}", 0, last, help="Scrub through the training, one snapshot per epoch.",
              **bind_choice(session, name, epoch, last))
