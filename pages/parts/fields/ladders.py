"""Ladders: the values that drop-downs offer where a setting is a matter of size, in the 1-3-10 steps of the field."""

LEARNING_RATES = (1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
TOLERANCES = (1e-6, 1e-5, 1e-4, 1e-3, 1e-2)
