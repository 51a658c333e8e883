"""The room of the One update page: the batch, both passes, the chain rule, and the step that is taken, with every number."""
