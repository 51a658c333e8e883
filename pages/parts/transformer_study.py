"""The transformer block at work: pick a task, train it, look through its heads, try longer sequences."""

import numpy as np
import streamlit as st

from nncore.attention_runs import LENGTH, TransformerRun, accuracy_by_length
from nncore.recordings import Recording
from nncore.sequence_tasks import TASKS, make_sequences
from pages.parts.choices import bind_choice, choice
from pages.parts.figures.attention import Axes, heads_figure, learning_figure, lengths_figure
from pages.parts.learning import frame_slider, recording_of
from pages.parts.memo import memo
from pages.parts.server import drawing
from pages.parts.session import Session
from pages.parts.style import is_dark

SCORES = ("loss on training sequences", "places that are right")
LENGTHS = (4, 6, 8, 10, 12, 16)
EXAMPLES = 20
QUIET = {"displayModeBar": False}


def pick_run(session: Session) -> TransformerRun:
    """The task, the number of heads and the first weights."""
    task = choice(session, "task", "str", "reverse", TASKS.__contains__)
    heads = choice(session, "block_heads", "int", 2, (1, 2, 4).__contains__)
    seed = choice(session, "block_start", "int", 0, lambda value: 0 <= value <= 9)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control("Task", list(TASKS), format_func=lambda name: TASKS[name].title, required=True,
                             **bind_choice(session, "task", task, "reverse"))  # fmt: skip
        st.segmented_control("Heads", [1, 2, 4], required=True, **bind_choice(session, "block_heads", heads, 2))
        st.selectbox("First weights", range(10), format_func=lambda number: f"start {number}", width=140,
                     **bind_choice(session, "block_start", seed, 0))  # fmt: skip
    return TransformerRun(task, heads, seed)


def pick_sequence(session: Session, run: TransformerRun) -> tuple[np.ndarray, np.ndarray]:
    """One fresh sequence (1, T) of the length picked, and its answers."""
    length = choice(session, "length", "int", LENGTH, LENGTHS.__contains__)
    example = choice(session, "example", "int", 1, lambda value: 1 <= value <= EXAMPLES)
    left, right = st.columns(2)
    left.select_slider("Length of the sequence", LENGTHS, help=f"The block is trained on sequences of {LENGTH}.",
                       **bind_choice(session, "length", length, LENGTH))  # fmt: skip
    right.slider("Held-out sequence", 1, EXAMPLES, **bind_choice(session, "example", example, 1))
    X, y = run.sequences()[1] if length == LENGTH else make_sequences(run.task, EXAMPLES, length, seed=length)
    return X[example - 1 : example], y[example - 1 : example]


def look(session: Session, run: TransformerRun) -> Recording | None:
    """Trains the block in front of the viewer, then shows its answer to one sequence and its heads at any frame."""
    X_live = run.sequences()[1].X[:1]

    def show(recording: Recording) -> None:
        _heads(run, recording, len(recording.updates) - 1, X_live, "live")

    recording = recording_of(session, "block", run, show)
    if recording is None:
        st.caption(f"2,000 sequences of {LENGTH} tokens, batches of 64; it takes a few seconds.")
        return None
    frame = frame_slider(session, "block_frame", recording)
    X, y = pick_sequence(session, run)
    _answer(run, recording, frame, X, y)
    _heads(run, recording, frame, X, "heads")
    return recording


def _answer(run: TransformerRun, recording: Recording, frame: int, X: np.ndarray, y: np.ndarray) -> None:
    task, said = TASKS[run.task], run.model(recording.parameters[frame]).predict(X)[0]
    words = [task.answers[answer] if right else f"**[{task.answers[answer]}]**"
             for answer, right in zip(said, said == y[0], strict=True)]  # fmt: skip
    st.markdown(
        f"{' '.join(task.tokens[token] for token in X[0])} → {' '.join(words)} · {int((said == y[0]).sum())} of "
        f"{y.size} right; wrong ones stand in brackets."
    )


def _heads(run: TransformerRun, recording: Recording, frame: int, X: np.ndarray, key: str) -> None:
    model, task = run.model(recording.parameters[frame]), TASKS[run.task]
    labels = [task.tokens[token] for token in X[0]]
    with drawing:
        figure = heads_figure(model.head_weights(X)[0], Axes(labels, labels, "who looks"), is_dark())
        st.plotly_chart(figure, theme=None, key=f"block_{key}_{frame}", config=QUIET,
                        alt=f"Attention of {run.heads} heads on the sequence {' '.join(labels)}.")  # fmt: skip


def progress(session: Session, run: TransformerRun, recording: Recording) -> None:
    """How training went, with the frame on screen marked."""
    last = len(recording.updates) - 1
    frame = choice(session, "block_frame", "int", last, lambda value: 0 <= value <= last)
    with drawing:
        figure = learning_figure(recording.updates, recording.scores, frame, SCORES, is_dark())
        st.plotly_chart(figure, theme=None, key="block_curves", config=QUIET,
                        alt="Loss, and the share of places right, over the updates.")  # fmt: skip


def longer(run: TransformerRun, recording: Recording) -> None:
    """The share of places right on sequences shorter and longer than those of the training."""
    shares = memo().fetch(
        f"lengths {run!r}", lambda: accuracy_by_length(run, recording.parameters[-1], LENGTHS), 8 * len(LENGTHS)
    )
    chance = 1.0 / len(TASKS[run.task].answers)
    with drawing:
        figure = lengths_figure(LENGTHS, shares, LENGTH, chance, is_dark())
        st.plotly_chart(figure, theme=None, key="block_lengths", config=QUIET,
                        alt="Share of places right by length: "
                            + ", ".join(f"{n}: {share:.0%}" for n, share in zip(LENGTHS, shares, strict=True)))  # fmt: skip
