"""The transformer block at work: pick a task, train it, look through its heads at any snapshot."""

import numpy as np
import streamlit as st

from nncore.attention.attention import causal_mask
from nncore.attention.head_roles import even_share, head_roles, share_over_frames
from nncore.attention.sequence_tasks import TASKS
from nncore.attention.transformer import Transformer
from nncore.attention.transformer_run import HEADS, LENGTH, TransformerRun, scores_by_length
from nncore.cache import cached
from nncore.experiments.recording.recording import Recording
from pages.parts.fields.numbers import fine_percent
from pages.parts.fields.source import show_source
from pages.parts.figures.attention import learning_figure
from pages.parts.figures.transformer.heads import head_figure, lengths_figure, roles_figure
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.playing.learning import frame_slider, recording_of
from pages.parts.page.playing.learning_view import Attention
from pages.parts.page.session import Session
from pages.parts.transformer.block import way_through
from pages.parts.transformer.sequence import LENGTHS, pick_sequence
from pages.parts.transformer.words import (
    answer_lines,
    head_words,
    lengths_words,
    notice,
    other_length_words,
    squares_words,
    to_try,
)

SCORES = ("loss on training sequences", "places that are right")
FOLLOWED = 200  # held-out sequences on which the heads are followed over all frames


def pick_run(session: Session) -> TransformerRun:
    """The task, the number of heads and the first weights."""
    task = choice(session, "task", "str", "reverse", TASKS)
    heads = choice(session, "block_heads", "int", 2, HEADS)
    seed = choice(session, "block_start", "int", 0, Span(0, 9))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control("Task", list(TASKS), format_func=lambda name: TASKS[name].title, required=True,
                             **bind_choice(session, "task", task, "reverse"))  # fmt: skip
        with st.popover(f"{heads} head{'s' * (heads > 1)}, start {seed}", icon=":material/tune:"):
            st.segmented_control("Heads", HEADS, required=True, **bind_choice(session, "block_heads", heads, 2))
            st.selectbox("First weights", range(10), format_func=lambda number: f"start {number}", width=140,
                         **bind_choice(session, "block_start", seed, 0))  # fmt: skip
    return TransformerRun(task, heads, seed)


def train(session: Session, run: TransformerRun) -> Recording | None:
    """Trains the block in front of the viewer, with its heads on one held-out sequence; None before Train is pressed."""
    X = run.sequences()[1].X[:1]
    labels = [TASKS[run.task].tokens[token] for token in X[0]]

    def looks(parameters: np.ndarray) -> Attention:
        weights = run.model(parameters).head_weights(X)[0]
        return Attention(_shown_weights(run, weights), labels, labels, max(map(len, labels)))

    return recording_of(session, "block", run, looks)


def look(session: Session, run: TransformerRun, recording: Recording) -> int:
    """The answer to one sequence and the attention of all heads, at the frame picked, which is returned."""
    token, heads = st.columns([1, 1], gap="large")  # on a phone the answer and the token's way stand first
    with heads:
        frame, (X, y) = _pick(session, run, recording)
    model = run.model(recording.parameters[frame])
    with token:
        said = model.predict(X)[0]
        st.code(answer_lines(run.task, X[0], said, y[0]), language=None)
        way_through(session, run, model, X[0])
    with heads:
        _heads(run, model, X)
    return frame


def _heads(run: TransformerRun, model: Transformer, X: np.ndarray) -> None:
    """The attention of every head on the sequence X (1, T), and what the heads do for the answers."""
    work, held = model.run(X), run.sequences()[1]
    roles = head_roles(model, held.X, held.y, TASKS[run.task].source(held.X))
    labels, shown = [TASKS[run.task].tokens[token] for token in X[0]], _shown_weights(run, work.attention.weights[0])
    st.markdown(squares_words(run.task))
    if note := other_length_words(X.shape[1]):
        st.warning(note)
    columns = st.columns(2)
    for head in range(run.heads):
        with columns[head % 2]:
            st.markdown(f"**Head {head + 1}** · {head_words(roles, head)}")
            show_figure(f"block_head_{head}", f"Attention of head {head + 1} on the sequence {' '.join(labels)}.",
                        head_figure, shown[head], TASKS[run.task].source(X)[0], labels)  # fmt: skip
    show_source(model.run, came=work, X=X)
    st.caption(f"The shares of each head count all {len(held.X)} held-out sequences of {LENGTH} tokens, at this snapshot.")
    st.markdown(f"**Notice:** {notice(run.task, roles)}")


def _shown_weights(run: TransformerRun, weights: np.ndarray) -> np.ndarray:
    """The weights (heads, T, T), with NaN where the task's mask lets no place attend: that is not a weight of 0."""
    return np.where(causal_mask(weights.shape[-1]), weights, np.nan) if TASKS[run.task].causal else weights


def _pick(session: Session, run: TransformerRun, recording: Recording) -> tuple[int, tuple[np.ndarray, np.ndarray]]:
    """The frame and the sequence on screen."""
    frame = frame_slider(session, "block_frame", recording)
    return frame, pick_sequence(session, run, st.columns([3, 3, 4], gap="medium"))


def progress(session: Session, run: TransformerRun, recording: Recording) -> None:
    """How training went, with the shown frame marked."""
    show_figure("block_curves", "Loss, and the share of places right, over the updates.",
                learning_figure, recording.updates, recording.scores, _frame(session, recording), SCORES)  # fmt: skip


def heads_over_training(session: Session, run: TransformerRun, recording: Recording) -> None:
    """When each head began to attend to the answers' places."""
    source = TASKS[run.task].source(run.sequences()[1].X[:FOLLOWED])
    shares = cached(_followed, run, recording.parameters, n_bytes=8 * len(recording.updates) * run.heads)
    even = even_share(source, TASKS[run.task].causal)
    show_figure("block_roles", "Share of each head's attention on the answer's place, over the updates.",
                roles_figure, recording.updates, shares, even, _frame(session, recording))  # fmt: skip


def _followed(run: TransformerRun, parameters: np.ndarray) -> np.ndarray:
    """The share of each head's attention on the answers' places at every frame."""
    X = run.sequences()[1].X[:FOLLOWED]
    return share_over_frames(run.model(), parameters, X, TASKS[run.task].source(X))


def longer(run: TransformerRun, recording: Recording) -> None:
    """How the block does on sequences shorter and longer than those of the training, once trained."""
    updates = int(recording.updates[-1])
    scores = cached(scores_by_length, run, recording.parameters[-1], LENGTHS, n_bytes=500)
    shares = ", ".join(f"{s.length}: {fine_percent(s.places)}" for s in scores)
    show_figure("block_lengths", f"Share of places right by length: {shares}", lengths_figure, scores, LENGTH)
    st.caption(
        f"After {updates:,} updates, on all {scores[LENGTHS.index(LENGTH)].n_sequences} held-out sequences of {LENGTH} "
        f"tokens and {scores[0].n_sequences:,} fresh ones of each other length. The whiskers are the 95 % interval of the "
        "mean over sequences, by the spread between them. The line across each bar is the score without attention: each "
        "place gives the answer that it has most often in other sequences."
    )
    st.markdown(f"{lengths_words(run.task, scores)}\n\n**Try:** {to_try(run.task, scores)}")


def _frame(session: Session, recording: Recording) -> int:
    last = len(recording.updates) - 1
    return choice(session, "block_frame", "int", last, Span(0, last))
