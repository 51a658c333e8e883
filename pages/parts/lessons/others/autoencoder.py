"""Lesson: an autoencoder, which learns without a target, and how else a loss can say what one wants."""

import numpy as np

from nncore import Autoencoder, Trainer
from nncore.cache import cached
from nncore.experiments.architectures import LinearEnd, coded_data, linear_end, principal_errors
from nncore.single_neuron.own_loss import OwnLoss, best_constant, waiting_times
from pages.parts.figures.lessons.parts import layers
from pages.parts.figures.lessons.pictures import bars
from pages.parts.lessons.draw import different, numbers_for
from pages.parts.lessons.lesson import Facts, Lesson, Number, Pick, Step, Task

STARTS = 4
ROWS = 300  # of the digits
Array = np.ndarray


def spread(variances: Array) -> Array:
    """Rows (2 D, D) with mean 0 whose inputs have these variances (D,) and are not correlated."""
    rows = np.diag(np.sqrt(len(variances) * variances))
    return np.concatenate([rows, -rows])


def three_inputs(seed: int) -> Array:
    """The variances (3,) of this lesson's inputs, the largest first."""
    return np.sort(different(numbers_for(seed, 1), 2, 12, 3))[::-1]


def ends(seed: int, code: int) -> list[LinearEnd]:
    """Where linear autoencoders of this code end on the three inputs, from a few starts, trained once for everybody."""
    return cached(_ends, seed, code, n_bytes=1000)


def _ends(seed: int, code: int) -> list[LinearEnd]:
    return [linear_end(spread(three_inputs(seed)), code, start) for start in range(STARTS)]


def principal(seed: int) -> Facts:
    """The error of a linear autoencoder with a code of two numbers."""
    v = three_inputs(seed)
    return {"X": spread(v), "v1": v[0], "v2": v[1], "v3": v[2], "variances": v, "answer": ends(seed, 2)[0].error}


def starts(seed: int) -> Facts:
    """The same from other starts."""
    found = ends(seed, 2)
    excess, angle = max(abs(end.excess) for end in found), max(end.angle for end in found)
    return {
        "n": STARTS, "errors": np.array([end.error for end in found]), "angle": angle, "error": found[0].error,
        "answer": 2 if excess > 1e-3 else 1 if angle > 1 else 0,
    }  # fmt: skip


def minutes(seed: int) -> Facts:
    """Five times, one of them long, and the constants that are best for them."""
    rng = numbers_for(seed, 3)
    y = np.append(np.sort(different(rng, 2, 12, 4)), float(rng.integers(40, 80)))
    shown = rng.permutation(y)
    facts = {f"y{k + 1}": value for k, value in enumerate(shown)}
    return facts | {"y": y, "long": y[-1], "mean": best_constant(y, OwnLoss()), "answer": best_constant(y, OwnLoss(False))}


def prices(seed: int) -> Facts:
    """Two prices for the two kinds of error."""
    low = 9 if seed == 0 else int(numbers_for(seed, 4).choice([3, 4, 9]))
    loss, (_, y) = OwnLoss(False, low, 1), waiting_times(1000, seed)
    constant = best_constant(y, loss)
    return {
        "y": y, "loss": loss, "low": low, "both": low + 1, "n": len(y), "constant": constant,
        "median": best_constant(y, OwnLoss(False)), "answer": 100 * float((y < constant).mean()),
    }  # fmt: skip


def rebuilding(seed: int, code: int) -> tuple[float, float]:
    """The mean squared error of a trained linear autoencoder on its own inputs, and on noise that is like nothing it saw."""
    return cached(_rebuilding, seed, code, n_bytes=100)


def _rebuilding(seed: int, code: int) -> tuple[float, float]:
    X, rng = spread(three_inputs(seed)) / 4, numbers_for(seed, 5)
    model = Autoencoder((3, code, 3), "identity", seed=seed)
    trainer = Trainer(model, X, X, "adam", 0.02, None)
    while trainer.updates < 2000:
        trainer.run_updates(2000 - trainer.updates)
    return model.data_loss(X), model.data_loss(rng.standard_normal((200, 3)))


def no_bottleneck(seed: int) -> Facts:
    """A code with as many numbers as there are inputs."""
    (own, noise), (narrow, narrow_noise) = rebuilding(seed, 3), rebuilding(seed, 2)
    return {
        "own": own, "noise": noise, "narrow": narrow, "narrow_noise": narrow_noise,
        "answer": 2 if own > 0.01 else 1 if noise > 0.01 else 0,
    }  # fmt: skip


def digit_errors(seed: int) -> Array:
    """The share of the digits' variance that codes of 0, 1, 2, ... numbers leave, at best, of some rows of a draw."""
    X = coded_data("digits").X
    errors = principal_errors(X[numbers_for(seed, 6).permutation(len(X))[:ROWS]])
    return errors / errors[0]


def digits(seed: int) -> Facts:
    """The task's numbers."""
    left = digit_errors(seed)
    return {"rows": ROWS, "inputs": len(left) - 1, "two": left[2]}


def left_over(seed: int, code: float) -> float:
    """The percentage of the variance that a linear code of so many numbers loses."""
    return 100 * float(digit_errors(seed)[int(code)])


