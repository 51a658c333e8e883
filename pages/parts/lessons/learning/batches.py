"""Lesson: batches, many rough steps against few exact ones."""

import numpy as np

from nncore import Experiment
from nncore.data.batching import updates_per_epoch
from nncore.experiments.experiment import build_network, build_split
from nncore.experiments.short_training import train_for
from nncore.inspection.trace import trace_passes
from pages.parts.figures.lessons.pictures import bars, curves
from pages.parts.lessons.draw import numbers_for
from pages.parts.lessons.lesson import Facts, Lesson, Number, Pick, Step, Task

EPOCHS, DRAWS = 20, 3000


def circle(seed: int, batch: int | None, rate: float = 0.03) -> Experiment:
    """The circle with this batch size, plain gradient descent."""
    return Experiment("circle", hidden=(8,), batch_size=batch, learning_rate=rate, data_seed=seed, weight_seed=seed)


def count(seed: int) -> Facts:
    """How many updates an epoch makes where the last batch is short."""
    rng = numbers_for(seed, 1)
    B = int(rng.choice([8, 10, 16, 32]))
    n = B * int(rng.integers(6, 15)) + int(rng.integers(2, B))
    return {"n": n, "B": B, "full": n // B, "rest": n % B, "answer": updates_per_epoch(n, B)}


def noise(seed: int) -> Facts:
    """How much the gradient of a batch strays, for one sample and for sixteen."""
    e, split = circle(seed, None), build_split(circle(seed, None))
    network = build_network(e)
    # One weight's gradient on every sample by itself.
    trace = trace_passes(network, split.X_train, split.y_train)
    each = trace.deltas[0][:, 0] * split.X_train[:, 0]
    rng = numbers_for(seed, 2)
    one, many = (each[rng.integers(len(each), size=(DRAWS, size))].mean(axis=1) for size in (1, 16))
    return {
        "one": one.std(),
        "many": many.std(),
        "mean": each.mean(),
        "m1": one.mean(),
        "m16": many.mean(),
        "answer": float(one.std() / many.std()),
    }


def race(seed: int) -> Facts:
    """The same number of epochs with three batch sizes."""
    found = {
        name: train_for(circle(seed, size), EPOCHS).scores[:, 0] for name, size in (("1", 1), ("10", 10), ("all", None))
    }
    ends = [losses[-1] for losses in found.values()]
    n = len(build_split(circle(seed, None)).train)
    return {
        "x": np.arange(EPOCHS + 1.0),
        **{f"b{name}": losses for name, losses in found.items()},
        "e1": ends[0],
        "e10": ends[1],
        "e_all": ends[2],
        "n": n,
        "u1": EPOCHS * n,
        "u10": EPOCHS * updates_per_epoch(n, 10),
        "u_all": EPOCHS,
        "answer": int(np.argmin(ends)),
    }


def same_updates(seed: int) -> Facts:
    """The same number of updates with both sizes."""
    e, n = circle(seed, 10), len(build_split(circle(seed, 10)).train)
    epochs = 12
    updates = epochs * updates_per_epoch(n, 10)
    every = updates // epochs  # updates between two losses of the small batches
    small, full = train_for(e, epochs).scores[:, 0], train_for(circle(seed, None), updates).scores[::every, 0]
    ratio = full[-1] / small[-1]
    return {
        "updates": updates,
        "x": np.arange(0, updates + 1, every),
        "curves": {"batches of 10": small, "all samples": full},
        "small": small[-1],
        "full": full[-1],
        "seen_small": epochs * n,
        "seen_full": updates * n,
        "answer": 0 if ratio < 0.5 else 1 if ratio > 2 else 2,
    }


def shaking(seed: int) -> Facts:
    """A rate that is fine for the full batch, with batches of one sample."""
    rate = 3.0
    full, single = (train_for(circle(seed, size, rate), 60).scores[:, 0] for size in (None, 1))
    tail, calm = single[-20:], full[-20:]
    worse = not np.isfinite(tail).all() or tail.mean() > calm.mean()
    return {
        "x": np.arange(61.0),
        "full": full,
        "single": single,
        "rate": rate,
        "calm": calm.mean(),
        "mean": np.nanmean(tail),
        "low": np.nanmin(tail),
        "high": np.nanmax(tail),
        "answer": 1 if worse else 0,
    }


def sizes(seed: int) -> Facts:
    """How many training points the task's circle has."""
    return {"n": len(build_split(circle(seed, None)).train), "epochs": 40}


def loss_with(seed: int, size: float) -> float:
    """The training loss after 40 epochs with this batch size, rate 0.3."""
    return train_for(circle(seed, int(size), 0.3), 40).training_loss


LESSON = Lesson(
    "batches",
    "Batches",
    "Why not use all samples for every step?",
    "A part of the samples gives a rough gradient for a part of the price: many rough steps beat few exact ones.",
    (
        Step(
            "An *epoch* shows every training sample once, and a *batch* is the part of them that makes one update. What is "
            "left over at the end is a batch too, a short one.",
            "{n} samples in batches of {B}: how many updates does an epoch make?",
            Number("Updates", share=0, near=0.4, whole=True),
            "{full} full batches and one of the {rest} that are left: **{answer}**. The short batch's gradient is the mean "
            "over its own {rest} samples, so each of them pulls harder than in a full one.",
            count,
            before=lambda f, dark: bars(["all samples", "one batch"], [f["n"], f["B"]], "samples", dark, 1),
            source=lambda f: (updates_per_epoch, {"n_samples": f["n"], "batch_size": f["B"]}),
            page="batches",
        ),
        Step(
            "The gradient of a batch is the mean over its samples: right on average, and off by chance. Variances of "
            "independent numbers add up, so a sum of n samples' gradients strays √n times as far as one of them, and their "
            "mean is that sum divided by n.",
            "By which factor is the spread with 16 samples smaller than with 1?",
            Number("Factor", share=0.12),
            "{one:.4f} against {many:.4f}: a factor of **{answer:.2f}**, near 16 / √16 = 4. Sixteen times the work, a "
            "quarter of the error: exactness is dear, and the last bit of it is the dearest. On average both are right "
            "({m1:.4f} and {m16:.4f}; all samples: {mean:.4f}).",
            noise,
            after=lambda f, dark: bars(["1 sample", "16 samples"], [f["one"], f["many"]], "spread of the gradient", dark, 1),
            page="batches",
            recall="The gradients of batches of 16 samples scatter less than those of single samples, by the factor",
        ),
        Step(
            "The same network from the same first weights learns a circle for 20 epochs at the rate 0.03: once with batches "
            "of 1, once of 10, once with all {n} samples in each update. All three see every sample twenty times.",
            "Which has the lowest training loss at the end?",
            Pick(("Batches of 1.", "Batches of 10.", "All samples at once: its gradient is exact."), order=(0, 1, 2)),
            "Batches of 1 end at {e1:.3f}, of 10 at {e10:.3f}, all at once at {e_all:.3f}. They made {u1:,}, {u10:,} and "
            "{u_all} updates: who sees the same samples in smaller helpings takes more steps, and each is good enough.",
            race,
            after=lambda f, dark: curves(
                f["x"], {"batches of 1": f["b1"], "of 10": f["b10"], "all at once": f["ball"]},
                ("epoch", "training loss"), dark,
            ),
            run=lambda seed: circle(seed, 1),
            epochs=EPOCHS,
            page="batches",
            recall="A network learns a circle for 20 epochs with batches of 1, of 10 or of all {n} samples. The lowest "
                   "training loss has:",
        ),
        Step(
            "Now both make the same number of updates, {updates}: one with batches of 10, one with all samples. The second "
            "has seen {seen_full:,} samples by then, the first {seen_small:,}.",
            "Whose training loss is lower?",
            Pick(
                (
                    "That of all samples, by far: it has seen so many more.",
                    "That of the small batches, by far.",
                    "They are close to each other.",
                ),
                order=(1, 2, 0),
            ),
            "{full:.3f} for all samples, {small:.3f} for batches of 10. Step for step the exact gradient is hardly better, "
            "and it cost {seen_full:,} samples. This is why *stochastic* gradient descent is the rule.",
            same_updates,
            after=lambda f, dark: curves(f["x"], f["curves"], ("updates", "training loss"), dark),
            run=lambda seed: circle(seed, None),
            epochs=300,
            recall="Two networks make {updates} updates, one with batches of 10, one with all samples. The lower training "
                   "loss:",
        ),
        Step(
            "The learning rate is now {rate}, a hundred times as large. With all samples in each update the loss still "
            "comes down, to {calm:.3f} in the last of 60 epochs.",
            "And with batches of a single sample?",
            Pick(("It comes down further still: it makes many more steps.", "It stays higher, and shakes.")),
            "It is at {mean:.3f} on average over the last 20 epochs, between {low:.3f} and {high:.3f}. A single sample's "
            "gradient strays the most, and the rate multiplies its error too. Small batches want small steps.",
            shaking,
            kind="break",
            after=lambda f, dark: curves(
                f["x"], {"all samples": f["full"], "one sample": f["single"]}, ("epoch", "training loss"), dark
            ),
            run=lambda seed: circle(seed, 1, 3.0),
            epochs=60,
            page="batches",
            recall="At the rate {rate}, where the loss of all samples still comes down, the loss with batches of a single "
                   "sample:",
        ),
        Step(
            "Large batches suit computers: a whole matrix at a time. You have {epochs} epochs at the rate 0.3, and {n} "
            "training points.",
            "What is the largest batch with which the training loss ends below 0.1?",
            Task("Batch size", (250, 128, 64, 48, 32, 24, 16, 8, 4, 2, 1), loss_with, "training loss", below=0.1),
            "Twice the batch, half the updates in the same epochs. When steps become too few, a larger learning rate can "
            "make up for it, as far as the loss's curvature lets you.",
            sizes,
            kind="task",
            page="batches",
        ),
    ),
)
