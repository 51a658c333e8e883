"""Lesson: how the samples that judge a network get into its making: columns chosen on all rows, copies, and peeking."""

import numpy as np
import plotly.graph_objects as go

from nncore.cache import cached
from nncore.evaluation import LeakOutcome, LeakStudy, expected_luck, luck_bound, simulated_luck
from nncore.experiments.recording.recording import record_all
from pages.parts.figures.lessons.pictures import bars, cells
from pages.parts.lessons.draw import numbers_for
from pages.parts.lessons.lesson import Facts, Lesson, Number, Pick, Sketch, Step, Task

REPEATS = {"selection": 6, "scaling": 20, "duplicates": 5}
POWERS = (0.0, 1.0, 2.0, 3.0, 4.0)  # of ten: how many guess
SHOWN = 6  # rows of a table of noise
ASKED = 100  # rows of the test set that they guess at


def measured(leak: str, seed: int) -> LeakOutcome:
    """The leak measured a few times over, once for everybody."""
    return cached(record_all, LeakStudy(leak, REPEATS[leak], seed), n_bytes=lambda found: found.n_bytes)


def chosen_on_all(seed: int) -> Facts:
    """The score of a network whose columns were chosen on all rows."""
    found, rng = measured("selection", seed), numbers_for(seed, 1)
    table = np.column_stack([rng.standard_normal((SHOWN, 7)), rng.integers(2, size=SHOWN)])
    return {"answer": 100 * found.leaky_says.mean, "repeats": REPEATS["selection"], "table": table}


def part_of_the_table(facts: Facts, dark: bool) -> go.Figure:
    """A few rows and columns of such a table, with the labels at their end."""
    columns = [*(f"column {k + 1}" for k in range(facts["table"].shape[1] - 1)), "label"]
    return cells(facts["table"], [f"row {k + 1}" for k in range(SHOWN)], columns, dark)


def on_fresh_rows(seed: int) -> Facts:
    """What those networks are worth, and what is reported where the choice is made inside the folds."""
    found = measured("selection", seed)
    return {"says": found.leaky_says.mean, "honest": found.honest_says.mean, "answer": 100 * found.leaky_worth.mean}


def scaled(seed: int) -> Facts:
    """The leak of mean and deviation."""
    found = measured("scaling", seed)
    leak = found.leaky_says.mean - found.honest_says.mean
    return {
        "repeats": REPEATS["scaling"],
        "leaky": found.leaky_says.mean,
        "honest": found.honest_says.mean,
        "answer": int(np.digitize(leak, [0.02, 0.1])),
    }


def peeking(seed: int) -> Facts:
    """The best of many who guess, by the formula, and by letting them guess."""
    rng = numbers_for(seed, 4)
    m, n = (1000, 100) if seed == 0 else (int(rng.choice([100, 1000, 10_000])), int(rng.choice([100, 200, 400])))
    return {
        "m": m,
        "n": n,
        "log": np.log(m),
        "root": np.sqrt(2 * np.log(m) / n),
        "guessed": float(simulated_luck(m, n, 50, seed)[:, -1].mean()),
        "answer": 100 * luck_bound(m, n),
    }


def luck_grows(seed: int) -> Facts:
    """The expected best share over how many guess."""
    x = np.linspace(POWERS[0], POWERS[-1], 41)
    y = expected_luck(np.maximum(1, np.round(10**x)), ASKED)
    return {"n": ASKED, "x": x, "y": y, "ten": y[10], "all": y[-1], "answer": expected_luck(10 ** np.array(POWERS), ASKED)}


def copies(seed: int) -> Facts:
    """Rows that occur three times."""
    found = measured("duplicates", seed)
    leak = found.leaky_says.mean - found.leaky_worth.mean
    return {
        "says": found.leaky_says.mean,
        "worth": found.leaky_worth.mean,
        "honest": found.honest_says.mean,
        "answer": 0 if leak > 0.1 else 1 if leak > -0.1 else 2,
    }


def tries(seed: int) -> int:
    """How many networks the task compares."""
    return 100 if seed == 0 else int(numbers_for(seed, 7).choice([20, 100, 500, 2000]))


def enough(seed: int) -> Facts:
    """The task's numbers."""
    return {"m": tries(seed), "needed": 2 * np.log(tries(seed)) / 0.1**2}


def best_by_luck(seed: int, rows: float) -> float:
    """The expected percentage of the best of those who guess on so many rows."""
    return 100 * float(expected_luck(np.array([tries(seed)]), int(rows))[0])


