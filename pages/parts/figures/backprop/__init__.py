"""Figures that only the page `backprop` draws."""
