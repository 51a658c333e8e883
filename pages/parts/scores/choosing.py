"""Choosing: two settings searched by the validation score, each combination a network that can be opened.

Combinations of one shape are trained at once; the stacks of different shapes follow each other in the server's one training
thread, which cuts them into slices, hears Stop, and lets the clicks of others through. Processes side by side would gain
little here (the dearest search takes two seconds, and a process as long to start) and would take the second core and 100 MB
each from all viewers. Searches of one's own go to any number of processes: `nncore.evaluation.run_search`.
"""

import numpy as np
import streamlit as st

from nncore import Experiment, Run
from nncore.cache import key_of
from nncore.data.own import dataset_kind
from nncore.evaluation import SEARCHED, CrossValidation, Search, SearchOutcome
from nncore.experiments.experiment import build_split
from pages.parts.fields.labels import describe_changes, describe_value
from pages.parts.fields.numbers import percent, plain
from pages.parts.figures.scores.search import awaited_figure, search_figure
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.playing.guess import judged_guess
from pages.parts.page.playing.started import is_training_started
from pages.parts.page.playing.training import Watching, watch_or_wait
from pages.parts.page.session import Session
from pages.parts.page.snapshot.counts import note_penalty
from pages.parts.page.snapshot.scrubber import show_first_weights
from pages.parts.page.streamlit_workarounds import clicked_number
from pages.parts.way.fold import fold

NAMES = {"learning_rate": "Learning rate", "l2": "L2", "hidden": "Neurons per hidden layer", "batch_size": "Batch size",
         "weight_seed": "Seed of the first weights"}  # fmt: skip
EPOCHS = (20, 50, 100, 200)
WAYS = {"grid": "All combinations", "random": "12 at random"}
DRAWN, FOLDS, INNER = 12, 5, 3
CHART = "search_map"
LEVEL = 1e-3  # of the lowest loss: what is nearer to it is as good


def choosing(session: Session) -> None:
    """The search, its map, the combination that was picked, and the same choice made by cross-validation."""
    st.markdown("A *hyper-parameter* is a setting that training does not find, such as the learning rate. One tries several "
                "and keeps what does best **on the validation set**, on the data and with the settings of the Train page.")
    with fold("What is searched"):
        search = _search(session)
    if search is None:
        return
    question = (f"**Make your guess first.** {len(search.cells)} networks are trained for {search.epochs} epochs. With "
                f"which {in_sentence(search.across)} will the best on the validation set have been trained?")  # fmt: skip
    if not is_training_started(session, search, question, _answers(search), lambda: _awaited(search)):
        st.caption(together_words(search))
        return
    found = watch_or_wait(search, Watching())
    if found is None or found.best is None:
        return
    st.markdown(judged_guess(key_of(search), _answers(search), best_columns(found)))
    _map(session, found)
    _cross_validated(session, found)


def _answers(search: Search) -> dict[str, str]:
    return {str(column): describe_value(search.across, value) for column, value in enumerate(search.across_values)}


def best_columns(found: SearchOutcome) -> list[str]:
    """The columns, as texts, that hold a combination with the lowest validation loss to within a thousandth of it."""
    losses = found.scores[..., 1]
    level = losses <= (1 + LEVEL) * np.nanmin(losses)
    return [str(column) for column in np.flatnonzero(level.any(axis=0))]


def together_words(search: Search) -> str:
    """Which of the networks are trained at once."""
    most = max(len(some) for some in search.stacks)
    if most == 1:
        return (f"All {len(search.cells)} differ in shape or in batches, so they are trained one after the other. In your "
                "own program `run_search(search, n_jobs=-1)` trains them in parallel.")  # fmt: skip
    if len(search.stacks) == 1:
        return f"All {len(search.cells)} have the same shape and batches, so they are trained at once, as one stack."
    return (f"Networks of the same shape and batches are trained at once: {len(search.cells)} networks in "
            f"{len(search.stacks)} stacks, up to {most} in one, stack after stack. In your own program `run_search(search, "
            "n_jobs=-1)` trains the stacks in parallel.")  # fmt: skip


def _search(session: Session) -> Search | None:
    """What is searched, with its controls; None, and a sentence, where it cannot be."""
    across = choice(session, "search_across", "str", "learning_rate", SEARCHED)
    upwards = choice(session, "search_upwards", "str", "hidden", SEARCHED)
    epochs = choice(session, "search_epochs", "int", 50, EPOCHS)
    way = choice(session, "search_way", "str", "grid", WAYS)
    cells = st.columns(4)
    cells[0].selectbox("Across", list(NAMES), format_func=NAMES.get,
                       **bind_choice(session, "search_across", across, "learning_rate"))
    cells[1].selectbox("Upwards", list(NAMES), format_func=NAMES.get,
                       **bind_choice(session, "search_upwards", upwards, "hidden"))
    cells[2].select_slider("Epochs", EPOCHS, **bind_choice(session, "search_epochs", epochs, 50))
    cells[3].selectbox("Tried", list(WAYS), format_func=WAYS.get, **bind_choice(session, "search_way", way, "grid"))
    if missing := missing_words(session.run.settings, across, upwards):
        st.error(missing, icon=":material/info:")
        return None
    return Search(session.run.settings, across, upwards, SEARCHED[across], SEARCHED[upwards], epochs,
                  DRAWN if way == "random" else 0)


