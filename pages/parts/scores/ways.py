"""The two ways of a leak as chains of steps: in which order things are done, and where the two differ."""

from html import escape

from pages.parts.figures.palette import NEGATIVE, POSITIVE

_SPLIT, _JUDGED = "split: 40 and 20", ("train on the 40", "score on the 20")
_FOLDS, _FOLD_ENDS = "cut into five folds", ("train on four folds", "score on the fifth")

# By the name of a leak the steps of the leaky and of the honest way; `*` stands before the one in which they differ.
WAYS = {
    "selection": (
        ("50 rows", "*keep the 20 columns that go best with all labels", _FOLDS, *_FOLD_ENDS),
        ("50 rows", _FOLDS, "*keep 20 columns by the labels of four folds", *_FOLD_ENDS),
    ),
    "scaling": (
        ("60 rows", "*scale by all 60 rows", _SPLIT, *_JUDGED),
        ("60 rows", _SPLIT, "*scale by the 40 rows", *_JUDGED),
    ),
    "filling": (
        ("60 rows with holes", "*fill with means of all 60 rows", _SPLIT, *_JUDGED),
        ("60 rows with holes", _SPLIT, "*fill with means of the 40 rows", *_JUDGED),
    ),
    "filling_by_class": (
        ("60 rows with holes", _SPLIT, "*fill with the mean of the row's own class, in the 20 too", *_JUDGED),
        ("60 rows with holes", _SPLIT, "*fill with means of the 40 rows", *_JUDGED),
    ),
    "duplicates": (
        ("180 rows, each three times", "*shuffle the rows, then split", "train on one part", "score on the other"),
        ("180 rows, each three times", "*split, copies on the same side", "train on one part", "score on the other"),
    ),
    "answer": (
        ("all columns", "*keep the one written down after the fact", "split", "train on one part", "score on the other"),
        ("all columns", "*drop the one written down after the fact", "split", "train on one part", "score on the other"),
    ),
    "time": (
        ("180 moments in a row", "*shuffle, then split", "train on one part", "score on the other"),
        ("180 moments in a row", "*split in the order of time", "train on the first 120", "score on the 60 after them"),
    ),
}  # fmt: skip
_BOX = "border-radius: 0.5rem; padding: 0.35rem 0.7rem; max-width: 15rem;"
_PLAIN = "border: 1px solid color-mix(in srgb, currentColor 30%, transparent);"


def ways_picture(leak: str) -> str:
    """HTML of the two chains of a leak, one below the other; the step in which they differ is bold and has a thick frame."""
    ways = zip(("The leaky way", "The honest way"), WAYS[leak], (("dashed", NEGATIVE), ("solid", POSITIVE)), strict=True)
    rows = "".join(_chain(name, steps, f"{line} {colour}") for name, steps, (line, colour) in ways)
    return f'<div class="glassbox-ways" style="display: grid; gap: 0.9rem; font-size: 0.95rem">{rows}</div>'


def _chain(name: str, steps: tuple[str, ...], line: str) -> str:
    arrow = '<span aria-hidden="true">→</span>'
    boxes = arrow.join(_box(step, line) for step in steps)
    chain = f'<div style="display: flex; flex-wrap: wrap; gap: 0.4rem 0.6rem; align-items: center">{boxes}</div>'
    return f'<div role="group" aria-label="{name}"><div style="margin-bottom: 0.3rem">{name}</div>{chain}</div>'


def _box(step: str, line: str) -> str:
    words = escape(step.removeprefix("*"))
    if step.startswith("*"):
        return f'<b style="{_BOX} border: 3px {line}">{words}</b>'
    return f'<span style="{_BOX} {_PLAIN}">{words}</span>'
