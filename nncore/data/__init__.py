"""Data: what can be learned from, and how it is dealt out.

A dataset is a table of raw inputs and targets. Features and scaling turn it into a network's inputs, fitted on the training
set alone; a split says which examples are learned from; batching says which of them make each update.
"""
