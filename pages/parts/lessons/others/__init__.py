"""Lessons on other architectures: filters on pictures, a network with a state, and an autoencoder."""
