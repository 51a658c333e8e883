"""Experiments: what a person picked, and what came of it.

An Experiment is everything that was picked, in one frozen value; a Run adds the changes made on the way. A Run, like every
recorded training, is trained into frames by one background thread, and one store keeps them for everybody who asks.
"""
