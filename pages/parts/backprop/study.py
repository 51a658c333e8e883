"""What is under the microscope: the update after the snapshot on screen, one sample of its batch, one weight."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from nncore import Experiment, Network
from nncore.cache import cached
from nncore.experiments.experiment import build_network, build_split
from nncore.experiments.run import Run
from nncore.inspection.replay import checkpoint_before, network_before, segment_after, state_at, update_after
from nncore.inspection.trace import Trace, WeightChain, parameter_index, trace_passes, weight_chain
from nncore.training.stopping import Stop
from nncore.training.trainer import TrainerState
from nncore.training.updates import Update
from pages.parts.backprop.names import input_name
from pages.parts.fields.labels import class_words
from pages.parts.fields.outside_text import literal
from pages.parts.page.choices import Rule, Span, choice, choice_up_to
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session

# The choices of this page in the link: which update of the epoch, which sample of its batch, which weight, which step of
# the slow motion, which study, and the exponent of the step of the finite differences.
NAMES = ("update", "batch_sample", "chain_weight", "pass_step", "pass_of", "microscope", "difference_step")
EXPONENTS, DEFAULT_EXPONENT = tuple(range(-10, 0)), -6  # of the step of the finite differences
MANY_INPUTS = 8
STUDIES = ("batch", "passes", "chain", "check", "flow")


@dataclass(frozen=True)
class Look:
    """The update, its passes, and the choices: `sample` (a place in the batch) and `place` count from 0.

    `place` is (layer, neuron, source) of the chosen weight, a source of n_in being the bias; `step` is that of the slow
    motion, of which there are `n_steps`; `exponent` is of the finite differences. `stop` says why training ended at the
    frame, so that the update was never made; else it is None. `experiment` holds the settings in force for the update and
    `network` the parameters just before it. `network`, `update` and `trace` are shared by all viewers, not to be changed.
    """

    session: Session
    experiment: Experiment
    network: Network
    update: Update
    stop: Stop | None
    trace: Trace
    chain: WeightChain
    sample: int
    place: tuple[int, int, int]
    step: int
    study: str
    exponent: int

    def own_network(self) -> Network:
        """A copy of the network, to try changes on."""
        network = build_network(self.experiment)
        network.parameters = self.network.parameters
        return network

    @property
    def n_layers(self) -> int:
        """Number of layers that have weights."""
        return len(self.network.shapes)

    @property
    def n_steps(self) -> int:
        """Steps of the slow motion: inputs, each layer forward, the loss, each layer backward, the gradients."""
        return count_steps(self.network)


def count_steps(network: Network) -> int:
    """How many steps the slow motion of a network has."""
    return 2 * len(network.shapes) + 3


def look(session: Session, frame: int) -> Look:
    """The update after `frame`, with the choices that the link holds; ones that cannot be are noted."""
    run = session.run
    settings = run.segments[segment_after(run, frame)].experiment
    first, most = first_update(run, frame, settings), settings.updates_per_epoch
    number = choice(session, "update", "int", first, Span(1, most))
    _train_again(run, frame)
    network, update, trace = _passes(run, frame, number)
    stop = chunk_store().scores(run, frame)[2]
    most = settings.batch_size or len(update.rows)
    # The last batch of an epoch may be shorter than the others; its last sample is then shown instead.
    sample = choice_up_to(session, "batch_sample", 1, len(update.rows), Span(1, most)) - 1
    first = (1, 1, liveliest_input(settings) + 1)
    places = choice(session, "chain_weight", "tuple[int, ...]", first,
                    Rule(partial(_is_weight, network), "a layer, a neuron in it, and an input, or 0 for the bias"))
    place = place_of(network, places)
    last = count_steps(network) - 1
    step = choice(session, "pass_step", "int", 0, Span(0, last))
    study = choice(session, "microscope", "str", STUDIES[0], STUDIES)
    exponent = choice(session, "difference_step", "int", DEFAULT_EXPONENT, EXPONENTS)
    chain = weight_chain(network, trace, *place)
    return Look(session, settings, network, update, stop, trace, chain, sample, place, step, study, exponent)


def _train_again(run: Run, frame: int) -> None:
    """Trains `run` up to `frame` again and says how far it is, which the first time takes a moment for a large network."""
    place = st.empty()
    for at in snapshots_on_the_way(run, frame):
        with place, st.spinner(f"Training up to this update again: snapshot {at:,} of {frame:,}"):
            _state(run, at)
    place.empty()


def snapshots_on_the_way(run: Run, frame: int) -> list[int]:
    """The frames at which a state is kept on the way from the last recorded one to `frame`, and `frame` itself."""
    places = [frame]
    while (before := checkpoint_before(run, places[0])) is not None:
        places.insert(0, before)
    return places


def first_update(run: Run, frame: int, settings: Experiment) -> int:
    """The number of the update after `frame`: 1, except where frames are single updates of an epoch that diverged."""
    epochs, per_epoch = chunk_store().scores(run, frame)[0], settings.updates_per_epoch
    done = epochs[-1] - epochs[run.segments[run.segment_from(frame)].start]
    return min(round(done % 1 * per_epoch) % per_epoch + 1, per_epoch)


def _passes(run: Run, frame: int, number: int) -> tuple[Network, Update, Trace]:
    """Update `number` after `frame` with the network before it and its passes, shared by all viewers."""
    e = run.settings
    batch = len(build_split(e).X_train) if e.batch_size is None else e.batch_size
    numbers = 8 * e.n_parameters + batch * (3 * e.sizes[0] + 5 * sum(e.sizes[1:]))
    return cached(_traced_update, run, frame, number, n_bytes=8 * numbers)


def _traced_update(run: Run, frame: int, number: int) -> tuple[Network, Update, Trace]:
    update = update_after(run, frame, _state(run, frame), number)
    network = network_before(run, frame, update)
    return network, update, trace_passes(network, update.X, update.y)


def _state(run: Run, frame: int) -> TrainerState:
    """The trainer's state at `frame`; those on the way to it are kept too, so that the frames near by come at once."""
    return cached(_trained_state, run, frame, n_bytes=8 * 3 * run.settings.n_parameters)


