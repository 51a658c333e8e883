"""All lessons, step by step, as data: the shape that each must have, and that its answer is what its text says.

The answers are held against numbers reckoned here by another way than the lessons': by hand, by a formula, by counting.
"""

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import softmax
from scipy.stats import norm

from nncore import ACTIVATIONS
from nncore.metrics import accuracy
from nncore.words.corpus import toy_corpus
from nncore.words.text import STOP_WORDS, tokenise
from pages.parts.fields.source import called_text, source_of
from pages.parts.lessons.judge import is_done, judge
from pages.parts.lessons.lesson import KINDS, Number, Pick, Sketch, Step, Task, fill
from pages.parts.lessons.predictions import read_predictions, write_predictions
from pages.parts.lessons.table import CHAPTERS, LESSONS
from pages.parts.page.server import chunk_store  # importing it limits BLAS to one thread
from pages.parts.way.contents import BY_NAME

SEEDS = (0, 7)
STEPS = [(name, k, seed) for name, lesson in LESSONS.items() for k in range(len(lesson.steps)) for seed in SEEDS]


def step_of(name: str, number: int) -> Step:
    assert chunk_store
    return LESSONS[name].steps[number - 1]


def facts_of(name: str, number: int, seed: int):
    return step_of(name, number).known(seed)


