"""The snapshot on screen: which one a page shows, what is said of it, and what a person does with the network there.

It is picked with a scrubber and may lie far into a training. There the test set may be opened, weights set by hand, and the
network taken away as code.
"""
