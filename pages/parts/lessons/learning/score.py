"""Lesson: what a score is worth: training, validation and test set, and the luck of the best of many."""

import numpy as np

from nncore import Experiment, Network, Trainer
from nncore.experiments.experiment import build_split
from nncore.experiments.short_training import train_for
from nncore.metrics import accuracy
from pages.parts.figures.lessons.pictures import bars
from pages.parts.lessons.draw import numbers_for
from pages.parts.lessons.lesson import Facts, Lesson, Number, Pick, Sketch, Step, Task

COINS, QUESTIONS, FRESH = 100, 30, 20_000
PLACES = (0.0, 50.0, 100.0, 200.0, 300.0, 400.0)
HIGH = 2.0  # of the axis on which the validation loss is drawn


def noisy(seed: int) -> Experiment:
    """A large network, few and noisy samples: it will learn them by heart."""
    return Experiment(
        "moons",
        samples=80,
        noise=30,
        hidden=(16, 16),
        optimizer="adam",
        learning_rate=0.005,
        batch_size=None,
        validation=50,
        test=0,
        data_seed=seed,
        split_seed=seed,
        weight_seed=seed,
    )


def by_heart(seed: int) -> Facts:
    """Accuracy on what was learned from, and on what was not."""
    found, n = train_for(noisy(seed), 400), len(build_split(noisy(seed)).train)
    gap = found.training_score - found.validation_score
    return {
        "n": n,
        "train": found.training_score,
        "valid": found.validation_score,
        "answer": 0 if gap > 0.05 else 1 if gap < -0.05 else 2,
    }


def turns(seed: int) -> Facts:
    """The validation loss over the same training."""
    found = train_for(noisy(seed), 400)
    y, lowest = found.scores[:, 1], int(np.argmin(found.scores[:, 1]))
    return {
        "x": np.arange(401.0),
        "y": np.minimum(y, 9.0),
        "train": found.scores[:, 0],
        "lowest": lowest,
        "best": y[lowest],
        "begin": y[0],
        "last": y[-1],
        "training": found.training_loss,
        "answer": np.minimum(y, HIGH)[[int(p) for p in PLACES]],
    }


