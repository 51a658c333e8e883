"""Lessons on one neuron and on layers of them: what a weight is, regression, why non-linear, the weight matrix."""
