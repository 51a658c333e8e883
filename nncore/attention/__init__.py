"""Attention: queries look at keys and take a weighted mean of values.

From one scaled dot product to a learned translation and to a transformer block. The same Trainer that trains a dense network
trains them all.
"""
