"""Words for what was picked: the names that people read, in one place."""

import itertools
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from nncore import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, STOP_RULES, Branch, Experiment
from nncore.models.architecture import count_parameters
from pages.parts.figures.palette import CLASSES, GLYPHS

# The tables whose entries a person picks, by the setting that holds the choice.
TABLES: dict[str, Mapping[str, Any]] = {
    "optimizer": OPTIMIZERS, "activation": ACTIVATIONS, "loss": LOSSES, "initializer": INITIALIZERS,
    "schedule": SCHEDULES, "stop_rule": STOP_RULES,
}  # fmt: skip
OTHERS = {"standard": "mean 0, deviation 1"}

FIELDS = {
    "learning_rate": "learning rate", "batch_size": "batch", "l1": "L1", "l2": "L2", "stop_rule": "stop rule",
    "epoch_limit": "epoch limit",
}  # fmt: skip


SHARES = ("noise", "validation", "test")  # settings in percent

# What people call a choice of a page where its name in the link does not say it; see `choice_words`.
CHOICES = {
    "translate": "end of the training", "block": "end of the training",
    "pictures": "set of pictures", "pixels": "order of the pixels", "filter_start": "number of the first weights",
    "filter_branches": "list of filters set by hand", "filter_hand": "list of weights set by hand",
    "use": "finding", "filters": "end of the training", "filters_frame": "snapshot", "whose_picture": "choice of pictures",
    "picture": "number of the picture", "filter": "number of the filter", "zoom_block": "number of the block",
    "zoom_map": "number of the map", "zoom_answer": "class that is added up", "window_row": "row of the window",
    "window_column": "column of the window", "move_down": "move down", "move_right": "move to the right",
    "matrix_look": "view of the matrix", "code_language": "language of the code", "memory": "end of the training",
    "memory_frame": "snapshot", "gradient_stretch": "number of steps between two cuts", "coded": "choice of data",
    "code": "size of the code", "coder": "kind of network",
    "left_out": "class that is left out (counted from 0, and -1 for none)",
    "code_start": "number of the first weights", "coding": "end of the training", "coding_frame": "snapshot",
    "code_x": "first number of the code", "code_y": "second number of the code", "code_use": "finding",
    "code_asked": "training that was asked for", "own_loss": "loss", "quantile": "share",
    "price_low": "price of a minute too few", "price_high": "price of a minute too many", "translation_frame": "snapshot",
    "batch_view": "finding", "noise_at": "place in the training", "initializer_view": "finding", "look_at": "initializer",
    "block_frame": "snapshot", "block_place": "place in the sequence", "typed_letters": "typed sequence",
    "typed_pairs": "typed sequence", "learned_epoch": "epoch", "pieces_text": "typed text", "run_epoch": "epoch",
    "outer_terms": "number of terms", "explain_bound": "bound", "scaled": "switch of the scaling",
    "positions": "switch of the positions", "shuffled": "switch of the shuffling",
    "ink": "list of pixels", "memory_task": "task", "sequence_steps": "number of steps", "state_size": "number of neurons",
    "clip_at": "limit of the gradient", "start_radius": "spectral radius",
    "clip_asked": "training that was asked for", "memory_start": "number of the first weights", "memory_use": "finding",
    "memory_guess": "guess", "answer_step": "step of the answer", "text_draw": "draw", "sequence": "number of the sequence",
    "sum_step": "step of the sum", "sum_neuron": "neuron of the sum", "sum_gate": "gate of the sum",
    "bend": "activation", "start_from": "number of the first weights", "block_start": "number of the first weights",
    "n_kind": "kind of neuron", "n_points": "set of samples", "n_draw": "draw", "n_sample": "sample",
    "n_tolerance": "tolerance", "n_schedule": "schedule", "n_inputs": "number of inputs",
    "n_rate": "learning rate", "n_start": "list of first weights", "n_steps": "list of steps", "n_of": "side",
    "n_along": "weight to look along", "n_race": "race", "n_own": "stop", "n_part": "chapter", "n_curves": "list of curves",
    "starts": "number of starts", "restart_epochs": "number of epochs", "restart_success": "loss that counts as success",
    "restart_tolerance": "tolerance", "restart_maps": "page of maps", "restart_open": "start to open",
    "restart_view": "finding", "restart_from": "first of the two starts", "restart_to": "second of the two starts",
    "first": "first start", "second": "second start", "depth": "depth", "width": "width",
    "race_epochs": "number of epochs", "balls": "number of balls", "ball_at": "list of places",
    "ball_optimizer": "list of optimizers", "restart_of": "network", "rolled": "state of the roll",
    "trained": "state of the training", "solved": "state of the three trainings",
    "together": "choice of two runs", "together_at": "snapshot",
    "found": "state of the training", "compared": "state of the comparison", "ball_rate": "learning rate",
    "ball_steps": "number of steps", "ball_drop": "number of the drop", "block_heads": "number of heads",
    "heads": "number of heads", "length": "sequence's length", "run_words": "number of words",
    "run_sentences": "number of sentences", "run_numbers": "amount of numbers per word", "numbers": "amount of numbers",
    "run_vectors": "kind of vectors", "vectors": "kind of vectors", "draw": "seed", "real_words": "number of real words",
    "update": "update's number", "sample": "sample's number", "layer": "layer's number", "neuron": "neuron's number",
    "source": "weight's number", "update_sample": "sample's number", "batch_sample": "sample's number",
    "pass_step": "step's number", "difference_step": "exponent of the step", "chain_weight": "weight to look at",
    "batch_sizes": "list of batch sizes", "batch_epochs": "number of epochs", "rate_power": "rule for the rate",
    "surface_first": "weight across", "surface_second": "weight upwards", "surface_directions": "pair of directions",
    "surface_view": "view", "surface_height": "scale of the heights", "surface_zoom": "width of the slice",
    "surface_draw": "number of the draw", "surface_path": "end of the path",
    "matrices_seed": "seed", "pin": "weight that is followed", "digits": "list of digits", "corners": "list of corners",
    "lesson_step": "step", "lesson_seed": "lesson's seed", "lesson_told": "list of predictions",
    "lessons_done": "list of lessons that are done",
    "pair_vectors": "kind of vectors", "score_view": "finding", "leak_guess": "guess", "curve_along": "axis",
    "curve_l2": "penalty", "curve_guess": "guess", "search_across": "setting across", "search_upwards": "setting upwards",
    "search_epochs": "number of epochs", "search_way": "way of searching", "search_cell": "combination",
    "search_folds": "cross-validation", "peek_rows": "number of rows", "peek_guessers": "number of guessers",
    "peek_guess": "guess", "peek_ladder": "rule of the ladder",
    "steps": "list of steps", "task": "task", "whose": "choice of matrices", "answers": "set of samples",
}  # fmt: skip


