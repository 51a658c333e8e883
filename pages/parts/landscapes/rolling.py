"""The roll as it begins: the picture plays by itself once, and the numbers wait until the balls have arrived.

Where a person asks for less motion, the balls are at their end at once.
"""

import streamlit as st

from pages.parts.figures.landscapes.race import FRAME_SECONDS, FRAMES

NUMBERS = "ball_numbers"  # the container that waits
SEEN = "rolls_seen"  # what this person has seen rolling

# Plotly has no setting with which frames play by themselves, so its button is pressed as soon as it is there; for a person
# who asks for less motion, its slider is put to its end instead, and nothing waits.
_PLAY = """<script>
(() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (!calm) {
    const veil = document.createElement("style");
    veil.textContent = ".st-key-ball_numbers { visibility: hidden; }";
    document.head.append(veil);
    setTimeout(() => veil.remove(), WAIT);
  }
  const tell = (target, name, place) => target.dispatchEvent(new MouseEvent(name, {bubbles: true, ...place}));
  let tries = 0;
  const begin = () => {
    const part = document.querySelector(".st-key-land_roll " + (calm ? ".slider-rail-touch-rect" : ".updatemenu-button"));
    if (!part) {
      if (tries++ < 40) setTimeout(begin, 100);
    } else if (calm) {
      const {right, top} = part.getBoundingClientRect();
      tell(part, "mousedown", {clientX: right, clientY: top});
      tell(part, "mouseup");
    } else tell(part, "click");
  };
  setTimeout(begin, 300);
})();
</script><span hidden>NUMBER</span>"""


def roll_by_itself(key: str) -> None:
    """Plays the picture once, when this person sees the roll `key` for the first time; meanwhile the numbers are hidden.

    For a person who asks for less motion, shows its end instead, and hides nothing.
    """
    place, seen = st.empty(), st.session_state.setdefault(SEEN, set())
    if key not in seen:
        seen.add(key)
        wait = str(round(1000 * (FRAMES * FRAME_SECONDS + 1)))
        place.html(_PLAY.replace("WAIT", wait).replace("NUMBER", str(len(seen))), unsafe_allow_javascript=True)
