"""What a viewer's browser asks of the server, and how its answers follow each other: Streamlit (1.67), mended.

Several of these mends take hold of the same function of Streamlit's, one around the other; `mend_asking` says in which
order. Look at it with every new version.
"""

from pages.parts.page.asking.order import answer_in_order
from pages.parts.page.asking.whole import forget_fragments_within, hear_runners_out, keep_history_steps


def mend_asking() -> None:
    """Mends Streamlit in this process, from the innermost mend to the outermost; called once, where it is imported."""
    forget_fragments_within()
    hear_runners_out()
    keep_history_steps()
    answer_in_order()
