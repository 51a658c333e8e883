"""Figures that only the page `restarts` draws."""
