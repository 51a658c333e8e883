"""Figures that only the page `train` draws."""
