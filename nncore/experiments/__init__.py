"""Experiments: what a person picked, and what came of it.

An Experiment is everything that was picked, in one frozen value; a Run adds the changes made on the way. A Run is trained
into recorded frames, chunk by chunk, in one background thread, and a store keeps the chunks for everybody who asks.
"""
