"""Lesson: a transformer block, part by part."""

import numpy as np

from nncore.attention.attention import MultiHeadAttention, causal_mask
from nncore.attention.sequence_tasks import TASKS, make_sequences
from nncore.attention.stages import AttentionSettings, attention_stages, order_gap, shuffled_order
from nncore.attention.transformer import Transformer, layer_norm
from nncore.attention.waiting import count_waiting
from nncore.cache import cached
from nncore.experiments.recording.recording import train_to
from nncore.training.trainer import Trainer
from pages.parts.figures.lessons.parts import layers
from pages.parts.figures.lessons.pictures import bars, cells
from pages.parts.lessons.draw import numbers_for
from pages.parts.lessons.lesson import Facts, Lesson, Number, Pick, Step, Task

MOST, EVERY = 120, 10  # updates in all, and between two scores


def shuffled(seed: int) -> Facts:
    """The outputs of attention for a sentence and for the same words in another order."""
    rng = numbers_for(seed, 1)
    tokens, order = rng.standard_normal((5, 8)), shuffled_order(5, seed + 1)
    model, settings = MultiHeadAttention(8, 2, seed), AttentionSettings()
    before, after = (attention_stages(rows, model, settings) for rows in (tokens, tokens[order]))
    gap = order_gap(before, after, order)
    return {"before": before, "after": after, "shuffle": order,
            "gap": gap, "order": ", ".join(str(k + 1) for k in order), "answer": 0 if gap < 1e-9 else 1}  # fmt: skip


def triangle(seed: int) -> Facts:
    """How many cells a causal mask leaves."""
    T = int(numbers_for(seed, 2).integers(5, 13))
    mask = causal_mask(T)
    return {"T": T, "square": T * T, "mask": mask.astype(float), "answer": int(mask.sum())}


def normalised(seed: int) -> Facts:
    """Two numbers through layer normalisation."""
    rng = numbers_for(seed, 3)
    low, high = sorted(float(v) for v in rng.choice(np.arange(-20, 60), 2, replace=False))
    row, _ = layer_norm(np.array([[low, high]]), np.ones(2), np.zeros(2))
    return {
        "low": low, "high": high, "mean": (low + high) / 2, "dev": (high - low) / 2, "x": np.array([[low, high]]),
        "other": float(row[0, 0]), "answer": float(row[0, 1]),
    }  # fmt: skip


def largest_part(seed: int) -> Facts:
    """Which part of the block has the most weights."""
    d = int(numbers_for(seed, 4).choice([24, 36, 48, 64]))
    sizes = Transformer(8, 8, d, 2).part_sizes()
    named = ("attention", "feed-forward", "embedding")
    return {
        "d": d, "a": sizes["attention"], "f": sizes["feed-forward"], "e": sizes["embedding"], "h": 2 * d,
        "sizes": sizes, "answer": int(np.argmax([sizes[name] for name in named])),
    }  # fmt: skip


def bypass(seed: int) -> Facts:
    """A block whose parts give nothing."""
    model = Transformer(8, 8, 16, 2, seed=seed)
    model.attention.W_O[...] = 0.0
    model.views["W_2"][...] = 0.0
    X = numbers_for(seed, 5).integers(8, size=(1, 6))
    work = model.run(X)
    gap = float(np.abs(work.after_feed_forward - work.tokens).max())
    return {"gap": gap, "answer": 1 if gap < 1e-12 else 0 if np.abs(work.after_feed_forward).max() < 1e-12 else 2}


def blindfolded(seed: int) -> Facts:
    """At how many places of a sequence that is to be reversed the letter has been seen already, under a causal mask."""
    T = int(numbers_for(seed, 6).integers(5, 13))
    source = TASKS["reverse"].source(np.zeros((1, T), dtype=int))[0]
    seen = (source & causal_mask(T)).any(axis=1)
    return {"T": T, "source": source.astype(float) + 0.4 * causal_mask(T), "answer": int(seen.sum())}


def waiting(seed: int) -> Facts:
    """The products that wait for each other in a recurrent network and in a block."""
    length = int(numbers_for(seed, 7).choice([16, 32, 64, 128]))
    counted = count_waiting(length)
    return {"length": length, "steps": counted.recurrent_products, "answer": counted.block_products,
            "double": count_waiting(2 * length).recurrent_products}  # fmt: skip


