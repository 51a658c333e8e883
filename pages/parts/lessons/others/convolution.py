"""Lesson: what a small window can see: one filter, by hand, and what it is worth that it looks everywhere."""

import numpy as np

from nncore import ConvNet, Network, conv2d
from pages.parts.figures.lessons.pictures import bars, cells
from pages.parts.lessons.draw import numbers_for
from pages.parts.lessons.lesson import Facts, Lesson, Number, Pick, Step, Task

SIDE = 8  # of the pictures whose parameters are counted
MOVED = 2
Array = np.ndarray


def edge_filter(strength: float = 1.0) -> Array:
    """A filter (1, 1, 3, 3) that answers where it is brighter at the right than at the left."""
    return np.tile([-strength, 0.0, strength], (3, 1))[None, None]


def names(n: int) -> list[str]:
    """The places of a row or of a column, counted from 1."""
    return [str(k + 1) for k in range(n)]


def window(seed: int) -> Facts:
    """One window of a small picture, and what the filter answers there."""
    rng = numbers_for(seed, 1)
    picture, strength = rng.integers(0, 4, (5, 6)).astype(float), float(rng.integers(1, 4))
    row, column = int(rng.integers(3)), int(rng.integers(4))
    picture[row + 1, column + 2] += 5.0 + strength  # so that the answer is not 0
    seen = picture[row : row + 3, column : column + 3]
    weights = edge_filter(strength)
    answers = conv2d(picture[None, None], weights)[0, 0]
    return {
        "picture": picture,
        "weights": weights,
        "map": answers,
        "s": strength,
        "row": row + 1,
        "last_row": row + 3,
        "column": column + 1,
        "last_column": column + 3,
        "left": float(seen[:, 0].sum()),
        "right": float(seen[:, 2].sum()),
        "answer": float(answers[row, column]),
    }


def counted(seed: int) -> Facts:
    """The parameters of some filters, and of a dense layer with as many outputs."""
    rng = numbers_for(seed, 2)
    n, k = (8, 3) if seed == 0 else (int(rng.integers(2, 17)), int(rng.choice([3, 5])))
    model = ConvNet((1, SIDE, SIDE), ((n, k, 1),))
    outputs = n * SIDE * SIDE
    return {
        "n": n,
        "k": k,
        "side": SIDE,
        "pixels": SIDE * SIDE,
        "outputs": outputs,
        "one": k * k + 1,
        "dense": Network((SIDE * SIDE, outputs), output="identity", loss="mse").n_parameters,
        "answer": model.filters[0].size + model.filter_biases[0].size,
    }


def moved(seed: int) -> Facts:
    """A shape, the same shape two places to the right, and the maps of both."""
    rng = numbers_for(seed, 3)
    shape = rng.integers(1, 4, (2, 2)).astype(float)
    pictures = np.zeros((2, 1, 6, 9))
    for number, column in enumerate((2, 2 + MOVED)):
        pictures[number, 0, 2:4, column : column + 2] = shape
    maps = conv2d(pictures, edge_filter())[:, 0]
    follows = np.array_equal(np.roll(maps[0], MOVED, axis=1), maps[1])
    return {
        "picture": pictures[0, 0],
        "moved_picture": pictures[1:],
        "map": maps[0],
        "map_moved": maps[1],
        "moved": MOVED,
        "answer": 0 if follows else 1 if np.array_equal(*maps) else 2,
    }


