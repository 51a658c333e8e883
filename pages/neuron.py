"""What can one neuron learn? A sum, a bend, a loss, and the chain rule with numbers in it."""

import streamlit as st

from nncore.neuron import NEURONS
from pages.parts import neuron_chapters as chapters
from pages.parts.choices import bind_choice, choice
from pages.parts.neuron_controls import NAMES, neuron_controls, pick_sample, read_setup, step_buttons
from pages.parts.neuron_look import Look, answers, look_at
from pages.parts.neuron_presets import neuron_presets
from pages.parts.server import warm_up
from pages.parts.session import current_session, open_link, write_link
from pages.parts.style import page_style


def chain(look: Look) -> None:
    """One sample: the chain rule, factor by factor."""
    st.markdown(
        f"For sample {look.sample + 1} alone: the answer is computed forwards, and then each factor of the chain rule "
        "backwards. The error signal δ says how the loss changes with the sum z; every weight's slope is δ times "
        "what that weight listens to."
    )
    chapters.chain(look)
    st.caption("Try: press “One step on this sample” and watch a come closer to y. Expect smaller δ each time.")


def loss(look: Look) -> None:
    """The loss around the present weights."""
    st.markdown(
        "The slope of the tangent is the gradient. A step goes against it, η times the slope far. On the right the same "
        "loss over a weight and the bias; the trail is where the last steps have been, and a star is the solution."
    )
    if look.neuron.kind.by_rule:
        st.markdown("The perceptron's loss counts mistakes: it is flat, its slope 0, and the step follows the rule instead.")
    chapters.loss_around(look)
    st.caption(
        "The other weights are held as they are now, so that earlier points of the trail may lie off the curve. Try: "
        "“One step on the batch” a few times. Expect shorter steps where the bowl is flatter, at the same η."
    )


def rates(look: Look) -> None:
    """What the learning rate does."""
    st.markdown(
        "Too small an η and hardly anything happens; too large and each step leaps across the valley, onto a higher "
        "side. All of these begin at the same first weights and take the same steps on the batch."
    )
    chapters.rates(look)
    st.caption(
        "A thin dotted line is the loss of the solution. Try: “Line by absolute error” with η = 0.3, fixed or changing. "
        "Expect the fixed rate to hop around the best line for ever, and the shrinking ones to settle."
    )


def goal(look: Look) -> None:
    """Where descent ends."""
    st.markdown("Descent is one way to the best weights. Where there is another, it must lead to the same place:")
    chapters.goal(look)
    st.caption("Try: press “100 steps” until the differences no longer shrink. Expect six equal digits, or more.")


def stops(look: Look) -> None:
    """When to stop."""
    st.markdown(
        "Nothing in gradient descent says that it is done. “The weight hardly changed” is a good guess at a minimum, "
        "where the gradient is nearly 0; but so it is on a plateau, and a tiny η makes every change small."
    )
    chapters.stops(look)
    st.caption("Try: a smaller tolerance. Expect the wrong stops to go away, and the right one to come later.")


def activations(look: Look) -> None:
    """The bends, side by side."""
    st.markdown(
        "The bend decides what a neuron can say, and its slope f′(z) is a factor of every step: where the curve is flat, "
        "nothing is learned."
    )
    chapters.activations(look)
    st.caption(
        "Flat: the slope stays below 1 % of its largest from there on. Costs are nanoseconds per element, measured on the "
        "machine that runs this page, on 10,000 numbers at once. Expect those without an exponential to be cheapest."
    )


CHAPTERS = {
    "chain": ("One sample", chain), "loss": ("The loss around it", loss), "rates": ("The learning rate", rates),
    "goal": ("Where it ends", goal), "stops": ("When to stop", stops), "activations": ("Activations", activations),
}  # fmt: skip


@st.fragment(key="neuron")
def study() -> None:
    """The neuron, its samples and its steps, and the chapter that is open; reruns on its own."""
    session = current_session()
    setup = read_setup(session)
    with st.sidebar:
        neuron_controls(session, setup)
    st.title("What can one neuron learn?", anchor=False)
    picture, words = st.columns([1, 1], gap="large")
    with words:
        look = look_at(session, setup)
        look = look_at(session, setup, pick_sample(session, len(look.y)))
        summary(look)
        step_buttons(session, setup, look.sample)
    with picture:
        answers(look)
    part = choice(session, "n_part", "str", "chain", CHAPTERS.__contains__)
    st.segmented_control("Chapter", list(CHAPTERS), format_func=lambda name: CHAPTERS[name][0], required=True,
                         label_visibility="collapsed", **bind_choice(session, "n_part", part, "chain"))
    CHAPTERS[part][1](look)
    neuron_presets(session)
    for note in session.notes:
        st.warning(note, icon=":material/info:")
    session.notes = []
    write_link(session)


def summary(look: Look) -> None:
    """The neuron in one line, and its numbers now."""
    kind, taken = NEURONS[look.setup.kind], len(look.path.rates)
    loss_formula = kind.loss.formula.replace(r"\hat y", "a")
    st.markdown(
        f"A neuron weighs its inputs, adds a bias, and bends the sum: $z = w \\cdot x + b$, "
        f"$a = f(z) = {kind.activation.formula}$. Learning means moving $w$ and $b$ so that the loss "
        f"${loss_formula}$ shrinks."
    )
    numbers = {**dict(zip(look.parameter_names, look.neuron.parameters, strict=True)),
               f"loss after {taken:,} step{'' if taken == 1 else 's'}": look.path.losses[-1]}  # fmt: skip
    with st.container(horizontal=True, gap="medium"):
        for name, value in numbers.items():
            st.metric(name, f"{value:.4g}", width="content")
    if look.path.diverged:
        st.error(
            f"Diverged: after step {len(look.path.rates)} a weight grew beyond all bounds. The last state within them is "
            "shown. Turn the learning rate down.", icon=":material/error:",
        )  # fmt: skip


page_style()
open_link(*NAMES)
st.sidebar.markdown("**Glassbox** · one neuron")
study()
warm_up()
