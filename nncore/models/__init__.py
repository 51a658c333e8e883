"""Models: what learns.

Every model keeps all of its numbers in one flat vector, `parameters`, and answers `loss_and_gradient(X, y)` and
`predict(X)`. Whatever trains, checks or draws a model needs no more than these members.
"""
