"""Figures that only the page `neuron` draws."""