LESSON = Lesson(
    "leaks",
    "What leaks into a score",
    "Can a score be too good?",
    "Yes: whatever looked at the labels that judge, even a choice of columns, has leaked, and fresh samples show it.",
    (
        Step(
            "50 rows have 1,000 columns of pure noise, and labels thrown like coins: there is nothing to learn. We keep "
            "the 20 columns that go best with the labels of all 50 rows, and then a network is trained and tested by "
            "five-fold cross-validation on those 20.",
            "What percentage does it get right on the rows held back?",
            Number("Percent", share=0, near=8),
            "**{answer:.0f} %**, the mean of {repeats} repetitions. Among 1,000 columns of noise some go with any labels, "
            "also with those of the rows held back, for these took part in the choice. Training never saw them, and yet "
            "they have *leaked*.",
            chosen_on_all,
            before=part_of_the_table,
            page="scores",
            settings=lambda seed: {"leak": "selection"},
            recall="The 20 best of 1,000 columns of noise are chosen on all 50 rows, then cross-validated. The score, in "
                   "percent:",
        ),
        Step(
            "The score was {says:%}. The same networks, with the same 20 columns, now answer fresh rows that took part in "
            "nothing.",
            "What percentage do they get right?",
            Number("Percent", share=0, near=5),
            "**{answer:.0f} %**, as a coin does. If the 20 columns are chosen anew inside each fold, on its training rows "
            "alone, cross-validation says {honest:%} and is honest. Whatever looks at labels belongs inside the fold.",
            on_fresh_rows,
            after=lambda f, dark: bars(
                ["leaky score", "fresh rows", "honest score"], [f["says"], f["answer"] / 100, f["honest"]], "share", dark, 1
            ),
            page="scores",
            settings=lambda seed: {"leak": "selection"},
            recall="Networks that scored {says:%}, their columns chosen on all rows, answer fresh rows; right are, in "
                   "percent:",
        ),
        Step(
            "Here there is something to learn, and the columns have very different sizes. They are scaled by the mean and "
            "the deviation of *all* rows, those of the test set too.",
            "By how much is the score too high, compared with scaling by the training rows alone?",
            Pick(("By less than 2 points in a hundred.", "By 2 to 10 points.", "By more than 10 points."), order=(0, 1, 2)),
            "{leaky:%} one way and {honest:%} the other, in {repeats} repetitions. Mean and deviation know next to "
            "nothing of a single row, and nothing of its label. Fit them on the training rows all the same: then nobody has "
            "to ask.",
            scaled,
            after=lambda f, dark: bars(["all rows", "training rows"], [f["leaky"], f["honest"]], "share right", dark),
            page="scores",
            settings=lambda seed: {"leak": "scaling"},
            recall="The inputs are scaled by all rows, those of the test set too. The score is too high:",
        ),
        Step(
            "{m:,} people guess the answers of a test set of {n} yes-or-no rows, and only the best score is published. By "
            "luck it is about 0.5 + 0.5 √(2 ln m / n) for m people and n rows, or a little less.",
            "What does this formula give, in percent?",
            Number("Percent", share=0, near=1),
            "ln {m:,} = {log:.2f}, √(2 · {log:.2f} / {n}) = {root:.3f}, and half of it above one half is **{answer:.1f} "
            "%**. People who really guess come to {guessed:%}. One person who looks {m:,} times at the same test set has "
            "the same luck.",
            peeking,
            source=lambda f: (luck_bound, {"guessers": f["m"], "rows": f["n"]}),
            page="scores",
            settings=lambda seed: {"score_view": "sealed"},
            recall="The best of {m:,} people who guess {n} yes-or-no answers gets by luck, in percent and by the formula:",
        ),
        Step(
            "One person who guesses is right half of the time, on {n} rows as elsewhere. Now 10 guess, 100, 1,000 and "
            "10,000, and we keep the best of them.",
            "Draw how the best share right goes up.",
            Sketch(POWERS, "people, as a power of ten", "best share right", 0.5, 0.8, near=0.12),
            "Ten people already bring it to {ten:%}, and 10,000 to {all:%}: the first looks cost most. Luck grows like "
            "the *root of the logarithm*, so it never comes to much on a large test set.",
            luck_grows,
            source=lambda f: (expected_luck, {"guessers": 10 ** np.array(POWERS), "rows": f["n"]}),
            page="scores",
            settings=lambda seed: {"score_view": "sealed"},
        ),
        Step(
            "We break the split: a table holds each row three times, as happens when tables are joined, and is shuffled "
            "before it is split. Three labels of ten are wrong, so no honest network can be right about more than 70 % of "
            "such labels, on average.",
            "What does the test set say of a network that is large enough to learn rows by heart?",
            Pick(
                (
                    "Far more than it is worth on fresh rows.",
                    "About what it is worth on fresh rows.",
                    "Far less than it is worth on fresh rows.",
                ),
                order=(2, 1, 0),
            ),
            "{says:%}, and on fresh rows it is worth {worth:%}: it met copies of its training rows in the test, with the "
            "same wrong labels. With copies kept on one side the test says {honest:%}. Look for copies before you split.",
            copies,
            kind="break",
            after=lambda f, dark: bars(
                ["leaky score", "fresh rows", "honest score"], [f["says"], f["worth"], f["honest"]], "share right", dark, 0
            ),
            page="scores",
            settings=lambda seed: {"leak": "duplicates"},
            recall="Each row stands three times in a table that is shuffled and split; a large network learns it. The test "
                   "set says:",
        ),
        Step(
            "You want to compare {m:,} networks on one test set, and none of them may look good by luck alone. The best "
            "of {m:,} that only guess shall stay below 55 % on average.",
            "What is the smallest of these test sets that will do?",
            Task(
                "Rows",
                (20, 50, 100, 200, 300, 500, 700, 1000, 1500, 2000),
                best_by_luck,
                "best score by luck, in percent,",
                below=55,
            ),
            "By the formula 2 ln m / n must be below 0.1², so n above {needed:,.0f}, and a few rows fewer will do. Ten "
            "times as many networks need only a little more; half the luck needs four times the rows.",
            enough,
            kind="task",
            source=lambda f: (expected_luck, {"guessers": np.array([f["m"]]), "rows": round(f["needed"])}),
            page="scores",
            settings=lambda seed: {"score_view": "sealed"},
        ),
    ),
)
