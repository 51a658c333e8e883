"""The room of the Backpropagation page: the batch, both passes, the chain rule, and the step, with every number."""
