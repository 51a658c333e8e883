"""The outcome: what happens laid over what was predicted, whether it was right, in words, and why it is so."""

import numpy as np
import streamlit as st

from nncore.data.own import dataset_kind
from nncore.experiments.experiment import build_split
from pages.parts.fields.source import show_source
from pages.parts.figures.lessons.pictures import classes_map
from pages.parts.figures.lessons.predicted import awaited, number_beside_number, sketch_figure, tries_figure
from pages.parts.lesson.state import Place
from pages.parts.lessons.judge import judge, shown
from pages.parts.lessons.lesson import Facts, Number, Pick, Sketch, Step, Task, fill
from pages.parts.page.figure import show_figure

LINES = 3  # of what is known so far, so that the picture below them is on the screen as well


def verdict_words(place: Place) -> None:
    """Whether the prediction for the step on screen was right, in words."""
    verdict = judge(place.step, place.seed, place.prediction)
    st.markdown(f"{verdict.sign} {verdict.words}")


def outcome(place: Place, facts: Facts) -> None:
    """What became of the prediction, laid over it."""
    answer = place.step.answer
    if isinstance(answer, Number):
        _numbers(place, float(facts["answer"]))
    elif isinstance(answer, Sketch):
        _curve(place, facts, answer)


def is_picture(step: Step) -> bool:
    """Whether the outcome stands where the empty axes of it stood, as the step has no other picture."""
    return isinstance(step.answer, Number) and step.before is None and step.after is None and step.run is None


def why(place: Place, facts: Facts) -> None:
    """The reason, with the numbers of this call, and the code that computed them."""
    st.markdown(f":material/lightbulb: **Why.** {fill(place.step.why, facts)}")
    if place.step.source is not None:
        function, values = place.step.source(facts)
        show_source(function, key=f"source_{place.key}", **values)


def picture(place: Place, facts: Facts, beside_player: bool = False) -> None:
    """The step's own picture: what there is to see before the prediction, or after it, or the empty axes of that.

    Above it stands what is known so far, where nothing else is shown with the question. Where the outcome has no picture of
    its own, what was there before stays; the samples do not where they are `beside_player`, which shows them.
    """
    step, asked = place.step, place.prediction is None
    if step.before is None and step.run is None and (lines := known_so_far(place)):
        st.markdown("\n".join(["**What you found out just before**", "", *lines[-LINES:]]))
    draw = step.before if asked else step.after or step.before
    if draw is not None:
        when = "What there is before the prediction" if asked else "What comes of it"
        alt = f"{when}: {fill(step.question, facts)}"
        show_figure(f"lesson_picture_{place.key}_{asked}", alt, draw, facts)
    elif isinstance(step.answer, Task) and not (asked and step.run is not None):
        _tries(place, step.answer)
    elif is_picture(step) and not asked:
        outcome(place, facts)
    elif step.run is not None:
        if not beside_player:
            _samples(place)
    elif asked and (step.after is not None or isinstance(step.answer, Number)):
        _awaited(place, facts)


def _awaited(place: Place, facts: Facts) -> None:
    """The empty axes of what will be drawn once the prediction is made."""
    draw = place.step.after or (lambda _, dark: number_beside_number(0.0, 0.0, dark))
    show_figure(f"lesson_awaited_{place.key}", "An empty picture: what happens is drawn once you have predicted.",
                lambda dark: awaited(draw(facts, dark), dark))  # fmt: skip


def known_so_far(place: Place) -> list[str]:
    """What the steps before this one asked, where they are done and have an answer in a few words, each with that answer."""
    lines = []
    for number, step in enumerate(place.lesson.steps[: place.number]):
        if place.done(number) and isinstance(step.answer, Number | Pick):
            facts = step.known(place.seed)
            right = facts["answer"]
            said = fill(step.answer.options[int(right)], facts) if isinstance(step.answer, Pick) else shown(float(right))
            lines.append(f"- {fill(step.recall or step.question, facts)} **{said}**")
    return lines


def _samples(place: Place) -> None:
    """The training samples of the experiment that will be watched, where they have two inputs and two classes."""
    experiment = place.step.run(place.seed)
    split = build_split(experiment)
    kind = dataset_kind(experiment.dataset)
    if split.X_train.shape[1] == 2 and kind.n_classes == 2:
        alt = f"The training samples, two classes: {' and '.join(kind.class_names)}."
        show_figure(f"lesson_samples_{place.key}", alt, classes_map, split.X_train, split.y_train, kind.class_names)


def _numbers(place: Place, right: float) -> None:
    told = float(place.prediction)
    if np.isfinite(right):
        show_figure(
            f"lesson_numbers_{place.key}",
            f"You said {shown(told)}; it is {shown(right)}.",
            number_beside_number,
            told,
            right,
        )


def _curve(place: Place, facts: Facts, answer: Sketch) -> None:
    looks = (answer.across, answer.upwards, answer.low, answer.high)
    truth = (facts["x"], facts["y"]) if "x" in facts else (np.array(answer.places), facts["answer"])
    show_figure(
        f"lesson_curve_{place.key}",
        f"Your sketch of the {answer.upwards}, and over it what happens.",
        sketch_figure,
        answer.places,
        place.prediction,
        looks,
        truth,
    )


def _tries(place: Place, answer: Task) -> None:
    """What was tried; once the step is done, also what the other options up to the best give, which was measured for it."""
    order = answer.offered()
    tried, others = set(place.prediction or ()), set()
    if place.done(place.number):
        best = answer.best(place.seed)
        others = set(range(len(order) if best is None else best + 1)) - tried
    values, untried = (
        [answer.value(place.seed, option) if option in these else np.nan for option in order] for these in (tried, others)
    )
    is_above = np.isfinite(answer.above)
    target = (answer.above if is_above else answer.below, f"target: {'above' if is_above else 'below'} this")
    show_figure(
        f"lesson_tries_{place.key}",
        f"The {answer.measured} of each try, and the target.",
        tries_figure,
        [answer.options[option] for option in order],
        values,
        target,
        (answer.label, answer.measured),
        untried,
    )
