"""Segment: a stretch of a Run under constant settings, with the epochs at which it is recorded."""

import math
from dataclasses import dataclass, replace
from functools import cached_property

from nncore.arguments import check_fields, checked, kind_of, number, set_fields, whole
from nncore.experiments.experiment import Experiment, build_split
from nncore.experiments.recording.frames import FrameSchedule, update_seconds


def epoch_of_frame(epoch: float) -> float:
    """The recorded `epoch` of a frame, as a whole number where it is one."""
    return int(epoch) if float(epoch).is_integer() else float(epoch)


@dataclass(frozen=True)
class Segment:
    """One stretch of a Run under constant settings, from frame `start` and epoch `epochs_before` on.

    The Run alone knows that epoch by its schedule; where training ended before, its last frames lie nearer (see `after`).
    """

    experiment: Experiment
    start: int
    epochs_before: float
    max_frames: int

    def __post_init__(self):
        check_fields(self, experiment=kind_of(Experiment), start=whole(0), epochs_before=number(0), max_frames=whole(0))
        set_fields(self, epochs_before=epoch_of_frame(self.epochs_before))

    @property
    def seconds_per_update(self) -> float:
        """Time of one update by the model, in seconds."""
        e = self.experiment
        n_train = len(build_split(e).train)
        size = n_train if e.batch_size is None else min(e.batch_size, n_train)
        return update_seconds(size, sum(e.sizes[1:]), e.n_parameters)

    @cached_property
    def schedule(self) -> FrameSchedule:
        """Which of this segment's epochs are recorded."""
        return FrameSchedule.for_cost(self.experiment.updates_per_epoch, self.seconds_per_update)

    @property
    def epoch_limit(self) -> int:
        """How many epochs this segment may train: the person's limit, or as far as it can be recorded."""
        room = self.schedule.epoch_of(self.max_frames)
        asked = self.experiment.epoch_limit
        return room if asked is None else max(0, min(room, math.ceil(asked - self.epochs_before)))

    @property
    def is_full(self) -> bool:
        """Whether this segment ends because no more can be recorded, not because a person set a limit."""
        asked = self.experiment.epoch_limit
        return asked is None or self.schedule.epoch_of(self.max_frames) < asked - self.epochs_before

    @checked(epochs=number(0))
    def after(self, epochs: float) -> "Segment":
        """This stretch where it begins after so many epochs: a part of one, where it leaves an epoch that diverged."""
        return replace(self, epochs_before=epochs)

    @property
    def last_frame(self) -> int:
        """The run's frame at which this segment's epoch limit lies."""
        return self.start + self.schedule.frame_of(self.epoch_limit)
