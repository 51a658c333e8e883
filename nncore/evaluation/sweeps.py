"""Sweeps: many experiments trained side by side, with a file that remembers which are done.

Experiments do not depend on each other, so they can be trained in other processes and on other machines: where is joblib's
to say, as in `restarts.many_processes`. Each result is a line of the file as soon as it is there. A sweep that was
killed reads it, and trains only what is missing.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from nncore.arguments import checked, each, kind_of, optional, whole
from nncore.experiments.experiment import Experiment
from nncore.experiments.short_training import MAX_EPOCHS, train_for
from nncore.handed_out import handed_out

MAX_SWEEP = 10_000


@handed_out
@dataclass(frozen=True)
class SweepResult:
    """What came of one experiment after `epochs` epochs; `key` names the two. Scores are accuracy or R².

    Losses and scores are nan where training diverged, and those of validation where there is no validation set.
    """

    key: str
    epochs: int
    training_loss: float
    validation_loss: float
    training_score: float
    validation_score: float
    diverged: bool


@checked(experiments=each(kind_of(Experiment), 1, MAX_SWEEP), epochs=whole(1, MAX_EPOCHS), workers=whole(1, 1000),
         results=optional(kind_of(str, Path)))  # fmt: skip
def sweep(
    experiments: Iterable[Experiment], epochs: int, workers: int = 1, results: str | Path | None = None
) -> list[SweepResult]:
    """What came of each experiment, in their order, trained `workers` at a time and each but once.

    What stands in the file `results` is not trained again; what is trained is added to it at once. It may hold the results
    of other sweeps, too.
    """
    keys = [_key(experiment, epochs) for experiment in experiments]
    done = _read_results(results) if results is not None else {}
    missing = {key: e for key, e in zip(keys, experiments, strict=True) if key not in done}
    for found in _trained(missing, epochs, workers):
        done[found.key] = found
        if results is not None:
            _append(Path(results), found)
    return [done[key] for key in keys]


def _read_results(results: str | Path) -> dict[str, SweepResult]:
    """The results in a file by their keys; none where there is no file. A line that was cut off is left out."""
    file, found = Path(results), {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        try:
            result = SweepResult(**json.loads(line))
        except (ValueError, TypeError):  # the sweep was killed while it wrote
            continue
        found[result.key] = result
    return found


def _key(experiment: Experiment, epochs: int) -> str:
    return hashlib.sha256(f"{experiment!r} {epochs}".encode()).hexdigest()[:16]


def _trained(missing: dict[str, Experiment], epochs: int, workers: int) -> Iterator[SweepResult]:
    """The results of what is missing, each as soon as it is there."""
    from sklearn.utils.parallel import Parallel, delayed

    jobs = (delayed(_train)(key, experiment, epochs) for key, experiment in missing.items())
    yield from Parallel(n_jobs=max(1, min(workers, len(missing))), return_as="generator_unordered")(jobs)


def _train(key: str, experiment: Experiment, epochs: int) -> SweepResult:
    training = train_for(experiment, epochs)
    return SweepResult(key, epochs, *training.scores[-1].tolist(), training.diverged)


def _append(file: Path, result: SweepResult) -> None:
    """Adds a line to the file; one that was cut off before it stays a line of its own."""
    whole_lines = not file.exists() or file.read_bytes()[-1:] in (b"", b"\n")
    with file.open("a", encoding="utf-8") as lines:
        lines.write(("" if whole_lines else "\n") + json.dumps(asdict(result)) + "\n")
