"""What the number-by-number steps share: the sentence, the four matrices (with what was changed by hand), the mask."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from nncore import MultiHeadAttention
from nncore.attention import causal_mask, padding_mask, sinusoidal_positions
from nncore.attention_stages import AttentionSettings, Stages, attention_stages, word_vectors
from pages.parts.attention_two import sentence_input
from pages.parts.choices import bind_choice, choice
from pages.parts.session import Session

SENTENCE = "the cat sees the dog"
D_MODEL = 12  # 1, 2, 3 and 4 heads divide it
EDITS = "attention_edits"
MASKS = {"none": "no mask", "causal": "causal", "padding": "padding"}
TEMPERATURES = (0.1, 0.3, 1.0, 3.0, 10.0)


@dataclass(frozen=True)
class Setup:
    """A sentence and everything that decides its attention."""

    words: list[str]
    tokens: np.ndarray  # (T, d_model), positions included
    positions: bool
    model: MultiHeadAttention
    mask: np.ndarray | None
    settings: AttentionSettings

    @property
    def stages(self) -> Stages:
        """Every matrix from the tokens to the output."""
        return attention_stages(self.tokens, self.model, self.settings, self.mask)


def tokens_of(words: list[str], positions: bool) -> np.ndarray:
    """Vectors (T, d_model) of the words, with their sinusoidal positions or without.

    Their length is sqrt(d_model), as in Vaswani et al. (2017, section 3.4): shorter ones drown in the positions.
    """
    vectors = np.sqrt(D_MODEL) * word_vectors(words, D_MODEL)
    return vectors + sinusoidal_positions(len(words), D_MODEL) if positions else vectors


def edits_of(heads: int, seed: int) -> dict[str, np.ndarray]:
    """What this viewer changed by hand, by matrix; other heads or first weights start afresh."""
    held = st.session_state.get(EDITS)
    if held is None or held[0] != (heads, seed):
        held = st.session_state[EDITS] = ((heads, seed), {})
    return held[1]


def model_of(session: Session) -> MultiHeadAttention:
    """The matrices as picked, with what was changed by hand."""
    heads = choice(session, "heads", "int", 1, lambda value: 1 <= value <= 4)
    seed = choice(session, "matrices_seed", "int", 0, lambda value: 0 <= value <= 9)
    model = MultiHeadAttention(D_MODEL, heads, seed)
    for name, matrix in edits_of(heads, seed).items():
        model.views[name][...] = matrix
    return model


def setup(session: Session) -> Setup:
    """Draws the controls and returns what they say. Raises ValueError for a sentence that cannot be taken."""
    words = sentence_input(session, "sentence", "Sentence", SENTENCE)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        model = _heads(session)
        mask = _mask(session, len(words))
        settings = _scaling(session)
        positions = bool(choice(session, "positions", "int", 0, lambda value: value in (0, 1)))
        st.toggle("Positions", help="Adds sines and cosines of the place to each word's vector.",
                  **_flag(session, "positions", positions, False))  # fmt: skip
    return Setup(words, tokens_of(words, positions), positions, model, mask, settings)


def _heads(session: Session) -> MultiHeadAttention:
    model = model_of(session)
    st.segmented_control("Heads", [1, 2, 3, 4], required=True, help="Each head has its own share of the 12 columns.",
                         **bind_choice(session, "heads", model.heads, 1))  # fmt: skip
    return model


def _mask(session: Session, n_words: int) -> np.ndarray | None:
    kind = choice(session, "mask", "str", "none", MASKS.__contains__)
    st.segmented_control("Mask", list(MASKS), format_func=MASKS.get, required=True,
                         help="Causal: nobody looks at later words. Padding: nobody looks at the last ones.",
                         **bind_choice(session, "mask", kind, "none"))  # fmt: skip
    if kind == "causal":
        return causal_mask(n_words)
    if kind == "none":
        return None
    default = max(0, n_words - 2)
    real = min(choice(session, "real_words", "int", default, lambda value: 0 <= value <= 32), n_words)
    st.number_input("Real words", 0, n_words, help="The rest is padding. At 0 every row is masked: all weights are 0.",
                    width=120, **bind_choice(session, "real_words", real, default))  # fmt: skip
    return padding_mask(n_words, n_words, real)


def _scaling(session: Session) -> AttentionSettings:
    scaled = bool(choice(session, "scaled", "int", 1, lambda value: value in (0, 1)))
    temperature = choice(session, "temperature", "float", 1.0, TEMPERATURES.__contains__)
    st.selectbox("Temperature", TEMPERATURES, format_func="{:g}".format, width=110,
                 help="Divides the scores: low makes the softmax pick one word, high makes it look at all alike.",
                 **bind_choice(session, "temperature", temperature, 1.0))  # fmt: skip
    st.toggle("Divide by √d", help="Without it, scores grow with the number of columns and the softmax saturates.",
              **_flag(session, "scaled", scaled, True))  # fmt: skip
    return AttentionSettings(scaled, temperature)


def _flag(session: Session, name: str, value: bool, default: bool) -> dict:
    """Like `bind_choice`, for a switch: kept as 0 or 1."""
    key = f"choose_{name}"
    st.session_state[key] = value

    def keep() -> None:
        picked = bool(st.session_state.get(key))
        if picked == default:
            session.choices.pop(name, None)
        else:
            session.choices[name] = str(int(picked))

    return {"key": key, "on_change": keep}
