"""Figures that only the page `weights` draws."""
