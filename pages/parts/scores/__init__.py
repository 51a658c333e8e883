"""The room of the page *What is a score worth?*: leakage, learning curves, choosing by a score, the sealed test set."""
