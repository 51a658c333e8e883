"""The room of the Restarts page: one experiment from many first weights, and which of the ends are the same solution."""
