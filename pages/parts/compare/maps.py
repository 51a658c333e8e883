"""The decision maps of the pinned runs side by side, each with its link, and the button that unpins it."""

from collections.abc import Sequence

import streamlit as st

from nncore.data.own import dataset_kind
from pages.parts.fields.numbers import epoch_text
from pages.parts.fields.outside_text import literal
from pages.parts.lecture.address import address_of
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session
from pages.parts.page.snapshot.scrubber import network_of
from pages.parts.way.pins import Pin, link_of, unpin
from pages.parts.way.strip import answers_picture

SIDE = 172  # pixels: two stand side by side on a phone, and six on a laptop


def maps(session: Session, pins: Sequence[Pin], names: Sequence[str]) -> None:
    """A map for each pin under its name, on which every place has the colour of the network's answer there."""
    with st.container(horizontal=True, key="compared_maps"):
        for number, (pin, name) in enumerate(zip(pins, names, strict=True)):
            with st.container(width=SIDE, gap="small"):
                _map(pin, name)
                link = address_of("train", link_of(session, pin) | session.carried)
                st.link_button(f"Open {name} on Train", link, width="stretch")
                st.button(f"Unpin {name}", key=f"unpin_{number}", on_click=unpin, args=(session, pin), width="stretch")


def _map(pin: Pin, name: str) -> None:
    settings = pin.run.prefix(pin.run.segment_of(pin.frame)).settings
    epochs, _, _ = chunk_store().scores(pin.run, pin.frame)
    title = literal(dataset_kind(settings.dataset).title)
    st.markdown(f"**{name}**: {title}, epoch {epoch_text(epochs[-1])}")
    picture = answers_picture(settings, network_of(pin.run, pin.frame), "pca", SIDE)
    st.html(f'<div class="glassbox-map">{picture}</div>')
