"""The network with a state at work: pick a task and a cell, train it, and the sequence that is looked at."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from nncore import Recurrent
from nncore.data import MEMORY_TASKS
from nncore.experiments.architectures import SequenceRun
from nncore.experiments.architectures.sequence_run import blind_share
from nncore.experiments.recording import Recording
from nncore.models.recurrence import CELLS
from nncore.models.recurrence.network import Unrolled
from pages.parts.fields.numbers import counted, fine_percent
from pages.parts.figures.palette import NEGATIVE
from pages.parts.figures.recurrence.steps import Strip, steps_figure
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.playing.learning import frame_slider, recording_of
from pages.parts.page.playing.learning_view import Attention, Looks
from pages.parts.page.session import Session

LENGTHS, SIZES, CLIPS, STRETCHES = (12, 16, 20, 30, 40), (4, 8, 16, 32), (0.0, 0.1, 1.0), (0, 2, 5, 10)
RADII = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)  # of the first W_hh; 0 leaves it as it was drawn
CELL, TASK, LENGTH, SIZE = "gru", "order", 20, 16
PICKED = 60  # held-out sequences that one can pick
CELL_NAMES = {name: cell.label for name, cell in CELLS.items()}
GATE_NAMES = {"i": "input gate i", "f": "forget gate f", "o": "output gate o", "g": "candidate g", "r": "reset gate r",
              "z": "update gate z", "n": "candidate n"}  # fmt: skip
BRIEF = {"balanced": "=", "open": "…", "broken": "!", "even": "e", "odd": "o", " ": "␣"}  # answers above one narrow column
CANDIDATES = ("g", "n")  # from -1 to 1; the gates are shares


@dataclass(frozen=True)
class Look:
    """What is on screen: a run, its network at one frame, and one held-out sequence, tokens (T,) with its answers (T,)."""

    session: Session
    run: SequenceRun
    recording: Recording
    frame: int
    model: Recurrent
    tokens: np.ndarray
    y: np.ndarray

    @property
    def X(self) -> np.ndarray:
        """The sequence as the network gets it, (1, T, D)."""
        return self.run.inputs(self.tokens[None])

    @property
    def symbols(self) -> list[str]:
        """What comes in, step by step."""
        return [self.run.kind.symbols[token] for token in self.tokens]


def pick_run(session: Session) -> SequenceRun:
    """The task, the cell, and what else decides a training."""
    task = choice(session, "memory_task", "str", TASK, MEMORY_TASKS)
    cell = choice(session, "cell", "str", CELL, CELLS)
    length = choice(session, "sequence_steps", "int", LENGTH, LENGTHS)
    size = choice(session, "state_size", "int", SIZE, SIZES)
    clip = choice(session, "clip_at", "float", 0.0, CLIPS)
    stretch = choice(session, "gradient_stretch", "int", 0, STRETCHES)
    radius = choice(session, "start_radius", "float", 0.0, RADII)
    seed = choice(session, "memory_start", "int", 0, Span(0, 9))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox("Task", list(MEMORY_TASKS), format_func=lambda name: MEMORY_TASKS[name].title,
                     **bind_choice(session, "memory_task", task, TASK))  # fmt: skip
        st.segmented_control("Cell", list(CELLS), format_func=CELL_NAMES.get, required=True,
                             **bind_choice(session, "cell", cell, CELL))  # fmt: skip
        with st.popover(f"{length} steps, {size} neurons, start {seed}", icon=":material/tune:"):
            st.segmented_control("Steps of a sequence", LENGTHS, required=True,
                                 **bind_choice(session, "sequence_steps", length, LENGTH))  # fmt: skip
            st.segmented_control("Hidden neurons", SIZES, required=True, **bind_choice(session, "state_size", size, SIZE))
            st.segmented_control("Clip the gradient", CLIPS, required=True,
                                 format_func=lambda at: f"at {at:g}" if at else "no",
                                 help="A gradient longer than this is shortened to it before the update.",
                                 **bind_choice(session, "clip_at", clip, 0.0))  # fmt: skip
            st.segmented_control("The gradient goes back", STRETCHES, required=True,
                                 format_func=lambda steps: f"{steps} steps" if steps else "to the start",
                                 help="Truncated backpropagation through time: the sequence is cut into stretches of so "
                                 "many steps. The state goes on over the cuts; the gradient stops at them.",
                                 **bind_choice(session, "gradient_stretch", stretch, 0))  # fmt: skip
            st.segmented_control("W_hh begins with a spectral radius", RADII, required=True,
                                 format_func=lambda radius: f"of {radius:g}" if radius else "as drawn",
                                 help="The weights between one state and the next are scaled to it before training. Above "
                                 "1 a gradient can explode on its way back; below 1 it vanishes.",
                                 **bind_choice(session, "start_radius", radius, 0.0))  # fmt: skip
            st.selectbox("First weights", range(10), format_func=lambda number: f"start {number}",
                         **bind_choice(session, "memory_start", seed, 0))  # fmt: skip
    return SequenceRun(task, cell, size, length, seed, clip, stretch, radius)


def train(session: Session, run: SequenceRun) -> Recording | None:
    """Trains the network in front of the viewer, with its states on one sequence; None before Train is pressed."""
    return recording_of(session, "memory", run, states_of(run))


def states_of(run: SequenceRun) -> Looks:
    """What is drawn of the parameters (P,) of a frame: states and gates on the first held-out sequence, from -1 to 1."""
    tokens = run.split()[1].tokens[:1]
    symbols = [run.kind.symbols[token] for token in tokens[0]]

    def looks(parameters: np.ndarray) -> Attention:
        strips = strips_of(run, run.model(parameters).unroll(run.inputs(tokens)))
        values, names = np.stack([strip.values for strip in strips]), [strip.name.partition(" (")[0] for strip in strips]
        return Attention(values, [""] * run.n_hidden, symbols, 0, names, NEGATIVE)

    return looks


def pick_look(session: Session, run: SequenceRun, recording: Recording) -> Look:
    """The frame and the sequence on screen, with their controls."""
    number = choice(session, "sequence", "int", 1, Span(1, PICKED))
    first, second = st.columns(2, gap="medium")
    with first:
        frame = frame_slider(session, "memory_frame", recording)
    second.slider(f"Held-out sequence {number} of {PICKED}", 1, PICKED, **bind_choice(session, "sequence", number, 1))
    held = run.split()[1]
    model = run.model(recording.parameters[frame])
    return Look(session, run, recording, frame, model, held.tokens[number - 1], held.y[number - 1])


def score_words(look: Look) -> str:
    """How often the network is right at this frame, and what always the same answer would get."""
    held = look.run.split()[1].y
    share, blind, asked = float(look.recording.scores[look.frame, 2]), blind_share(held), int((held >= 0).sum())
    learned = ("it has learned the task" if share > 0.95 else "it has learned little or nothing" if share < blind + 0.1
               else "it has learned a part of the task")  # fmt: skip
    return (f"**{fine_percent(share)} of {asked:,} answers to {len(held)} held-out sequences are right; always the same "
            f"answer would get {fine_percent(blind)}:** at this snapshot {learned}.")  # fmt: skip


def step_by_step(look: Look) -> None:
    """The states and gates over the steps, with what came in and what was answered."""
    unrolled, answers = look.model.unroll(look.X), look.run.kind.answers
    said = unrolled.logits[0].argmax(axis=-1)
    names = [BRIEF.get(answer, answer) for answer in answers]
    shown = [(names[k] if k == y else f"({names[k]})") if y >= 0 else "" for k, y in zip(said, look.y, strict=True)]
    asked = look.y >= 0
    right = int((said == look.y)[asked].sum())
    st.container(key="after_memory_steps").markdown(
        "**The same network at every step, unrolled in time:** a column is a step, a row one hidden neuron. "
                f"Here it got {right} of {counted(int(asked.sum()), 'answer')} right; wrong ones stand in parentheses."
    )
    show_figure("memory_steps", f"States over {len(shown)} steps; in: {' '.join(look.symbols)}; answered: {' '.join(shown)}",
                steps_figure, strips_of(look.run, unrolled), look.symbols, shown)  # fmt: skip
    if len(answers) <= len(BRIEF) and BRIEF.keys() & set(answers):
        st.caption(f"Answers: {', '.join(f'{name} {answer}' for name, answer in zip(names, answers, strict=True))}.")


def strips_of(run: SequenceRun, unrolled: Unrolled) -> list[Strip]:
    """The hidden state, the memory of an LSTM, and every gate."""
    strips = [Strip("hidden state h (orange −1, blue 1)", unrolled.hidden[0].T)]
    if run.cell == "lstm":
        strips.append(Strip("memory c, drawn as tanh(c)", np.tanh(unrolled.memory[0].T)))
    if run.cell != "rnn":
        for k, gate in enumerate(CELLS[run.cell].gates):
            if gate not in CANDIDATES:
                strips.append(Strip(f"{GATE_NAMES[gate]} (grey 0, blue 1)", unrolled.gates[0, :, k].T, is_share=True))
    return strips
