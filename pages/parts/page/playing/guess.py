"""A guess: picked from a few answers before a person starts what a page shows, and held against what came of it.

It belongs to this person and to what it was made about, a training with its settings: a link does not carry it, and other
settings are asked about anew.
"""

from collections.abc import Collection, Mapping

import streamlit as st

GUESSES = "guesses"  # the key of all that this person has guessed, by what it was made about


def pick_guess(key: str, answers: Mapping[str, str]) -> None:
    """The answers to pick from, by their short names, before `key` is started."""
    guesses = st.session_state.setdefault(GUESSES, {})
    field = f"guess_{key}"
    st.session_state[field] = guesses.get(key)
    st.pills("Your guess", list(answers), format_func=answers.get, key=field, on_change=_keep, args=(key, field))


def _keep(key: str, field: str) -> None:
    st.session_state[GUESSES][key] = st.session_state.get(field)


def judged_guess(key: str, answers: Mapping[str, str], came: Collection[str]) -> str:
    """The guess made about `key` held against the answers that `came` true, in a sentence or two; "" without a guess."""
    guess = st.session_state.get(GUESSES, {}).get(key)
    if guess not in answers:
        return ""
    words = f":material/psychology_alt: **You guessed:** {answers[guess]}. "
    if guess in came:
        return words + "**So it is.**"
    found = [answers[name] for name in answers if name in came]
    return words + (f"**It is:** {' or '.join(found)}." if found else "**It is none of these.**")
