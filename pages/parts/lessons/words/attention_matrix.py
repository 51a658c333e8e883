"""Lesson: the attention matrix, from the outer product to queries, keys and values."""

import numpy as np

from nncore.attention.attention import attention_scores, masked_softmax, scaled_dot_product_attention
from nncore.attention.scaling import score_spread
from nncore.words.outer_product import diagonal_from_rest, hide_diagonal, outer_product
from pages.parts.figures.lessons.pictures import bars, cells, piles
from pages.parts.lessons.draw import different, numbers_for, tenths
from pages.parts.lessons.lesson import Facts, Lesson, Number, Pick, Step, Task

WORDS = ("the", "green", "cat")
EIGHT = tuple(f"word {k}" for k in range(1, 9))


def by_numbers(seed: int) -> dict[str, str]:
    """The settings of the page *Attention* under which every number is there."""
    return {"step": "numbers"}


def outer(seed: int) -> Facts:
    """The outer product of three words with one number each."""
    x = different(numbers_for(seed, 1), -5, 5, 3)
    M = outer_product(x)
    return {"x1": x[0], "x2": x[1], "x3": x[2], "x": x, "M": M, "answer": float(M[1, 2])}


def hidden(seed: int) -> Facts:
    """A cell of the diagonal from the cells beside it."""
    x = different(numbers_for(seed, 2), -5, 5, 3)
    M = outer_product(x)
    painted = np.where(np.eye(len(M)), np.nan, M)
    return {"m12": M[0, 1], "m13": M[0, 2], "m23": M[1, 2], "painted": painted, "hid": hide_diagonal(M), "M": M, "x1": x[0],
            "answer": float(diagonal_from_rest(hide_diagonal(M), 1)[0])}  # fmt: skip


def one_way(seed: int) -> Facts:
    """The product of queries and keys, and whether it is symmetric."""
    rng = numbers_for(seed, 3)
    E, W_Q, W_K = tenths(rng, -1.5, 1.5, 3, 2), tenths(rng, -1.5, 1.5, 2, 2), tenths(rng, -1.5, 1.5, 2, 2)
    M, Q, K = outer_product(E), E @ W_Q.T, E @ W_K.T
    S = attention_scores(Q, K, 1.0)
    gap = float(np.abs(S - S.T).max())
    return {"Q": Q, "K": K, "M": M, "S": S, "there": S[1, 2], "back": S[2, 1], "plain": M[1, 2],
            "same": float(np.abs(M - M.T).max()), "answer": 0 if gap < 1e-9 else 1}  # fmt: skip


def softened(seed: int) -> Facts:
    """Three scores through a softmax."""
    rng = numbers_for(seed, 4)
    scores = rng.permutation(np.array([2.0, 1.0, 0.0])) + float(rng.integers(-1, 3))
    weights = masked_softmax(scores[None])[0]
    named = {f"s{k + 1}": score for k, score in enumerate(scores)} | {f"w{k + 1}": w for k, w in enumerate(weights)}
    return {**named, "scores": scores, "weights": weights, "top": float(scores.max()), "powers": np.exp(scores),
            "p": float(np.exp(scores).max()), "sum": float(np.exp(scores).sum()), "answer": weights.max()}  # fmt: skip


def mixed(seed: int) -> Facts:
    """The weighted mean of the values."""
    weights = softened(seed)["weights"].round(2)
    v = different(numbers_for(seed, 5), -9, 9, 3)
    named = {f"w{k + 1}": w for k, w in enumerate(weights)} | {f"v{k + 1}": value for k, value in enumerate(v)}
    return {**named, "weights": weights, "answer": float(weights @ v)}


def root(seed: int) -> Facts:
    """The spread of dot products of random vectors."""
    rng = numbers_for(seed, 6)
    d = int(rng.choice([16, 64, 100, 256]))
    Q, K = rng.standard_normal((2, 2000, d))
    scores = (Q * K).sum(axis=1)
    measured = float(scores.std())
    return {"d": d, "scores": scores, "measured": measured, "scaled": measured / np.sqrt(d), "answer": float(np.sqrt(d))}


def largest_weight(seed: int, d: int, scaled: bool) -> float:
    """The mean over many queries of the largest of 8 attention weights, for random queries and keys of d numbers."""
    Q, K = numbers_for(seed, 7).standard_normal((2, 200, 8, d))
    _, weights = scaled_dot_product_attention(Q, K, K, scale=None if scaled else 1.0)
    return float(weights.max(axis=-1).mean())


