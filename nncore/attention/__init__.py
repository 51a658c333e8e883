"""Attention: queries look at keys and take a weighted mean of values.

From one scaled dot product to a learned translation and to a transformer block. The same Trainer that trains a dense network
trains them all.
"""

from nncore.attention.attention import (
    MultiHeadAttention,
    causal_mask,
    padding_mask,
    scaled_dot_product_attention,
    sinusoidal_positions,
)
from nncore.attention.head_roles import HeadRoles, even_share, share_over_frames
from nncore.attention.sequence_tasks import MAX_LENGTH, TASKS, make_sequences, read_sequence
from nncore.attention.stages import (
    AttentionSettings,
    Stages,
    attention_stages,
    entropy,
    even_entropy,
    order_gap,
    shuffled_order,
    split_words,
    word_vectors,
)
from nncore.attention.transformer import Transformer
from nncore.attention.transformer_run import (
    BATCH,
    HEADS,
    LENGTH,
    N_TRAINING,
    RATE,
    LengthScore,
    TransformerRun,
    scores_by_length,
)
from nncore.attention.translation import ADJECTIVES, ARTICLES, NOUNS, TARGET_WORDS, Translator, split_phrases, translate
from nncore.attention.translation_probe import Alternative, farthest_attention, mean_distance
from nncore.attention.translation_run import TranslationRun, encode_phrase

__all__ = [
    "ADJECTIVES",
    "ARTICLES",
    "BATCH",
    "HEADS",
    "LENGTH",
    "MAX_LENGTH",
    "NOUNS",
    "N_TRAINING",
    "RATE",
    "TARGET_WORDS",
    "TASKS",
    "Alternative",
    "AttentionSettings",
    "HeadRoles",
    "LengthScore",
    "MultiHeadAttention",
    "Stages",
    "Transformer",
    "TransformerRun",
    "TranslationRun",
    "Translator",
    "attention_stages",
    "causal_mask",
    "encode_phrase",
    "entropy",
    "even_entropy",
    "even_share",
    "farthest_attention",
    "make_sequences",
    "mean_distance",
    "order_gap",
    "padding_mask",
    "read_sequence",
    "scaled_dot_product_attention",
    "scores_by_length",
    "share_over_frames",
    "shuffled_order",
    "sinusoidal_positions",
    "split_phrases",
    "split_words",
    "translate",
    "word_vectors",
]
