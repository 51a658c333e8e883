"""The room of the One neuron page: one weighted sum, its loss, and the steps that a person asks of it."""