def unscaled(seed: int) -> Facts:
    """Attention with and without the division by the root of d."""
    d = int(numbers_for(seed, 8).choice([128, 256, 512]))
    without, with_it = largest_weight(seed, d, False), largest_weight(seed, d, True)
    Q, K = numbers_for(seed, 9).standard_normal((2, 8, d))
    # Shown is a query as most of them are, and not one that happens to be undecided.
    usual = int(np.abs(masked_softmax(attention_scores(Q, K, 1.0)).max(axis=-1) - without).argmin())
    return {
        "d": d, "root": np.sqrt(d), "Q": Q[usual, None], "K": K, "scores": attention_scores(Q[usual, None], K, 1.0)[0],
        "without": without, "with": with_it, "answer": 1 if without > 0.8 else 2 if without < 0.2 else 0,
    }  # fmt: skip


def sizes(seed: int) -> Facts:
    """The curve that the task is about."""
    return {"d": np.array([1, 2, 4, 8, 16, 32, 64]), "scaled": largest_weight(seed, 64, True)}


def mean_largest(seed: int, d: float) -> float:
    """The mean largest weight without scaling."""
    return largest_weight(seed, int(d), False)


LESSON = Lesson(
    "attention",
    "The attention matrix",
    "How does one word attend to another?",
    "Every query meets every key in a dot product; a softmax makes weights of a row, and the values are mixed by them.",
    (
        Step(
            "Give each of three words one number: *the* {x1}, *green* {x2}, *cat* {x3}. The *outer product* M multiplies "
            "every word with every word, one row and one column per word.",
            "Which number stands in the row of *green* and the column of *cat*?",
            Number("M", share=0.001),
            "{x2:()} · {x3:()} = **{answer}**. With several numbers per word, a row of a matrix E, the cell is a dot "
            "product, the sum of such terms: M = E Eᵀ, also called the *Gram matrix*. Attention begins with this table.",
            outer,
            before=lambda f, dark: cells(np.vstack((f["M"][:1], np.full((2, 3), np.nan))), WORDS, WORDS, dark),
            after=lambda f, dark: cells(f["M"], WORDS, WORDS, dark),
            source=lambda f: (outer_product, {"E": f["x"]}),
            page="words",
            recall="With one number per word, *green* {x2} and *cat* {x3}, their cell in the outer product is",
        ),
        Step(
            "Now the three words have other numbers, which you are not told. In their table the diagonal is hidden, where "
            "each word meets itself; the rest is there: M₁₂ = {m12}, M₁₃ = {m13}, M₂₃ = {m23}.",
            "Which number is hidden in the first cell, M₁₁?",
            Number("M₁₁", share=0.001),
            "M₁₂ · M₁₃ / M₂₃ = (x₁x₂)(x₁x₃) / (x₂x₃) = x₁² = {m12:()} · {m13:()} / {m23:()} = **{answer}**. The diagonal "
            "says nothing that the other cells do not say already, so a network can learn to fill it in.",
            hidden,
            before=lambda f, dark: cells(f["painted"], WORDS, WORDS, dark),
            after=lambda f, dark: cells(f["M"], WORDS, WORDS, dark),
            source=lambda f: (diagonal_from_rest, {"M": f["hid"], "dimensions": 1}),
            page="words",
            recall="Where M₁₂ = {m12}, M₁₃ = {m13} and M₂₃ = {m23} in an outer product, its hidden first cell M₁₁ is",
        ),
        Step(
            "Let each word be a vector e, a row of E. In E Eᵀ *green* scores *cat* as *cat* scores *green*. So two learned "
            "matrices make of each e a *query* $W_Q e$ (what am I looking for?) and a *key* $W_K e$ (what do I offer?), the "
            "rows of Q and K.",
            "In Q Kᵀ, is the score of *green* for *cat* the same as that of *cat* for *green*?",
            Pick(("Yes: a dot product does not depend on the order.", "No, in general they differ.")),
            "Here they are {there:.3f} and {back:.3f}; in E Eᵀ both were {plain:.3f}. One is query(green) · key(cat), the "
            "other query(cat) · key(green): four different vectors. An adjective can need its noun without the noun needing "
            "it.",
            one_way,
            before=lambda f, dark: cells(f["M"], WORDS, WORDS, dark, ("E Eᵀ", "")),
            after=lambda f, dark: cells(f["S"], WORDS, WORDS, dark, ("key word", "query word")),
            source=lambda f: (attention_scores, {"Q": f["Q"], "K": f["K"], "scale": 1.0}),
            page="attention",
            settings=by_numbers,
            recall="Queries and keys are made by two matrices. Is the score of *green* for *cat* that of *cat* for *green*?",
        ),
        Step(
            "A row of scores becomes weights by the *softmax*: e = 2.718 to the power of each score, divided by the sum of "
            "these powers. All weights are above 0 and add up to 1.",
            "The scores of a row are {s1}, {s2} and {s3}, and the table has their powers of e. How large is the largest "
            "weight?",
            Number("Weight", share=0, near=0.02),
            "{p:.2f} / {sum:.2f} = **{answer:.3f}**. Only differences of scores count: with the largest, {top}, subtracted "
            "from all, it is 1 / (1 + 0.368 + 0.135), which is the same. One point more of score makes a weight 2.718 times "
            "as large.",
            softened,
            before=lambda f, dark: cells(np.array([f["scores"], f["powers"]]), ["score", "power of e"], WORDS, dark),
            after=lambda f, dark: cells(np.array([f["scores"], f["weights"]]), ["score", "weight"], WORDS, dark),
            source=lambda f: (masked_softmax, {"scores": f["scores"][None]}),
            page="attention",
            settings=by_numbers,
            recall="A softmax makes weights of the scores {s1}, {s2} and {s3}; the largest is",
        ),
        Step(
            "The third role is the *value* $W_V e$: what a word gives when it is attended to. The output of a query is the "
            "mean of all values, weighted by the row.",
            "Weights {w1}, {w2}, {w3}; values {v1}, {v2}, {v3}. What is the output?",
            Number("Output", share=0.01),
            "{w1} · {v1:()} + {w2} · {v2:()} + {w3} · {v3:()} = **{answer:.3f}**. It always lies between the smallest value "
            "and the largest: attention *mixes* and makes up nothing. That is why there are three matrices: to ask, to be "
            "found, to give.",
            mixed,
            before=lambda f, dark: cells(
                np.array([f["weights"], [f["v1"], f["v2"], f["v3"]]]), ("weight", "value"), WORDS, dark
            ),
            source=lambda f: (
                scaled_dot_product_attention,
                {"Q": np.ones((1, 1)), "K": np.log(f["weights"])[:, None], "V": np.array([[f["v1"]], [f["v2"]], [f["v3"]]])},
            ),
            page="attention",
            settings=by_numbers,
            recall="The values {v1}, {v2}, {v3}, mixed with the weights {w1}, {w2}, {w3}, give the output",
        ),
        Step(
            "A score is a sum of d products, where d is how many numbers a query or a key has. If all numbers are random "
            "with mean 0 and variance 1, each product has variance 1 too, variances of independent terms add up, and the "
            "*standard deviation* is the root of the variance.",
            "For d = {d}, what is the standard deviation of a score?",
            Number("Deviation", share=0.03),
            "{d} terms of variance 1 make variance {d}, so the deviation is √{d} = **{answer}** ({measured:.2f} when "
            "measured). That is why scores are divided by √d before the softmax: here it leaves {scaled:.2f}, and about 1 "
            "whatever d is, so the softmax gets scores of the same size in every model.",
            root,
            after=lambda f, dark: piles({"not divided": f["scores"], "divided": f["scores"] / f["answer"]}, "score", dark),
            source=lambda f: (score_spread, {"d": f["d"], "n_keys": 8}),
            page="attention",
            settings=by_numbers,
            recall="The dot product of two vectors of d = {d} random numbers of variance 1 has the standard deviation",
        ),
        Step(
            "We leave the division out, with d = {d} and 8 words. Queries and keys are random, so no word deserves more "
            "than another.",
            "How large is the largest of the 8 weights, on average over many such queries?",
            Pick(
                (
                    "About as with the division: the softmax evens it out.",
                    "Nearly 1: all attention goes to a single word.",
                    "About 1/8.",
                ),
                order=(2, 0, 1),
            ),
            "{without:.2f}, and {with:.2f} with the division. Scores that differ by {root:.0f} and more make the softmax "
            "choose one word alone, by accident. And where it is so sure its derivative is nearly 0, so nothing could be "
            "learned from there.",
            unscaled,
            kind="break",
            before=lambda f, dark: bars(EIGHT, f["scores"], "scores of one query, not divided", dark),
            after=lambda f, dark: bars(
                ["not divided", "divided by √d", "all alike"], [f["without"], f["with"], 1 / 8], "largest weight", dark, 0
            ),
            source=lambda f: (scaled_dot_product_attention, {"Q": f["Q"], "K": f["K"], "V": np.eye(8), "scale": 1.0}),
            page="attention",
            settings=by_numbers,
            recall="Without the division by √d, for d = {d} and 8 words, the largest weight of a random query is:",
        ),
        Step(
            "Without the division, small vectors do no harm and large ones do. Queries and keys are random, 8 words.",
            "What is the largest d for which the largest weight is below 0.5 on average?",
            Task("d", (256, 128, 64, 32, 16, 8, 6, 4, 3, 2, 1), mean_largest, "mean largest weight", below=0.5),
            "With d numbers the scores have the deviation √d: at 2 or so, e to the power of the differences already makes "
            "one word win. Divided by √d, even d = 64 stays at {scaled:.2f}.",
            sizes,
            kind="task",
            page="attention",
            settings=by_numbers,
        ),
    ),
)
