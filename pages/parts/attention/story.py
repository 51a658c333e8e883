"""What a step of the attention page says below its picture."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """What to `notice` in what is on screen, None before there is anything to see, and something `to_try`."""

    notice: str | None
    to_try: str