def stacked(seed: int) -> Facts:
    """How wide a window the second of two layers sees, found by asking which pixels its middle answer depends on."""
    k = 3 if seed == 0 else int(numbers_for(seed, 4).choice([3, 5]))
    return {"k": k, "half": k // 2, "answer": seen_width(2, k)}


def seen_width(layers: int, kernel: int = 3) -> int:
    """How many pixels of a row one answer depends on after so many layers of filters, with every weight 1."""
    answers = spread_pixel(layers, kernel)
    return int((answers[0, 0, len(answers[0, 0]) // 2] != 0).sum())


def spread_pixel(layers: int, kernel: int = 3) -> Array:
    """A single pixel after so many layers of filters whose weights are all 1: they spread it as far as they collect from."""
    side = 2 * layers * (kernel // 2) + 2 * kernel + 1
    answers = np.zeros((1, 1, side, side))
    answers[0, 0, side // 2, side // 2] = 1.0
    for _ in range(layers):
        answers = conv2d(answers, np.ones((1, 1, kernel, kernel)), padding=kernel // 2)
    return answers


def flat(seed: int) -> Facts:
    """A picture that is equally bright everywhere, with zeros around it."""
    side = SIDE if seed == 0 else int(numbers_for(seed, 5).integers(6, 13))
    picture = np.ones((1, 1, side, side))
    padded, bare = (conv2d(picture, edge_filter(), padding=padding)[0, 0] for padding in (1, 0))
    return {
        "side": side,
        "map": padded,
        "inside": int((bare != 0).sum()),
        "at_left": padded[1, 0],
        "at_right": padded[1, -1],
        "answer": int((padded != 0).sum()),
    }


def whole_row(seed: int) -> Facts:
    """The widths that so many layers see, and the row that has to be seen."""
    return {"row": row_length(seed), "widths": [seen_width(n) for n in range(1, 9)]}


def row_length(seed: int) -> int:
    """How many pixels the task's pictures have in a row."""
    return 12 if seed == 0 else int(numbers_for(seed, 6).integers(6, 18))


def share_seen(seed: int, layers: float) -> float:
    """The percentage of a row that one answer depends on after so many layers."""
    return 100 * min(1.0, seen_width(int(layers)) / row_length(seed))


LESSON = Lesson(
    "convolution",
    "Convolution",
    "What can a small window see?",
    "A stroke or an edge, wherever it is: a few weights look at every place, and layers of them see more and more.",
    (
        Step(
            "A *filter* is a small table of weights: multiply each with the pixel under it, and add the products up. This "
            "one has −{s} in its left column, 0 in the middle one and {s} in the right one, so it answers where a picture "
            "becomes brighter from left to right.",
            "It lies on rows {row} to {last_row} and columns {column} to {last_column}. What does it answer there?",
            Number("Answer", share=0.001),
            "The right column under it adds up to {right}, the left one to {left}: {s} · {right} − {s} · {left} = "
            "**{answer}**. The middle column counts for nothing. The filter then goes on to the next place, with the same "
            "nine weights.",
            window,
            before=lambda f, dark: cells(f["picture"], names(5), names(6), dark, ("column", "row")),
            after=lambda f, dark: cells(f["map"], names(3), names(4), dark, ("first column of the window", "first row")),
            source=lambda f: (conv2d, {"X": f["picture"][None, None], "weights": f["weights"]}),
            page="convolution",
            recall="The filter with −1, 0 and {s} in its columns answers on rows {row} to {last_row}, columns {column} to "
                   "{last_column}:",
        ),
        Step(
            "A layer has {n} filters of {k}×{k} weights, each with a bias, and they look at pictures of {side}×{side} "
            "pixels. With zeros around the border, every filter gives an answer for each of the {pixels} pixels.",
            "How many parameters does the layer have?",
            Number("Parameters", share=0, near=0.4, whole=True),
            "{n} · ({k} · {k} + 1) = {n} · {one} = **{answer:,}**, however large the pictures are. A dense layer with the "
            "same {outputs:,} outputs needs {outputs:,} · ({pixels} + 1) = {dense:,}: it has to learn each place by itself.",
            counted,
            after=lambda f, dark: bars(["filters", "dense"], [f["answer"], f["dense"]], "parameters", dark, 0),
            page="convolution",
            settings=lambda seed: {"use": "sizes"},
            recall="A layer of {n} filters of {k}×{k} weights on pictures of {side}×{side} pixels. Its parameters are",
        ),
        Step(
            "A filter that looks for edges has made a map of its answers for this picture. Now we move the shape {moved} "
            "pixels to the right, and stay away from the border.",
            "What becomes of the map?",
            Pick(
                (
                    "It is the same map, {moved} places further to the right.",
                    "It stays just as it is: a filter does not care about places.",
                    "It is another map: other places have other weights.",
                )
            ),
            "The same weights look everywhere, so they say the same of the same window, wherever it is: move the picture, "
            "and the map moves along. This is *equivariance*. What was learned in one corner is known in all of them.",
            moved,
            before=lambda f, dark: cells(f["picture"], names(6), names(9), dark, ("column", "row")),
            after=lambda f, dark: cells(f["map_moved"], names(4), names(7), dark, ("map after the move", "")),
            source=lambda f: (conv2d, {"X": f["moved_picture"], "weights": edge_filter()}),
            page="convolution",
            settings=lambda seed: {"use": "moving"},
            recall="A shape in a picture moves {moved} pixels to the right. The map of a filter's answers:",
        ),
        Step(
            "One layer of filters of {k}×{k} looks at the answers of another one of {k}×{k}. Each answer of the second "
            "therefore depends on more pixels of the picture than its own window has places.",
            "How many pixels wide is the square on which one answer of the second layer depends?",
            Number("Pixels", share=0, near=0.4, whole=True),
            "The window of the second layer is {k} wide, and each place at its edge reaches {half} further out: "
            "{k} + {half} + {half} = **{answer}**. This square is the *receptive field*. Layer by layer a network of "
            "small windows sees strokes, then corners, then shapes.",
            stacked,
            source=lambda f: (
                conv2d, {"X": spread_pixel(1, f["k"]), "weights": np.ones((1, 1, f["k"], f["k"])), "padding": f["half"]}
            ),
            page="convolution",
            recall="Two layers of filters of {k}×{k}: an answer of the second depends on a square whose width in pixels is",
        ),
        Step(
            "The filter with −1, 0, 1 in each row looks at a picture of {side}×{side} pixels that are all 1, so there is "
            "no edge in it. Around the border we put zeros, to get an answer for every pixel.",
            "At how many of the {side} · {side} places is the answer not 0?",
            Number("Places", share=0, near=0.4, whole=True),
            "**{answer}**: all of the first column ({at_left} within it) and all of the last ({at_right}). From bright to "
            "the zeros outside *is* an edge, only one that nobody drew. Without the zeros, {inside} places answer; with "
            "them, a shape at the border looks different from the same shape in the middle.",
            flat,
            kind="break",
            after=lambda f, dark: cells(f["map"], names(f["side"]), names(f["side"]), dark, ("column", "row")),
            source=lambda f: (
                conv2d,
                {"X": np.ones((1, 1, f["side"], f["side"])), "weights": edge_filter(), "padding": 1},
            ),
            page="convolution",
            settings=lambda seed: {"use": "moving"},
            recall="A filter for edges on {side}×{side} pixels that are all 1, with zeros around. Places where its answer "
                   "is not 0:",
        ),
        Step(
            "Pictures are {row} pixels wide, and all filters are 3×3 with no pooling between them. An answer in the "
            "middle shall depend on the whole width.",
            "What is the smallest number of layers that sees all of a row?",
            Task("Layers", (1, 2, 3, 4, 5, 6, 7, 8), share_seen, "percentage of the row that is seen", above=99.9),
            "n layers of 3×3 see 1 + 2n pixels, because each adds one at either side. Pooling gets there sooner: after "
            "halving the map, one step of a window is two pixels of the picture.",
            whole_row,
            kind="task",
            page="convolution",
        ),
    ),
)
