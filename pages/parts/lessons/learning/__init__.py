"""Lessons on learning: descent, the chain rule, backpropagation, first weights, batches, restarts, scores and leaks."""
