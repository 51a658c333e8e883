"""The room of the Words page: from a sentence to tokens, to vectors, to the matrix of their products."""