def told_pairs(text: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The places and the losses of "at w = 1.9 the loss is 1.4400, at w = 2.1 it is 0.6400"."""
    found = re.findall(r"at w = (\S+) (?:the loss|it) is (\S+\d)", text.replace("−", "-"))
    places, losses = (tuple(map(float, column)) for column in zip(*found, strict=True))
    return places, losses


def right_of(step: Step, seed: int):
    """The right answer as a prediction."""
    right = step.right(seed)
    return (right,) if isinstance(step.answer, Task) else tuple(right) if isinstance(step.answer, Sketch) else right


def wrong_of(step: Step, seed: int):
    """A prediction that is far off."""
    answer, right = step.answer, step.right(seed)
    if isinstance(answer, Pick):
        return (right + 1) % len(answer.options)
    if isinstance(answer, Number):
        return right + 50 + abs(right)
    if isinstance(answer, Sketch):
        middle = (answer.low + answer.high) / 2
        return tuple(answer.high if height < middle else answer.low for height in right)
    return (next(k for k in range(len(answer.options)) if k != right),)


def test_there_are_the_lessons_that_the_way_through_needs():
    assert len(LESSONS) >= 18 and sum(map(len, CHAPTERS.values())) == len(LESSONS)
    assert list(LESSONS) == [
        "weight", "regression", "nonlinear", "matrix", "downhill", "chain", "backpropagation", "first_weights", "batches",
        "restarts", "score", "leaks", "vectors", "attention", "block", "convolution", "recurrence", "autoencoder",
    ]  # fmt: skip


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_asks_breaks_and_sets_one_task_at_its_end(name):
    kinds = [step.kind for step in LESSONS[name].steps]
    assert set(kinds) <= set(KINDS) and kinds.count("break") == kinds.count("task") == 1 and kinds[-1] == "task"
    assert kinds.count("predict") >= 3 and isinstance(LESSONS[name].steps[-1].answer, Task)


@pytest.mark.parametrize("name, number, seed", STEPS)
def test_a_step_says_all_that_it_promises_and_judges_by_what_is_computed(name, number, seed):
    step = LESSONS[name].steps[number]
    facts = step.known(seed)
    options = step.answer.options if isinstance(step.answer, Pick) else ()
    for words in (step.says, step.question, step.why, *options):
        text = fill(words, facts)
        assert text and not re.search(r"[{}]|nan|None|array", text)
    assert fill(step.question, facts).rstrip().endswith(("?", ".", ")"))
    assert step.right(seed) is not None  # with these seeds each task can be done
    assert judge(step, seed, right_of(step, seed)).right and is_done(step, seed, right_of(step, seed))
    assert not judge(step, seed, wrong_of(step, seed)).right
    assert is_done(step, seed, wrong_of(step, seed)) is not isinstance(step.answer, Task)


def test_a_coarse_guess_that_will_do_is_not_called_right():
    step, right = step_of("restarts", 1), step_of("restarts", 1).right(0)
    assert judge(step, 0, right).words.startswith("**Right.**")
    assert judge(step, 0, right + 8).right and judge(step, 0, right + 8).words.startswith("**Near enough.**")
    assert judge(step, 0, right + 20).words.startswith("**Not this time.**")


def test_the_right_option_stands_first_no_more_often_than_elsewhere():
    places = [
        step.answer.offered(f"{name}_{number}_{seed}").index(step.right(seed))
        for name, lesson in LESSONS.items()
        for number, step in enumerate(lesson.steps)
        for seed in SEEDS
        if isinstance(step.answer, Pick)
    ]
    assert max(map(places.count, places)) < 0.5 * len(places)
    pick = Pick(("one", "two", "three"))
    assert sorted(pick.offered("here")) == [0, 1, 2] and pick.offered("here") == pick.offered("here")
    assert len({pick.offered(f"place {k}") for k in range(30)}) == 6


@pytest.mark.parametrize("name, number, seed", [place for place in STEPS if place[2] == 0])
def test_a_step_can_be_drawn_and_shows_the_function_that_computed_its_number(name, number, seed):
    step = LESSONS[name].steps[number]
    for picture in (step.before, step.after):
        for dark in (False, True):
            assert picture is None or picture(step.known(seed), dark).data
    if step.source is not None:
        function, values = step.source(step.known(seed))
        assert function.__name__ in source_of(function) and "ValueError" not in called_text(function, values)


# Numbers that come of a training, of many draws or of counting, not of one call of the core.
COUNTED = {"with_tanh", "pieces", "noise", "share", "luckiest", "once_more", "chosen_on_all", "on_fresh_rows", "blindfolded",
           "counted"}  # fmt: skip


def test_behind_every_number_stands_the_function_that_computed_it():
    without = {step.facts.__name__ for lesson in LESSONS.values() for step in lesson.steps
               if isinstance(step.answer, Number) and step.source is None}  # fmt: skip
    assert without == COUNTED


@pytest.mark.parametrize("name", LESSONS)
def test_a_question_that_is_recalled_later_is_whole_by_itself(name):
    for seed in SEEDS:
        for step in LESSONS[name].steps:
            assert not step.recall or isinstance(step.answer, Number | Pick), "no other answers are recalled"
            if isinstance(step.answer, Number | Pick):
                words = fill(step.recall or step.question, step.known(seed))
                assert not re.search(r"[{}]|\bnan\b|\b(now|that one|as before|does it|its curve)\b", words.lower()), words
                assert len(words) < 240 and words.rstrip()[-1] != "-"


@pytest.mark.parametrize("name", LESSONS)
def test_the_reason_names_the_answer_where_it_is_a_number(name):
    for seed in SEEDS:
        for step in LESSONS[name].steps:
            if isinstance(step.answer, Number):
                assert re.search(r"\*\*[^*]*\d[^*]*\*\*", fill(step.why, step.known(seed))), step.question


@pytest.mark.parametrize("seed", SEEDS)
def test_the_numbers_of_the_lessons_on_neurons(seed):
    f = facts_of("weight", 1, seed)
    assert f["answer"] == pytest.approx(f["w1"] * f["x1"] + f["w2"] * f["x2"] + f["b"])
    f = facts_of("weight", 2, seed)
    assert f["answer"] == 0 and f["change"] == pytest.approx(f["w2"])
    f = facts_of("weight", 3, seed)
    assert f["w"] * f["answer"] + f["b"] == pytest.approx(0)
    line, dot = step_of("weight", 3).after(f, False).data
    assert (dot.x[0], dot.y[0]) == (f["answer"], 0) and np.interp(dot.x[0], line.x, line.y) == pytest.approx(0)
    assert facts_of("weight", 4, seed)["answer"] == 0
    f, task = facts_of("weight", 5, seed), step_of("weight", 5)
    assert task.answer.options[task.right(seed)] == min(w for w in task.answer.options if w * f["gap"] > np.log(99))

    f = facts_of("regression", 1, seed)
    assert f["answer"] == pytest.approx(np.polyfit([0, 1, 2], f["y"], 1)[0])
    f = facts_of("regression", 2, seed)
    assert f["answer"] == 0 and f["first"] == pytest.approx(np.polyfit(f["X"][:, 0], f["y"], 1), abs=1e-3)
    f = facts_of("regression", 3, seed)
    assert f["answer"] == pytest.approx(100 * f["large"] ** 2 / (f["large"] ** 2 + 11 * f["small"] ** 2))
    assert f["absolute"] == pytest.approx(100 * f["large"] / (f["large"] + 11 * f["small"]))
    assert facts_of("regression", 4, seed)["answer"] == 0
    task = step_of("regression", 5)
    assert task.answer.options[task.right(seed)] < facts_of("regression", 5, seed)["bound"]

    f = facts_of("nonlinear", 1, seed)
    assert (f["many"], f["answer"]) == (f["h"] * (f["d"] + 1) + f["k"] * (f["h"] + 1), f["k"] * (f["d"] + 1))
    assert facts_of("nonlinear", 2, seed)["answer"] == 0 and facts_of("nonlinear", 3, seed)["answer"] > 90
    f = facts_of("nonlinear", 4, seed)
    assert f["answer"] == f["h"] + 1
    assert facts_of("nonlinear", 5, seed)["answer"] == 0


def test_the_counts_of_the_textbooks_network():
    assert facts_of("matrix", 1, 0)["answer"] == 0 and facts_of("matrix", 1, 0)["h"] == 16
    assert facts_of("matrix", 2, 0)["answer"] == 784 * 16 + 16 + 16 * 10 + 10 == 12_730
    f = facts_of("matrix", 3, 0)
    assert (f["told"], f["c28"], f["c24"], f["answer"]) == (11_834, 12_730, 576 * 16 + 16 + 170, 1)
    reason = fill(step_of("matrix", 3).why, f)
    assert f["rest"] / 16 == 728 and "12,730" in reason and "9,402" in reason
    assert facts_of("matrix", 2, 1)["answer"] == 785 * 30 + 31 * 10
    assert facts_of("matrix", 4, 0)["answer"] == 0 and facts_of("matrix", 5, 0)["answer"] == 0
    task = step_of("matrix", 6)
    assert [task.answer.options[task.right(seed)] for seed in (0, 1)] == [(10_000 - 10) // 795, (10_000 - 10) // 587]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_numbers_of_descent_and_of_the_chain_rule(seed):
    f = facts_of("downhill", 1, seed)
    assert f["answer"] == pytest.approx(2 * (f["w"] * f["x"] - f["y"]) * f["x"])
    (left, right), (before, after) = told_pairs(fill(step_of("downhill", 1).question, f))
    assert (after - before) / (right - left) == pytest.approx(f["answer"], rel=0.005)  # from what the screen says alone
    drawn = [(dot.x[0], dot.y[0]) for dot in step_of("downhill", 1).before(f, False).data[1:]]
    assert drawn == [pytest.approx((left, before), abs=1e-4), pytest.approx((right, after), abs=1e-4)]
    _, tangent, here = step_of("downhill", 1).after(f, False).data
    rise = np.gradient(tangent.y, tangent.x)
    assert rise[np.isfinite(rise)] == pytest.approx(f["answer"])
    for touching in (tangent.y, f["losses"]):
        assert np.interp(here.x[0], tangent.x, touching) == pytest.approx(here.y[0])
    g = facts_of("downhill", 2, seed)
    assert g["answer"] == pytest.approx(f["w"] - 0.05 * f["answer"])
    *_, dot, ball = step_of("downhill", 2).after(g, False).data
    assert (dot.x[0], ball.x[0], ball.y[0]) == (g["w"], g["answer"], g["lower"]) and dot.marker.symbol == "circle-open"
    assert g["lower"] == pytest.approx((g["answer"] * f["x"] - f["y"]) ** 2) and g["lower"] < g["loss"]
    f = facts_of("downhill", 3, seed)
    assert f["first"] > f["tenth"] > f["last"] and f["early"] > 0.5
    says = fill(step_of("downhill", 3).says, f)
    assert all(known in says for known in ("rate 0.5", f"{f['first']:.2f}", f"{f['last']:.2f}"))
    assert facts_of("downhill", 4, seed)["answer"] == 0
    f = facts_of("downhill", 5, seed)
    assert f["answer"] == 1 and f["losses"][1] == pytest.approx(f["factor"] ** 2 * f["losses"][0])
    f = facts_of("downhill", 6, seed)
    assert f["bound"] == pytest.approx(1 / (f["x"] ** 2 + 1))

    f = facts_of("chain", 1, seed)
    a = 1 / (1 + np.exp(-(f["w"] * f["x"] + f["b"])))
    assert f["answer"] == pytest.approx(2 * a) and facts_of("chain", 2, seed)["answer"] == pytest.approx(a * (1 - a))
    f = facts_of("chain", 3, seed)
    assert f["answer"] == pytest.approx(2 * a * a * (1 - a) * f["x"]) == pytest.approx(f["nudged"], rel=1e-5)
    assert facts_of("chain", 4, seed)["answer"] == pytest.approx(a)  # a - y with y = 0
    assert facts_of("chain", 5, seed)["answer"] == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_the_numbers_of_backpropagation(seed):
    f = facts_of("backpropagation", 1, seed)
    assert f["answer"] == pytest.approx(f["v1"] * f["d1"] + f["v2"] * f["d2"], abs=1e-5)
    g = facts_of("backpropagation", 2, seed)
    assert g["arrives"] == f["answer"] and g["answer"] == pytest.approx(g["arrives"] * (1 - g["a"] ** 2))
    f = facts_of("backpropagation", 3, seed)
    assert f["answer"] == pytest.approx((f["d1"] * f["x1"] + f["d2"] * f["x2"]) / 2) == pytest.approx(f["nudged"], abs=1e-7)
    f = facts_of("backpropagation", 4, seed)
    assert f["answer"] == 2 * (3 * f["h"] + f["h"] + 1)
    f = facts_of("backpropagation", 5, seed)
    assert f["answer"] == 0 and f["after"] == 0 < f["outgoing"]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_numbers_of_first_weights_and_batches(seed):
    assert facts_of("first_weights", 1, seed)["answer"] == 1 and facts_of("first_weights", 2, seed)["answer"] == 0
    for number in (1, 2):
        f = facts_of("first_weights", number, seed)
        table = step_of("first_weights", number).after(f, False).data[0]
        assert list(table.x) == ["x₁", "x₂", "bias"] and np.array_equal(table.z[:, 2], f["network"].biases[0])
        assert len(np.unique(np.round(table.z, 6), axis=0)) == (f["answer"] if number == 1 else f["n"])  # counted by eye
    f = facts_of("first_weights", 3, seed)
    assert f["answer"] == pytest.approx(f["n"] ** 0.5) and f["measured"] == pytest.approx(f["answer"], rel=0.05)
    f = facts_of("first_weights", 4, seed)
    assert f["answer"] == pytest.approx(2) and f["left"] == pytest.approx(0.5, abs=0.01)
    f = facts_of("first_weights", 5, seed)
    assert f["answer"] == pytest.approx((2 / (f["n_in"] + f["n_out"])) ** 0.5)
    assert facts_of("first_weights", 6, seed)["answer"] == 2

    f = facts_of("batches", 1, seed)
    assert f["answer"] == -(-f["n"] // f["B"]) == f["full"] + 1
    assert facts_of("batches", 2, seed)["answer"] == pytest.approx(4, rel=0.1)
    assert judge(step_of("batches", 2), seed, 16 / 16**0.5).right  # as the screen's rule says
    f = facts_of("batches", 3, seed)
    assert f["answer"] == 0 and f["e1"] < f["e10"] < f["e_all"]
    assert facts_of("batches", 4, seed)["answer"] == 2 and facts_of("batches", 5, seed)["answer"] == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_the_numbers_of_restarts_and_scores(seed):
    f = facts_of("restarts", 1, seed)
    assert f["answer"] == pytest.approx(100 * (f["losses"] < 0.01).mean()) and 5 < f["answer"] < 50
    p, n = f["answer"] / 100, facts_of("restarts", 2, seed)["answer"]
    assert (1 - p) ** n <= 0.05 < (1 - p) ** (n - 1)
    assert facts_of("restarts", 3, seed)["answer"] == 1
    f = facts_of("restarts", 4, seed)
    assert f["answer"] == 1 and f["loss"] == pytest.approx(np.log(2), abs=1e-3)
    f = facts_of("restarts", 5, seed)
    assert f["answer"] == 1 and f["loss"] == pytest.approx(np.log(2))

    f = facts_of("score", 1, seed)
    assert f["answer"] == 0 and f["train"] > f["valid"]
    f = facts_of("score", 2, seed)
    assert 0 < f["lowest"] < 400 and f["best"] < f["last"]
    assert f"begins at {f['answer'][0]:.2f}" in fill(step_of("score", 2).says, f).replace("\n", " ")
    f = facts_of("score", 3, seed)
    assert 60 < f["answer"] < 90 and norm.sf(f["far"]) == pytest.approx(1 / f["coins"], rel=0.1)
    reckoned = 100 * (f["half"] + f["far"] * f["spread"]) / f["n"]  # from what the screen says
    assert judge(step_of("score", 3), seed, reckoned).right
    assert facts_of("score", 4, seed)["answer"] == pytest.approx(50, abs=2)
    assert facts_of("score", 5, seed)["answer"] == 2


@pytest.mark.parametrize("seed", SEEDS)
def test_the_numbers_of_words_and_attention(seed):
    assert facts_of("vectors", 1, seed)["answer"] == 0
    f = facts_of("vectors", 2, seed)
    assert f["answer"] == pytest.approx(f["d"] ** -0.5, rel=0.1)
    f = facts_of("vectors", 3, seed)
    near = [0 < abs(i - j) <= f["w"] for i in range(f["T"]) for j in range(f["T"])]
    assert f["answer"] == sum(near) == f["all"] - f["missing"]
    assert facts_of("vectors", 4, seed)["answer"] == 0 and facts_of("vectors", 5, seed)["answer"] == 0

    f = facts_of("vectors", 4, seed)
    assert 2 * f["times"] == sum(  # a pair is counted for either word, here within two places
        (a, b) in ((f["word"], f["beside"]), (f["beside"], f["word"]))
        for sentence in map(tokenise, toy_corpus())
        for i, a in enumerate(sentence)
        for b in (*sentence[max(0, i - 2) : i], *sentence[i + 1 : i + 3])
    )
    assert not STOP_WORDS & set(f["three"]) and f["cosines"][0] == f["cosines"].max()

    f = facts_of("attention", 1, seed)
    assert f["answer"] == f["x2"] * f["x3"]
    f = facts_of("attention", 2, seed)
    assert f["answer"] == pytest.approx(f["x1"] ** 2) == pytest.approx(f["m12"] * f["m13"] / f["m23"])
    assert facts_of("attention", 3, seed)["answer"] == 1 and facts_of("attention", 3, seed)["same"] == 0
    f = facts_of("attention", 4, seed)
    assert f["answer"] == pytest.approx(1 / (1 + np.exp(-1) + np.exp(-2)))
    powers = [float(power) for power in step_of("attention", 4).before(f, False).data[0].text[1]]  # on screen before
    assert max(powers) / sum(powers) == pytest.approx(f["answer"], abs=0.02)
    f = facts_of("attention", 5, seed)
    assert f["answer"] == pytest.approx(f["w1"] * f["v1"] + f["w2"] * f["v2"] + f["w3"] * f["v3"])
    f = facts_of("attention", 6, seed)
    assert f["measured"] == pytest.approx(f["answer"], rel=0.06) and f["answer"] == f["d"] ** 0.5
    says = fill(step_of("attention", 6).says, f)
    assert "variances of independent terms add up" in says and "root of the variance" in says and "√" not in says
    f = facts_of("attention", 7, seed)
    assert f["answer"] == 1
    assert softmax(f["scores"]).max() > 0.75  # what is on screen is no exception from the answer


@pytest.mark.parametrize("seed", SEEDS)
def test_the_numbers_of_the_transformer_block(seed):
    assert facts_of("block", 1, seed)["answer"] == 0
    f = facts_of("block", 2, seed)
    assert f["answer"] == f["T"] * (f["T"] + 1) // 2
    f = facts_of("block", 3, seed)
    assert (f["other"], f["answer"]) == pytest.approx((-1, 1), abs=1e-4)
    f = facts_of("block", 4, seed)
    assert (f["a"], f["f"], f["answer"]) == (4 * f["d"] ** 2, 4 * f["d"] ** 2 + 3 * f["d"], 1)
    assert facts_of("block", 5, seed)["answer"] == 1
    f = facts_of("block", 6, seed)
    assert f["answer"] == sum(f["T"] - 1 - k <= k for k in range(f["T"]))
    f = facts_of("block", 7, seed)
    assert (f["answer"], f["steps"], f["double"]) == (7, f["length"] + 1, 2 * f["length"] + 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_numbers_of_leaks(seed):
    assert 80 < facts_of("leaks", 1, seed)["answer"] <= 100  # 92 % or so, where 50 is all that there is
    f = facts_of("leaks", 2, seed)
    assert f["answer"] == pytest.approx(50, abs=4) and f["honest"] < 0.65
    assert facts_of("leaks", 3, seed)["answer"] == 0
    f = facts_of("leaks", 4, seed)
    assert f["answer"] == pytest.approx(50 + 50 * (2 * np.log(f["m"]) / f["n"]) ** 0.5)
    assert 52 < 100 * f["guessed"] < f["answer"]
    f = facts_of("leaks", 5, seed)
    assert f["answer"][0] == pytest.approx(0.5) and f["ten"] == pytest.approx(f["answer"][1])
    assert np.all(np.diff(f["answer"]) > 0) and np.all(np.diff(f["answer"], 2) < 0)
    f = facts_of("leaks", 6, seed)
    assert f["answer"] == 0 and f["says"] > 0.7 > f["worth"] and f["honest"] < f["says"] - 0.1
    task, f = step_of("leaks", 7), facts_of("leaks", 7, seed)
    rng, rows = np.random.default_rng(3), int(task.answer.options[task.right(seed)])
    guessed = 100 * rng.binomial(rows, 0.5, (400, f["m"])).max(axis=1).mean() / rows
    assert guessed == pytest.approx(task.answer.value(seed, task.right(seed)), abs=0.3) and guessed < 55.3


@pytest.mark.parametrize("seed", SEEDS)
def test_the_numbers_of_convolution(seed):
    f = facts_of("convolution", 1, seed)
    seen = f["picture"][f["row"] - 1 : f["last_row"], f["column"] - 1 : f["last_column"]]
    assert seen.shape == (3, 3) and f["answer"] == sum(f["s"] * (row[2] - row[0]) for row in seen) != 0
    f = facts_of("convolution", 2, seed)
    assert f["answer"] == f["n"] * (f["k"] ** 2 + 1) and f["dense"] == 64 * f["n"] * 65
    f = facts_of("convolution", 3, seed)
    assert f["answer"] == 0 and np.array_equal(f["map"][:, :-2], f["map_moved"][:, 2:]) and np.any(f["map"])
    f = facts_of("convolution", 4, seed)
    assert f["answer"] == 2 * f["k"] - 1
    f = facts_of("convolution", 5, seed)
    assert (f["answer"], f["inside"], f["at_left"], f["at_right"]) == (2 * f["side"], 0, 3, -3)
    task, f = step_of("convolution", 6), facts_of("convolution", 6, seed)
    assert task.answer.options[task.right(seed)] == np.ceil((f["row"] - 1) / 2)
    assert f["widths"] == [3, 5, 7, 9, 11, 13, 15, 17]


def test_the_first_filters_have_the_number_of_parameters_that_one_reckons():
    assert facts_of("convolution", 2, 0)["answer"] == 80 and facts_of("convolution", 2, 0)["dense"] == 33_280


@pytest.mark.parametrize("seed", SEEDS)
def test_the_numbers_of_recurrence(seed):
    f = facts_of("recurrence", 1, seed)
    assert f["answer"] == pytest.approx(f["w"] ** f["k"]) and f["shares"] == pytest.approx(f["w"] ** np.arange(f["k"] + 1))
    f = facts_of("recurrence", 2, seed)
    assert f["answer"] == pytest.approx(f["w"] ** np.array([0, 1, 2, 4, 6, 8]))
    f = facts_of("recurrence", 3, seed)
    assert f["plain"] == f["h"] * (f["d"] + f["h"] + 2) and f["answer"] == 3 * f["plain"]
    f = facts_of("recurrence", 4, seed)
    assert f["answer"] == 0 and f["plain"] > f["gated"] + 0.03
    f = facts_of("recurrence", 5, seed)
    assert f["answer"] == 0 and f["short"] < 0.65 and f["whole"] > 0.85
    f = facts_of("recurrence", 6, seed)
    assert f["answer"] == 2 and f["times"] == pytest.approx(f["w"] ** f["k"]) and f["sum"] == pytest.approx(f["w"] * f["k"])
    task, f = step_of("recurrence", 7), facts_of("recurrence", 7, seed)
    assert task.answer.options[task.right(seed)] == min(w for w in task.answer.options if w ** f["k"] > 0.1) > f["root"]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_numbers_of_the_autoencoder(seed):
    f = facts_of("autoencoder", 1, seed)
    assert f["v1"] > f["v2"] > f["v3"] and f["answer"] == pytest.approx(f["v3"] / 3, rel=1e-5)
    f = facts_of("autoencoder", 2, seed)
    assert f["answer"] == 0 and f["angle"] < 0.5 and f["errors"] == pytest.approx(f["error"], rel=1e-5)
    f = facts_of("autoencoder", 3, seed)
    assert f["answer"] == np.median(f["y"]) and f["mean"] == pytest.approx(f["y"].mean())
    f = facts_of("autoencoder", 4, seed)
    assert f["answer"] == pytest.approx(100 * f["low"] / (f["low"] + 1), abs=0.2) and f["constant"] > f["median"]
    f = facts_of("autoencoder", 5, seed)
    assert f["answer"] == 0 and max(f["own"], f["noise"]) < 0.01 < min(f["narrow"], f["narrow_noise"])
    task = step_of("autoencoder", 6)
    code = int(task.answer.options[task.right(seed)])
    assert 10 < code < 40 and task.answer.value(seed, task.right(seed)) < 10 < facts_of("autoencoder", 6, seed)["two"] * 100


def test_the_number_of_lessons_that_is_told_is_that_of_the_table():
    told = {18: "eighteen", 19: "nineteen", 20: "twenty"}[len(LESSONS)]
    assert f"{told} short lessons" in BY_NAME["lessons"].answer
    assert f"**Lessons**: {told}" in Path("README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LESSONS)
def test_a_tasks_best_option_is_the_first_that_reaches_the_target(name):
    step = LESSONS[name].steps[-1]
    for seed in SEEDS:
        values = [step.answer.value(seed, k) for k in range(step.right(seed) + 1)]
        reached = [step.answer.above < value < step.answer.below for value in values]
        assert reached == [False] * step.right(seed) + [True]


@settings(max_examples=15)
@given(seed=st.integers(0, 999))
def test_the_reckoning_of_the_first_lesson_holds_for_every_seed(seed):
    f = facts_of("weight", 1, seed)
    assert f["answer"] == pytest.approx(f["p1"] + f["p2"] + f["b"]) and facts_of("weight", 2, seed)["answer"] == 0
    f = facts_of("weight", 4, seed)
    near, _, number = f["near"].rpartition(" ")
    answer, told = 1 / (1 + np.exp(-0.1 * f["w100"])), float(number)
    assert answer < told if near == "below" else answer > told if near == "above" else abs(answer - told) < 1e-4
    f = facts_of("chain", 3, seed)
    assert f["answer"] == pytest.approx(f["dLda"] * f["dadz"] * f["x"])


def test_predictions_come_back_from_their_text():
    lesson = LESSONS["downhill"]
    told = [1.5, None, (1.0, 0.5, 0.25, 0.2, 0.1, 0.1, 0.0), 2, None, (3, 1)]
    assert read_predictions(lesson, write_predictions(told)) == told
    assert write_predictions([None] * 6) == "" and read_predictions(lesson, "") == [None] * 6


@pytest.mark.parametrize("text", ["1,2,3,4,5,6,7", "nan", "x", ",,0.5:0.5", ",,,9", ",,,0.5", ",,,,,99", "1:2", "1e999"])
def test_predictions_that_cannot_be_are_refused(text):
    with pytest.raises(ValueError):
        read_predictions(LESSONS["downhill"], text)


def test_a_text_writes_numbers_as_people_do():
    facts = {"w": -0.5, "n": 12_730, "share": 0.875, "small": 0.00001234}
    text = fill("{w} · {w:()} = {n} at {share:%}, {w:.2f}, {small}", facts)
    assert text == "−0.5 · (−0.5) = 12,730 at 88\u00a0%, −0.50, 1.234·10⁻⁵"


def test_a_wrong_sign_and_a_factor_of_two_are_named():
    step = step_of("downhill", 1)
    right = step.right(0)
    assert "sign" in judge(step, 0, -right).words and "factor of two" in judge(step, 0, right / 2).words
    assert judge(step, 0, 1.04 * right).words.startswith("**Nearly.**") and not judge(step, 0, 1.04 * right).right
    assert judge(step, 0, 1.06 * right).words.startswith("**Not this time.**")


def test_a_coin_is_scored_as_a_network_is():
    assert ACTIVATIONS and accuracy(np.array([[0.9], [0.2]]), np.array([1, 1]), "sigmoid") == 0.5
