"""Does the start decide where training ends? Train many at once, and see."""

from pathlib import Path

import streamlit as st

from nncore import Experiment, Run
from nncore.cache import key_of
from nncore.data.own import dataset_kind
from nncore.many_starts.restarts.restarts import MAX_EPOCHS, MAX_STARTS, Outcome, Restarts
from pages.parts.fields.labels import name_of
from pages.parts.fields.outside_text import literal
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.frame import page
from pages.parts.page.playing.guess import judged_guess
from pages.parts.page.playing.started import is_training_started
from pages.parts.page.playing.training import stop_button
from pages.parts.page.presets import show_presets
from pages.parts.page.session import Session
from pages.parts.page.streamlit_workarounds import place_for
from pages.parts.restarts.findings import best_finding, end_words, losses_finding
from pages.parts.restarts.maps import maps_finding, read_page
from pages.parts.restarts.numbers import costs_fold, starts_numbers
from pages.parts.restarts.presets import START_PRESETS, answer_words
from pages.parts.restarts.subject import NAMES, decide_subject, pick_subject
from pages.parts.restarts.theory import theory
from pages.parts.restarts.training import ANSWERS, came_true, question_words, train_all
from pages.parts.restarts.twins import read_ends, read_tolerance, twins_finding
from pages.parts.way.fold import fold
from pages.parts.way.strip import run_strip, run_strip_place, show_subject, strip

STARTS, EPOCHS = (2, 4, 8, 16, 32, 64, 128, 256), (50, 100, 200, 500, 1000, 2000, 3000)
THRESHOLDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
FINDINGS = {"losses": "Losses", "maps": "Maps", "best": "Best of k", "twins": "Same minimum or not?"}
WEIGHTS_PAGE = Path(__file__).parent / "weights.py"


def study(session: Session) -> None:
    """What to train, its training, and the findings."""
    e = pick_subject(session)
    looks = f"{name_of(e.activation[0])}, {name_of(e.initializer)}, {name_of(e.optimizer)} at {e.learning_rate:g}"
    if e == session.run.settings:
        strip(session, scrubs=False, also=looks)
    else:
        run_strip(run_strip_place(), session, Run(e), also=looks)
    with fold("Starts, epochs, and what counts as success"):
        plan, threshold = _controls(session, e)
    with place_for("restarts", repr(plan)):
        outcome = _train(session, plan, threshold)
        if outcome is not None:
            starts_numbers(outcome, threshold)
            found = came_true(int((outcome.final_losses <= threshold).sum()), plan.starts)
            st.markdown(judged_guess(key_of(plan), ANSWERS, (found,)))
            st.markdown(answer_words(plan))
            shown = _choices(session, outcome)
            _findings(session, outcome, threshold, shown)
            _open_start(session, outcome)
        theory(plan, threshold)
        if outcome is not None:
            costs_fold(outcome)
    show_presets(session, START_PRESETS, "start", 5, forgets=("restart_success",), to_top=True)


def _choices(session: Session, outcome: Outcome) -> str:
    """The finding to show. What only one finding asks for is read here too, so that a wrong link is told."""
    read_tolerance(session)
    read_page(session, outcome)
    read_ends(session, outcome)
    return choice(session, "restart_view", "str", "losses", FINDINGS)


def _controls(session: Session, e: Experiment) -> tuple[Restarts, float]:
    usual = 3000 if dataset_kind(e.dataset).has_exact_levels else 100
    starts = choice(session, "starts", "int", 64, Span(2, MAX_STARTS))
    epochs = choice(session, "restart_epochs", "int", usual, Span(1, MAX_EPOCHS))
    threshold = choice(session, "restart_success", "float", 0.1, Span(1e-9, 1e6))
    cells = st.columns(3)
    cells[0].select_slider("Starts", sorted({*STARTS, starts}), help="How many first weights are trained at the same time.",
                           **bind_choice(session, "starts", starts, 64))
    cells[1].select_slider("Epochs", sorted({*EPOCHS, epochs}),
                           help="How long each of them is trained. Stop rules are left aside.",
                           **bind_choice(session, "restart_epochs", epochs, usual))
    cells[2].select_slider("A start succeeds when its loss ends at or below", sorted({*THRESHOLDS, threshold}),
                           help="The loss on the validation set, or on the training set where there is no other.",
                           **bind_choice(session, "restart_success", threshold, 0.1))
    return Restarts(e, starts, epochs), threshold


def _train(session: Session, plan: Restarts, threshold: float) -> Outcome | None:
    """What has come of the plan; None, with a sentence, when it does not fit into memory or waits for a click."""
    try:
        plan.check_memory()
        started = is_training_started(session, plan, question_words(plan, threshold), ANSWERS,
                                      lambda: show_subject(plan.experiment))
        return train_all(plan) if started else None
    except ValueError as error:
        st.error(literal(f"{error}."), icon=":material/memory:")
        return None


def _findings(session: Session, outcome: Outcome, threshold: float, shown: str) -> None:
    st.segmented_control("Finding", list(FINDINGS), format_func=FINDINGS.get, label_visibility="collapsed", required=True,
                         **bind_choice(session, "restart_view", shown, "losses"))
    with place_for("restart_finding", f"{shown} {outcome.plan!r}"):
        if outcome.lost.all():
            st.markdown(f"No start is left to be shown under “{FINDINGS[shown]}”.")
        elif shown == "losses":
            losses_finding(outcome, threshold)
        elif shown == "maps":
            maps_finding(session, outcome)
        elif shown == "best":
            best_finding(outcome)
        else:
            twins_finding(session, outcome)


def _open_start(session: Session, outcome: Outcome) -> None:
    """Any start as the run of the other pages: the same first weights, the same training."""
    ranks = {int(start): rank for rank, start in enumerate(outcome.ranking, 1)}
    cells = st.columns([2, 1, 1], vertical_alignment="bottom")
    best = int(outcome.ranking[0])
    start = choice(session, "restart_open", "int", best, ranks)
    cells[0].selectbox("Open one start by itself", list(ranks), help="Best first.",
                       format_func=lambda number: f"start {number}, rank {ranks[number]}, "
                                                  f"{end_words(float(outcome.final_losses[number]))}",
                       **bind_choice(session, "restart_open", start, best))
    targets = {"train": "On the Train page"} | ({"weights": "On the Weights page"} if WEIGHTS_PAGE.exists() else {})
    for cell, (name, label) in zip(cells[1:], targets.items(), strict=False):
        if cell.button(label, key=f"open_on_{name}"):
            e = outcome.plan.experiment
            run = Run(e.with_changes(start=start, epoch_limit=outcome.plan.epochs))
            last = run.segments[-1]
            session.show(run, min(last.schedule.frame_of(int(outcome.epochs[-1])), last.last_frame))
            st.switch_page(f"pages/{name}.py")


page("restarts", study, NAMES, complete_link=decide_subject,
     beside=lambda: stop_button("Stops the training of all starts and shows how far they got."))
