"""What a recurrent network remembers: gradients at earlier states, learning by distance, what one answer depends on."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from nncore.attention.block_distances import BLOCK, BlockDistances
from nncore.experiments.architectures import DistanceScore
from nncore.inspection.memory import gradient_by_step, input_shares, spectral_radius
from pages.parts.fields.numbers import counted, fine_percent, power_of_ten, short
from pages.parts.fields.source import show_source
from pages.parts.figures.recurrence.reach import distances_figure, gradients_figure
from pages.parts.figures.recurrence.steps import shares_figure
from pages.parts.page.choices import Span, bind_choice, choice, choice_up_to
from pages.parts.page.figure import show_figure
from pages.parts.page.playing.training import Watching, watch_or_wait
from pages.parts.recurrence.study import CELL_NAMES, LENGTHS, Look

MEASURED = 100  # held-out sequences
GUESSES = {"rnn": "the plain one", "gated": "GRU and LSTM", "all": "all three", "none": "none of them"}
CONTENDERS = CELL_NAMES | {BLOCK: "transformer block"}


def gradients(look: Look) -> None:
    """|dL/dh_t| of every step back from the last answer, beside the powers of the spectral radius."""
    run, held = look.run, look.run.split()[1]
    X, y = run.inputs(held.tokens[:MEASURED]), held.y[:MEASURED]
    last = np.flatnonzero((y >= 0).any(axis=0))[-1] + 1
    found, first = (gradient_by_step(model, X, y) for model in (look.model, run.model()))
    sizes = found[:last]  # behind the last answer they are 0
    radius = spectral_radius(look.model)
    said = cut_words(run.stretch, len(sizes)) or reach_words(sizes, radius)
    st.markdown(said)
    show_figure("memory_gradients", f"Gradient at earlier states. {said}",
                gradients_figure, sizes, first[:last], radius)  # fmt: skip
    block = "" if run.cell == "rnn" else " Of W_hh the block that makes the new state counts here; the gates have their own."
    st.caption(f"Root of the mean square over {MEASURED} held-out sequences, of the loss of the last answer alone. The "
               "dotted line is what W_hh alone would do; tanh and gates make the gradient smaller, or carry it past "
               f"W_hh.{block}")  # fmt: skip
    show_source(gradient_by_step, came=found, model=look.model, X=X, y=y)
    show_source(spectral_radius, came=radius, model=look.model)


def reach_words(sizes: np.ndarray, radius: float) -> str:
    """How much of the gradient at the answer's own state is left at the first state."""
    if not sizes[-1] > 0:
        return "The loss of the last answer does not change with its state at all: there is no gradient to send back."
    share, steps = float(sizes[0] / sizes[-1]), len(sizes) - 1
    verb = "it vanishes" if share < 0.01 else "it explodes" if share > 100 else "it gets through"
    size = short(share) if verb == "it gets through" else power_of_ten(share)
    return (f"**The gradient that reaches the first state, {counted(steps, 'step')} back, is {size} times the one at the "
            f"answer: {verb}.** The spectral radius of W_hh is {radius:.2f}: by this factor at most the matrix alone would "
            "stretch it at every step, in the long run.")  # fmt: skip


def cut_words(stretch: int, steps: int) -> str:
    """What becomes of the gradient behind a cut after `stretch` steps; "" where the sequence has none."""
    if not 0 < stretch < steps:
        return ""
    return (f"**Behind the cut, {counted(stretch, 'step')} back, the gradient is 0: no update is told what the answer "
            "owes to earlier inputs.** The state still comes from there.")  # fmt: skip


