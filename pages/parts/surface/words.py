"""What is said beside a slice of the loss: what its plane is, what is measured on it, and what it hides."""

import numpy as np
import streamlit as st

from nncore.many_starts.surface import Slice
from pages.parts.fields.numbers import plain
from pages.parts.figures.surface.slices import SliceView
from pages.parts.page.session import Session
from pages.parts.surface.view import samples_used, settings_at, solution_epochs, true_and_shown_loss

HARDLY = 0.05  # of a picture's width: a path that goes no further from the ball is short


def _about_path(_: Session) -> str:
    return ("The two principal directions of the path, through its last snapshot: the plane in which training moved most. "
            "In brackets, each one's share of the movement. Distances are in the units of the weights.")


def _about_random(_: Session) -> str:
    return ("Two random directions through the snapshot on screen, which lies at (0, 0). A step of 1 along either moves the "
            "weights and bias of each neuron by as much as their own length, so that networks with large and with small "
            "weights can be compared.")


def _about_weights(_: Session) -> str:
    return "Two single numbers take the values on the axes; all the others stay as they are in the snapshot on screen."


def _about_solutions(session: Session) -> str:
    return (f"The plane through starts 0, 1 and 2 (A, B, C), each trained for {solution_epochs(session)} epochs, with the "
            "neurons of B and C matched to those of A. The epochs are those of the snapshot on screen, from 20 to 500.")


ABOUT = {"path": _about_path, "random": _about_random, "weights": _about_weights, "solutions": _about_solutions}


def side_words(session: Session, plane: Slice, view: SliceView, vector: np.ndarray) -> None:
    """The loss of the snapshot on screen, `vector` (P,), on what it was taken, and a warning of what a slice can hide."""
    true, shown, distance = true_and_shown_loss(session, plane, vector)
    st.metric("Loss of the snapshot on screen", plain(true), help=_loss_help(session))
    if distance > 1e-4 * max(1.0, float(np.linalg.norm(vector))):
        st.metric("Loss on the plane below it", plain(shown), f"{distance:.2g} away", delta_color="off", delta_arrow="off")
    used, n_train = samples_used(session)
    which = f"the first {used} of the {n_train:,}" if used < n_train else f"all {n_train:,}"
    st.caption(f"Losses on {which} training samples.")
    for words in _surprises(view):
        st.info(words, icon=":material/info:")
    st.warning(f"A slice shows 2 of {len(vector):,} directions. A valley may go on, a wall may have a gap, and two minima "
               "may be joined in directions that are not shown. What lies off the plane is drawn at its nearest point, "
               "where the loss can differ.", icon=":material/visibility_off:")


def scale_words(view: SliceView, end: int) -> str:
    """Where the path ends, how far it goes on the picture, and whether one axis is drawn at another scale than the other."""
    across, upwards = float(np.ptp(view.x)), float(np.ptp(view.y))
    moved = np.ptp(view.path, axis=0)
    path = f"The path goes to snapshot {end}; to lengthen it, scrub further."
    if is_short(view):
        path += (f" It is short in this picture: the values of the axes change on it by {plain(float(moved[0]), 2)} and "
                 f"{plain(float(moved[1]), 2)}.")
    size = f" The picture spans {plain(across, 2)} across and {plain(upwards, 2)} upwards"
    apart = max(across, upwards) / min(across, upwards)
    return path + size + (f": the scales of its axes differ {plain(apart, 2)} times." if apart > 1.5 else ".")


def is_short(view: SliceView) -> bool:
    """Whether the path stays as near to the ball as a twentieth of the picture's width and height."""
    away = np.abs(view.path - view.path[view.here]).max(axis=0)
    return bool((away < HARDLY * np.array([np.ptp(view.x), np.ptp(view.y)])).all())


def mark_words(view: SliceView, in_space: bool) -> str:
    """What is drawn on the slice, by its colours and signs: only what lies inside the picture is named."""
    inside = view.path_inside
    hidden = ", so short that the ball may hide it" if is_short(view) else ""
    path = f"orange: the path of training{hidden}"
    words = [path if inside.sum() > 1 else "the path of training lies outside this picture"]
    if inside[0] and not in_space:
        words.append("○ first weights")
    if inside[view.here]:
        words.append("● snapshot on screen")
    if len(view.marks):
        words.append(f"{'◆' if in_space else '★'} solutions")
    said = ", ".join(words)
    return f"{said[0].upper()}{said[1:]}.{' Drag to turn.' if in_space else ''}"


def _loss_help(session: Session) -> str:
    e = settings_at(session, session.frame)
    penalty = " plus the penalty on the weights" if e.l1 or e.l2 else ""
    return f"The mean loss of the training samples{penalty}: what training makes smaller."


def _surprises(view: SliceView) -> list[str]:
    """What would be taken for a fault of the picture."""
    finite = view.losses[np.isfinite(view.losses)]
    words = []
    if len(finite) < view.losses.size:
        words.append("Where the picture is empty the loss is too large to be computed.")
    if len(finite) and np.ptp(finite) <= 1e-12 * max(1.0, float(np.abs(finite).max())):
        words.append("The loss is the same everywhere on this slice. That happens where all weights are 0, so that a random "
                     "direction has no length, where no answer depends on these weights, and after divergence, where they "
                     "are too small beside the others to count.")
    return words
