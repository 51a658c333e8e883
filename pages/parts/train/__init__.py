"""The room of the Train page: the controls of data, network and training, and what is studied when playing pauses."""
