"""One token's way through the block at the snapshot on screen, as a picture and in words made of its numbers."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from nncore.attention.block_trace import BlockTrace, trace_block
from nncore.attention.sequence_tasks import TASKS
from nncore.attention.transformer import Transformer, layer_norm
from nncore.attention.transformer_run import TransformerRun
from pages.parts.fields.numbers import fine_percent, short
from pages.parts.fields.source import show_source
from pages.parts.figures.transformer.block import block_diagram
from pages.parts.page.choices import Span, bind_choice, choice_up_to
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session


def way_through(session: Session, run: TransformerRun, model: Transformer, sequence: np.ndarray) -> None:
    """The picture of the token at the place picked, and what happens to it on its way."""
    tokens, answers = TASKS[run.task].tokens, TASKS[run.task].answers
    letters = [tokens[i] for i in sequence]
    picture = st.container()
    place = choice_up_to(session, "block_place", 1, len(sequence), Span(1, 32))
    if len(sequence) > 1:
        st.select_slider("Follow the token at place", range(1, len(sequence) + 1),
                         format_func=lambda number: f"{number}: {letters[number - 1]}",
                         **bind_choice(session, "block_place", place, 1))  # fmt: skip
    trace = trace_block(model, sequence, place - 1)
    with picture:
        show_figure("block_way", f"The way of {letters[place - 1]} at place {place} through the block, strip by strip.",
                    block_diagram, trace, letters[place - 1], place, answers)  # fmt: skip
    st.markdown(way_words(trace, letters, place, answers))
    show_source(trace_block, came=trace, model=model, sequence=sequence, place=place - 1)
    show_source(layer_norm, x=trace.stream, gain=model.views["gain1"], shift=model.views["shift1"])


def way_words(trace: BlockTrace, letters: Sequence[str], place: int, answers: Sequence[str]) -> str:
    """What happens to the token at `place` (from 1), part by part, with its numbers."""
    heads = []
    for number, weights in enumerate(trace.head_weights, 1):
        most = int(weights.argmax())
        whose = "itself" if most == place - 1 else f"place {most + 1} (*{letters[most]}*)"
        heads.append(f"head {number} takes {fine_percent(weights[most])} of its mixture from {whose}")
    size, added = (float(np.linalg.norm(values)) for values in (trace.stream, trace.attention))
    grown = float(np.linalg.norm(trace.feed_forward))
    best = int(trace.answers.argmax())
    return (
        f"**Attention:** {', '.join(heads)}. It adds a vector of length {short(added)} to one of {short(size)}. "
        f"**Feed-forward:** {int((trace.hidden > 0).sum())} of its {len(trace.hidden)} neurons are above 0; it adds a "
        f"vector of length {short(grown)}. **Answer:** *{answers[best]}*, with {fine_percent(trace.answers[best])}."
    )
