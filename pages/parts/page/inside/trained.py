"""What is on screen of a network that is trained on a page of its own: its training, one frame of it, and some examples."""

from dataclasses import dataclass

import numpy as np

from nncore.experiments.recording.recording import Recording
from nncore.export.architectures.form import OwnRun
from nncore.models.protocol import Model
from pages.parts.page.session import Session

EXAMPLES = 32  # of the training set, on which gradients are taken: as many as a batch has, or about


@dataclass(frozen=True)
class Trained:
    """One frame of a training: the `run`, its recording, and which frame is on screen."""

    session: Session
    run: OwnRun
    recording: Recording
    frame: int

    @property
    def model(self) -> Model:
        """The network at this frame, a copy of its own: what is written into it is seen nowhere else."""
        return self.run.model(self.recording.parameters[self.frame])

    def examples(self) -> tuple[np.ndarray, np.ndarray]:
        """The first EXAMPLES training examples: what goes in, and what is asked for."""
        return self.run.examples(EXAMPLES)
