"""The room of the Transformer page: one block on four tasks, before, during and after its training."""
