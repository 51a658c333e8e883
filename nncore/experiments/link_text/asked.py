"""Asked: what a link asks for one setting, and which name or number is nearest to it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from nncore.experiments.link_text.sentences import expected_words, quoted


@dataclass(frozen=True)
class Asked:
    """What a link asks for one setting: its `value` as near as can be, or None and `is_lost` where it cannot be read.

    `complaint` says what is wrong with it, "" if nothing is; `hint` what it can be, where the complaint does not.
    """

    value: Any
    complaint: str = ""
    is_lost: bool = False
    hint: str = ""


def unreadable(words: str, kind: str, text: str, hint: str = "") -> Asked:
    """A setting called `words`, of `kind`, that cannot be read from `text`; `hint` says what it can be."""
    return Asked(None, f"The {words} must be {expected_words(kind)}; the link asked for {quoted(text)}", True, hint)


def same_name(text: str, names: Collection[str]) -> str | None:
    """Which of `names` is meant by `text`, in whatever case, with a space or a hyphen for an underscore; None for none."""
    if text in names:
        return text
    plain = plain_name(text)
    return next((name for name in names if plain_name(name) == plain), None)


def plain_name(name: str) -> str:
    """`name` as it is compared: in small letters, with one underscore for spaces, hyphens and underscores."""
    return re.sub(r"[\s_-]+", "_", name.strip()).casefold()


def nearest(value: Any, low: Any, high: Any) -> Any:
    """`value`, or the end of low to high (None: no end) that is nearest to it."""
    return low if value < low else high if high is not None and value > high else value
