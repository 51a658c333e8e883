"""The toy corpus as the words' room knows it; it stands with the other data, for letters are learned from it as well."""

from nncore.data.corpus import CATEGORIES, category_of, toy_corpus, toy_sentences

__all__ = ["CATEGORIES", "category_of", "toy_corpus", "toy_sentences"]
