"""Figures that only the page `landscapes` draws."""
