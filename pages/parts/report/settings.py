"""All settings of a run, as a table of HTML that fits a sheet of paper."""

from html import escape

from nncore import Experiment, Run
from nncore.data.own import dataset_kind
from nncore.experiments.experiment import build_split
from pages.parts.fields.labels import describe_branch, describe_setting, setting_name

# Every setting of an Experiment, by what it is about.
GROUPS = {
    "Data": ("dataset", "samples", "noise", "columns", "features", "scaling", "validation", "test", "data_seed",
             "split_seed"),
    "Network": ("hidden", "activation", "output", "loss", "initializer", "weight_seed", "start"),
    "Training": ("optimizer", "learning_rate", "schedule", "batch_size", "batch_seed", "l1", "l2", "stop_rule", "tolerance",
                 "patience", "epoch_limit"),
}  # fmt: skip


def settings_table(experiment: Experiment) -> str:
    """HTML of three tables side by side: each setting that has a part in `experiment`, and its value in words."""
    return f'<div class="glassbox-settings">{"".join(_group(experiment, name) for name in GROUPS)}</div>'


def _group(experiment: Experiment, group: str) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(setting_name(name))}</th><td>{escape(_value(experiment, name))}</td></tr>'
        for name in GROUPS[group] if _counts(experiment, name)
    )  # fmt: skip
    return f"<table><caption>{group}</caption><tbody>{rows}</tbody></table>"


def _counts(experiment: Experiment, name: str) -> bool:
    """Whether a setting has any part in this run: the patience of a run that nothing stops has none."""
    rule = experiment.stop_rule
    has_a_part = {
        "columns": bool(experiment.columns), "features": bool(experiment.features), "activation": bool(experiment.hidden),
        "tolerance": rule not in ("none", "patience"), "patience": rule == "patience",
        "batch_seed": experiment.batch_size is not None,
    }  # fmt: skip
    return has_a_part.get(name, True)


def _value(experiment: Experiment, name: str) -> str:
    value = getattr(experiment, name)
    if name == "features":
        split = build_split(experiment)
        return ", ".join(split.transform.labels(split.dataset.feature_names))
    if name == "dataset":
        return dataset_kind(value).title
    if name == "epoch_limit" and value is None:
        return "as far as a run is recorded"
    return describe_setting(name, value)


def changes_on_the_way(run: Run, frame: int) -> list[str]:
    """A sentence for every branch that `run` has taken by its `frame`."""
    return [f"At snapshot {branch.frame:,}: {describe_branch(run.prefix(k).settings, branch)}."
            for k, branch in enumerate(run.branches) if k < run.segment_of(frame)]  # fmt: skip
