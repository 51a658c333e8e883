"""Figures of the page *Autoencoder*."""
