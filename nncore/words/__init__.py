"""Words: from a text to tokens, from tokens to vectors, and the products of all vectors with each other.

The matrix of these products is what attention begins with; its diagonal can be computed from the rest of it.
"""
