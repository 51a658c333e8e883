"""Lesson: local minima, and what starting anew is worth."""

import numpy as np
import plotly.graph_objects as go

from nncore import Experiment
from nncore.cache import cached
from nncore.experiments.recording.recording import record_all
from nncore.many_starts.restarts.levels import CORNER_LEVELS, count_levels, loss_levels
from nncore.many_starts.restarts.restarts import Outcome, Restarts
from nncore.statistics import restarts_needed
from pages.parts.figures.lessons.pictures import bars, curves
from pages.parts.lessons.lesson import Facts, Lesson, Number, Pick, Step, Task

STARTS, EPOCHS, SOLVED = 64, 800, 0.01


def corners(seed: int, hidden: tuple[int, ...] = (2,), initializer: str = "he_normal") -> Experiment:
    """The exclusive-or of two signs in four points, learned by ReLU neurons."""
    return Experiment(
        "corners",
        hidden=hidden,
        activation=("relu",),
        initializer=initializer,
        optimizer="adam",
        learning_rate=0.03,
        batch_size=None,
        weight_seed=seed,
    )


def outcome(experiment: Experiment) -> Outcome:
    """What came of 64 starts, trained once for everybody."""
    training = Restarts(experiment, STARTS, EPOCHS)
    return cached(record_all, training, n_bytes=lambda found: found.n_bytes)


def share(seed: int) -> Facts:
    """How many of the starts succeed."""
    losses = outcome(corners(seed)).final_losses
    solved = int((losses < SOLVED).sum())
    return {"n": STARTS, "epochs": EPOCHS, "solved": solved, "losses": np.sort(losses), "answer": 100 * solved / STARTS}


def needed(seed: int) -> Facts:
    """How many restarts hold a success with a probability of 95 %."""
    p = share(seed)["answer"] / 100
    n = restarts_needed(p) or 0
    starts = np.arange(1.0, 2 * n + 1)
    chances = {"at least one succeeds": 1 - (1 - p) ** starts, "95 %": np.full(len(starts), 0.95)}
    return {"p": p, "fails": 1 - p, "two": (1 - p) ** 2, "starts": starts, "chances": chances, "answer": n}


def levels(seed: int) -> Facts:
    """On how many different losses the starts end."""
    losses = outcome(corners(seed)).final_losses
    counts = count_levels(losses)
    different = len(np.unique(loss_levels(losses)))
    return {
        "n": STARTS,
        "different": different,
        "losses": losses,
        "counts": counts,
        "elsewhere": int(counts[-1]),
        "l1": CORNER_LEVELS[1],
        "l2": CORNER_LEVELS[2],
        "l3": CORNER_LEVELS[3],
        "answer": 2 if different == 1 else 1 if different <= 8 else 0,
    }


def convex(seed: int) -> Facts:
    """The same starts without a hidden layer."""
    losses = outcome(corners(seed, (), "xavier_normal")).final_losses
    return {
        "n": STARTS,
        "losses": losses,
        "counts": count_levels(losses),
        "loss": float(losses[0]),
        "answer": len(np.unique(loss_levels(losses))),
    }


def zeros(seed: int) -> Facts:
    """All starts from zeros."""
    losses = outcome(corners(seed, initializer="zeros")).final_losses
    same = float(np.ptp(losses)) == 0.0
    solved = int((losses < SOLVED).sum())
    return {
        "n": STARTS,
        "losses": losses,
        "counts": count_levels(losses),
        "loss": float(losses[0]),
        "solved": solved or "none",
        "answer": 1 if same and not solved else 0 if solved else 2,
    }


def wider(seed: int) -> Facts:
    """The task's numbers."""
    return {"n": STARTS}


def share_with(seed: int, hidden: float) -> float:
    """The percentage of starts that succeed with so many hidden neurons."""
    return 100 * float((outcome(corners(seed, (int(hidden),))).final_losses < SOLVED).mean())


def ends(f: Facts, dark: bool) -> go.Figure:
    """How many of the starts end on each of the losses that exclusive-or has."""
    return bars(["0", "0.347", "0.477", "0.693", "elsewhere"], f["counts"], "networks with this final loss", dark)


