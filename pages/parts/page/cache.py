"""What was worked out for one viewer, kept for all, within a budget of memory."""

from nncore.experiments.cache import Memo

_MEMO = Memo()


def memo() -> Memo:
    """What the study pages of all viewers of this server have worked out."""
    return _MEMO
