"""Words: from a text to tokens, from tokens to vectors, and the products of all vectors with each other.

The matrix of these products is what attention begins with; its diagonal can be computed from the rest of it.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "accidents": "beyond_accident measured_spread random_spread unit_rows unlike_words",
    "byte_pairs": "BytePairs corpus_in_pieces learn_merges",
    "corpus": "CATEGORIES category_of toy_corpus",
    "graphemes": "JOINER NON_JOINER",
    "hidden_diagonal": "MAX_WORDS MIN_WORDS DiagonalRun DiagonalTraining HiddenDiagonalSettings root_mean_square",
    "outer_product":
        "asymmetry best_blocks diagonal_from_rest diagonal_is_largest diagonal_is_tied dot_products has_unit_lengths "
        "hide_diagonal largest_in_row needed_words outer_terms zero_rows",
    "skipgram": "Embedding SkipGramSettings guessing_loss",
    "text":
        "MAX_CHARACTERS MAX_TOKENS MAX_WORD TOKEN_RULE TextStages TextSteps text_stages tokenise visible_line "
        "words_of",
    "vectors": "VECTORS nearest principal_plane word_vectors",
})  # fmt: skip
