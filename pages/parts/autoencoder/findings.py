"""What an autoencoder's error says: the linear one is PCA, a code can be too small or none, and the unknown stands out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from nncore.cache import cached, key_of
from nncore.experiments.architectures import Bottlenecks, LinearEnds, order_interval, overlap, pairs_in_order
from nncore.experiments.architectures.code_run import CodeRun, errors_of
from nncore.experiments.architectures.code_studies import CodeScore
from nncore.experiments.architectures.principal import LinearEnd, principal_components
from nncore.experiments.recording.training_store import is_long
from pages.parts.autoencoder.study import NOBODY, Look
from pages.parts.fields.numbers import fine_percent, short
from pages.parts.fields.outside_text import cut, literal
from pages.parts.fields.source import show_source
from pages.parts.figures.autoencoder.errors import anomaly_figure, bottleneck_figure
from pages.parts.page.figure import show_figure
from pages.parts.page.playing.guess import judged_guess
from pages.parts.page.playing.started import Ask, is_asked_for, is_started
from pages.parts.page.playing.training import Watching, waiting_words, watch_or_wait
from pages.parts.page.presets import open_choices
from pages.parts.page.session import Session

ASKED = "code_asked"  # the choice under which it is kept that an outcome was asked for
BINS = 24
FAR = 0.01  # of the error: a training that ends so far above has not arrived
ALIKE = 1e-3  # errors that differ by a smaller share are the same to the eye
ENDS = {"alike": "all at the same error", "apart": "at different errors"}
EXACT = 1e-6  # of the error: so near counts as there
PRINCIPAL = ("**Make your guess first.** Without hidden layers and activations, three networks of {d} numbers in the "
             "code start "
             "from three different weights. Will they end at different errors? And how near to that of {d} principal "
             "components?")  # fmt: skip
WIDTHS = ("**Make your guess first.** The same network is trained with codes from 1 number to {D}. How much of the "
          "held-out error that one number leaves is still there where {D} numbers go in and {D} pass through?")
UNSEEN = ("**Make your guess first.** The network was never shown “{name}”. How much will the errors on it overlap "
          "with those on "
          "the classes that it knows?")


LEFT = {"none": "less than a hundredth", "some": "a hundredth to a tenth", "much": "more than a tenth"}
OVERLAPS = {"little": "by less than a third", "half": "by one to two thirds", "most": "by more than two thirds"}


def hear_link(session: Session, use: str, run: CodeRun) -> None:
    """Hears what the link says of an outcome, before the training's reruns; says nothing on the page."""
    is_started(session, ASKED, _key(use, run))


def _key(use: str, run: CodeRun) -> str:
    """What is asked for, by the key of its training; an anomaly needs no other than the one on screen."""
    study = _study(use, run)
    return key_of(use, run) if study is None else key_of(study)


def _study(use: str, run: CodeRun) -> LinearEnds | Bottlenecks | None:
    """The study that a finding shows, which does not depend on all that is picked; None where it needs none."""
    if use == "principal":
        return LinearEnds(CodeRun(run.data, run.code))
    return Bottlenecks(replace(run, code=1, damage="none")) if use == "widths" else None


def _outcome(look: Look, use: str, question: str, answers: Mapping[str, str] | None = None) -> tuple | None:
    """What came of the finding's study; None where it waits for a click, before which it is said what a long one takes."""
    study = _study(use, look.run)
    words = f"{question} {waiting_words(study, 0.0)}" if is_long(study) else question
    if not is_asked_for(look.session, ASKED, _key(use, look.run), Ask(words, answers, "Train them")):
        return None
    return watch_or_wait(study, Watching())


def principal(look: Look) -> None:
    """Linear autoencoders from several starts beside the principal components."""
    d = look.model.sizes[look.model.code_layer]
    ends = _outcome(look, "principal", PRINCIPAL.format(d=d), ENDS)
    if ends:
        errors = [end.error for end in ends]
        came = "alike" if max(errors) <= (1 + ALIKE) * min(errors) else "apart"
        st.markdown(judged_guess(_key("principal", look.run), ENDS, (came,)))
        st.markdown(principal_words(ends, d))
        st.markdown(principal_table(ends))
        st.caption("Trained on all training samples at once, by L-BFGS, until an update lowers the loss by less than "
                   "a share of "
                   "10⁻¹². The angle is the largest between the subspace of the decoder's columns and that of the principal "
                   "components. Baldi and Hornik (1989) proved that there is no other minimum.")  # fmt: skip
        X = look.data.X
        found = cached(principal_components, X, d, n_bytes=8 * X.shape[1] * (d + 1))
        show_source(principal_components, came=found, X=X, d=d)


def principal_words(ends: Sequence[LinearEnd], d: int) -> str:
    """Whether all ended at the principal components' error."""
    worst = max(abs(end.excess) for end in ends)
    near = f"within {worst:.0e} of" if worst >= EXACT else "on"
    if worst > FAR:
        return (f"**Not all {len(ends)} ended at the error of {d} principal component{'s' * (d > 1)}:** the largest "
                f"relative difference is {worst:.0e}. There is no other minimum, so these have not arrived yet.")
    words = (f"**All {len(ends)} ended {near} the error of {d} principal component{'s' * (d > 1)}.** The largest relative "
             f"difference is {worst:.0e}, the largest angle {max(end.angle for end in ends):.1g}°. ")  # fmt: skip
    return words + ("Without a non-linear function, the best that a network can do is project onto the directions in "
                    "which the "
                    "data vary most, and there is no other minimum in which it could get stuck.")  # fmt: skip


