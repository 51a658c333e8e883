"""The dataset picker: every dataset as a button that shows it, in groups, small enough for the sidebar."""

from collections.abc import Callable

import streamlit as st

from nncore.data.datasets import DATASETS
from nncore.data.own import dataset_kind, is_own
from pages.parts.fields.outside_text import literal
from pages.parts.train.thumbnails import thumbnail

COLUMNS = 6
CAPTION = "#80868e"  # reads on light and on dark pages
CHOSEN = "var(--st-primary-color, currentColor)"

# The pills are real radio buttons (arrow keys, names for screen readers); only their looks change. Names have
# no room below the pictures: they are their tooltips, and the chosen one stands in words above.
_STYLE = """
.st-key-{key}, .st-key-{key} .stButtonGroup {{ width: 100%; }}
.st-key-{key} [role="radiogroup"] {{
  display: grid; grid-template-columns: repeat({columns}, minmax(0, 1fr)); gap: 3px; width: 100%;
}}
.st-key-{key} [role="radio"] {{
  position: relative; width: 100%; min-width: 0; min-height: 0; height: auto; aspect-ratio: 1; padding: 2px;
  border-radius: 8px; border-color: transparent; overflow: visible;
}}
.st-key-{key} [role="radio"] :is(div, p, span) {{
  overflow: visible; font-size: 0; line-height: 0; padding: 0; margin: 0;
}}
.st-key-{key} [role="radio"] img {{
  display: block; width: 100%; height: auto; max-width: 36px; max-height: none; border-radius: 4px;
}}
.st-key-{key} [role="radio"][aria-checked="true"] {{
  border-color: {chosen}; box-shadow: inset 0 0 0 1px {chosen};
}}
{groups}
"""

# A group starts a new row and carries its name above its first button, of which it is not a part: hence the
# empty text for screen readers, and a colour of its own.
_GROUP = """
.st-key-{key} [role="radio"]:nth-of-type({first}) {{ grid-column-start: 1; }}
.st-key-{key} [role="radio"]:nth-of-type(n+{first}):nth-of-type(-n+{last}) {{ margin-top: 16px; }}
.st-key-{key} [role="radio"]:nth-of-type({first})::before {{
  content: "{name}"; content: "{name}" / ""; position: absolute; left: 1px; bottom: calc(100% + 2px);
  white-space: nowrap; font-size: 11px; line-height: 14px; color: {colour}; pointer-events: none;
}}
"""


def dataset_picker(key: str, on_change: Callable[[], None] | None = None) -> str:
    """The name of the chosen dataset, which is also what `st.session_state[key]` holds.

    Draws where it is called; without a value in the session state the first dataset is chosen.
    """
    if key not in st.session_state:
        st.session_state[key] = next(iter(DATASETS))
    picked = st.session_state[key]
    kind, names = dataset_kind(picked), list(DATASETS) + [picked] * is_own(picked)
    st.html(f"<style>{_style(key, names)}</style>")
    return st.pills(
        f"Which data? {literal(kind.title)}", names, key=key, required=True, format_func=_label,
        on_change=on_change, width="stretch", help=literal(kind.about) if is_own(picked) else kind.about,
    )  # fmt: skip


def _label(name: str) -> str:
    title = dataset_kind(name).title
    if is_own(name):
        title = "your own data"
    return f'![{title}]({thumbnail(name)} "{title}")'


def _style(key: str, options: list[str]) -> str:
    names = [dataset_kind(name).group for name in options]
    groups = []
    for name in dict.fromkeys(names):
        first = names.index(name) + 1
        # Only the first row of a group leaves room for its name.
        last = first + min(names.count(name), COLUMNS) - 1
        groups.append(_GROUP.format(key=key, first=first, last=last, name=name, colour=CAPTION))
    return _STYLE.format(key=key, columns=COLUMNS, chosen=CHOSEN, groups="".join(groups))
