"""The room of the page *Recurrence*: a network with a state in training, step by step, and how far back it reaches."""
