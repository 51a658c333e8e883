"""Repairing: the Experiment nearest to what a link asks for, where not all of it can be had."""

from collections.abc import Mapping
from typing import TypeVar

from nncore.experiments.link_text import SETTING_WORDS, in_words, quoted, sentence, write_field
from nncore.experiments.link_text.repair import ask_all, both_at_once, both_sets
from nncore.experiments.validation import MAX_HELD_BACK

T = TypeVar("T")  # Experiment, which hands itself over: it is defined below this module

DECIDED_BY_DATASET = {"samples", "noise", "columns", "features"}  # at least for some datasets


def repair_experiment(cls: type[T], texts: Mapping[str, str]) -> tuple[T, list[str]]:
    """The `cls` nearest to `texts`, and one sentence for each value that is another than the one asked for."""
    asked, problems = ask_all(cls, texts)
    complaints = {name: found.complaint for name, found in asked.items() if found.complaint}
    values = {name: found.value for name, found in asked.items() if not found.is_lost}
    kept: dict[str, object] = {}
    waiting, refused = {}, dict(values)
    # What was refused is tried again after the others: it may go with their values and not with the defaults.
    while len(refused) != len(waiting):
        waiting, refused = refused, {}
        for name in waiting:
            try:
                cls(**kept, **{name: values[name]})
            except ValueError as error:
                refused[name] = in_words(str(error))
            else:
                kept[name] = values[name]
    shares = [name for name in ("validation", "test") if name in refused]
    for name in shares:
        # Each may be as large as the other leaves room for.
        other = "test" if name == "validation" else "validation"
        share = kept.get(other, getattr(cls, other))
        refused[name] = both_sets(name, values[name], share, complaints.get(name, ""))
        kept[name] = MAX_HELD_BACK - share
    if len(shares) == 2 and not complaints.keys() & set(shares):
        refused["validation"] = both_at_once([values[name] for name in shares], [kept[name] for name in shares])
        del refused["test"]
    repaired = cls(**kept)
    said = complaints | refused
    said |= {name: words for name, words in _passed_over(repaired, values).items() if name not in said}
    return repaired, problems + [sentence(complaint, getattr(repaired, name)) for name, complaint in said.items()]


def _passed_over(experiment: T, asked: Mapping[str, object]) -> dict[str, str]:
    """What is said, by name, of settings that were `asked` for and that the dataset decides by itself."""
    found = {}
    for name in DECIDED_BY_DATASET & set(asked):
        value, own = asked[name], getattr(experiment, name)
        differs = set(value) != set(own) if isinstance(value, tuple) else value != own
        if differs and value not in (None, ()):
            what = f"The {SETTING_WORDS[name]} cannot be that for this dataset"
            found[name] = f"{what}; the link asked for {quoted(write_field(value))}"
    return found
