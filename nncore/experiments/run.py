"""Run: an Experiment and its branches.

A person may turn some knobs in the middle of training. The Run remembers at which recorded frame, and what was changed:
a branch goes on from that frame's parameters with the new settings, its optimizer at rest. A Run is hashable and turns
to and from flat text, so a link and a cache can carry it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from nncore.arguments import check_fields, checked, each, kind_of, mapping, whole
from nncore.checks import shown
from nncore.experiments.experiment import BRANCHABLE, Experiment, build_network, build_rule, build_split
from nncore.experiments.frames import FrameSchedule, max_frames, update_seconds
from nncore.experiments.link_text import read_field, read_fields, write_field
from nncore.experiments.repair import ask_all, in_words, sentence
from nncore.experiments.validation import plain
from nncore.training.stability import divergence_bound, divergence_words, stable_product
from nncore.training.stopping import Stop
from nncore.training.trainer import Trainer

MAX_BRANCHES = 20
LAST_FRAME = 10**15  # far beyond what any run records: what is larger is no frame


def _change(name: str, value: object, sizes: object) -> tuple[str, object]:
    if not isinstance(value, list | tuple) or len(value) != 2 or not isinstance(value[0], str):
        raise ValueError(f"{name} must be a pair of a setting's name and its value, got {shown(value)}")
    return value[0], plain(value[1])


@dataclass(frozen=True)
class Branch:
    """At recorded `frame`, these settings changed: (name, value) pairs, sorted by name. Raises ValueError for others."""

    frame: int
    changes: tuple[tuple[str, object], ...]

    def __post_init__(self):
        check_fields(self, frame=whole(-LAST_FRAME, LAST_FRAME), changes=each(_change))
        names = [name for name, _ in self.changes]
        if len(set(names)) < len(names):
            raise ValueError(f"changes must name each setting once, got {shown(tuple(names))}")


@dataclass(frozen=True)
class Segment:
    """One stretch of a Run under constant settings, from frame `start` and epoch `epochs_before` on."""

    experiment: Experiment
    start: int
    epochs_before: int
    max_frames: int

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
        return room if asked is None else max(0, min(room, asked - self.epochs_before))

    @property
    def is_full(self) -> bool:
        """Whether this segment ends because no more can be recorded, not because a person set a limit."""
        asked = self.experiment.epoch_limit
        return asked is None or self.schedule.epoch_of(self.max_frames) < asked - self.epochs_before

    @property
    def last_frame(self) -> int:
        """The run's frame at which this segment's epoch limit lies."""
        return self.start + self.schedule.frame_of(self.epoch_limit)


@dataclass(frozen=True)
class Run:
    """An Experiment and its branches, in the order of their frames. Raises ValueError for branches that cannot be."""

    experiment: Experiment
    branches: tuple[Branch, ...] = ()

    def __post_init__(self):
        check_fields(self, experiment=kind_of(Experiment), branches=each(kind_of(Branch)))
        if len(self.branches) > MAX_BRANCHES:
            raise ValueError(f"branches must be at most {MAX_BRANCHES}, got {len(self.branches)}")
        frames = [branch.frame for branch in self.branches]
        if any(frame < 1 for frame in frames) or frames != sorted(set(frames)):
            raise ValueError(f"branches must have rising frames from 1 on, got {frames}")
        for branch in self.branches:
            for name, _ in branch.changes:
                if name not in BRANCHABLE:
                    raise ValueError(f"a branch may change {', '.join(BRANCHABLE)}, got {name!r}")
        if frames and self.segments[-1].max_frames < 1:
            total = max_frames(self.experiment.n_parameters)
            raise ValueError(
                f"A run records at most {total} frames: rewind or reset before changing it, got a change at frame "
                f"{frames[-1]}"
            )

    @cached_property
    def key(self) -> str:
        """A short name of this Run, the same everywhere."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]

    @cached_property
    def segments(self) -> list[Segment]:
        """The stretches of constant settings, first to last."""
        total = max_frames(self.experiment.n_parameters) - 1
        segments = [Segment(self.experiment, 0, 0, total)]
        for branch in self.branches:
            before = segments[-1]
            # The last frame may lie nearer than the schedule says: at the epoch limit.
            epochs = min(before.schedule.epoch_of(branch.frame - before.start), before.epoch_limit)
            experiment = before.experiment.with_changes(**dict(branch.changes))
            segments.append(Segment(experiment, branch.frame, before.epochs_before + epochs, total - branch.frame))
        return segments

    @property
    def settings(self) -> Experiment:
        """The settings in force at the end: what the controls show, and what trains on from here."""
        return self.segments[-1].experiment

    @checked(segment=whole(0))
    def prefix(self, segment: int) -> "Run":
        """The Run up to and with segment number `segment`, without what was changed later."""
        return Run(self.experiment, self.branches[:segment])

    @checked(frame=whole(0))
    def segment_of(self, frame: int) -> int:
        """The number of the segment in which frame `frame` is trained; a branch's own frame belongs before it."""
        return sum(branch.frame < frame for branch in self.branches)

    @checked(frame=whole(0), settings=kind_of(Experiment))
    def changed(self, frame: int, settings: Experiment) -> "Run":
        """This Run with `settings` from `frame` on.

        A branch, if only settings that may branch differ from those in force there and the frame is not the first;
        otherwise a new Run. Branches from that frame on are replaced.
        """
        kept = self.prefix(self.segment_of(frame))
        changes = kept.settings.changes_to(settings)
        if not set(changes) <= set(BRANCHABLE) or frame == 0:
            return Run(settings)
        if not changes:
            return kept
        return Run(self.experiment, (*kept.branches, Branch(frame, tuple(sorted(changes.items())))))

    def to_dict(self) -> dict[str, str]:
        """The experiment's text, and `branches` as "frame:name=value;name=value|frame:..."."""
        texts = self.experiment.to_dict()
        if self.branches:
            texts["branches"] = "|".join(
                f"{branch.frame}:" + ";".join(f"{name}={write_field(value)}" for name, value in branch.changes)
                for branch in self.branches
            )
        return texts

    @classmethod
    @checked(texts=mapping)
    def from_dict(cls, texts: Mapping[str, str]) -> "Run":
        """The Run of `to_dict`. Raises ValueError for a name or a value that cannot be."""
        texts = dict(texts)
        branches = _read_branches(texts.pop("branches", ""))
        return cls(Experiment.from_dict(texts), branches)

    @classmethod
    @checked(texts=mapping)
    def repair(cls, texts: Mapping[str, str]) -> tuple["Run", list[str]]:
        """The Run nearest to `texts`, and one sentence for each part of them that is another than the one asked for."""
        texts = dict(texts)
        branch_text = texts.pop("branches", "")
        experiment, problems = Experiment.repair(texts)
        try:
            branches, branch_problems = _repair_branches(branch_text)
            run = cls(experiment)
            for branch in branches:
                last = run.segments[-1].last_frame
                if branch.frame > last:
                    return run, [*problems, *branch_problems, beyond_the_end(branch.frame, last)]
                run = cls(experiment, (*run.branches, branch))
        except ValueError as error:
            return cls(experiment), [*problems, f"{in_words(str(error))}; the run is shown without its branches."]
        return run, problems + branch_problems


