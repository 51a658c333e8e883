"""The roll as it begins: the picture plays by itself once, and the numbers wait until the balls have arrived."""

import time
from contextlib import AbstractContextManager

import streamlit as st

from pages.parts.figures.race import FRAME_SECONDS, FRAMES

SEEN = "rolls_seen"  # what this person has seen rolling

# Plotly has no setting with which frames play by themselves, so its button is pressed as soon as it is there.
_PLAY = """<script>
(() => {
  let tries = 0;
  const press = () => {
    const button = document.querySelector(".st-key-land_roll .updatemenu-button");
    if (button) button.dispatchEvent(new MouseEvent("click", {bubbles: true}));
    else if (tries++ < 40) setTimeout(press, 100);
  };
  setTimeout(press, 300);
})();
</script><span hidden>NUMBER</span>"""
_WAIT = """<style>
@keyframes arrive { from { visibility: hidden; } }
.st-key-ball_numbers { animation: arrive 1ms SECONDSs backwards; }
</style>"""


def roll_by_itself(key: str) -> None:
    """Plays the picture once, when this person sees the roll `key` for the first time."""
    place, seen = st.empty(), st.session_state.setdefault(SEEN, set())
    if key not in seen:
        seen.add(key)
        place.html(_PLAY.replace("NUMBER", str(len(seen))), unsafe_allow_javascript=True)


def numbers_place(key: str, rolls: bool) -> AbstractContextManager:
    """The place of the numbers: where balls are just rolling (`rolls`), it shows them when these have arrived."""
    place, wait = st.container(key="ball_numbers"), FRAMES * FRAME_SECONDS + 1
    shown, begin = st.session_state.get("numbers_of", ("", 0.0))
    if shown != key:
        begin = time.monotonic() if rolls else -wait
        st.session_state["numbers_of"] = key, begin
    if time.monotonic() - begin < wait:  # the page may run more than once meanwhile
        st.html(_WAIT.replace("SECONDS", f"{wait:g}"))
    return place
