"""Lessons on words and attention: vectors, the attention matrix, a transformer block."""
