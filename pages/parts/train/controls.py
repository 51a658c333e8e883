"""The controls: all that a person can pick, in three groups, and More for what a newcomer need not know."""

import streamlit as st

from pages.parts.page.session import Session
from pages.parts.train.data_controls import data_controls, more_data
from pages.parts.train.network_controls import more_network, network_controls
from pages.parts.train.training_controls import more_training, training_controls

# For each group what everybody sees, and what stands under More.
GROUPS = {
    "Data": (data_controls, more_data),
    "Network": (network_controls, more_network),
    "Training": (training_controls, more_training),
}


def controls(session: Session) -> None:
    """Draws all controls but those that the link hides where it is called; each changes the session's run."""
    settings = session.settings
    shown = {name: group for name, group in GROUPS.items() if name.lower() not in session.hidden}
    if not shown:
        return
    for tab, (group, _) in zip(st.tabs(list(shown)), shown.values(), strict=True):
        with tab:
            group(session, settings)
    with st.expander("More", key="more"):
        for name, (_, more) in shown.items():
            st.caption(f"**{name}**")
            more(session, settings)
