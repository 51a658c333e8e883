"""Repair: what a link asks for, as near as the rules of an Experiment allow, with a sentence for each difference.

A value beyond a limit becomes the limit, a name is read in any case, and what cannot be read at all becomes the default.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from typing import Any

from nncore.arguments import checked, names, texts_by_name
from nncore.data.own.parsing.kinds import dataset_kind, is_own, known_kind
from nncore.experiments.link_text.asked import Asked, nearest, plain_name, same_name, unreadable
from nncore.experiments.link_text.sentences import SETTING_WORDS, quoted, shown_number, span_words
from nncore.experiments.link_text.values import kind_text, read_field
from nncore.experiments.validation import CHOICES, LIMITS, MAX_HELD_BACK, MAX_LAYERS


def ask_all(cls: type, texts: Mapping[str, str]) -> tuple[dict[str, Asked], list[str]]:
    """What `texts` ask for, by name, in the order of the fields of `cls`; and a sentence for each name that is no field.

    Names are read in any case.
    """
    kinds = {field.name: kind_text(str(field.type)) for field in fields(cls)}
    texts, problems = by_known_names(texts, kinds)
    problems += [f"There is no setting called {quoted(name)}." for name in texts if name not in kinds]
    asked: dict[str, Asked] = {}
    for name, kind in kinds.items():
        if name in texts:
            dataset = asked["dataset"].value if "dataset" in asked else None
            asked[name] = ask(name, kind, texts[name], dataset or cls.dataset)
    return asked, problems


@checked(texts=texts_by_name, names=names())
def by_known_names(texts: Mapping[str, str], names: Collection[str]) -> tuple[dict[str, str], list[str]]:
    """`texts` by the `names` that are meant, in whatever case; and a sentence for each that was named before.

    A name that stands there letter for letter comes first. What is none of the names stays as it is.
    """
    exact = {name: value for name, value in texts.items() if name in names}
    by_plain_name = {plain_name(name): name for name in reversed(list(names))}
    known, problems = dict(exact), []
    for name, value in texts.items():
        if name in exact:
            continue
        meant = by_plain_name.get(plain_name(name), name)
        if meant in known:
            problems.append(f"The link names the {SETTING_WORDS.get(meant, meant)} twice; {quoted(name)} is left out.")
        else:
            known[meant] = value
    return known, problems


def ask(name: str, kind: str, text: str, dataset: str | None = None) -> Asked:
    """What `text` says for the setting `name`, declared as `kind`."""
    try:
        value = read_field(name, kind, text)
    except ValueError:
        return unreadable(SETTING_WORDS[name], kind, text)
    if name == "dataset" and is_own(value):
        return _ask_own(value)
    kind_of = known_kind(dataset) if name in ("columns", "samples") else None
    if name == "columns" and kind_of is not None:
        return _once_each(name, _ask_columns(value, kind_of.n_inputs))
    if name in CHOICES and value is not None:
        return _once_each(name, _ask_names(name, value, text)) if name == "features" else _ask_names(name, value, text)
    if name == "samples" and value is not None and kind_of is not None:
        return _ask_within(name, value, (kind_of.min_samples, kind_of.max_samples), text)
    if name in LIMITS and value is not None:
        return _ask_within(name, value, LIMITS[name], text)
    return Asked(value)


def _once_each(name: str, asked: Asked) -> Asked:
    """What is `asked` of a list in which each item counts once, with a sentence where it names one more often."""
    again = [item for item, count in Counter(asked.value or ()).items() if count > 1]
    if not again:
        return asked
    complaint = f"The {SETTING_WORDS[name]} names {quoted(str(again[0]))} more than once; it counts once."
    return replace(asked, value=tuple(dict.fromkeys(asked.value)), complaint=asked.complaint or complaint)


def _ask_names(name: str, value: Any, text: str) -> Asked:
    items = value if isinstance(value, tuple) else (value,)
    found = [same_name(item, CHOICES[name]) for item in items]
    if None in found:
        allowed = f"can be one of {', '.join(CHOICES[name])}"
        wrong = quoted(items[found.index(None)])
        return Asked(None, f"The {SETTING_WORDS[name].removeprefix('list of ')} {allowed}; the link asked for {wrong}", True)
    return Asked(tuple(found) if isinstance(value, tuple) else found[0])


def _ask_own(name: str) -> Asked:
    """A person's own data, or the sentence on why they cannot be had."""
    try:
        return Asked(dataset_kind(name).name)
    except ValueError as error:
        return Asked(None, str(error).removesuffix("."), True)


def _ask_columns(columns: tuple[int, ...], n_inputs: int) -> Asked:
    """The columns that a dataset has; of a set that is drawn none can be picked."""
    wrong = [column for column in columns if not 0 <= column < n_inputs] if n_inputs > 2 else []
    if not wrong:
        return Asked(columns)
    kept = tuple(column for column in columns if 0 <= column < n_inputs)
    complaint = f"The columns of this dataset are 0 to {n_inputs - 1}; the link asked for {quoted(str(wrong[0]))}"
    return Asked(kept, f"{complaint}, which is left out.")


def _ask_within(name: str, value: Any, ends: tuple[float, float | None], text: str) -> Asked:
    items = value if isinstance(value, tuple) else (value,)
    if any(item != item for item in items):
        return Asked(None, f"The {SETTING_WORDS[name]} must be a number; the link asked for {quoted(text)}", True)
    if len(items) > MAX_LAYERS:
        first = tuple(nearest(item, *ends) for item in items[:MAX_LAYERS])
        complaint = f"A network can have at most {MAX_LAYERS} hidden layers; the link asked for {len(items):,}"
        return Asked(first, f"{complaint}, so it now has {MAX_LAYERS}.")
    near = tuple(type(item)(nearest(item, *ends)) for item in items)
    wrong = [place for place, item in enumerate(items) if near[place] != item]
    if not wrong:
        return Asked(value)
    asked = " and ".join(quoted(text.split(",")[place] if isinstance(value, tuple) else text) for place in wrong)
    complaint = f"{span_words(name, *ends)}; the link asked for {asked}"
    if isinstance(value, tuple):
        have = " and ".join(shown_number(near[place]) for place in wrong)
        return Asked(near, f"{complaint}, so {'it now has' if len(wrong) == 1 else 'they now have'} {have}.")
    return Asked(near[0], complaint)


def both_sets(name: str, share: int, other_share: int, complaint: str = "") -> str:
    """The sentence on a share of the set `name`, validation or test, that leaves too little to train on beside the other.

    `complaint` is what was said already of a share that no set can have: it names the number that was asked for.
    """
    if complaint:
        return (f"{complaint}, and the validation and the test set can be at most {MAX_HELD_BACK} % together, so it is now "
                f"{MAX_HELD_BACK - other_share} %.")  # fmt: skip
    return (f"The validation and the test set can be at most {MAX_HELD_BACK} % together; the link asked for {share} % "
            f"beside {other_share} %, so the {SETTING_WORDS[name]} is now {MAX_HELD_BACK - other_share} %.")  # fmt: skip


def both_at_once(asked: list[int], now: list[int]) -> str:
    """The sentence on shares of both sets that leave too little to train on, in the order validation, test."""
    return (f"The validation and the test set can be at most {MAX_HELD_BACK} % together; the link asked for {asked[0]} % "
            f"and {asked[1]} %, so they are now {now[0]} % and {now[1]} %.")  # fmt: skip