# Numbers that say nothing by themselves, by the choice whose link holds them.
_ENDS = {0: "before the first update", 1: "the last update"}
VALUES = dict.fromkeys(("filters", "memory", "coding", "translate", "block"), _ENDS) | {"left_out": {-1: "no class"}}


def choice_words(name: str) -> str:
    """What people call the choice `name` of a page: "number of starts"; by default its name without underscores."""
    return CHOICES.get(name, name.replace("_", " "))


def value_words(name: str, value: object) -> object:
    """What people call `value` of the choice `name`, where the link says it by a number that says nothing; else `value`."""
    return VALUES.get(name, {}).get(value, value) if isinstance(value, int) else value


def name_of(value: object, setting: str | None = None) -> str:
    """The name of a table's entry as people write it: its label, looked up in the table of `setting`, or in all."""
    for table in TABLES.values() if setting is None else [TABLES.get(setting, {})]:
        if value in table and (label := getattr(table[value], "label", None)):
            return label
    return OTHERS.get(str(value), str(value).replace("_", " "))


def describe_value(name: str, value: object) -> str:
    """One setting's value in words."""
    if name == "batch_size":
        return {None: "full", 1: "1 (stochastic)"}.get(value, str(value))
    if value is None:
        return "none"
    return f"{value:g}" if isinstance(value, float) else name_of(value, name)


def setting_name(name: str) -> str:
    """What people call the setting `name` of an Experiment: "learning rate"."""
    return FIELDS.get(name, name.replace("_", " "))


def describe_setting(name: str, value: object) -> str:
    """One setting's value in words, also of a setting with several values: "8, 8", "none"."""
    if isinstance(value, tuple):
        return ", ".join(describe_value(name, one) for one in value) or "none"
    return f"{value} %" if name in SHARES else describe_value(name, value)


def describe_changes(before: Experiment, changes: dict[str, object]) -> str:
    """What a branch changed: "learning rate 0.03 → 0.1, optimizer SGD → Adam"."""
    return ", ".join(
        f"{FIELDS.get(name, name)} {describe_value(name, getattr(before, name))} → {describe_value(name, value)}"
        for name, value in changes.items()
    )


def describe_branch(before: Experiment, branch: Branch) -> str:
    """What happened at a branch: settings changed, weights were set by hand, or training only went on."""
    count = len(branch.edits)
    by_hand = f"{count} weight{'' if count == 1 else 's'} or bias{'' if count == 1 else 'es'} set by hand" if count else ""
    if branch.parameters:
        by_hand = "all weights and biases set by hand"
    words = ", ".join(filter(None, [by_hand, describe_changes(before, dict(branch.changes))]))
    return words or "training went on"


def parameter_arithmetic(sizes: tuple[int, ...]) -> str:
    """The count of weights and biases with its sum: "2·8+8 + 8·1+1 = 33"."""
    terms = [f"{n_in}·{n_out}+{n_out}" for n_in, n_out in itertools.pairwise(sizes)]
    return f"{' + '.join(terms)} = {count_parameters(sizes):,}"


def summarise(experiment: Experiment) -> str:
    """The network in one line: "2 inputs, hidden layers of 8 and 8 neurons, 1 output: 105 weights and biases"."""
    sizes = experiment.sizes
    widths = " and ".join(filter(None, [", ".join(map(str, sizes[1:-2])), *map(str, sizes[1:-1][-1:])]))
    plural = "s" if len(sizes) > 3 else ""
    hidden = f"hidden layer{plural} of {widths} neurons" if widths else "no hidden layer"
    return (
        f"{_count(sizes[0], 'input')}, {hidden}, {_count(sizes[-1], 'output')}: "
        f"{experiment.n_parameters:,} weights and biases"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def class_words(name: str) -> str:
    """A class in a sentence: "class 7"; one that is called "class 1" is that."""
    return name if name.casefold().startswith("class ") else f"class {name}"


def class_chips(names: Sequence[str]) -> str:
    """The classes in a line of HTML: each one's mark in its colour, and its name."""
    chips = (f'<span style="white-space: nowrap"><span style="color: {colour}">{glyph}</span> {escape(name)}</span>'
             for name, glyph, colour in zip(names, GLYPHS, CLASSES, strict=False))  # fmt: skip
    return f'<div style="display: flex; flex-wrap: wrap; gap: 0 0.9rem; font-size: 0.85rem">{"".join(chips)}</div>'
