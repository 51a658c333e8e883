"""A single neuron from the beginning: a weighted sum, a bias, an activation and a loss.

With so few numbers everything can be followed by hand: each step, the loss around the weights, and where descent should end.
"""
