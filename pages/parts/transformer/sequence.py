"""The sequence that the transformer block answers: a held-out one, or one that the viewer types."""

import numpy as np
import streamlit as st

from nncore.attention.sequence_tasks import MAX_LENGTH, TASKS, make_sequences, read_sequence
from nncore.attention.transformer_run import LENGTH, TransformerRun
from pages.parts.fields.outside_text import literal
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.session import Session

LENGTHS = (4, 6, 8, 10, 12, 16, 32)
EXAMPLES = 20
Sequence = tuple[np.ndarray, np.ndarray]


def pick_sequence(session: Session, run: TransformerRun, columns: list) -> Sequence:
    """One sequence (1, T) and its answers: what was typed, or else the example picked; drawn in three `columns`."""
    length = choice(session, "length", "int", LENGTH, LENGTHS)
    example = choice(session, "example", "int", 1, Span(1, EXAMPLES))
    with columns[2]:
        typed = _typed(session, run.task)
    taken = typed is not None
    columns[0].select_slider("Length", LENGTHS, disabled=taken,
                             help=f"Tokens in the sequence. The block is trained on sequences of {LENGTH}.",
                             **bind_choice(session, "length", length, LENGTH))  # fmt: skip
    columns[1].slider("Example", 1, EXAMPLES, disabled=taken, help="None of them was trained on.",
                      **bind_choice(session, "example", example, 1))  # fmt: skip
    if taken:
        return typed
    X, y = run.sequences()[1] if length == LENGTH else make_sequences(run.task, EXAMPLES, length, seed=length)
    return X[example - 1 : example], y[example - 1 : example]


def _typed(session: Session, task: str) -> Sequence | None:
    """What the viewer typed, or None; what cannot be taken is said below the field."""
    name = "typed_pairs" if len(TASKS[task].tokens[0]) > 1 else "typed_letters"
    sample = "a1 b2 a3 a0" if name == "typed_pairs" else "b a d c a f e"
    text = choice(session, name, "str", "")
    st.text_input("Your own sequence", placeholder=f"such as {sample}",
                  help=f"Up to {MAX_LENGTH} tokens. Empty it to go back to the examples.",
                  **bind_choice(session, name, text, ""))  # fmt: skip
    if not text.strip():
        return None
    try:
        X = read_sequence(task, text)
    except ValueError as error:
        st.error(literal(f"{str(error)[0].upper()}{str(error)[1:]}. The example is shown instead."))
        return None
    return X, TASKS[task].answer(X)
