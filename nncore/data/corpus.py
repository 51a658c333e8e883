"""A toy corpus: a few hundred short sentences in which words of one kind keep the same company.

Most come from a small grammar, so that the structure is known: animals eat and sleep, people cook food in rooms, vehicles
stop at places. The rest were written by hand. Whatever a model finds out about the words can be held against `CATEGORIES`.
"""

from functools import cache

import numpy as np

from nncore.arguments import checked, text, whole
from nncore.checks import require_whole

CATEGORIES: dict[str, tuple[str, ...]] = {
    "animals": ("cat", "dog", "mouse", "horse", "cow", "bird", "fox", "rabbit"),
    "people": ("girl", "boy", "teacher", "doctor", "farmer", "baker", "sister", "uncle"),
    "food": ("bread", "soup", "cheese", "rice", "cake", "apple", "salad", "pie"),
    "places": ("garden", "forest", "village", "meadow", "river", "hill", "beach", "lake"),
    "vehicles": ("car", "bus", "train", "boat", "bicycle", "truck", "tram", "plane"),
    "colours": ("red", "blue", "green", "yellow", "white", "black", "brown", "grey"),
    "moods": ("happy", "tired", "hungry", "angry", "calm", "brave", "shy", "curious"),
}

# In a pattern, a name in capitals stands for any of its words.
_SLOTS = {
    "ANIMAL": CATEGORIES["animals"],
    "PERSON": CATEGORIES["people"],
    "FOOD": CATEGORIES["food"],
    "PLACE": CATEGORIES["places"],
    "VEHICLE": CATEGORIES["vehicles"],
    "COLOUR": CATEGORIES["colours"],
    "MOOD": CATEGORIES["moods"],
    "CHASES": ("chases", "hears", "follows", "fears"),
    "COOKS": ("cooks", "eats", "serves", "tastes"),
    "DRIVES": ("drives", "parks", "repairs", "steers"),
    "RESTS": ("sleeps", "rests", "hides", "waits"),
}

_PATTERNS = (
    "the MOOD ANIMAL CHASES the ANIMAL",
    "a ANIMAL RESTS in the PLACE",
    "the ANIMAL CHASES a MOOD ANIMAL near the PLACE",
    "the PERSON COOKS warm FOOD with FOOD",
    "a MOOD PERSON COOKS the FOOD for lunch",
    "the PERSON COOKS FOOD and sweet FOOD",
    "the PERSON DRIVES a COLOUR VEHICLE",
    "a COLOUR VEHICLE stops beside the COLOUR VEHICLE",
    "the PERSON DRIVES the VEHICLE to the PLACE",
    "the MOOD PERSON walks across the PLACE",
    "behind the PLACE lies a quiet PLACE",
    "the PERSON feels MOOD and MOOD today",
    "she paints the VEHICLE COLOUR and COLOUR",
)

_BY_HAND = (
    "The cat sleeps while the mouse eats the cheese.",
    "My sister bakes a cake for the hungry boy.",
    "A red bus waits near the beach.",
    "The farmer feeds the horse and the cow.",
    "The doctor eats soup and bread for lunch.",
    "A curious fox hides behind the hill.",
    "The train to the village is late today.",
    "Two birds sing in the quiet garden.",
    "The shy rabbit fears the brave dog.",
    "Uncle repairs the old truck beside the river.",
    "The teacher rides a green bicycle to the lake.",
    "The baker serves warm bread and sweet pie.",
    "A white boat rests on the calm lake.",
    "The girl tastes the apple and the salad.",
    "The angry cow follows the tired farmer.",
    "A plane crosses the grey sky above the forest.",
    "The dog hears the horse in the meadow.",
    "The boy paints the tram yellow and blue.",
    "A happy uncle cooks rice with cheese.",
    "The black cat chases the brown mouse.",
    "The sister parks the car near the beach.",
    "Behind the village lies a green meadow.",
    "The hungry fox follows a rabbit near the river.",
    "The baker feels calm and happy today.",
)

GENERATED = 480


@checked(count=whole(1, 1_000_000), seed=whole(0))
def toy_sentences(count: int, seed: int = 0) -> tuple[str, ...]:
    """`count` sentences drawn from the grammar, the same for the same seed.

    The patterns take turns; a word is not used twice in one sentence. Raises ValueError for a count below 1.
    """
    count = require_whole("count", count, 1)
    rng = np.random.default_rng(seed)
    return tuple(_fill(_PATTERNS[i % len(_PATTERNS)], rng) for i in range(count))


def _fill(pattern: str, rng: np.random.Generator) -> str:
    words: list[str] = []
    for part in pattern.split():
        options = [word for word in _SLOTS.get(part, (part,)) if part not in _SLOTS or word not in words]
        words.append(options[rng.integers(len(options))])
    return " ".join(words).capitalize() + "."


@cache
def toy_corpus() -> tuple[str, ...]:
    """All sentences of the corpus: those written by hand, then those of the grammar."""
    return _BY_HAND + toy_sentences(GENERATED)


@checked(word=text)
def category_of(word: str) -> str | None:
    """The name of the category that `word` belongs to, or None."""
    return next((name for name, words in CATEGORIES.items() if word in words), None)
