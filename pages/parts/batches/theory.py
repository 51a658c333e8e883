"""Stochastic gradient descent by its name, and why processors like batches, measured on a click."""

import streamlit as st

from nncore.cache import cached
from nncore.many_starts.batches.product_speed import measure_product
from pages.parts.fields.numbers import plain
from pages.parts.page.session import Session

SAMPLES = 256


def theory(session: Session, n_train: int) -> None:
    """Two folds: the names, and one matrix product against a loop."""
    e = session.run.settings
    with st.expander("What is stochastic gradient descent?"):
        st.markdown(names_words(n_train, e.batch_size))
    with st.expander("Why does a graphics card (GPU) like batches?"):
        inputs, outputs = e.sizes[0], e.sizes[1]
        st.markdown(f"The weighted sums of a whole batch are one matrix product: every weight is fetched once and used for "
                    f"all samples. One sample after the other fetches all of them again each time, and pays for each call. "
                    f"How many times longer does the loop over {SAMPLES} samples take for the first layer, {inputs} × "
                    f"{outputs}?")
        if st.button("Measure it", key="measure_product", icon=":material/timer:"):
            st.session_state["product_measured"] = True
        if st.session_state.get("product_measured"):
            st.markdown(speed_words(*cached(measure_product, SAMPLES, inputs, outputs, n_bytes=100)))


def names_words(n_train: int, batch: int | None) -> str:
    """What this batch size is called, with the numbers of updates that an epoch has."""
    size = n_train if batch is None else min(batch, n_train)
    updates = -(-n_train // size)
    name = ("*gradient descent* (full batch)" if size == n_train else
            "*stochastic gradient descent* in the narrow sense" if size == 1 else "*mini-batch* gradient descent")
    return (f"*Stochastic* means random: a batch is drawn by chance, so its gradient is the full gradient plus noise, "
            f"right on the average. With one sample per update it is stochastic gradient descent in the narrow sense; with "
            f"a few it is called mini-batch, and usually SGD too. The Train page's run takes {size:,} of {n_train:,} "
            f"samples per update, {updates:,} update{'' if updates == 1 else 's'} per epoch: {name}.")


def speed_words(together: float, one_by_one: float) -> str:
    """How many times longer the loop took than the product, in seconds of processor time."""
    return (f"Measured here: {plain(1e6 * together, 3)} µs as one product, {plain(1e6 * one_by_one, 3)} µs one by one: "
            f"**{plain(one_by_one / together, 3)} times** as long. A graphics card has thousands of units that multiply at "
            "the same time, which a single sample leaves idle, so there the factor is larger still.")
