"""In which settings pinned runs differ, in words."""

from collections.abc import Sequence
from dataclasses import fields

from nncore import Experiment, Run
from pages.parts.fields.labels import describe_branch, describe_setting, setting_name


def differing(settings: Sequence[Experiment]) -> list[str]:
    """The names of the settings in which these differ, in their order."""
    return [field.name for field in fields(Experiment) if len({repr(getattr(one, field.name)) for one in settings}) > 1]


def changes_words(run: Run) -> str:
    """What was changed on the way of a run, or "nothing"."""
    return "; ".join(describe_branch(run.prefix(k).settings, branch) for k, branch in enumerate(run.branches)) or "nothing"


def difference_words(runs: Sequence[Run]) -> list[str]:
    """What sets each of these runs apart from the others: "learning rate 0.003 · batch full"; "" where nothing does."""
    settings = [run.experiment for run in runs]
    names = differing(settings)
    words = [[f"{setting_name(name)} {describe_setting(name, getattr(one, name))}" for name in names] for one in settings]
    for said, run in zip(words, runs, strict=True):
        if run.branches:
            said.append(f"on the way: {changes_words(run)}")
    return [" · ".join(said) for said in words]
