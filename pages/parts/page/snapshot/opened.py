"""Which test sets a person has opened: each run's once, and for good."""

from dataclasses import dataclass, field

from nncore import Run
from nncore.evaluation import sealed_rows


@dataclass
class OpenedTests:
    """The runs whose test set was opened, each with the frame at which it was."""

    frames: dict[Run, int] = field(default_factory=dict)

    def open(self, run: Run, frame: int) -> None:
        """Opens the test set of `run` at `frame`. Once is for good: an opened one stays as it was opened."""
        if self.at(run) is None:
            self.frames[run] = frame

    def at(self, run: Run) -> tuple[Run, int] | None:
        """The run and its frame at which the test set of `run` was opened, or None.

        What branched off later goes on from the opened run, whose test set is used.
        """
        for number in range(len(run.branches) + 1):
            begun = run.prefix(number)
            end = run.branches[number].frame if number < len(run.branches) else float("inf")
            if self.frames.get(begun, float("inf")) <= end and begun in self.frames:
                return begun, self.frames[begun]
        return None

    def others(self, run: Run) -> int:
        """How many other runs had their test set opened that is the same samples as that of `run`."""
        mine = sealed_rows(run.experiment)
        return sum(sealed_rows(other.experiment) == mine for other in self.frames if other != run)
