"""The room of the Initializers page: one network from the first weights of every initializer."""
