"""The room of the Overfitting page: one network that learns 24 points by heart, and what can be done about it."""