def principal_table(ends: Sequence[LinearEnd]) -> str:
    """Each start with its error, as a table in Markdown."""
    rows = [f"| start {end.seed} | {end.error:.9f} | {end.excess:.1e} | {end.angle:.1e}° |" for end in ends]
    return "\n".join(["| | Squared error | Above PCA, relative | Angle |", "|:--|--:|--:|--:|", *rows])


def widths(look: Look) -> None:
    """The error by the size of the code, from one number to no bottleneck."""
    D = look.model.sizes[0]
    scores = _outcome(look, "widths", WIDTHS.format(D=D), LEFT)
    if scores:
        st.markdown(judged_guess(_key("widths", look.run), LEFT, left_over(scores)))
        st.markdown(widths_words(scores))
        alt = "; ".join(f"{s.d}: {short(s.training)} in training, {short(s.held_out)} held out" for s in scores)
        show_figure("bottlenecks", f"Error by numbers in the code. {alt}", bottleneck_figure, scores)
        st.caption(f"One training for each size, from one start: errors that lie close together may change places from "
                   f"another. {len(look.data.held):,} samples are held out.")  # fmt: skip


def left_over(scores: Sequence[CodeScore]) -> tuple[str, ...]:
    """Which of the answers comes true: what the largest code leaves of the held-out error of the smallest."""
    share = scores[-1].held_out / scores[0].held_out
    return ("none" if share < 0.01 else "some" if share <= 0.1 else "much",)


def widths_words(scores: Sequence[CodeScore]) -> str:
    """What is lost through one number, and through no bottleneck."""
    first, last = scores[0], scores[-1]
    words = (f"**Through {first.d} number a held-out error of {short(first.held_out)} is left, through {last.d} one of "
             f"{short(last.held_out)}.** The first is too small: different samples must share a code. ")  # fmt: skip
    if not first.held_out > last.held_out:
        words = words.replace("The first is too small: different samples must share a code. ",
                              "Here one number is enough. ")
    return words + ("The last is no bottleneck: the network can hand its inputs on, and a small error says nothing "
                    "about what it "
                    "found in them. What it learns of the data, it learns because it must leave something out.")  # fmt: skip


def anomaly(look: Look) -> None:
    """Errors on a class that was never shown, beside those on the others."""
    classes, left_out = look.data.classes, look.run.left_out
    if len(classes) < 2:
        st.markdown("This needs inputs that have classes, of which one can be left out: the digits, the spiral, or a "
                    "table that "
                    "predicts a class.")  # fmt: skip
        return
    if left_out == NOBODY:
        st.markdown("**Leave one class out of training**, and see whether its samples give themselves away by their errors.")
        number = len(classes) - 1
        st.button(f"Train without “{cut(classes[number])}”", key="leave_out", icon=":material/visibility_off:",
                  on_click=open_choices, args=(look.session, {"left_out": str(number)}))  # fmt: skip
        return
    name = cut(classes[left_out])
    ask = Ask(UNSEEN.format(name=literal(name)), OVERLAPS, "Compare")
    if not is_asked_for(look.session, ASKED, _key("anomaly", look.run), ask):
        return
    errors = errors_of(look.model, look.run.shown(look.data.held), look.data.held)
    is_new = look.data.held_labels == left_out
    known, unseen = errors[~is_new], errors[is_new]
    if not len(known) or not len(unseen):
        st.markdown("Too few samples are held out to compare.")
        return
    ordered = pairs_in_order(known, unseen)
    common = overlap(known, unseen, BINS)
    st.markdown(judged_guess(_key("anomaly", look.run), OVERLAPS, (how_far(common),)))
    words = anomaly_words(common, ordered, literal(name), order_interval(known, unseen, ordered))
    st.markdown(words)
    show_figure("anomaly", f"Two histograms of errors. {words}", anomaly_figure, known, unseen, name, BINS)
    st.caption(f"{len(known):,} held-out samples of known classes, {len(unseen):,} of “{literal(name)}”, at the snapshot on "
               "screen. Overlap: for each bar the smaller of the two shares, added up.")  # fmt: skip
    show_source(overlap, came=common, known=known, unseen=unseen, bins=BINS)
    show_source(pairs_in_order, came=ordered, known=known, unseen=unseen)


def how_far(common: float) -> str:
    """Which of the answers comes true for two histograms with so large a share in common."""
    return "little" if common < 1 / 3 else "half" if common <= 2 / 3 else "most"


def anomaly_words(common: float, ordered: float, name: str, interval: tuple[float, float] = (0.0, 1.0)) -> str:
    """How far the errors on the class never seen lie from the others; `interval` is the 95 % one of the share ordered."""
    if interval[0] > 0.5:
        verdict = ("The code has room for what was in training, and what is unlike it comes out wrong. No label was "
                   "needed for that.")  # fmt: skip
    elif interval[1] < 0.5:
        verdict = "The class never seen has even the smaller errors: it is easier to rebuild than what was in training."
    else:
        verdict = "That is no clear difference for so few samples: this class does not give itself away."
    return (f"**The two histograms overlap by {fine_percent(common)}.** Of a sample of “{name}” and one of a known class, "
            f"the first has "
            f"the larger error in {fine_percent(ordered)} of all pairs (95 % interval {fine_percent(interval[0])} to "
            f"{fine_percent(interval[1])}); 50 % would be chance. {verdict}")  # fmt: skip
