"""Lessons on learning: descent, the chain rule, backpropagation, first weights, batches, restarts, what a score is worth."""
