"""Lesson: from words to vectors."""

from collections import Counter

import numpy as np

from nncore.cache import cached
from nncore.experiments.recording.recording import record_all
from nncore.words.corpus import CATEGORIES, category_of, toy_corpus
from nncore.words.skipgram import Embedding, SkipGramSettings, context_pairs, corpus_pairs
from nncore.words.text import STOP_WORDS, build_vocabulary, tokenise
from nncore.words.vectors import cosines, nearest, rows_of, word_vectors
from pages.parts.figures.lessons.pictures import bars, cells
from pages.parts.lessons.draw import numbers_for
from pages.parts.lessons.lesson import Facts, Lesson, Number, Pick, Step, Task

KINDS = ("animals", "people", "food", "places", "vehicles", "colours")
EPOCHS = 20
SHOWN = 6  # places of a one-hot vector, besides those of its words


def embedding(seed: int) -> Embedding:
    """Word vectors learned from the corpus, once for everybody."""
    return cached(record_all, SkipGramSettings(epochs=EPOCHS, seed=seed), n_bytes=lambda found: found.n_bytes)


def one_hot(seed: int) -> Facts:
    """How alike two words are that are only numbered."""
    rng = numbers_for(seed, 1)
    first, second = (str(word) for word in rng.choice(CATEGORIES["animals"], 2, replace=False))
    words = build_vocabulary([tokenise(sentence) for sentence in toy_corpus()])
    places = list(words.indices([first, second]))
    rows = np.eye(len(words))[places]
    shown = sorted({*places, *range(SHOWN)})
    return {"first": first, "second": second, "V": len(words), "rows": rows, "answer": float(cosines(rows)[0, 1]),
            "part": rows[:, shown], "columns": [words.words[k] for k in shown]}  # fmt: skip


def by_chance(seed: int) -> Facts:
    """How alike random vectors are."""
    d = int(numbers_for(seed, 2).choice([4, 16, 64, 100, 400]))
    E = word_vectors([f"word{k}" for k in range(150)], "random", d, seed)
    found = cosines(E)
    off = found[np.triu_indices(150, 1)]
    return {
        "d": d,
        "E": E,
        "root": 1 / np.sqrt(d),
        "largest": float(np.abs(off).max()),
        "answer": float(np.sqrt(np.square(off).mean())),
    }


def pairs(seed: int) -> Facts:
    """How many pairs a sentence gives, with the window with which the vectors of the next step were learned."""
    T, window = int(numbers_for(seed, 3).integers(5, 13)), SkipGramSettings().window
    return {
        "T": T,
        "w": window,
        "all": 2 * T * window,
        "missing": window * (window + 1),
        "answer": len(context_pairs([tuple(range(T))], window)),
    }


def neighbour(seed: int) -> Facts:
    """Three words beside one of the corpus, and which of them has the vector nearest to it."""
    kind, rng = KINDS[seed % len(KINDS)], numbers_for(seed, 4)
    word = str(rng.choice(CATEGORIES[kind]))
    found, counts = embedding(seed), _paired(word)
    words = found.vocabulary.words
    telling = [other for other in words if other not in STOP_WORDS and category_of(other) != kind]
    beside = max(telling, key=lambda other: counts[other])
    like = min((other for other in CATEGORIES[kind] if other != word), key=lambda other: counts[other])
    other = str(rng.choice([w for kinds in CATEGORIES.values() for w in kinds if w in telling and not counts[w]]))
    three = (like, beside, other)
    E = rows_of(words, found, -1)
    alike = cosines(rows_of([word, *three], found, -1))[0, 1:]
    return {
        "words": words,
        "E": E,
        "word": word,
        "kind": kind,
        "like": like,
        "beside": beside,
        "other": other,
        "times": counts[beside],
        "with_like": _times(counts[like]),
        "three": three,
        "cosines": alike,
        "of_like": alike[0],
        "of_beside": alike[1],
        "listed": ", ".join(name for name, _ in nearest(word, words, E, 5)),
        "answer": int(alike.argmax()),
    }


def _paired(word: str) -> Counter[str]:
    """How often each word of the corpus is paired with `word` when the vectors are learned."""
    vocabulary, pairs = corpus_pairs(SkipGramSettings().window)
    (place,) = vocabulary.indices([word])
    return Counter(vocabulary.words[context] for centre, context in pairs if centre == place)


def _times(count: int) -> str:
    return {0: "not once", 1: "once"}.get(count, f"{count} times")


def unknown(seed: int) -> Facts:
    """A word that the corpus does not have."""
    word = ("hamster", "tiger", "scooter", "pizza", "purple")[seed % 5]
    row = rows_of([word], embedding(seed), -1)
    known = ["cat", "car", "cake"]
    alike = cosines(np.vstack([row, rows_of(known, embedding(seed), -1)]))[0, 1:]
    return {
        "word": word,
        "row": row,
        "alike": alike,
        "known": known,
        "largest": float(np.abs(alike).max()),
        "answer": 0 if np.abs(row).max() == 0 else 1,
    }


def grouped(seed: int) -> Facts:
    """The words of the task."""
    return {"n": sum(map(len, CATEGORIES.values())), "kinds": len(CATEGORIES), "first": share_grouped(seed, 0)}


def share_grouped(seed: int, epochs: float) -> float:
    """The percentage of the words of all kinds whose nearest word is of the same kind, after so many epochs."""
    found, words = embedding(seed), [word for kind in CATEGORIES.values() for word in kind]
    alike = cosines(rows_of(words, found, int(epochs)))
    np.fill_diagonal(alike, -np.inf)
    return 100 * float(
        np.mean([category_of(words[k]) == category_of(word) for k, word in zip(alike.argmax(1), words, strict=True)])
    )


