"""Terms: a sum of products, written out.

A neuron's weighted sum, the delta that arrives at it and a weight's gradient are all sums of products. A short one can be
shown whole; of a long one the largest terms are shown in their order, and the others as one number.
"""

from dataclasses import dataclass

import numpy as np

from nncore.arguments import array, checked
from nncore.handed_out import handed_out

Array = np.ndarray

MOST, KEPT = 16, 8


@handed_out
@dataclass(frozen=True)
class Terms:
    """The terms at `places` (n,), counted from 0: `left` times `right` is `products`, each (n,).

    `n_others` terms are left out; `others` is their sum.
    """

    places: Array
    left: Array
    right: Array
    products: Array
    n_others: int
    others: float


@checked(left=array("n?", limit=None), right=array("n?", limit=None))
def leading_terms(left: Array, right: Array) -> Terms:
    """The terms of the sum of `left` * `right`, each (n,): all up to MOST; of more, the KEPT largest in size."""
    with np.errstate(over="ignore", invalid="ignore"):
        products = left * right
    places = np.arange(len(products))
    if len(places) > MOST:
        # Numbers that overflowed count as the largest.
        sizes = np.nan_to_num(np.abs(products), nan=np.inf)
        places = np.sort(np.argsort(-sizes, kind="stable")[:KEPT])
    others = np.delete(products, places)
    return Terms(places, left[places], right[places], products[places], len(others), float(others.sum()))
