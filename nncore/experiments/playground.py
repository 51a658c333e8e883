"""Addresses of TensorFlow Playground: the same experiment here, and what differs.

Its state stands behind the # of the address, as name=value&... (read in its source). Its loss is half the squared error, so
half its learning rate makes the same steps with ours; its penalty takes rate * lambda * w off a weight at each update, which
at half the rate is our penalty with twice the lambda.
"""

from collections.abc import Callable, Mapping
from math import isfinite
from urllib.parse import parse_qsl, unquote, urlsplit

from nncore.arguments import checked, text
from nncore.experiments.experiment import Experiment
from nncore.experiments.validation import LIMITS, MAX_LAYERS, MAX_PERCENT

HOST = "playground.tensorflow.org"
LONGEST = 4000  # letters
RATE = 0.03  # the learning rate of an address that names none
ACTIVATIONS = {"tanh": "tanh", "sigmoid": "sigmoid", "relu": "relu", "linear": "identity"}
DATASETS = {"circle": "circle", "xor": "xor", "gauss": "gauss", "spiral": "spiral"}
REGRESSION_SETS = {"reg-plane": "plane", "reg-gauss": "cones"}
# The features in the order of the playground, and whether each is an input unless the address says otherwise.
FEATURES = {
    "x": ("x1", True), "y": ("x2", True), "xSquared": ("x1_squared", False), "ySquared": ("x2_squared", False),
    "xTimesY": ("x1_x2", False), "sinX": ("sin_x1", False), "sinY": ("sin_x2", False),
}  # fmt: skip
KNOWN = {
    "activation", "regularization", "batchSize", "dataset", "regDataset", "learningRate", "regularizationRate", "noise",
    "networkShape", "seed", "discretize", "showTestData", "percTrainData", "problem", "initZero", *FEATURES,
}  # fmt: skip
IGNORED = {"cosX", "cosY", "collectStats", "tutorial", "hideText"}  # in its addresses, and without effect on the training

Notes = list[str]


@checked(url=text)
def from_playground(url: str) -> tuple[Experiment, list[str]]:
    """The Experiment of a TensorFlow Playground address, and a sentence for each thing that is different here.

    A value that the playground does not know is its default there and here; one beyond our limits becomes the nearest.
    Raises ValueError for a text that is no such address.
    """
    state = _state(url)
    notes: Notes = []
    is_regression = _name(state, "problem", {"classification": False, "regression": True}, "classification", notes)
    sets = REGRESSION_SETS if is_regression else DATASETS
    asked = "regDataset" if is_regression else "dataset"
    hidden = _hidden(state, notes)
    settings = {
        "dataset": _name(state, asked, sets, next(iter(sets)), notes),
        "samples": 1200 if is_regression else 500,
        "noise": round(_number(state, "noise", 0, 0, 50, notes)),
        "features": _features(state, notes),
        "hidden": hidden,
        "activation": (_name(state, "activation", ACTIVATIONS, "tanh", notes),),
        "output": "identity" if is_regression else "tanh",
        "loss": "mse",
        "initializer": "zeros" if _flag(state, "initZero", False) else "uniform",
        "batch_size": round(_number(state, "batchSize", 10, 1, None, notes)),
        **_shares(state, notes), **_training(state, notes),
    }  # fmt: skip
    return Experiment(**settings), notes + _differences(state, settings)


def _state(url: str) -> dict[str, str]:
    """What stands behind the #, by name. Raises ValueError where the address is none of the playground."""
    url = url.strip()
    if len(url) > LONGEST:
        raise ValueError(f"The address has {len(url):,} letters, and can have {LONGEST:,}.")
    try:
        parts = urlsplit(url if "//" in url else f"https://{url}")
        fragment, host = parts.fragment, parts.hostname or ""
    except ValueError:
        fragment, host = url.partition("#")[2], ""
    state = dict(parse_qsl(fragment, keep_blank_values=True))
    if host != HOST and not KNOWN & state.keys():
        raise ValueError(f"The address is not one of the TensorFlow Playground: it begins with https://{HOST}/#.")
    return {name: unquote(value) for name, value in state.items()}


def _name(state: Mapping[str, str], name: str, table: Mapping, default: str, notes: Notes) -> object:
    """What `table` has for the value of `name`; of an unknown one, as in the playground, for the default."""
    value = state.get(name, "").strip() or default
    if value not in table:
        notes.append(f"There is no {name} “{value[:40]}” in the playground, so it is {default}.")
        value = default
    return table[value]


def _flag(state: Mapping[str, str], name: str, default: bool) -> bool:
    """As the playground reads it: whatever is there and is not "false" is true."""
    value = state.get(name, "").strip()
    return value != "false" if value else default


