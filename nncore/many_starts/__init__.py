"""Many starts: what depends on where training begins, and what the loss looks like around it.

A leading axis of runs trains many parameter vectors at once: restarts, the initializers compared, the batch sizes compared,
and the points of a slice through the loss.
"""
