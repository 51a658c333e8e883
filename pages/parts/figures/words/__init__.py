"""Figures of the page Words: its tokens, its matrices, and words cut into pieces."""
