"""What a training costs, in words: time and memory."""

import math


def duration(seconds: float) -> str:
    """A time that is not known exactly: "less than a second", "about 12 s", "about 18 minutes", "about 3 hours"."""
    if seconds < 0.8:
        return "less than a second"
    if seconds < 100:
        return f"about {math.ceil(seconds)} s"
    return f"about {seconds / 60:.0f} minutes" if seconds < 100 * 60 else f"about {seconds / 3600:.0f} hours"


def cost_words(seconds: float, n_bytes: int) -> str:
    """What a comparison will cost, in a sentence; another machine, or one that is busy, takes another time."""
    return f"The training takes {duration(seconds)} on an idle machine, and {max(1, round(n_bytes / 1e6))} MB of memory."
