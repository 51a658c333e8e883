"""Run: an Experiment and its branches.

A person may turn some knobs in the middle of training. The Run remembers at which recorded frame, and what was changed:
a branch goes on from that frame's parameters with the new settings, its optimizer at rest. Weights set by hand are a
branch too. A Run is hashable and turns to and from flat text, so a link and a cache can carry it.
"""

import hashlib
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from nncore.arguments import array, check_fields, checked, each, kind_of, text, texts_by_name, whole
from nncore.experiments.branches import (
    MAX_BRANCHES,
    PARAMETERS,
    Branch,
    beyond_the_end,
    read_branches,
    repair_branches,
    with_parameters,
    write_branches,
    write_parameters,
)
from nncore.experiments.edits import LARGEST, Edit, edit_rule, merged, require_place
from nncore.experiments.experiment import BRANCHABLE, Experiment
from nncore.experiments.link_text import in_words
from nncore.experiments.recording.frames import max_frames
from nncore.experiments.segment import Segment


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
        ends = [branch.start for branch in self.branches]
        rising = ends == sorted(set(ends)) and frames == sorted(set(frames))
        if not rising or any(end < 1 for end in ends) or any(frame < 0 for frame in frames):
            hint = "; one with edits may leave from frame 0" if 0 in frames else ""
            raise ValueError(f"branches must have rising frames from 1 on, got {frames}{hint}")
        for branch in self.branches:
            for name, _ in branch.changes:
                if name not in BRANCHABLE:
                    raise ValueError(f"a branch may change {', '.join(BRANCHABLE)}, got {name!r}")
            for edit in branch.edits:
                require_place(edit, self.experiment.sizes)
            most = 4 * self.experiment.n_parameters
            if len(branch.parameters) not in (0, most):
                raise ValueError(f"a branch's parameters must be {most} bytes, got {len(branch.parameters)}")
        for before, branch in zip(self.segments, self.branches, strict=False):
            if branch.frame > before.start + before.max_frames:
                most = max_frames(self.experiment.n_parameters)
                raise ValueError(f"A run records at most {most} frames before it goes on in another recording, got a change "
                                 f"at frame {branch.frame}")  # fmt: skip

    @cached_property
    def key(self) -> str:
        """A short name of this Run, the same everywhere."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]

    @cached_property
    def segments(self) -> list[Segment]:
        """The stretches of constant settings, first to last. One that begins where the recording is full begins another."""
        most = total = max_frames(self.experiment.n_parameters) - 1
        segments = [Segment(self.experiment, 0, 0, total)]
        for branch in self.branches:
            before = segments[-1]
            # The last frame may lie nearer than the schedule says: at the epoch limit.
            epochs = min(before.schedule.epoch_of(branch.frame - before.start), before.epoch_limit)
            experiment = before.experiment.with_changes(**dict(branch.changes))
            if branch.start >= total:
                total = branch.start + most
            segments.append(Segment(experiment, branch.start, before.epochs_before + epochs, total - branch.start))
        return segments

    @property
    def fits_link(self) -> bool:
        """Whether a link can carry all of it: with more than 40 weights set by hand at once it cannot."""
        return not any(branch.parameters for branch in self.branches)

    @property
    def settings(self) -> Experiment:
        """The settings in force at the end: what the controls show, and what trains on from here."""
        return self.segments[-1].experiment

    @checked(segment=whole(0))
    def prefix(self, segment: int) -> "Run":
        """The Run up to and with segment number `segment`, without what was changed later."""
        run = self
        while segment < len(run.branches):
            run = run._before
        return run

    @cached_property
    def _before(self) -> "Run":
        """The Run without its last branch: kept, as each message of frames asks for it several times."""
        return Run(self.experiment, self.branches[:-1])

    @checked(frame=whole(0))
    def segment_of(self, frame: int) -> int:
        """The number of the segment in which frame `frame` is trained; a branch's own frame belongs before it."""
        return sum(branch.frame < frame for branch in self.branches)

    @checked(frame=whole(0))
    def segment_from(self, frame: int) -> int:
        """The number of the segment that trains on from `frame`: at a branch's own frame, that of what changed there."""
        return sum(branch.start <= frame for branch in self.branches)

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
        last = kept._by_hand_at(frame)
        if last is None:
            return Run(self.experiment, (*kept.branches, Branch(frame, tuple(sorted(changes.items())))))
        # Nothing was trained since: the weights and the settings changed together.
        kept = kept.prefix(len(kept.branches) - 1)
        changes = tuple(sorted(kept.settings.changes_to(settings).items()))
        return Run(self.experiment, (*kept.branches, replace(last, changes=changes)))

    @checked(frame=whole(0), edits=each(edit_rule))
    def edited(self, frame: int, edits: Iterable[Edit]) -> "Run":
        """This Run with weights and biases set by hand at `frame`: its last segment's first frame shows them.

        Edits of a network that was not trained since the last ones are put together with them. Branches from that frame on
        are replaced. Raises ValueError for a place that does not exist, and for more than 40 edits of one branch.
        """
        kept = self.prefix(self.segment_of(frame))
        if not edits:
            return kept
        last = kept._by_hand_at(frame)
        if last is None:
            return Run(self.experiment, (*kept.branches, Branch(frame, self._changes_at(frame, kept), merged(edits))))
        return Run(self.experiment, (*kept.branches[:-1], replace(last, edits=merged((*last.edits, *edits)))))

    @checked(frame=whole(0), parameters=array("P", limit=LARGEST))
    def with_parameters(self, frame: int, parameters: np.ndarray) -> "Run":
        """This Run with all weights and biases (P,) set by hand at `frame`, as `edited` does for up to 40 of them.

        It trains on like any other, but its text leaves that out: see `fits_link`. Raises ValueError for another number of
        them than the network has.
        """
        kept = self.prefix(self.segment_of(frame))
        if len(parameters) != self.experiment.n_parameters:
            raise ValueError(f"parameters must be {self.experiment.n_parameters} numbers, got {len(parameters)}")
        last, values = kept._by_hand_at(frame), np.asarray(parameters, np.float32).tobytes()
        if last is None:
            branch = Branch(frame, self._changes_at(frame, kept), (), values)
            return Run(self.experiment, (*kept.branches, branch))
        return Run(self.experiment, (*kept.branches[:-1], replace(last, edits=(), parameters=values)))

    @checked(frame=whole(1))
    def goes_on(self, frame: int) -> "Run":
        """This Run going on from `frame` as it is, its optimizer at rest; where the recording is full, in another.

        A stop rule and an epoch limit that were in force end there.
        """
        kept = self.prefix(self.segment_of(frame))
        settings = kept.settings.without_stop_rule()
        changes = kept.settings.changes_to(settings)
        return Run(self.experiment, (*kept.branches, Branch(frame, tuple(sorted(changes.items())))))

    def _by_hand_at(self, frame: int) -> Branch | None:
        """The last branch if it shows weights set by hand at `frame`, untrained; else None."""
        last = self.branches[-1] if self.branches else None
        return last if last is not None and last.by_hand and last.start == frame else None

    def _changes_at(self, frame: int, kept: "Run") -> tuple[tuple[str, object], ...]:
        """The changes of a branch that only changes settings at `frame`: the network on screen is under its settings."""
        leaves = any(branch.frame == frame and not branch.by_hand for branch in self.branches)
        return self.branches[len(kept.branches)].changes if leaves else ()

    def to_dict(self) -> dict[str, str]:
        """The experiment's text, and `branches` as "frame:name=value;name=value|frame:...", as far as they fit a link."""
        return self._texts(tuple(itertools.takewhile(lambda branch: not branch.parameters, self.branches)))

    def to_whole_dict(self) -> dict[str, str]:
        """The text of all of it, as `to_dict`; where a link cannot carry that, `weights` are those that were set by hand."""
        weights = write_parameters(self.branches)
        return self._texts(self.branches) | ({PARAMETERS: weights} if weights else {})

    def _texts(self, branches: tuple[Branch, ...]) -> dict[str, str]:
        texts = self.experiment.to_dict()
        return texts | {"branches": write_branches(branches, self.experiment.sizes)} if branches else texts

    @classmethod
    @checked(texts=texts_by_name)
    def from_dict(cls, texts: Mapping[str, str]) -> "Run":
        """The Run of `to_dict` or `to_whole_dict`. Raises ValueError for a name or a value that cannot be."""
        texts, branch_text, weights = _parts(texts)
        experiment = Experiment.from_dict(texts)
        branches = read_branches(branch_text, experiment.sizes)
        return cls(experiment, with_parameters(branches, weights, experiment.n_parameters))

    @classmethod
    @checked(texts=texts_by_name)
    def repair(cls, texts: Mapping[str, str]) -> tuple["Run", list[str]]:
        """The Run nearest to `texts`, and one sentence for each part of them that is another than the one asked for."""
        texts, branch_text, weights = _parts(texts)
        experiment, problems = Experiment.repair(texts)
        try:
            branches, branch_problems = repair_branches(branch_text, experiment.sizes)
            if len(branches) > MAX_BRANCHES:
                raise ValueError(f"branches must be at most {MAX_BRANCHES}, got {len(branches):,}")
            branches = with_parameters(branches, weights, experiment.n_parameters)
            run = cls(experiment)
            for branch in branches:
                last = run.segments[-1].last_frame
                if branch.frame > last:
                    return run, [*problems, *branch_problems, beyond_the_end(branch.frame, last)]
                run = cls(experiment, (*run.branches, branch))
        except ValueError as error:
            return cls(experiment), [*problems, f"{in_words(str(error))}; the run is shown without its branches."]
        return run, problems + branch_problems


def _parts(texts: Mapping[str, str]) -> tuple[dict[str, str], str, str]:
    """The text of the experiment, of the branches, and of the weights that were set by hand in them."""
    others = {name: value for name, value in texts.items() if name not in ("branches", PARAMETERS)}
    return others, *(text(name, texts.get(name, ""), {}) for name in ("branches", PARAMETERS))
