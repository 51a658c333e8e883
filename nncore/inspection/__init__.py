"""Inspection: looking inside a trained model.

Everything here is derived from a parameter vector and the data: every number of a forward and a backward pass, the state of
the neurons, spectra of weight matrices, what was changed by hand, and what is wrong with a run.
"""
