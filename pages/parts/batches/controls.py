"""What the Batch sizes page compares: which sizes, for how many epochs, at which learning rates."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from nncore import build_split
from nncore.many_starts.batches.comparison import FEWEST_SIZES, MAX_EPOCHS, MOST_SIZES, SIZES, BatchRace, batch_sizes
from pages.parts.page.choices import Rule, Span, bind_choice, choice
from pages.parts.page.session import Session

EPOCHS = (5, 10, 20, 30, 50, 100, 200)
POWERS = {0.0: "stays", 0.5: "rises with √B", 1.0: "rises with B"}
SIZES_KEY = "choose_batch_sizes"
FULL = "full"

Sizes = tuple[int | None, ...]


def lane_name(size: int | None) -> str:
    """A batch size in words."""
    return "full batch" if size is None else "one by one" if size == 1 else f"batch of {size}"


def size_text(size: int | None) -> str:
    """A batch size in the link."""
    return FULL if size is None else str(size)


def _read_size(text: str) -> int | None:
    return None if text == FULL else int(text)


SIZES_WORDS = f"{FEWEST_SIZES} to {MOST_SIZES} of 1, 2, 4, 8 and further powers of two, and {FULL}"


def _can_be(texts: Sequence[str]) -> bool:
    """Whether the link's `texts` are two to six different powers of two, or "full"."""
    powers = all(text == FULL or (text.isdecimal() and len(text) < 7 and int(text).bit_count() == 1) for text in texts)
    return powers and FEWEST_SIZES <= len(set(texts)) == len(texts) <= MOST_SIZES


def picked_sizes(session: Session, n_train: int) -> Sizes:
    """The batch sizes to compare; sizes that this training set has no room for are the full batch."""
    default = tuple(size_text(size) for size in SIZES)
    sizes = batch_sizes(n_train, [_read_size(text) for text in choice(session, "batch_sizes", "tuple[str, ...]", default,
                                                                      Rule(_can_be, SIZES_WORDS))])  # fmt: skip
    if len(sizes) >= FEWEST_SIZES:
        return sizes
    session.notes.append(f"Of {n_train} training samples no batch but the full one has the sizes picked; other sizes are "
                         "compared instead.")  # fmt: skip
    return batch_sizes(n_train, SIZES)


def sizes_control(session: Session) -> Sizes:
    """Lets one pick two to six batch sizes; returns those picked."""
    n_train = len(build_split(session.run.settings).train)
    sizes = picked_sizes(session, n_train)
    st.session_state[SIZES_KEY] = [size_text(size) for size in sizes]
    st.pills("Batch sizes", [size_text(size) for size in batch_sizes(n_train)], selection_mode="multi", key=SIZES_KEY,
             wrap=True, help=f"Two to six of them; full is all {n_train:,} training samples.",
             on_change=partial(_keep, session))
    return sizes


def _keep(session: Session) -> None:
    """Keeps the sizes that a person picked, if they are neither too few nor too many."""
    texts = st.session_state.get(SIZES_KEY) or []
    if not FEWEST_SIZES <= len(texts) <= MOST_SIZES:
        session.notes.append(f"{FEWEST_SIZES} to {MOST_SIZES} batch sizes can be compared; nothing was changed.")
        return
    order = sorted(texts, key=lambda text: (text == FULL, _read_size(text) or 0))
    session.choices["batch_sizes"] = ",".join(order)
    if order == [size_text(size) for size in SIZES]:
        del session.choices["batch_sizes"]


def read_race(session: Session) -> tuple[int, float]:
    """For how many epochs at least, and with which power of the batch size in the learning rate."""
    return (choice(session, "batch_epochs", "int", 20, Span(1, MAX_EPOCHS)),
            choice(session, "rate_power", "float", 0.0, POWERS))  # fmt: skip


def race_controls(session: Session) -> BatchRace:
    """The comparison to train, from its three controls. Raises ValueError when it does not fit into memory."""
    e = session.run.settings
    epochs, power = read_race(session)
    cells = st.columns([5, 3, 4])
    with cells[0]:
        sizes = sizes_control(session)
    cells[1].select_slider("Epochs, at least", sorted({*EPOCHS, epochs}),
                           help="Batch sizes whose epochs take less time go on until they have taken about as much.",
                           **bind_choice(session, "batch_epochs", epochs, 20))
    cells[2].segmented_control("Learning rate for a batch of B", list(POWERS), format_func=POWERS.get, required=True,
                               help=f"{e.learning_rate:g} is for the Train page's batch size ({e.batch_size or 'full'}). "
                                    "Other sizes get the same rate, or one in proportion to √B or to B.",
                               **bind_choice(session, "rate_power", power, 0.0))
    race = BatchRace(e, epochs, power, sizes)
    race.check_memory()
    return race
