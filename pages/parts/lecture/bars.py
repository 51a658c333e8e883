"""The room's histogram as HTML: a bar for each choice. Texts from outside are escaped here, and nowhere else made HTML."""

from pages.parts.fields.numbers import percent_in_words
from pages.parts.fields.outside_text import chart_text
from pages.parts.lecture.room import Tally
from pages.parts.lecture.steps import LONGEST_CHOICE

LETTERS = "ABCDEFGH"
# A right answer has a sign and a word besides its colour.
BAR_STYLE = """
.room-bars { display: grid; grid-template-columns: 1fr; gap: 0.5rem; }
.room-choice { position: relative; border: 1px solid color-mix(in srgb, currentColor 25%, transparent);
  padding: 0.45rem 0.8rem; border-radius: 0.4rem;
  display: flex; flex-wrap: wrap; gap: 0 0.8rem; overflow: hidden; font-size: 1.3em; line-height: 1.3; }
.room-choice i { position: absolute; inset: 0 auto 0 0; background: #0877bd55; transition: width 0.3s; }
.room-choice.right { border: 3px solid #1a9850; }
.room-choice.right i { background: #1a985066; }
.room-choice > span { position: relative; }
.room-choice .text { flex: 1 1 7em; overflow-wrap: anywhere; }
.room-choice b { position: relative; margin-left: auto; font-variant-numeric: tabular-nums; white-space: nowrap; }
"""


def bars(tally: Tally, counted: bool, revealed: bool, own: int | None = None) -> str:
    """The choices as HTML, one below the other; with bars and counts where `counted`, the right one marked where `revealed`.

    `own` is the viewer's own choice, which is named.
    """
    rows = [_row(tally, k, counted, revealed and k == tally.right, k == own) for k in range(len(tally.choices))]
    return f'<style>{BAR_STYLE}</style><div class="room-bars" role="list">{"".join(rows)}</div>'


def _row(tally: Tally, k: int, counted: bool, right: bool, own: bool) -> str:
    count = tally.counts[k] if counted else 0
    share = count / tally.total if counted and tally.total else 0.0
    text = chart_text(tally.choices[k], LONGEST_CHOICE)
    how_many = [f"{count} ({percent_in_words(share)})"] if counted else []
    says = " · ".join(how_many + ["✓ right"] * right + ["your answer"] * own)
    return (f'<div class="room-choice{" right" if right else ""}" role="listitem"><i style="width: {100 * share:.1f}%"></i>'
            f'<span>{LETTERS[k]}</span><span class="text">{text}</span><b>{says}</b></div>')  # fmt: skip


def answers(count: int) -> str:
    """How many have answered, in words."""
    return "1 answer" if count == 1 else f"{count} answers"
