"""The controls: all that a person can pick, grouped as data, network and training."""

import streamlit as st

from pages.parts.page.session import Session
from pages.parts.train.data_controls import data_controls
from pages.parts.train.network_controls import network_controls
from pages.parts.train.training_controls import training_controls

GROUPS = {"Data": data_controls, "Network": network_controls, "Training": training_controls}


def controls(session: Session) -> None:
    """Draws all controls but those that the link hides where it is called; each changes the session's run."""
    settings = session.settings
    shown = {name: group for name, group in GROUPS.items() if name.lower() not in session.hidden}
    if shown:
        for tab, group in zip(st.tabs(list(shown)), shown.values(), strict=True):
            with tab:
                group(session, settings)
