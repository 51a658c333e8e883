"""Figures of the Transformer page: its heads and its scores, and one token's way through the block."""
