"""Figures of the page *What is a score worth?*: scores with their intervals, curves with their spread, a search, luck."""