LESSON = Lesson(
    "autoencoder",
    "Autoencoder",
    "What can a network learn without a target?",
    "What its inputs have in common: it is asked for them again, through a layer too small to hold them all.",
    (
        Step(
            "An *autoencoder* is asked for its own inputs, so nobody has to tell it an answer. Three inputs vary "
            "independently of each other, with variances {v1}, {v2} and {v3}, and must pass through a *code* of two "
            "numbers in a network without activations.",
            "What is the least mean squared error, averaged over the three inputs?",
            Number("Error", share=0.02),
            "It keeps the two inputs that vary most, and of the third it can only say the mean: {v3} / 3 = "
            "**{answer:.3f}**. A linear autoencoder ends exactly at *principal component analysis* (Baldi and Hornik, "
            "1989).",
            principal,
            before=lambda f, dark: layers([["x₁", "x₂", "x₃"], ["", ""], ["x₁", "x₂", "x₃"]], [], dark),
            after=lambda f, dark: bars(["input 1", "input 2", "input 3"], f["variances"], "variance", dark, 2),
            source=lambda f: (principal_errors, {"X": f["X"]}),
            page="autoencoder",
            settings=lambda seed: {"coder": "linear"},
            recall="Three inputs with variances {v1}, {v2} and {v3} pass through a linear code of two numbers. The least "
                   "mean squared error is",
        ),
        Step(
            "We train this network from {n} different random first weights, each until its loss no longer falls. Other "
            "networks can get stuck on the way.",
            "Do they all end with the same error, and does their code hold the same plane of the inputs?",
            Pick(
                (
                    "The same error and the same plane.",
                    "The same error, but other planes: there are many solutions.",
                    "Other errors: some get stuck in a local minimum.",
                )
            ),
            "All end at {error:.3f}, and none of the planes is turned by more than {angle:.2f} degrees against that of "
            "the two largest components. Every other point where the gradient is 0 is a saddle. Only the *directions* "
            "within the plane are each network's own: the numbers of a code have no names.",
            starts,
            after=lambda f, dark: bars([f"start {k + 1}" for k in range(f["n"])], f["errors"], "error at the end", dark),
            page="autoencoder",
            settings=lambda seed: {"coder": "linear"},
            recall="A linear autoencoder is trained from {n} different first weights. All of them end with:",
        ),
        Step(
            "A loss can be just about anything. Five trips took {y1}, {y2}, {y3}, {y4} and {y5} minutes, and we may say "
            "one number for all of them; every minute that we are off costs 1, too few or too many alike.",
            "Which number costs least?",
            Number("Minutes", share=0.001),
            "**{answer}**, the *median*: as many lie below as above, so any step away from it makes more errors larger "
            "than smaller. How long the longest takes, {long}, does not matter. With *squared* errors it is the mean, "
            "{mean}, which that one pulls up.",
            minutes,
            after=lambda f, dark: bars(["median", "mean"], [f["answer"], f["mean"]], "minutes", dark, 0),
            source=lambda f: (best_constant, {"y": f["y"], "loss": OwnLoss(False)}),
            page="autoencoder",
            settings=lambda seed: {"code_use": "losses", "own_loss": "absolute"},
            recall="Trips took {y1}, {y2}, {y3}, {y4} and {y5} minutes, and every minute off costs 1. The cheapest guess is",
        ),
        Step(
            "Now {n:,} trips, and coming late is worse than waiting. A minute too few costs {low}, one too many costs 1.",
            "What percentage of the trips lies below the best number?",
            Number("Percent", share=0, near=2),
            "**{answer:.0f} %**. One minute more helps those above, at {low} each, and hurts those below, at 1 each: they "
            "balance at {low} / {both} of the trips. The best number is {constant:.0f} minutes, the median only "
            "{median:.0f}. The loss decides what a network is good *at*.",
            prices,
            after=lambda f, dark: bars(["median", "two prices"], [f["median"], f["constant"]], "minutes", dark, 1),
            source=lambda f: (best_constant, {"y": f["y"], "loss": f["loss"]}),
            page="autoencoder",
            settings=lambda seed: {
                "code_use": "losses",
                "own_loss": "own",
                "price_low": str(float(prices(seed)["low"])),
                "price_high": "1.0",
            },
            recall="Of {n:,} trips, where a minute too few costs {low} and one too many 1, the percentage below the best "
                   "guess is",
        ),
        Step(
            "We take the bottleneck away: the code gets three numbers for the three inputs. Training goes on as before.",
            "What can this network rebuild almost without error?",
            Pick(
                (
                    "Anything, even noise that is like nothing it was trained on.",
                    "Its own inputs only: noise it has never seen.",
                    "Nothing: without a bottleneck it cannot train.",
                )
            ),
            "Its error is {own:.4f} on its own inputs and {noise:.4f} on noise: it hands everything through and has "
            "learned nothing *about* the inputs. With a code of two it was {narrow:.2f} and {narrow_noise:.2f}. Only what "
            "does not fit through must be understood.",
            no_bottleneck,
            kind="break",
            after=lambda f, dark: bars(
                ["3: own", "3: noise", "2: own", "2: noise"],
                [f["own"], f["noise"], f["narrow"], f["narrow_noise"]],
                "mean squared error",
                dark,
            ),
            page="autoencoder",
            settings=lambda seed: {"code_use": "widths"},
            recall="A linear autoencoder has a code of three numbers for its three inputs. It can rebuild:",
        ),
        Step(
            "{rows} handwritten digits have {inputs} pixels each. A linear autoencoder with two numbers still loses "
            "{two:%} of their variance.",
            "What is the smallest code that loses less than a tenth of it?",
            Task(
                "Code of",
                (2, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 48),
                left_over,
                "loss of variance",
                below=10,
                unit=" numbers",
            ),
            "Neighbouring pixels of a digit go together, so far fewer numbers than pixels will do. What they hold is what "
            "the digits have in common, and not one label was needed for it.",
            digits,
            kind="task",
            page="autoencoder",
            settings=lambda seed: {"code_use": "widths"},
        ),
    ),
)
