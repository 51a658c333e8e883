"""What the number-by-number steps share: the sentence, the four matrices (with what was changed by hand), the mask."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import streamlit as st

from nncore import MultiHeadAttention
from nncore.attention.attention import causal_mask, padding_mask, sinusoidal_positions
from nncore.attention.stages import AttentionSettings, Stages, attention_stages, shuffled_order, word_vectors
from nncore.words.text import TOKEN_RULE, words_of
from pages.parts.attention.edits import edits_of
from pages.parts.attention.two_sentences import sentence_input
from pages.parts.fields.number_field import number_field
from pages.parts.page.choices import Span, bind_choice, choice, choice_up_to
from pages.parts.page.session import Session

SENTENCE = "the cat sees the dog"
D_MODEL = 12  # 1, 2, 3 and 4 heads divide it
MASKS = {"none": "no mask", "causal": "causal", "padding": "padding"}
TEMPERATURES = (0.1, 0.3, 1.0, 3.0, 10.0)


@dataclass(frozen=True)
class Setup:
    """A sentence, its words in the order on screen, and everything that decides its attention."""

    words: list[str]
    positions: bool
    model: MultiHeadAttention
    mask_kind: str
    mask: np.ndarray | None
    settings: AttentionSettings

    @cached_property
    def tokens(self) -> np.ndarray:
        """Vectors (T, d_model) of the words, with their sinusoidal positions or without."""
        return scaled_vectors(self.words) + self.places

    @property
    def places(self) -> np.ndarray:
        """What is added for the places, (T, d_model); zeros where positions are off."""
        shape = (len(self.words), D_MODEL)
        return sinusoidal_positions(*shape) if self.positions else np.zeros(shape)

    @cached_property
    def stages(self) -> Stages:
        """Every matrix from the tokens to the output."""
        return attention_stages(self.tokens, self.model, self.settings, self.mask)

    def reordered(self, order: np.ndarray) -> "Setup":
        """The same with word order[i] in place i."""
        return replace(self, words=[self.words[i] for i in order])


def scaled_vectors(words: list[str]) -> np.ndarray:
    """Random vectors (T, d_model) of the words, of length sqrt(d_model).

    As in Vaswani et al. (2017, section 3.4): shorter ones would drown in the positions.
    """
    return np.sqrt(D_MODEL) * word_vectors(words, D_MODEL)


def model_of(session: Session) -> MultiHeadAttention:
    """The matrices as picked, with what was changed by hand."""
    model, edits = drawn_model(session), edits_of(pick_seed(session))
    session.edited = bool(edits)
    for name, matrix in edits.items():
        model.views[name][...] = matrix
    return model


def drawn_model(session: Session) -> MultiHeadAttention:
    """The matrices as they were drawn: the same numbers for any number of heads."""
    return MultiHeadAttention(
        D_MODEL, choice(session, "heads", "int", 1, Span(1, 4)), pick_seed(session)
    )


def pick_seed(session: Session) -> int:
    """From which seed the matrices are drawn; also the key of what was changed in them by hand."""
    return choice(session, "matrices_seed", "int", 0, Span(0, 9))


def setup(session: Session) -> tuple[Setup, np.ndarray] | None:
    """Draws the controls; returns what they say and the shuffled order, or None for a sentence that cannot be taken."""
    words = sentence_input(session, "sentence", "Sentence", SENTENCE)
    st.caption(TOKEN_RULE)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        model = _heads(session)
        kind, mask = _mask(session, len(words or words_of(SENTENCE)))
        settings = _scaling(session)
        positions = bool(choice(session, "positions", "int", 0, (0, 1)))
        st.toggle("Positions", help="Adds sines and cosines of the place to each word's vector.",
                  **_flag(session, "positions", positions, False))  # fmt: skip
        shuffled = bool(choice(session, "shuffled", "int", 0, (0, 1)))
        st.toggle("Shuffle the words", help="The same words in another order, always the same one.",
                  **_flag(session, "shuffled", shuffled, False))  # fmt: skip
    if words is None:
        st.markdown("The matrices appear as soon as the sentence can be used.")
        return None
    picked, order = Setup(words, positions, model, kind, mask, settings), shuffled_order(len(words))
    # Shuffled, the way back is shown as the change of order.
    return (picked.reordered(order), np.argsort(order)) if shuffled else (picked, order)


def _heads(session: Session) -> MultiHeadAttention:
    model = model_of(session)
    st.segmented_control("Heads", [1, 2, 3, 4], required=True, help="Each head has its own share of the 12 columns.",
                         **bind_choice(session, "heads", model.heads, 1))  # fmt: skip
    return model


def _mask(session: Session, n_words: int) -> tuple[str, np.ndarray | None]:
    kind = choice(session, "mask", "str", "none", MASKS)
    st.segmented_control("Mask", list(MASKS), format_func=MASKS.get, required=True,
                         help="Causal: no word attends to later words. Padding: no word attends to the words after the "
                              "real ones.",
                         **bind_choice(session, "mask", kind, "none"))  # fmt: skip
    if kind == "causal":
        return kind, causal_mask(n_words)
    if kind == "none":
        return kind, None
    default = max(0, n_words - 2)
    real = choice_up_to(session, "real_words", default, n_words, Span(0, 32))
    number_field(session, "Real words", 0, n_words, bind_choice(session, "real_words", real, default), width=120,
                 help="The rest is padding. At 0 every row is masked: all weights are 0.")  # fmt: skip
    return kind, padding_mask(n_words, n_words, real)


def _scaling(session: Session) -> AttentionSettings:
    scaled = bool(choice(session, "scaled", "int", 1, (0, 1)))
    temperature = choice(session, "temperature", "float", 1.0, TEMPERATURES)
    st.selectbox("Temperature", TEMPERATURES, format_func="{:g}".format, width=110,
                 help="Divides the scores: low gives the highest score more of its row, high evens the row out.",
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