@checked(frame=whole(0), last=whole(0))
def beyond_the_end(frame: int, last: int) -> str:
    """The sentence on a branch from a frame that is never trained."""
    return (f"The link changes settings at snapshot {frame:,}, but this training ends at snapshot {last:,}; it is shown "
            "without that change and those after it.")  # fmt: skip


def _read_branches(text: str) -> tuple[Branch, ...]:
    return tuple(_read_branch(part) for part in text.split("|")) if text else ()


def _read_branch(text: str) -> Branch:
    number, texts = _branch_texts(text)
    values, problems = read_fields(Experiment, texts)
    if problems:
        raise ValueError(problems[0].partition(";")[0].rstrip("."))
    return Branch(number, tuple(sorted(values.items())))


def _repair_branches(text: str) -> tuple[list[Branch], list[str]]:
    """The branches with values as near as can be to those of `text`. Raises ValueError for what cannot be read at all."""
    branches, problems = [], []
    for part in text.split("|") if text else ():
        number, texts = _branch_texts(part)
        asked, unknown = ask_all(Experiment, texts)
        lost = unknown + [found.complaint for found in asked.values() if found.is_lost]
        if lost:
            raise ValueError(lost[0].rstrip("."))
        problems += [sentence(found.complaint, found.value) for found in asked.values() if found.complaint]
        branches.append(Branch(number, tuple(sorted((name, found.value) for name, found in asked.items()))))
    return branches, problems


def _branch_texts(text: str) -> tuple[int, dict[str, str]]:
    frame, _, rest = text.partition(":")
    return read_field("branches", "int", frame), dict(pair.partition("=")[::2] for pair in rest.split(";"))


@checked(segment=kind_of(Segment))
def build_trainer(segment: Segment) -> Trainer:
    """A Trainer at the first weights of the segment's experiment, under its settings."""
    e, split, network = segment.experiment, build_split(segment.experiment), build_network(segment.experiment)
    trainer = Trainer(
        network, split.X_train, split.y_train, e.optimizer, e.learning_rate, e.batch_size, e.batch_seed, e.schedule,
        epoch_limit=segment.epoch_limit, rule=build_rule(e),
    )
    trainer.epochs_before = segment.epochs_before
    if np.isfinite(stable_product(trainer.optimizer)):  # the others may take a huge step, but come back from it
        trainer.bound = divergence_bound(network, split.X_train, split.y_train)
    trainer.explain_divergence = partial(divergence_words, network, split.X_train, trainer.optimizer)
    if segment.is_full:
        frames = segment.start + segment.max_frames + 1
        trainer.limit_text = f"All {frames} frames that a run records are used up, at epoch {{epoch:,}}."
    if segment.epoch_limit == 0:
        trainer.stopped = Stop("epoch_limit", trainer.limit_text.format(epoch=segment.epochs_before))
    return trainer