def _coins(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The share right (COINS,) of coins that answer yes or no, and the best coin's share on fresh questions."""
    rng = numbers_for(seed, 1)
    answers, truth = rng.random((COINS, QUESTIONS, 1)), rng.integers(2, size=QUESTIONS)
    scores = accuracy(answers, truth, "sigmoid")
    fresh = accuracy(rng.random((FRESH, 1)), rng.integers(2, size=FRESH), "sigmoid")
    return np.asarray(scores), np.asarray(fresh)


def luckiest(seed: int) -> Facts:
    """The best of many coins."""
    scores, _ = _coins(seed)
    return {
        "coins": COINS,
        "n": QUESTIONS,
        "half": QUESTIONS / 2,
        "spread": np.sqrt(QUESTIONS) / 2,
        "far": 2.3,  # above it lies 1 % of a normal distribution
        "scores": 100 * np.sort(scores),
        "mean": scores.mean(),
        "right": round(scores.max() * QUESTIONS),
        "answer": 100 * float(scores.max()),
    }


def once_more(seed: int) -> Facts:
    """The best coin on fresh questions."""
    scores, fresh = _coins(seed)
    return {"best": scores.max(), "fresh": FRESH, "answer": 100 * float(fresh)}


def shuffled(seed: int) -> Facts:
    """A large network that learns labels which were shuffled: there is nothing to be learned."""
    split = build_split(Experiment("moons", samples=80, validation=50, test=0, data_seed=seed, split_seed=seed))
    y = numbers_for(seed, 2).permutation(split.y_train)
    network = Network((2, 64, 64, 1), "tanh", seed=seed)
    Trainer(network, split.X_train, y, "adam", 0.01).advance(1500)
    train = accuracy(network.predict(split.X_train), y, network.output)
    other = accuracy(
        network.predict(split.X_validation), numbers_for(seed, 3).permutation(split.y_validation), network.output
    )
    return {
        "n": len(y),
        "train": train,
        "other": other,
        "P": network.n_parameters,
        "answer": int(np.digitize(train, [0.65, 0.9])),
    }


def smallest(seed: int) -> Facts:
    """The data of the task."""
    return {"n": len(build_split(clean(seed, 1)).validation)}


def clean(seed: int, hidden: int) -> Experiment:
    """A circle without noise, and a hidden layer of this size."""
    return Experiment("circle", hidden=(hidden,), optimizer="adam", data_seed=seed, split_seed=seed, weight_seed=seed)


def validation_loss(seed: int, hidden: float) -> float:
    """The validation loss after 100 epochs with so many hidden neurons."""
    return train_for(clean(seed, int(hidden)), 100).validation_loss


LESSON = Lesson(
    "score",
    "What a score is worth",
    "How good is a network really?",
    "As good as on samples that had no part in making it: not in its training, and not in choosing it among others.",
    (
        Step(
            "A network with 16 and 16 hidden neurons learns {n} points from two moons, so noisy that they overlap. As many "
            "other points are kept aside: the *validation set*.",
            "After 400 epochs, where is its accuracy higher?",
            Pick(("On the points that it learned from.", "On the points kept aside.", "About the same on both.")),
            "{train:%} on the training set, {valid:%} on the validation set. It has numbers enough to bend its border "
            "around every stray point, which is of no use for the next one. This is *overfitting*, and the training score "
            "does not show it.",
            by_heart,
            after=lambda f, dark: bars(["training", "validation"], [f["train"], f["valid"]], "share right", dark, 1),
            run=noisy,
            epochs=400,
            recall="A network of 16 and 16 neurons learned {n} noisy points for 400 epochs. Its accuracy is higher:",
        ),
        Step(
            "In these 400 epochs the training loss falls all the way to {training:.3f}. The *validation* loss begins at "
            "{begin:.2f}; a network that is sure of an answer and wrong pays a large loss for it.",
            "Draw how the validation loss goes.",
            Sketch(PLACES, "epoch", "validation loss", 0.0, HIGH, near=0.15),
            "It is lowest at epoch {lowest}, {best:.2f}, and ends at {last:.2f}: from there on the network learns "
            "the noise by heart. Stopping at the lowest point is *early stopping*, and it needs a validation set to know "
            "when.",
            turns,
            run=noisy,
            epochs=400,
        ),
        Step(
            "Forget networks for a moment: {coins} coins answer the same {n} yes-or-no questions, by being thrown, and we "
            "keep the best. One coin gets {half:.0f} right, give or take {spread:.1f} (the standard deviation), and about "
            "one of {coins} lies at least {far} of these deviations above.",
            "What percentage of the {n} answers does the best coin get right?",
            Number("Percent", share=0, near=6),
            "It has {right} of {n} right, **{answer:.0f} %**, while all coins together have {mean:%}. Nobody knew anything; "
            "the best of many is good *by luck*. Whoever tries a hundred networks and keeps the best has the same luck in "
            "the score.",
            luckiest,
            after=lambda f, dark: bars([str(k + 1) for k in range(len(f["scores"]))], f["scores"], "% right, sorted", dark),
            recall="The best of {coins} coins that answer {n} yes-or-no questions gets right, in percent:",
        ),
        Step(
            "The best coin had {best:%}. It now answers {fresh:,} fresh questions.",
            "What percentage does it get right?",
            Number("Percent", share=0, near=3),
            "**{answer:.1f} %**: it is a coin. A score that was used to *choose* is no longer a fair score. So networks are "
            "chosen on the validation set, and the *test set* is opened once, at the very end.",
            once_more,
            after=lambda f, dark: bars(
                ["when chosen", "on fresh questions"], [100 * f["best"], f["answer"]], "% right", dark, 1
            ),
            recall="A coin that had {best:%}, as the best of many, answers {fresh:,} fresh questions; right are, in "
                   "percent:",
        ),
        Step(
            "We shuffle the labels of {n} training points at random, so that there is nothing to be learned. A network with "
            "two layers of 64 neurons, {P:,} weights and biases, trains on them for 1,500 epochs.",
            "How many of these random labels does it get right on the training set?",
            Pick(("About half.", "About three quarters.", "Nearly all."), order=(0, 1, 2)),
            "{train:%} of them, and {other:%} of other random labels. With {P:,} numbers for {n} points it learns pure "
            "noise by heart. A perfect training score shows that a network is large enough, and nothing more (Zhang et al., "
            "2017).",
            shuffled,
            kind="break",
            after=lambda f, dark: bars(["trained on", "fresh"], [f["train"], f["other"]], "share right", dark, 0),
            recall="Two layers of 64 neurons train for 1,500 epochs on {n} points with random labels; right of these are:",
        ),
        Step(
            "A circle without noise, one hidden layer with tanh, 100 epochs. The judge is the loss on {n} validation "
            "points.",
            "What is the smallest number of hidden neurons with a validation loss below 0.1?",
            Task("Hidden neurons", (1, 2, 3, 4, 5, 6, 8, 12, 16), validation_loss, "validation loss", below=0.1),
            "The smallest network that does it has the fewest numbers to learn by heart with. You have now looked at the "
            "validation set several times: what the winner is really worth, only the test set can say.",
            smallest,
            kind="task",
            run=lambda seed: clean(seed, 4),
            epochs=100,
        ),
    ),
)
