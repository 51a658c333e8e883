"""Sentences on a link's values: for the person who followed the link, without the names of the program's variables.

They name a setting as people do, what was asked for, and what it is now.
"""

import re
import unicodedata
from typing import Any

from nncore.arguments import checked, number, optional, text
from nncore.experiments.link_text.values import write_field

# What people call a setting.
SETTING_WORDS = {
    "dataset": "dataset", "samples": "number of samples", "noise": "noise", "columns": "list of columns",
    "features": "list of input features", "scaling": "scaling", "validation": "validation set's share",
    "test": "test set's share", "data_seed": "data seed", "split_seed": "split seed", "hidden": "list of hidden layers",
    "activation": "activation", "output": "output's activation", "loss": "loss", "initializer": "initializer",
    "weight_seed": "weight seed", "start": "random start", "optimizer": "optimizer", "learning_rate": "learning rate",
    "schedule": "learning rate's schedule", "batch_size": "batch size", "batch_seed": "batch seed", "l1": "L1 penalty",
    "l2": "L2 penalty", "stop_rule": "stop rule", "tolerance": "stop rule's tolerance", "patience": "patience",
    "epoch_limit": "epoch limit", "branches": "changes in the course of a run",
    "frame": "snapshot", "speed": "speed", "axes": "map's axes",
}  # fmt: skip
# Letters without a picture of their own: those that shape a letter before them, and blanks that are no spaces.
_SHAPING = frozenset("\u200c\u200d") | frozenset(map(chr, range(0xFE00, 0xFE10)))
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u200b\u2060\u2800\u3164\uffa0\ufeff")
_KINDS = {"int": "a whole number", "float": "a number", "str": "a name"}


@checked(text=text)
def quoted(text: str) -> str:
    """What a link said, in one line: a number as it is, anything else in quotation marks, at most 40 letters.

    In the place of a letter that nobody sees stands its number: “[U+200B]5” is not the 5 that it looks like.
    """
    text = " ".join(text[:1000].split())
    text = "".join(_seen(before, letter) for before, letter in zip(" " + text, text, strict=False))
    shown = text if len(text) <= 40 else text[:39] + "…"
    return shown if re.fullmatch(r"[-+−]?[.,\d][-+.,\deE]*", shown) else f"“{shown}”"


def _seen(before: str, letter: str) -> str:
    """`letter`, or its number where it is invisible; what shapes the letter `before` it, as in emoji, stays."""
    is_shaping = letter in _SHAPING or "\U000e0020" <= letter <= "\U000e007f"
    if is_shaping and ord(before) > 127 and before not in _BLANK and unicodedata.category(before) != "Zs":
        return letter
    is_hidden = is_shaping or letter in _BLANK or unicodedata.category(letter) in ("Cc", "Cf", "Cn", "Co", "Cs")
    return f"[U+{ord(letter):04X}]" if is_hidden else letter


def shown_number(value: float) -> str:
    """A number in a sentence: "0.03", "1,000,000"."""
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:g}" if abs(value) < 1e-6 else f"{value:,.10f}".rstrip("0").rstrip(".")


def shown_value(value: Any) -> str:
    """A setting's value in a sentence."""
    if isinstance(value, tuple):
        return ", ".join(map(shown_value, value)) or "none"
    return shown_number(value) if isinstance(value, int | float) else write_field(value) or "none"


@checked(low=number(), high=optional(number()))
def span_ends(low: float, high: float | None) -> str:
    """A span of numbers in a sentence: "0 to 50", "at least 1", "only 4"."""
    if low == high:
        return f"only {shown_number(low)}"
    return f"at least {shown_number(low)}" if high is None else f"{shown_number(low)} to {shown_number(high)}"


def span_words(name: str, low: float, high: float | None) -> str:
    """What a setting can be: "The noise can be 0 to 50 %"."""
    unit = " %" if name in ("noise", "validation", "test") else ""
    ends = span_ends(low, high) + unit
    return f"A hidden layer can have {ends} neurons" if name == "hidden" else f"The {SETTING_WORDS[name]} can be {ends}"


def expected_words(kind: str) -> str:
    """What the text of a value of `kind` must be: "a whole number"."""
    item = kind.removeprefix("tuple[").partition(",")[0].partition(" | ")[0]
    if kind.startswith("tuple["):
        whole = "whole numbers with commas between them, such as 4,2"
        return {"str": "names with commas between them", "float": "numbers with commas between them", "int": whole}[item]
    return _KINDS[item]


@checked(error=text, asked=text)
def in_words(error: str, asked: str = "the link asked for") -> str:
    """An error of the core, said to the person who followed a link: without the names of the program's variables."""
    error = error.removesuffix(".")
    error = re.sub(r"hidden\[(\d+)\]", lambda found: f"the width of layer {int(found[1]) + 1}", error)
    for name in sorted(SETTING_WORDS, key=len, reverse=True):
        # A name of one word may be a word of the sentence as well, but for the first one, which says what it is about.
        place = r"(?<![\w“'])" if "_" in name else "^"
        error = re.sub(rf"{place}{name}(\[\d+\])?(?![\w”'])", f"the {SETTING_WORDS[name]}", error)
    error = re.sub(r", got '(.*)'$", lambda found: f"; {asked} {quoted(found[1])}", error)
    error = re.sub(r", got (.*)$", rf"; {asked} \1", error)
    return error[:1].upper() + error[1:]


@checked(complaint=text, hint=text)
def sentence(complaint: str, value: Any, hint: str = "") -> str:
    """The whole sentence: a complaint, what the setting is now, and a `hint` at what it can be, if there is one."""
    whole = complaint if complaint.endswith(".") else f"{complaint}, so it is now {shown_value(value)}."
    return f"{whole} {hint}" if hint else whole