def distances(look: Look) -> None:
    """Each cell, and a transformer block, from several starts at three lengths, after a guess."""
    run, session = look.run, look.session
    study = BlockDistances(run.task, run.n_hidden, run.clip, stretch=run.stretch, radius=run.radius)
    longest = max(study.lengths)
    guess = choice(session, "memory_guess", "str", "", ("", *GUESSES))
    st.pills(f"Make your guess first. Which cells will learn “{run.kind.title}” over {longest} steps, from at least "
             "half of their starts?", list(GUESSES), format_func=GUESSES.get,
             **bind_choice(session, "memory_guess", guess or None, None))  # fmt: skip
    if not guess:
        return
    scores = watch_or_wait(study, Watching(asks_first=True))
    if not scores:
        return
    st.markdown(distance_words(scores, longest, guess))
    alt = "; ".join(f"{CONTENDERS[s.cell]}, {s.length} steps: {s.learned} of {s.starts}" for s in scores)
    show_figure("memory_distances", f"Starts that learned. {alt}", distances_figure, scores, CONTENDERS)
    st.caption(f"{study.starts} starts each, {run.n_updates} updates of Adam; a start has learned when 95 % of the held-out "
               "answers are right. Whiskers: 95 % interval of the share, wide for so few starts. The block is "
               f"{study.n_hidden} numbers wide, with one layer whose places look at themselves and at earlier ones."
               f"{stretch_words(run.stretch)}{radius_words(run.radius)}")  # fmt: skip


def radius_words(radius: float) -> str:
    """With which spectral radius the cells of the comparison begin; "" where it is as it was drawn."""
    if not radius:
        return ""
    return (f" As in your training, W_hh of each cell begins with a spectral radius of {radius:g} (of GRU and LSTM: the "
            "part that makes the new state); the transformer block has no W_hh.")  # fmt: skip


def stretch_words(stretch: int) -> str:
    """What truncation does to the comparison; "" where the gradient goes back to the start."""
    if not stretch:
        return ""
    return (f" As in your training, the gradient of the cells goes back {counted(stretch, 'step')} at most; the block has "
            "no steps that could be cut.")  # fmt: skip


def distance_words(scores: Sequence[DistanceScore], longest: int, guess: str) -> str:
    """How many starts of each cell learned at the longest distance, held against the guess."""
    by_name = {score.cell: score for score in scores if score.length == longest}
    block, far = by_name.pop(BLOCK, None), list(by_name.values())
    if len(far) < len(CELL_NAMES):
        return "Not all lengths are trained yet."
    found = {score.cell: 2 * score.learned >= score.starts for score in far}
    truth = {(True, True): "all", (True, False): "rnn", (False, True): "gated", (False, False): "none"}.get(
        (found["rnn"], found["gru"] and found["lstm"])) if found["gru"] == found["lstm"] else ""  # fmt: skip
    counts = ", ".join(f"{CELL_NAMES[score.cell]} {score.learned} of {score.starts}" for score in far)
    verdict = "So it is." if guess == truth else f"It is: *{GUESSES[truth]}*." if truth else "It is neither: see the counts."
    beside = (f" The transformer block, which looks at all earlier steps at once: {block.learned} of {block.starts}."
              if block else "")  # fmt: skip
    return f"**Over {longest} steps these starts learned: {counts}.** You guessed: *{GUESSES[guess]}*. {verdict}{beside}"


def dependence(look: Look) -> None:
    """Which inputs one answer depends on, as shades."""
    length = len(look.tokens)
    asked = np.flatnonzero(look.y >= 0)
    step = choice_up_to(look.session, "answer_step", int(asked[-1]) + 1, length, Span(1, max(LENGTHS)))
    st.slider("The answer after step", 1, length, **bind_choice(look.session, "answer_step", step, int(asked[-1]) + 1))
    shares = input_shares(look.model, look.X, step - 1)
    st.markdown(dependence_words(shares, look.symbols, step))
    show_figure("memory_shares", dependence_words(shares, look.symbols, step), shares_figure, shares, look.symbols, step - 1)
    st.caption("The gradient of log p of the answer given, with respect to each input: its length as a share of all. It "
               "says what a small change would do, not what the network would say had another symbol come.")  # fmt: skip
    show_source(input_shares, came=shares, model=look.model, X=look.X, step=step - 1)


def dependence_words(shares: np.ndarray, symbols: Sequence[str], step: int) -> str:
    """Which input the answer depends on most, and how far back the middle of the dependence lies."""
    if not shares.any():
        return "The answer depends on no input at all."
    most = int(shares.argmax())
    name = {" ": "the space", ".": "the stop"}.get(symbols[most], symbols[most])
    back = float((shares * (step - 1 - np.arange(len(shares)))).sum())
    return (f"**The answer after step {step} depends most on {name} at step {most + 1}** ({fine_percent(shares[most])} of "
            f"all); on average what counts lies {back:.1f} steps back.")  # fmt: skip