def _trained_state(run: Run, frame: int) -> TrainerState:
    before = checkpoint_before(run, frame)
    earlier = None if before is None else (before, _state(run, before))
    return state_at(chunk_store(), run, frame, earlier)


def liveliest_input(experiment: Experiment) -> int:
    """The input shown first: the first, or of many (pictures have edges that never change) the one that varies most."""
    inputs = build_split(experiment).X_train
    return int(inputs.std(axis=0).argmax()) if inputs.shape[1] > MANY_INPUTS else 0


def place_of(network: Network, numbers: tuple[int, ...]) -> tuple[int, int, int]:
    """(layer, neuron, source) from 0 for numbers from 1, in which the source 0 is the bias."""
    layer, neuron, source = numbers
    return layer - 1, neuron - 1, source - 1 if source else network.sizes[layer - 1]


def numbers_of(network: Network, place: tuple[int, int, int]) -> tuple[int, int, int]:
    """The reverse of `place_of`."""
    layer, neuron, source = place
    return layer + 1, neuron + 1, 0 if source in (-1, network.sizes[layer]) else source + 1


def keep_weight(session: Session, network: Network, place: tuple[int, int, int]) -> None:
    """Chooses the weight at `place`; a source of -1 is the bias too."""
    session.choices["chain_weight"] = ",".join(map(str, numbers_of(network, place)))


def _is_weight(network: Network, numbers: tuple[int, ...]) -> bool:
    if len(numbers) != 3 or not 1 <= numbers[0] <= len(network.shapes) or numbers[2] < 0:
        return False
    try:
        parameter_index(network, *place_of(network, numbers))
    except ValueError:
        return False
    return True


def weight_name(look: Look, place: tuple[int, int, int] | None = None) -> str:
    """A weight in words, as Markdown: "the weight of neuron 3 of layer 1 on x2", or "the bias of ..."."""
    layer, neuron, source = place or look.place
    whose = f"neuron {neuron + 1} of layer {layer + 1}"
    if layer == look.n_layers - 1 and look.network.sizes[-1] > 1:
        whose += f" ({literal(class_words(neuron_name(look, layer + 1, neuron)))})"
    if source == look.network.sizes[layer]:
        return f"the bias of {whose}"
    return f"the weight of {whose} on {literal(source_name(look, layer, source))}"


def source_name(look: Look, layer: int, source: int) -> str:
    """An input of a neuron of `layer`: an input's name, or a neuron of the layer before, or the bias."""
    if source == look.network.sizes[layer]:
        return "1 (bias)"
    return neuron_name(look, 0, source) if layer == 0 else f"neuron {source + 1} of layer {layer}"


def input_columns(look: Look) -> tuple[str, ...]:
    """The inputs' features, or the names of their columns in the data."""
    split = build_split(look.experiment)
    return split.transform.labels(split.dataset.feature_names)


def neuron_name(look: Look, column: int, neuron: int) -> str:
    """What a neuron of a column is called: column 0 are the inputs, the last one are the outputs."""
    if column == 0:
        return input_name(input_columns(look)[neuron], neuron + 1)
    if column == look.n_layers and look.network.sizes[-1] > 1:
        return str(build_split(look.experiment).dataset.class_names[neuron])
    return f"neuron {neuron + 1}"