def _number(
    state: Mapping[str, str], name: str, default: float, low: float, high: float | None, notes: Notes,
    from_theirs: Callable[[float], float] = float,
) -> float:  # fmt: skip
    """The number called `name` in our terms, `from_theirs`, within low to high."""
    theirs = _theirs(state, name, default)
    if not isfinite(theirs):
        notes.append(f"The {name} must be a number; the address has “{state[name].strip()[:40]}”, so it is {default:g}.")
        theirs = default
    ours = from_theirs(theirs)
    near = max(low, ours if high is None else min(high, ours))
    if near != ours:
        terms = f", {ours:g} in the terms used here," if ours != theirs else ""
        notes.append(f"The {name} of {theirs:g}{terms} is beyond the limit, so it is {near:g}.")
    return near


def _theirs(state: Mapping[str, str], name: str, default: float) -> float:
    """The number called `name` in the playground's terms; nan for a text that is none."""
    value = state.get(name, "").strip()
    try:
        return float(value) if value else default
    except ValueError:
        return float("nan")


def _hidden(state: Mapping[str, str], notes: Notes) -> tuple[int, ...]:
    text = state.get("networkShape", "4,2").strip()
    try:
        widths = [int(float(part)) for part in text.split(",")] if text else []
    except (ValueError, OverflowError):
        notes.append(f"The networkShape must be numbers of neurons; the address has “{text[:40]}”, so it is 4,2.")
        return 4, 2
    low, high = LIMITS["hidden"]
    kept = tuple(int(min(max(width, low), high)) for width in widths[:MAX_LAYERS])
    if list(kept) != widths:
        notes.append(f"A network here has at most {MAX_LAYERS} hidden layers of {low} to {high} neurons, so this one has "
                     f"{', '.join(map(str, kept))}.")  # fmt: skip
    return kept


def _features(state: Mapping[str, str], notes: Notes) -> tuple[str, ...]:
    picked = tuple(ours for theirs, (ours, default) in FEATURES.items() if _flag(state, theirs, default))
    if not picked:
        notes.append("The address has no input at all, so the network is given x₁ and x₂.")
    return picked or ("x1", "x2")


def _shares(state: Mapping[str, str], notes: Notes) -> dict[str, int]:
    """Its test data are our validation set: it looks at them while it trains."""
    held_back = 100 - round(_number(state, "percTrainData", 50, 10, 90, notes))
    validation = min(held_back, MAX_PERCENT)
    return {"validation": validation, "test": held_back - validation}


def _training(state: Mapping[str, str], notes: Notes) -> dict[str, float]:
    rate = _number(state, "learningRate", RATE, *LIMITS["learning_rate"], notes, lambda theirs: theirs / 2)
    penalty = state.get("regularization", "").strip()
    found = {"optimizer": "sgd", "learning_rate": rate}
    if penalty in ("L1", "L2"):
        strength = _number(state, "regularizationRate", 0.0, *LIMITS[penalty.lower()], notes, lambda theirs: 2 * theirs)
        found[penalty.lower()] = strength
    elif penalty and penalty.casefold() != "none":
        notes.append(f"There is no regularization “{penalty[:40]}” in the playground, so there is none.")
    return found


def _differences(state: Mapping[str, str], settings: Mapping[str, object]) -> Notes:
    """What is not the same here, whatever the address says."""
    rate, theirs = settings["learning_rate"], _theirs(state, "learningRate", RATE)
    same = rate == theirs / 2 or not isfinite(theirs)
    notes = [
        "Its loss is half the squared error. Ours is the whole, twice as large, so the learning rate is halved, to "
        f"{rate:g}: the steps are the same." if same else
        "Its loss is half the squared error. Ours is the whole, twice as large, so half the learning rate would make the "
        f"same steps; the nearest here is {rate:g}, so they are {'longer' if rate > theirs / 2 else 'shorter'} than there."
    ]
    for name in ("l1", "l2"):
        if settings.get(name) and settings[name] == 2 * _theirs(state, "regularizationRate", 0.0):
            notes.append(f"At the halved rate its penalty is ours of twice the strength: {name.upper()} {settings[name]:g}.")
    if settings.get("l1"):
        notes.append("A weight that its L1 penalty takes across 0 stays 0 there for good; here it goes on learning.")
    drawn = "random numbers are drawn in another way"
    notes.append(f"Its biases start at 0.1, ours at 0, and {drawn}: points and first weights are others of the same kind."
                 if settings["initializer"] != "zeros" else f"Its {drawn}: the points are others of the same kind.")
    if settings["samples"] * (100 - settings["validation"] - settings["test"]) / 100 % settings["batch_size"]:
        notes.append("Samples left over at the end of an epoch wait for the next one there; here they make a smaller batch.")
    notes.append("What it calls test data is the validation set here, as one looks at it while training.")
    unknown = [n for n in state if n not in KNOWN | IGNORED and not n.endswith("_hide")]
    if unknown:
        notes.append(f"“{unknown[0][:40]}” says nothing to the playground and is left out.")
    return notes
