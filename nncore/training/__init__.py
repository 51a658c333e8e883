"""Training: how a gradient becomes a step, how steps become epochs, and when to stop.

A Trainer takes any model. It is deterministic: where its work is cut makes no difference to the result.
"""
