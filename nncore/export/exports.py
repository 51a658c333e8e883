"""The table of exports: every language in which a run can be taken away."""

from collections.abc import Callable
from dataclasses import dataclass

from nncore.arguments import Sizes, checked, kind_of, one_of, optional, text, whole
from nncore.experiments.recording.chunk_store import ChunkStore
from nncore.experiments.run import Run
from nncore.export.architectures.form import OwnRun
from nncore.export.architectures.text import own_export
from nncore.export.content import Content, content_of
from nncore.export.notebook import notebook_text
from nncore.export.numpy_text import numpy_text
from nncore.export.onnx_model import onnx_model
from nncore.export.pytorch_text import pytorch_text
from nncore.export.scikit_learn_text import scikit_learn_text
from nncore.handed_out import handed_out


@handed_out
@dataclass(frozen=True, kw_only=True)
class Export:
    """One language: `write(content)` gives the file, a text or bytes. `about` says in a sentence what it is good for."""

    name: str
    label: str
    about: str
    ending: str
    mime: str
    write: Callable[[Content], str | bytes]

    @checked(of=text)
    def file_name(self, of: str) -> str:
        """What a file with the network `of` is called: another name in each language, and one that Python can import."""
        return f"network_{of}_{self.name}".replace("-", "_") + self.ending


_entries = (
    Export(
        name="numpy", label="NumPy", ending=".py", mime="text/x-python", write=numpy_text,
        about="Every formula written out: forward pass, backpropagation, training.",
    ),
    Export(
        name="scikit-learn", label="scikit-learn", ending=".py", mime="text/x-python", write=scikit_learn_text,
        about="scikit-learn's MLP with the same weights, where it has such a network.",
    ),
    Export(
        name="pytorch", label="PyTorch", ending=".py", mime="text/x-python", write=pytorch_text,
        about="The same network as layers of torch.nn, trained by torch.optim.",
    ),
    Export(
        name="notebook", label="Notebook", ending=".ipynb", mime="application/x-ipynb+json", write=notebook_text,
        about="The text in NumPy as a notebook, with words and formulas between the cells.",
    ),
    Export(
        name="onnx", label="ONNX", ending=".onnx", mime="application/octet-stream", write=onnx_model,
        about="The trained network alone, for any program that reads ONNX.",
    ),
)  # fmt: skip

EXPORTS: dict[str, Export] = {entry.name: entry for entry in _entries}


def _any_run(name: str, value: object, sizes: Sizes) -> Run | OwnRun:
    """A run of a dense network, or a training of another architecture."""
    if isinstance(value, OwnRun):
        return value
    return kind_of(Run)(name, value, sizes)


@checked(run=_any_run, frame=whole(0), language=one_of(EXPORTS), store=optional(kind_of(ChunkStore)))
def export(run: Run | OwnRun, frame: int, language: str, store: ChunkStore | None = None) -> str | bytes:
    """`run` at recorded `frame` as code in `language`, one of EXPORTS; at its last frame where training stops before.

    A text is a module that runs by itself: `predict(X)` takes raw inputs (N, columns), `PARAMETERS` (P,) are those of the
    frame, and `train()` gives the losses of the same training. `store` keeps what is trained on the way. Trainings of
    filters, recurrent cells and autoencoders take pictures (N, H, W), sequences (N, T, D) and rows (N, D), translators,
    transformer blocks and word vectors take words or tokens, as they are or as numbers. For those there is no
    scikit-learn, which has no such networks: a ValueError.
    """
    if not isinstance(run, Run):
        return own_export(run, frame, language, store or ChunkStore())
    return EXPORTS[language].write(content_of(run, frame, store))
