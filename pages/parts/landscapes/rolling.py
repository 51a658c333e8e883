"""The roll as it begins: the picture plays by itself once, and the numbers wait until the balls have arrived."""

import streamlit as st

from pages.parts.figures.landscapes.race import FRAME_SECONDS, FRAMES

NUMBERS = "ball_numbers"  # the container that waits
SEEN = "rolls_seen"  # what this person has seen rolling

# Plotly has no setting with which frames play by themselves, so its button is pressed as soon as it is there.
_PLAY = """<script>
(() => {
  const veil = document.createElement("style");
  veil.textContent = ".st-key-ball_numbers { visibility: hidden; }";
  document.head.append(veil);
  setTimeout(() => veil.remove(), WAIT);
  let tries = 0;
  const press = () => {
    const button = document.querySelector(".st-key-land_roll .updatemenu-button");
    if (button) button.dispatchEvent(new MouseEvent("click", {bubbles: true}));
    else if (tries++ < 40) setTimeout(press, 100);
  };
  setTimeout(press, 300);
})();
</script><span hidden>NUMBER</span>"""


def roll_by_itself(key: str) -> None:
    """Plays the picture once, when this person sees the roll `key` for the first time; meanwhile the numbers are hidden."""
    place, seen = st.empty(), st.session_state.setdefault(SEEN, set())
    if key not in seen:
        seen.add(key)
        wait = str(round(1000 * (FRAMES * FRAME_SECONDS + 1)))
        place.html(_PLAY.replace("WAIT", wait).replace("NUMBER", str(len(seen))), unsafe_allow_javascript=True)
