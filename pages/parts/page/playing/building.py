"""Building the network, and drawing its data, in the picture: what a press or a stroke there changes."""

from typing import Any

from nncore import FEATURES, Experiment
from nncore.data.own import DRAWN
from nncore.experiments.experiment import MAX_LAYERS, MAX_WIDTH
from pages.parts.own.drawing import take_points
from pages.parts.page.session import Session

FIRST_WIDTH = 4  # of a hidden layer that is added to none


def build(session: Session, command: dict[str, Any]) -> None:
    """Follows "what" by "by" (1 or -1): "layers", "neurons,2" of that hidden layer, or "feature,x1_x2".

    The network on screen when it is followed is what changes, however many presses came before. Invalid ones are left out.
    """
    what, _, which = str(command.get("what")).partition(",")
    is_more = command.get("by") == 1
    changes = {"layers": _layers, "neurons": _neurons, "feature": _features}.get(what, lambda *_: {})
    session.change(**changes(session.settings, which, is_more))


def edit(session: Session, command: dict[str, Any]) -> None:
    """Sets weights and biases by hand: "edits" are (layer, neuron, input, value), on the frame on screen when pressed."""
    if command.get("run") == session.run.key:
        session.frame = max(0, int(command["frame"]))
    session.edit([tuple(one) for one in command.get("edits", ())])


def draw_points(session: Session, command: dict[str, Any]) -> None:
    """Takes over the points drawn on the map, "letters" as in the link, unless another dataset was picked meanwhile."""
    if session.settings.dataset.startswith(DRAWN):
        take_points(session, command.get("letters"))


def go_on(session: Session, command: dict[str, Any]) -> None:
    """Goes on from the end of the recording, or where a rule or a limit stopped it."""
    if command.get("run") == session.run.key:
        session.frame = max(0, int(command["frame"]))
        session.go_on()


def _layers(e: Experiment, which: str, is_more: bool) -> dict[str, object]:
    if not is_more:
        return {"hidden": e.hidden[:-1]} if e.hidden else {}
    return {"hidden": (*e.hidden, (e.hidden or (FIRST_WIDTH,))[-1])} if len(e.hidden) < MAX_LAYERS else {}


def _neurons(e: Experiment, which: str, is_more: bool) -> dict[str, object]:
    layer = int(which) - 1 if which.isdecimal() else -1
    if not 0 <= layer < len(e.hidden):
        return {}
    width = e.hidden[layer] + (1 if is_more else -1)
    return {"hidden": (*e.hidden[:layer], width, *e.hidden[layer + 1 :])} if 1 <= width <= MAX_WIDTH else {}


def _features(e: Experiment, which: str, is_more: bool) -> dict[str, object]:
    if which not in FEATURES or FEATURES[which].inputs_needed > e.n_raw_inputs:
        return {}
    picked = {*e.features, which} if is_more else {*e.features} - {which}
    return {"features": tuple(name for name in FEATURES if name in picked)} if picked else {}
