"""A chain of linear layers is one linear layer: the product of the matrices against the network itself."""

import numpy as np
import streamlit as st

from nncore import ACTIVATIONS, Run
from nncore.inspection.weight_statistics import linear_equivalent, linear_gap
from pages.parts.fields.numbers import brief
from pages.parts.fields.source import show_source
from pages.parts.figures.weights.matrices import MOST_NUMBERS, matrices_figure
from pages.parts.figures.weights.trends import agreement_figure
from pages.parts.page.figure import show_figure
from pages.parts.page.snapshot.scrubber import look_into
from pages.parts.weights.study import Study

ROUNDING = 1e-12  # of the sums: what differs by less agrees


def chain(study: Study) -> None:
    """The single equivalent layer, and whether it gives what the network gives."""
    network = study.network
    X = study.split.X_train
    z, product = linear_gap(network, X)
    gap, size = float(np.abs(z - product).max()), float(np.abs(z).max()) or 1.0
    names = [f"W{k}" for k in range(study.n_layers, 0, -1)]
    shape = f"{network.sizes[-1]} x {network.sizes[0]}"
    if study.n_layers == 1:
        st.info("This network has a single layer: it is its own product. Add hidden layers on the Train page.")
    elif all(ACTIVATIONS[name].is_identity for name in network.activations):
        st.success(
            f"All activations here are the identity: on {len(X):,} training samples the network and the single layer "
            f"{' '.join(names)} ({shape}) differ by at most **{brief(gap)}**, which is rounding of sums up to "
            f"{brief(size)}.",
            icon=":material/check:",
        )  # fmt: skip
    else:
        _bent(f"{' '.join(names)} ({shape})", gap, size)
        linear = Run(study.session.settings.with_changes(activation=("identity",)))
        st.button("Open this run with the identity activation", key="linear_run", on_click=look_into,
                  args=(study.session, linear))  # fmt: skip
    left, right = st.columns(2, gap="large")
    weights, biases = linear_equivalent(network)
    single = np.column_stack([weights, biases])
    with left:
        what = f"the product of {study.n_layers} matrices" if study.n_layers > 1 else "its one matrix"
        st.markdown(f"**The single layer**: {what}, {shape}, with its biases")
        show_figure("chain_product", f"The product of all weight matrices, {shape}, with its biases.", matrices_figure,
                    [single], [" ".join(names)], [float(np.abs(single).max()) or 1.0], MOST_NUMBERS)  # fmt: skip
    with right:
        which = f" of the first of {z.shape[1]} outputs" if z.shape[1] > 1 else ""
        st.markdown(f"**What each gives{which}, sample by sample**: on the dashed line they agree")
        show_figure("chain_agreement",
                    f"The single layer's sums against the network's; the largest difference is {brief(gap)}.",
                    agreement_figure, z[:, 0], product[:, 0])  # fmt: skip
    show_source(linear_equivalent, came=(weights, biases), network=network)


def _bent(product: str, gap: float, size: float) -> None:
    """Whether the product misses a network whose activations are not all the identity."""
    if gap <= ROUNDING * size:
        st.info(
            f"Not all activations are the identity, and yet on these samples the product {product} gives what the network "
            f"gives, to within **{brief(gap)}**: at this snapshot every neuron that matters works on a straight piece of "
            "its activation.", icon=":material/info:",
        )  # fmt: skip
        return
    st.warning(
        f"Here not all activations are the identity: the network's sums z reach {brief(size)} in size, and the product "
        f"{product} is off by up to **{brief(gap)}**. The product is not this network.", icon=":material/close:",
    )  # fmt: skip