LESSON = Lesson(
    "restarts",
    "Local minima and restarts",
    "Does training always find the best weights?",
    "No: it ends in the valley where it began. Starting anew, or a few more neurons, is the cure.",
    (
        Step(
            "Four points, the corners of a square, opposite ones of the same class: *exclusive-or*. Two hidden ReLU neurons "
            "are enough to solve it, and {n} networks that differ only in their random first weights train for {epochs} "
            "epochs. You will watch one of them.",
            "What percentage of them solves it (a loss below 0.01)?",
            Number("Percent", share=0, near=12),
            "{solved} of {n}, **{answer:.0f} %**. Longer training would help hardly any of the others: they stand at the "
            "bottom of a valley that is not the deepest. Descent only goes down, so it never leaves one.",
            share,
            after=lambda f, dark: bars(
                [str(k + 1) for k in range(len(f["losses"]))], f["losses"], "final loss, sorted", dark
            ),
            run=corners,
            epochs=EPOCHS,
            page="restarts",
            recall="{n} networks of two hidden ReLU neurons try exclusive-or from different first weights. The percentage "
                   "that solves it:",
        ),
        Step(
            "A share of {p:%} succeeds. If one start fails, start anew with other random weights: each has the same chance.",
            "How many starts make it at least 95 % probable that one of them succeeds?",
            Number("Starts", share=0, near=0.4, whole=True),
            "All n fail with probability {fails:.3f} to the power n: {two:.3f} for two. That is below 0.05 from **n = "
            "{answer}** on. Restarts multiply the chances of failing, so a few help a lot.",
            needed,
            after=lambda f, dark: curves(f["starts"], f["chances"], ("starts", "probability"), dark),
            source=lambda f: (restarts_needed, {"share": f["p"]}),
            page="restarts",
            settings=lambda seed: corners(seed).to_dict(),
            recall="Where {p:%} of the starts succeed, the number of starts that make one success 95 % probable is",
        ),
        Step(
            "The networks that fail end with losses above 0.01. We look at all {n} final losses at once.",
            "How many different losses do they end on?",
            Pick(("Nearly as many as there are networks.", "A handful.", "All on the same one."), order=(2, 1, 0)),
            "On {different}. Each is a way of not telling points apart: two points with the same answer cost ln 2 / 2 = "
            "{l1:.3f}, three {l2:.3f}, all four ln 2 = {l3:.3f}. {elsewhere} of {n} lie elsewhere, still on their way. A "
            "local minimum is a particular mistake, not bad luck in general.",
            levels,
            after=ends,
            source=lambda f: (count_levels, {"losses": f["losses"]}),
            page="restarts",
            settings=lambda seed: corners(seed).to_dict(),
            recall="The final losses of {n} networks on exclusive-or, those that fail too. Different ones among them:",
        ),
        Step(
            "Without a hidden layer the network is one neuron, and the cross-entropy is *convex* in its weights. It cannot "
            "solve exclusive-or, from wherever it starts.",
            "On how many different losses do its {n} starts end?",
            Number("Different losses", share=0, near=0.4, whole=True),
            "**{answer}**: all end at {loss:.4f}, which is ln 2, always saying “one half”. Convex means that every valley "
            "is the same valley. Hidden layers brought both: the power to solve it, and the local minima.",
            convex,
            after=ends,
            source=lambda f: (loss_levels, {"losses": f["losses"]}),
            page="restarts",
            settings=lambda seed: corners(seed, (), "xavier_normal").to_dict(),
            recall="One neuron without a hidden layer tries exclusive-or from {n} starts. The number of different losses "
                   "that they end on:",
        ),
        Step(
            "Two hidden neurons again, and {n} starts. But all weights begin at 0 in every one of them.",
            "What do the restarts bring?",
            Pick(
                (
                    "As many solutions as before.",
                    "Nothing: all end with the same failure.",
                    "Different ends, but no solution.",
                )
            ),
            "All {n} end at {loss:.4f}, and {solved} solve it. Restarts help because starts *differ*; sixty-four times the "
            "same start is one start. At 0, moreover, every ReLU and every gradient of a weight is 0.",
            zeros,
            kind="break",
            after=ends,
            run=lambda seed: corners(seed, initializer="zeros"),
            epochs=EPOCHS,
            page="restarts",
            recall="{n} starts with all weights at 0 bring on exclusive-or:",
        ),
        Step(
            "The other cure is width: a neuron more is one more chance to begin in the right place. Each try trains {n} "
            "networks.",
            "What is the smallest number of hidden neurons with which more than 90 % of the starts solve it?",
            Task("Hidden neurons", (1, 2, 3, 4, 5, 6, 8, 12), share_with, "percentage solved", above=90.0),
            "Two neurons must both begin well; of many only some need to. That is one reason why networks in use have far "
            "more neurons than their task needs.",
            wider,
            kind="task",
            page="restarts",
            settings=lambda seed: corners(seed).to_dict(),
        ),
    ),
)
