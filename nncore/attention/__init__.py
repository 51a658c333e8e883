"""Attention: queries look at keys and take a weighted mean of values.

From one scaled dot product to a learned translation and to a transformer block. The same Trainer that trains a dense network
trains them all.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "attention": "MultiHeadAttention causal_mask padding_mask scaled_dot_product_attention sinusoidal_positions",
    "block_trace": "BlockTrace trace_block",
    "head_roles": "HeadRoles even_share share_over_frames",
    "paths": "PathCost compare_paths",
    "scaling": "ScoreSpread score_spread",
    "sequence_tasks": "MAX_LENGTH TASKS make_sequences read_sequence",
    "stages":
        "AttentionSettings Stages attention_stages entropy even_entropy order_gap shuffled_order split_words "
        "with_one_matrix word_vectors",
    "transformer": "Transformer",
    "transformer_run": "BATCH HEADS LENGTH N_TRAINING RATE LengthScore TransformerRun scores_by_length",
    "translation": "ADJECTIVES ARTICLES NOUNS TARGET_WORDS Translator split_phrases translate",
    "translation_probe": "Alternative farthest_attention mean_distance",
    "translation_run": "TranslationRun encode_phrase",
})  # fmt: skip
