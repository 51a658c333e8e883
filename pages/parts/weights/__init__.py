"""The room of the Weights page: the weight matrices of one snapshot, looked at, looked through, and changed by hand."""