def learning(seed: int) -> np.ndarray:
    """The share of held-out places right of a small block that learns to reverse 6 letters, every 10 updates (13,)."""
    X, y = make_sequences("reverse", 2200, 6, seed)
    model = Transformer(8, 8, 24, 2, seed=seed)
    trainer = Trainer(model, X[200:], y[200:], "adam", 0.01, 50, seed)
    shares = [model.accuracy(X[:200], y[:200])]
    while len(shares) <= MOST // EVERY:
        for _ in train_to(trainer, EVERY * len(shares), EVERY):
            pass
        shares.append(model.accuracy(X[:200], y[:200]))
    return np.array(shares)


def reversing(seed: int) -> Facts:
    """The scores of the task's training."""
    shares = cached(learning, seed, n_bytes=1000)
    return {"first": shares[0], "last": shares[-1], "n": Transformer(8, 8, 24, 2).parameters.size, "letters": 8}


def percent_reversed(seed: int, updates: float) -> float:
    """The percentage of held-out places right after so many updates."""
    return 100 * float(cached(learning, seed, n_bytes=1000)[int(updates) // EVERY])


LESSON = Lesson(
    "block",
    "A transformer block",
    "What is in a transformer block, and what for?",
    "Attention between tokens, a small network for each token, both added to what was there, and normalisation between.",
    (
        Step(
            "Attention gives each token a mean over all tokens, weighted by how well they fit together. We give it five "
            "tokens, and then the same five in the order {order}, with no word about their places.",
            "What becomes of the outputs?",
            Pick(("Each token has exactly the output that it had before.", "They change: the order of words matters.")),
            "The largest difference is {gap:.1e}, which is rounding. A weighted mean does not know in which order its terms "
            "come: to attention a sentence is a *bag* of tokens. So order has to be put in: a block adds a vector for each "
            "*position* to the token.",
            shuffled,
            before=lambda f, dark: layers([[f"{name}<sub>{k}</sub>" for k in range(1, 6)] for name in "xy"], [], dark),
            source=lambda f: (order_gap, {"before": f["before"], "after": f["after"], "order": f["shuffle"]}),
            page="attention",
            settings=lambda seed: {"step": "numbers", "mask": "causal"},
            recall="Attention without places gets five tokens in another order. The outputs:",
        ),
        Step(
            "A model that writes word after word must not look ahead. A *causal mask* lets each token attend to itself and "
            "to those before it.",
            "With {T} tokens, how many of the {square} cells are left?",
            Number("Cells", share=0, near=0.4, whole=True),
            "1 + 2 + … + {T} = {T} · ({T} + 1) / 2 = **{answer}**: the lower triangle with the diagonal. The masked scores "
            "are set to −∞ before the softmax, so their weights are exactly 0 and the rest of the row still adds up to 1.",
            triangle,
            after=lambda f, dark: cells(
                f["mask"], [str(k + 1) for k in range(f["T"])], [str(k + 1) for k in range(f["T"])], dark, ("key", "query")
            ),
            source=lambda f: (causal_mask, {"n_tokens": f["T"]}),
            page="attention",
            settings=lambda seed: {"step": "numbers", "mask": "causal"},
            recall="With a causal mask on {T} tokens, the cells left of {square} are",
        ),
        Step(
            "*Layer normalisation* takes a token's numbers, subtracts their mean and divides by their standard deviation. "
            "Here a token has just two numbers, {low} and {high}.",
            "What does the larger one become?",
            Number("Larger number", share=0.002, near=0.002),
            "The mean is {mean}, the deviation {dev}, so they become {other:.3f} and **{answer:.3f}**. For two numbers it "
            "is always −1 and 1, however large they were: what is kept is the *pattern*, not the size. So numbers stay in "
            "bounds through many blocks.",
            normalised,
            source=lambda f: (layer_norm, {"x": f["x"], "gain": np.ones(2), "shift": np.zeros(2)}),
            page="transformer",
            recall="Layer normalisation makes of the larger one of two numbers, {low} and {high},",
        ),
        Step(
            "Attention has four matrices of {d} × {d}. The *feed-forward* part is a small network for each token by itself, "
            "from {d} to {h} neurons and back.",
            "Which part of this block has the most weights?",
            Pick(
                (
                    "Attention: it is what transformers are known for.",
                    "The feed-forward part, by a little.",
                    "The embedding of the 8 tokens.",
                )
            ),
            "Attention has 4 · {d}² = {a:,}, the feed-forward part {d} · {h} + {h} + {h} · {d} + {d} = {f:,} with its "
            "biases, the embedding {e:,}. Large models make it four times as wide as a token: there two thirds of a block "
            "think about one token at a time.",
            largest_part,
            after=lambda f, dark: bars(list(f["sizes"]), list(f["sizes"].values()), "numbers", dark, 1),
            source=lambda f: (Transformer(8, 8, f["d"], 2).part_sizes, {}),
            page="transformer",
            recall="A block has four matrices of {d} × {d} and a feed-forward part from {d} to {h} neurons and back. The "
                   "most weights:",
        ),
        Step(
            "Both parts *add* their result to what came in: x + attention(x), then x + feed-forward(x). We set the last "
            "matrix of each part to 0, so that both give nothing.",
            "What comes out after both parts?",
            Pick(("Zeros: both parts give nothing.", "What came in, unchanged.", "Noise.")),
            "What came in: the largest difference is {gap}. This is the *residual*: a block begins as “leave it as it is” "
            "and learns what to add. Gradients pass through the same sum unhindered, so dozens of blocks can be trained.",
            bypass,
            before=lambda f, dark: layers([["x"], ["+"], ["+"], ["?"]], [["attention: 0"], ["feed-forward: 0"]], dark),
            after=lambda f, dark: layers([["x"], ["x"], ["x"], ["x"]], [["+ 0"], ["+ 0"]], dark),
            page="transformer",
            recall="Attention and feed-forward give nothing, and each is added to what came in. Out comes:",
        ),
        Step(
            "The task is to write {T} letters in the opposite order. Somebody switches on the causal mask: each place sees "
            "itself and what came before.",
            "At how many of the {T} places can the block see the letter that it has to write there?",
            Number("Places", share=0, near=0.4, whole=True),
            "Place k needs the letter of place {T} + 1 − k, which lies at or before k only in the second half: **{answer}** "
            "places. At the others no training helps, for what is needed is behind the mask. A mask is knowledge about the "
            "task, and the wrong one makes it unsolvable.",
            blindfolded,
            kind="break",
            after=lambda f, dark: cells(
                f["source"],
                [str(k + 1) for k in range(f["T"])],
                [str(k + 1) for k in range(f["T"])],
                dark,
                ("the letter stands at", "place to be written"),
            ),
            page="transformer",
            settings=lambda seed: {"task": "reverse"},
            recall="A block with a causal mask is to write {T} letters backwards. Places at which it can see the letter "
                   "that it needs:",
        ),
        Step(
            "A recurrent network reads {length} letters. Its state of one step goes into the next, so {steps} matrix "
            "products wait for each other: one per step, and the answers. A block makes seven products for one letter: "
            "queries with keys and values, scores, weighted means, the mixing of heads, two of the feed-forward part, "
            "answers.",
            "How many of its products wait for each other when the block reads all {length} letters?",
            Number("Products", share=0, near=0.4, whole=True),
            "**{answer}**, however many letters there are, for each is made for all places at once. With twice as many "
            "letters the recurrent network makes {double} products in sequence. The block pays otherwise: with a score for "
            "every two places.",
            waiting,
            source=lambda f: (count_waiting, {"length": f["length"]}),
            after=lambda f, dark: bars(["recurrent", "block"], [f["steps"], f["answer"]], "products in sequence", dark, 0),
            page="recurrence",
            settings=lambda seed: {"memory_use": "waiting"},
            recall="Of a block's products for {length} letters, read all at once, those that wait for each other are",
        ),
        Step(
            "A small block with {n:,} numbers learns to write 6 letters in the opposite order, without a mask. At its first "
            "weights it has {first:%} of the held-out places right; by guessing it would be one in {letters}.",
            "After how few updates has it more than 95 % right?",
            Task("Updates", (0, 10, 20, 30, 40, 50, 60, 70, 80, 100, 120), percent_reversed, "percentage right", above=95.0),
            "After 120 updates it has {last:%}. For reversing, each place must find its mirror image, which only the "
            "*positions* tell: attention first has to learn to read them, and then the rest follows quickly.",
            reversing,
            kind="task",
            page="transformer",
            settings=lambda seed: {"task": "reverse"},
        ),
    ),
)
