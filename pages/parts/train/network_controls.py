"""The controls of the network: layers, activations and first weights; under More, output, loss and seeds."""

from typing import Any

import streamlit as st

from nncore import ACTIVATIONS, INITIALIZERS, LOSSES, OUTPUTS
from nncore.experiments.experiment import MAX_LAYERS, MAX_SEED, MAX_WIDTH, Experiment
from nncore.many_starts.restarts.hidden_widths import width_by_rule
from nncore.models.architecture import check_output
from pages.parts.fields.labels import name_of, parameter_arithmetic
from pages.parts.fields.number_field import number_field
from pages.parts.page.session import Session, bind


def network_controls(session: Session, e: Experiment) -> None:
    """Hidden layers and their widths, activation and initializer."""
    st.slider(
        "How many hidden layers?", 0, MAX_LAYERS,
        help="Layers between the inputs and the output. With none, the network can only draw a straight border.",
        **bind(session, "layers", len(e.hidden), lambda n: {"hidden": (*e.hidden, *[(e.hidden or (4,))[-1]] * n)[:n]}),
    )
    # What only some networks have takes one place each, emptied at once where there is none: else what stands below would
    # move up and be seen twice, with a number of before and one of now.
    with st.container() if e.hidden else st.empty():
        _width_controls(session, e)
    st.caption(f"Parameters: {parameter_arithmetic(e.sizes)}",
               help="For each layer: inputs times neurons weights, and one bias for every neuron.")
    with st.container() if e.hidden else st.empty():
        _activation_controls(session, e)
    st.selectbox("Which initializer?", list(INITIALIZERS), format_func=name_of,
                 help="Where the weights start. With zeros or ones all neurons of a layer stay the same.",
                 **bind(session, "initializer", e.initializer))


def more_network(session: Session, e: Experiment) -> None:
    """Output, loss and the seeds of the weights."""
    outputs = [name for name in OUTPUTS if name != "softmax" or not e.is_regression]
    st.selectbox("Which output?", outputs, format_func=name_of,
                 help="How the last sum becomes an answer: sigmoid and softmax give probabilities, identity a number.",
                 **bind(session, "output", e.output))
    st.selectbox("Which loss?", [name for name in LOSSES if _fits(e, name)], format_func=name_of,
                 help="How wrong an answer is, as one number: what training makes small.",
                 **bind(session, "loss", e.loss))
    left, right = st.columns(2, vertical_alignment="bottom")
    number_field(session, "Which weight seed?", 0, MAX_SEED, bind(session, "weight_seed", e.weight_seed), left,
                 help="Another number draws a new family of random starts.")
    number_field(session, "Which random start?", 0, MAX_SEED, bind(session, "start", e.start), right,
                 help="Which of the family; the dice above the network adds 1.")


def _fits(e: Experiment, loss: str) -> bool:
    """Whether a loss goes with the experiment's output."""
    try:
        check_output(e.output, loss, e.n_outputs)
    except ValueError:
        return False
    return not (e.is_regression and LOSSES[loss].needs_probabilities)


def _width_controls(session: Session, e: Experiment) -> None:
    rule = (f"An old rule of thumb for one layer is two thirds of the inputs plus the outputs, here "
            f"{width_by_rule(e.sizes[0], e.sizes[-1])}: *Restarts* tests what it is worth.")  # fmt: skip
    for row in range(0, len(e.hidden), 3):
        columns = st.columns(3)
        for layer in range(row, min(row + 3, len(e.hidden))):
            bound = bind(session, f"width_{layer}", e.hidden[layer],
                         lambda n, k=layer: {"hidden": (*e.hidden[:k], n, *e.hidden[k + 1 :])})
            number_field(session, f"Neurons in layer {layer + 1}?", 1, MAX_WIDTH, bound, columns[layer - row],
                         help=f"Neurons in hidden layer {layer + 1}. {rule}")


def _activation_controls(session: Session, e: Experiment) -> None:
    if not e.hidden:
        return
    several = len(e.activation) > 1
    names = list(ACTIVATIONS)
    choices = [*names, "per layer"] if len(e.hidden) > 1 else names

    def read(picked: str) -> dict[str, Any]:
        if picked != "per layer":
            return {"activation": (picked,)}
        # Different from the start in one layer, so that the choice is a choice.
        first = e.activation[0]
        return {"activation": (*[first] * (len(e.hidden) - 1), "relu" if first != "relu" else "tanh")}

    st.selectbox("Which activation?", choices, format_func=name_of,
                 help="The non-linear function applied to each weighted sum. Without it (identity), any stack of layers is "
                      "just one linear layer.",
                 **bind(session, "activation", "per layer" if several else e.activation[0], read))
    if several:
        columns = st.columns(2)
        for layer, name in enumerate(e.activation):
            columns[layer % 2].selectbox(
                f"Which in layer {layer + 1}?", names, format_func=name_of,
                help=f"The activation of hidden layer {layer + 1}.",
                **bind(session, f"activation_{layer}", name,
                       lambda n, k=layer: {"activation": (*e.activation[:k], n, *e.activation[k + 1 :])}),
            )
