"""What became of the balls: how many found a best minimum, where they piled up, and how many starts that asks for."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from nncore.many_starts.landscapes.rolling import HELD_STEPS, Landscape, count_held, finds_best, passes_best
from nncore.statistics import restarts_needed, restarts_range, share_of_groups, wilson_interval
from pages.parts.fields.numbers import percent
from pages.parts.figures.landscapes.landscape import KEYED, basin_names
from pages.parts.figures.landscapes.race import Track
from pages.parts.landscapes.balls import How, many_find_best

MANY = 2000  # balls behind the measured chances
FEWEST_GROUPS = 20  # fewer say nothing about a chance of 95 %
COUNTS_HELP = (f"A ball counts when over its last {HELD_STEPS} steps it stays within a quarter of the way to the next "
               "minimum, or, where there is only one, within 0.25 of it.")  # fmt: skip


def race_results(land: Landscape, tracks: Sequence[Track], how: Sequence[How]) -> None:
    """Who found a best minimum how often, side by side, and how many balls each minimum holds."""
    rows = ["| | find a best minimum | 95 % interval | starts needed |", "|---|--:|--:|--:|"]
    for track, way in zip(tracks, how, strict=True):
        found = finds_best(land, track.path)
        low, high = wilson_interval(int(found.sum()), len(found))
        needed = restarts_needed(many_find_best(land, way, MANY).mean())
        rows.append(f"| {track.label} | **{found.sum()}** of {len(found)} | {percent(low)} to {percent(high)} | "
                    f"{'none help' if needed is None else f'{needed:,}'} |")  # fmt: skip
    st.markdown("\n".join(rows), help=COUNTS_HELP)
    st.caption(f"Starts needed: drop so many balls for a 95\u00a0% chance that at least one finds a best minimum; measured "
               f"on {MANY:,} more balls of each optimizer.")
    st.markdown(pile_table(land, tracks))


def pile_table(land: Landscape, tracks: Sequence[Track]) -> str:
    """How many balls of each track every minimum holds at the end; of many minima, the best alone and all others."""
    counts = np.stack([count_held(land, track.path) for track in tracks], axis=1)  # (M + 1, tracks)
    names = [*basin_names(land), "no minimum"]
    if len(names) > KEYED + 2:
        counts = np.stack([counts[0], counts[1:-1].sum(axis=0), counts[-1]])
        names = [names[0], f"one of the {len(land.minima) - 1} others", names[-1]]
    lines = [f"| {name} | " + " | ".join(map(str, row)) + " |" for name, row in zip(names, counts, strict=True)]
    head = ["| held by | " + " | ".join(track.label for track in tracks) + " |", "|---|" + "--:|" * len(tracks)]
    return "\n".join([*head, *lines])


def chances(land: Landscape, track: Track, how: How) -> None:
    """How often one optimizer finds a best minimum, and how many starts that asks for."""
    path = track.path
    found, passing = finds_best(land, path), int(passes_best(land, path).sum())
    low, high = wilson_interval(int(found.sum()), len(found))
    st.metric("Find a best minimum", f"{found.sum()} of {len(found)}", help=COUNTS_HELP)
    st.caption(f"95\u00a0% confidence interval {percent(low)} to {percent(high)}")
    if passing:
        st.markdown(f"{passing} more {'is' if passing == 1 else 'are'} near one at the last step, but not on all of the "
                    f"last {HELD_STEPS}.")
    st.markdown(pile_table(land, [track]))
    _starts_needed(many_find_best(land, how, MANY))


def telling_share(share: float, needed: int) -> str:
    """The share with as many digits, at least three, as give the number of starts that is told."""
    texts = (f"{share:.{digits}f}" for digits in range(3, 9))
    return next((text for text in texts if float(text) < 1 and restarts_needed(float(text)) == needed), f"{share:.9f}")


def _starts_needed(many: np.ndarray) -> None:
    share, needed = many.mean(), restarts_needed(many.mean())
    if needed is None:
        st.markdown(f"Of {MANY:,} more balls none finds it: more starts are of no use at this learning rate.")
        return
    fewest, most = restarts_range(int(many.sum()), MANY)
    between = f"{fewest:,} to {most:,}" if fewest < most else "the same number"
    st.metric("Starts needed", f"{needed:,}")
    st.caption("Drop this many balls for a 95\u00a0% chance that at least one reaches the best minimum. The share p that "
               f"reaches it is taken from {MANY:,} more balls: {percent(share, 1)}; the ends of its 95\u00a0% confidence "
               f"interval give {between}.")
    if share < 1:
        st.markdown(f"All n fail with probability (1 − p)ⁿ, so n = ln 0.05 / ln(1 − {telling_share(share, needed)}), "
                    "rounded up.")
    if MANY // needed >= FEWEST_GROUPS:
        st.markdown(f"Measured: of {MANY // needed:,} groups of {needed}, **{percent(share_of_groups(many, needed))}** hold "
                    "a ball that finds it.")
