"""The room of the Loss surface page: a plane through the space of weights, and the loss on it."""