def missing_words(e: Experiment, across: str, upwards: str) -> str:
    """What keeps these two settings from being searched, and where to change it; "" where nothing does."""
    if across == upwards:
        return f"**{NAMES[across]}** is picked twice. Pick another setting for *Across* or for *Upwards*."
    if len(build_split(e).validation):
        return ""
    said = "The networks are compared by their loss on the validation set, and this run has none. "
    if dataset_kind(e.dataset).is_split:
        return said + "On the Train page, under *Data*, give it a share."
    return said + f"The dataset {dataset_kind(e.dataset).title} is not split: pick another one on the Train page."


def _labels(search: Search) -> tuple[list[str], list[str]]:
    """The values that are tried, in words, across and upwards."""
    values = ((search.across, search.across_values), (search.upwards, search.upwards_values))
    across, upwards = ([describe_value(name, value) for value in tried] for name, tried in values)
    return across, upwards


def _awaited(search: Search) -> None:
    """What will be filled in: a square for each combination."""
    show_figure("search_awaited", "A square for each combination, with a question mark until it is trained.",
                awaited_figure, _labels(search), (NAMES[search.across], NAMES[search.upwards]))  # fmt: skip


def _map(session: Session, found: SearchOutcome) -> None:
    search, names = found.search, (found.search.across, found.search.upwards)
    labels = _labels(search)
    tried = [row * len(search.across_values) + column for row, column, _ in search.cells]
    best = found.best[0] * len(search.across_values) + found.best[1]
    number = choice(session, "search_cell", "int", best, tuple(tried))
    row, column = divmod(number, len(search.across_values))
    show_figure(CHART, "Validation loss of each combination; the lowest is framed. Click one to look at it.",
                search_figure, found.scores[..., 1], labels, tuple(NAMES[name] for name in names),
                (found.best, (row, column)), on_select=lambda: _picked(session), selection_mode="points")  # fmt: skip
    cell, now = search.cell(row, column), session.run.settings
    note_penalty(*(search.cell(*place) for *place, _ in search.cells))
    st.markdown(f"{'**The best:**' if number == best else '**Picked:**'} {cell_words(found, row, column)}")
    if st.button("Open this network on Train", key="open_cell", icon=":material/play_circle:", type="primary",
                 help=describe_changes(now, now.changes_to(cell)) or None):  # fmt: skip
        show_first_weights(session, Run(cell))
        st.switch_page("pages/train.py")
    st.markdown(spread_words(found))


def _picked(session: Session) -> None:
    if (number := clicked_number(CHART)) is not None:
        session.choices["search_cell"] = str(number)


def cell_words(found: SearchOutcome, row: int, column: int) -> str:
    """What one combination came to, on which set."""
    search, scores = found.search, found.scores[row, column]
    named = " and ".join(
        f"{in_sentence(name)} {describe_value(name, value)}"
        for name, value in ((search.across, search.across_values[column]), (search.upwards, search.upwards_values[row]))
    )
    if not np.isfinite(scores[1]):
        return f"{named}: it diverged, or was not tried."
    name, write = ("R²", plain) if search.experiment.is_regression else ("accuracy", percent)
    n = len(build_split(search.experiment).validation)
    return (f"{named}: validation loss **{plain(scores[1], 3)}**, {name} {write(scores[3])} on the validation set of {n:,} "
            f"samples and {write(scores[2])} on the training set.")


def in_sentence(name: str) -> str:
    """What a setting is called within a sentence."""
    return NAMES[name] if name == "l2" else NAMES[name].lower()


def spread_words(found: SearchOutcome) -> str:
    """What the best owes to luck: how many combinations come close to it."""
    losses = found.scores[..., 1]
    best = float(np.nanmin(losses))
    close = int((losses <= 1.1 * best).sum())
    others = f"{close - 1 or 'No'} other combination{'' if close == 2 else 's'}"
    return (f"**Notice.** {others} of {found.done} came within 10 % of the lowest validation loss. With so many tried, "
            f"the best is good partly by luck: its validation score "
            "flatters, and "
            "what it is worth only the test set can say.")


def _cross_validated(session: Session, found: SearchOutcome) -> None:
    """The row of the best, judged by folds in place of one validation set; on a click."""
    row, search = found.best[0], found.search
    columns = [column for column in range(len(search.across_values)) if not search.sample or (row, column) in {
        (r, c) for r, c, _ in search.cells}]  # fmt: skip
    wanted = choice(session, "search_folds", "str", "no", ("no", "True")) == "True"
    if st.toggle(f"Cross-validate the best row: {FOLDS} folds, and {INNER} inside each",
                 **bind_choice(session, "search_folds", wanted, False)):  # fmt: skip
        plan = CrossValidation(tuple(search.cell(row, column) for column in columns), FOLDS, INNER, search.epochs)
        scores = watch_or_wait(plan, Watching(first_shown=1))
        if scores is None or not np.isfinite(scores.means).all():
            return
        write = plain if search.experiment.is_regression else percent
        low, high = scores.interval(scores.best)[1:]
        value = describe_value(search.across, search.across_values[columns[scores.best]])
        st.markdown(
            f"By {FOLDS}-fold cross-validation on training and validation set together, {in_sentence(search.across)} "
            f"**{value}** is best, with a mean score of **{write(scores.means.max())}** (95 % interval over the folds "
            f"{write(low)} to {write(min(high, 1.0))}). *Nested*, the choice is made again inside each fold and judged "
            f"on rows "
            f"that had no part in it: **{write(scores.nested.mean())}**. The first number belongs to a winner, the "
            f"second to "
            "the way of choosing; only the second is an honest forecast."
        )
