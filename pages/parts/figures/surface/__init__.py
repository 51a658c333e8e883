"""Figures that only the page `surface` draws."""
