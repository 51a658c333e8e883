"""The next letter: text that goes on from a typed beginning, drawn with a temperature, and what a letter depends on."""

import numpy as np
import streamlit as st

from nncore.data import read_symbols
from nncore.data.sequences import ALPHABET
from nncore.inspection.memory import go_on, input_shares, tempered
from nncore.words.graphemes import graphemes
from nncore.words.text import visible_line
from pages.parts.fields.outside_text import literal
from pages.parts.fields.sentence_field import sentence_field
from pages.parts.fields.source import show_source
from pages.parts.figures.recurrence.steps import shares_figure
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.presets import open_choices
from pages.parts.recurrence.findings import dependence_words
from pages.parts.recurrence.study import Look

EXAMPLE = "the cat sl"
TEMPERATURES = (0.2, 0.5, 1.0, 2.0)
DRAWN, MOST_TYPED = 60, 60  # letters


def read_beginning(typed: str) -> np.ndarray:
    """The letters (1, T) of a typed beginning, read as sentences are; a space at its end counts. Raises ValueError."""
    line = visible_line(typed).lower() + " " * typed[-1:].isspace()
    wrong = next((letter for letter in graphemes(line) if letter not in set(ALPHABET)), None)
    if wrong is not None:
        raise ValueError(f"The beginning can have letters a to z, spaces and stops, and “{wrong}” is none of them")
    if not 1 <= len(line) <= MOST_TYPED:
        raise ValueError(f"The beginning can have 1 to {MOST_TYPED} letters, and this has {len(line)}")
    return read_symbols("letters", line, MOST_TYPED)


def text(look: Look) -> None:
    """A beginning to type, how the network goes on from it, and which of its letters the next one depends on."""
    if look.run.task != "letters":
        st.markdown("This needs a network that learned letters.")
        st.button("Take the next letter as the task", key="take_letters", icon=":material/abc:",
                  on_click=open_choices, args=(look.session, {"memory_task": "letters"}))  # fmt: skip
        return
    temperature = choice(look.session, "temperature", "float", 0.5, TEMPERATURES)
    draw = choice(look.session, "text_draw", "int", 1, Span(1, 20))
    first, second, third = st.columns([3, 3, 2], vertical_alignment="bottom")
    with first:
        typed = sentence_field(look.session, "beginning", "Beginning", EXAMPLE, "Letters a to z, spaces and stops.")
    second.segmented_control("Temperature", TEMPERATURES, required=True,
                             help="Logits are divided by it: below 1 likely letters become likelier, above 1 all more even.",
                             **bind_choice(look.session, "temperature", temperature, 0.5))  # fmt: skip
    third.selectbox("Draw", range(1, 21), **bind_choice(look.session, "text_draw", draw, 1))
    try:
        tokens = read_beginning(typed)
    except ValueError as error:
        st.error(literal(f"{error}. The example is taken instead."))
        tokens = read_beginning(EXAMPLE)
    X = look.run.inputs(tokens)
    begin, more = ("".join(ALPHABET[k] for k in row) for row in (tokens[0], go_on(look.model, X, DRAWN, temperature, draw)))
    st.markdown("**How the network goes on, a letter at a time, after the stroke:**")
    st.code(f"{begin}|{more}", language=None, wrap_lines=True)
    show_source(tempered, logits=look.model.forward(X)[0][0, -1], temperature=temperature)
    shares = input_shares(look.model, X, X.shape[1] - 1)
    st.markdown(dependence_words(shares, begin, X.shape[1]))
    show_figure("memory_letters", f"What the next letter depends on in “{begin}”.", shares_figure, shares, begin,
                X.shape[1] - 1)  # fmt: skip
