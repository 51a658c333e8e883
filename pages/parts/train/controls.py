"""The controls: all that a person can pick, grouped as data, network and training."""

import streamlit as st

from pages.parts.page.session import Session
from pages.parts.train.data_controls import data_controls
from pages.parts.train.network_controls import network_controls
from pages.parts.train.training_controls import training_controls


def controls(session: Session) -> None:
    """Draws all controls where it is called; each changes the session's run."""
    settings = session.settings
    groups = (data_controls, network_controls, training_controls)
    for tab, group in zip(st.tabs(["Data", "Network", "Training"]), groups, strict=True):
        with tab:
            group(session, settings)