LESSON = Lesson(
    "vectors",
    "Words to vectors",
    "How does a word become numbers that mean something?",
    "By guessing its neighbours: words that keep the same company end up with similar vectors.",
    (
        Step(
            "The plainest way to give a word to a network is a list of zeros with a single 1, at the word's number: "
            "*one-hot*. The small corpus here has {V} words, so each is {V} numbers long.",
            "How alike are “{first}” and “{second}” in it? (The cosine: 1 is the same direction, 0 is nothing in common.)",
            Number("Cosine", share=0, near=0.01),
            "**{answer}.** Their ones stand at different places, so the dot product is 0, and so it is for *every* two "
            "words: two animals are as unlike as an animal and a colour. One-hot names words and knows nothing about them.",
            one_hot,
            before=lambda f, dark: cells(f["part"], [f["first"], f["second"]], f["columns"], dark, ("some places", "")),
            page="words",
            settings=lambda seed: {"vectors": "learned"},
            source=lambda f: (cosines, {"E": f["rows"]}),
            recall="Words are one-hot, a single 1 among {V} numbers. The cosine of “{first}” and “{second}” is",
        ),
        Step(
            "Next try: {d} random numbers for each word, scaled to a length of 1. The cosine of two words is then a sum of "
            "{d} products, each about 1/{d} in size and as often below 0 as above: most of the sum cancels out.",
            "How far from 0 is the cosine typically (its root mean square)?",
            Number("Typical cosine", share=0.12),
            "Mean squares of independent terms add up: {d} products of 1/{d}² make 1/{d}, and its root is 1/√{d} = "
            "{root:.3f}. Measured on 150 made-up words: **{answer:.3f}**, the largest of all {largest:.2f}. In many "
            "dimensions random vectors stand nearly at right angles. So what looks like kinship between random vectors is "
            "chance, and the fewer the numbers, the more of it there is.",
            by_chance,
            source=lambda f: (cosines, {"E": f["E"]}),
            page="words",
            settings=lambda seed: {"vectors": "learned"},
            recall="Words are {d} random numbers each. Their cosine's typical distance from 0 is",
        ),
        Step(
            "Learning uses the text: each word is paired with all words at most {w} places away in its sentence, on both "
            "sides. Then the model learns to tell such pairs from random ones.",
            "How many pairs (word, neighbour) does a sentence of {T} words give?",
            Number("Pairs", share=0, near=0.4, whole=True),
            "{T} words would have 2 · {w} neighbours each, {all} in all; at the two ends {missing} are missing: "
            "**{answer}**. No one labels anything: the text is its own teacher.",
            pairs,
            page="words",
            settings=lambda seed: {"vectors": "learned"},
            source=lambda f: (context_pairs, {"sentences": [tuple(range(f["T"]))], "window": f["w"]}),
            recall="A sentence of {T} words, each paired with all words at most {w} places away, gives pairs (word, "
                   "neighbour):",
        ),
        Step(
            "After 20 epochs every word has 8 learned numbers. In training, “{word}” was paired with “{beside}” {times} "
            "times, and with “{like}”, another of the {kind}, {with_like}.",
            "Which of these three has the vector nearest to that of “{word}”?",
            Pick(("“{like}”", "“{beside}”", "“{other}”")),
            "The cosine of “{word}” is {of_like:.2f} with “{like}” and {of_beside:.2f} with “{beside}”. Standing side "
            "by side does not make two words alike; keeping the *same company* does, for then both must predict the same "
            "neighbours. Of all words the nearest are {listed}.",
            neighbour,
            after=lambda f, dark: bars(f["three"], f["cosines"], f"cosine with “{f['word']}”", dark, f["answer"]),
            source=lambda f: (nearest, {"word": f["word"], "words": f["words"], "E": f["E"], "count": 5}),
            page="words",
            settings=lambda seed: {"vectors": "learned"},
            recall="After 20 epochs the nearest of three learned vectors to that of “{word}” belongs to",
        ),
        Step(
            "We ask the trained model for the word “{word}”. It does not occur in the corpus.",
            "What does the model know about it?",
            Pick(
                (
                    "Nothing: it has no row, and is as near to every word as to any other.",
                    "It takes the vector of the most similarly spelt word.",
                )
            ),
            "Zeros stand in for the row that it lacks, and their cosine with every word is {largest}. The matrix has a row "
            "for each word that it has seen, and letters mean nothing to it. (Today's models cut unknown words into known "
            "pieces for this reason.)",
            unknown,
            kind="break",
            after=lambda f, dark: cells(f["row"], [f["word"]], [str(k + 1) for k in range(f["row"].shape[1])], dark),
            page="words",
            settings=lambda seed: {"vectors": "learned"},
            recall="A model was trained on a corpus without the word “{word}”. It knows about it:",
        ),
        Step(
            "{n} words of the corpus belong to {kinds} kinds: animals, people, food and so on. The model is never told.",
            "After how few epochs have more than 80 % of them a nearest word of their own kind?",
            Task("Epochs", (0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20), share_grouped, "percentage", above=80.0),
            "At first the vectors are random, and {first:.0f} % of the words have their like beside them by chance. The "
            "kinds appear within a few epochs: the grammar of the corpus was in its neighbourhoods all the time.",
            grouped,
            kind="task",
            page="words",
            settings=lambda seed: {"vectors": "learned"},
        ),
    ),
)
