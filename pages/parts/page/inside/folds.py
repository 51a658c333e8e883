"""The folds under a network that is trained on a page of its own."""

from pages.parts.page.inside.gradient_check import gradient_fold
from pages.parts.page.inside.matrices import every_matrix
from pages.parts.page.inside.take_code import take_code
from pages.parts.page.inside.trained import Trained


def inside_folds(trained: Trained) -> None:
    """Every matrix, the gradient check, and the code, of what is on screen."""
    every_matrix(trained)
    gradient_fold(trained)
    take_code(trained)
