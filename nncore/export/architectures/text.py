"""The file of a training of another architecture: a text in the order in which one reads it, a notebook, or ONNX."""

import textwrap
from typing import NamedTuple

import numpy as np

from nncore.attention.transformer_run import TransformerRun
from nncore.attention.translation_run import TranslationRun
from nncore.experiments.architectures.code_run import CodeRun
from nncore.experiments.architectures.picture_run import PictureRun
from nncore.experiments.architectures.sequence_run import SequenceRun
from nncore.experiments.recording.recording import Recording
from nncore.experiments.recording.training_store import TrainingStore
from nncore.export.architectures.blocks import block_form
from nncore.export.architectures.codes import code_form
from nncore.export.architectures.form import Form, OwnRun
from nncore.export.architectures.onnx_attention import attention_onnx
from nncore.export.architectures.onnx_models import own_onnx
from nncore.export.architectures.pictures import picture_form
from nncore.export.architectures.sequences import sequence_form
from nncore.export.architectures.training import training_section
from nncore.export.architectures.translations import translation_form
from nncore.export.architectures.word_pairs import word_form
from nncore.export.notebook import notebook_of
from nncore.export.packing import UNPACK, numbers
from nncore.export.sections import Section, module_text, packed_first_parameters
from nncore.export.training_text import MAIN, imports_section, update_section
from nncore.words.skipgram import Embedding, SkipGramSettings

Array = np.ndarray

LANGUAGES = {"numpy": "NumPy", "pytorch": "PyTorch", "notebook": "Notebook", "onnx": "ONNX"}

FORMS = {
    PictureRun: picture_form, SequenceRun: sequence_form, CodeRun: code_form,
    TranslationRun: translation_form, TransformerRun: block_form, SkipGramSettings: word_form,
}  # fmt: skip


def own_export(run: OwnRun, frame: int, language: str, store: TrainingStore) -> str | bytes:
    """`run` at recorded `frame`, or at its last, in `language`, one of LANGUAGES; ValueError for another."""
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)} for this training: scikit-learn has no filters, "
                         f"no recurrent cells, no attention and no activations layer by layer, "
                         f"got {language!r}")  # fmt: skip
    found = store.recorded(run, frame).recording
    recording = found.recording if isinstance(found, Embedding) else found
    frame = min(frame, len(recording.updates) - 1)
    form, start = FORMS[type(run)](run), _start(run, recording, frame)
    updates, parameters = int(recording.updates[frame]), recording.parameters[frame]
    if language == "onnx":
        write = own_onnx if isinstance(run, PictureRun | SequenceRun | CodeRun) else attention_onnx
        return write(run, parameters, f"{form.title}, trained with Glassbox; after {updates:,} updates.")
    is_torch = language == "pytorch"
    about = _about(form, "PyTorch" if is_torch else "NumPy", updates, start.words)
    sections = [
        imports_section("NumPy draws the batches." if is_torch else "Two modules of Python unpack the data.", is_torch),
        Section("What goes in", "From what a person has to what the network is given.", form.inputs),
        *(_torch_sections(form) if is_torch else _numpy_sections(form)),
        training_section(form, is_torch),
        _numbers(form, start.parameters, parameters),
    ]
    if language == "notebook":
        return notebook_of(about, sections)
    return module_text(about, sections) + f"\n\n{MAIN}\n"


class Start(NamedTuple):
    """From which `parameters` (P,) the training begins that leads to a frame, and `words` for them."""

    parameters: Array
    words: str


def _start(run: OwnRun, recording: Recording, frame: int) -> Start:
    """The first weights, or those of the last time before `frame` that filters were set by hand."""
    branches = run.until(frame).branches if isinstance(run, PictureRun) else ()
    if not branches:
        return Start(run.model().parameters, "the same first weights")
    at = branches[-1].start
    words = f"the weights as they were set by hand after {recording.updates[at]:,} updates,"
    return Start(recording.parameters[at].astype(np.float64), words)


def _about(form: Form, language: str, updates: int, start: str) -> str:
    needs = "PyTorch and NumPy" if language == "PyTorch" else "NumPy alone"
    says = (f"{form.takes} `PARAMETERS` are {form.what} after {updates:,} updates. `train()` trains once more, "
            f"from {start} in the same order of batches, and gives the same losses.")  # fmt: skip
    head = f"{form.title}, in {language}, trained with Glassbox. It needs {needs}."
    return "\n\n".join("\n".join(textwrap.wrap(part, 105)) for part in (head, says))


def _numpy_sections(form: Form) -> list[Section]:
    return [
        Section("The network", "All parameters are one flat vector; its matrices are views of it.", form.numpy_network,
                form.formula),
        Section("The loss", "One number for how wrong the network is.", form.numpy_loss, form.loss_formula),
        Section("Backpropagation", "The chain rule, from the last computation to the first.", form.numpy_gradient),
        update_section(form.optimizer, form.decay),
    ]


def _torch_sections(form: Form) -> list[Section]:
    return [
        Section("The network", "Layers of torch.nn, with the weights of the flat vector put in.", form.torch_network),
        Section("The loss", "One number for how wrong the network is; PyTorch finds its gradient.", form.torch_loss),
    ]


def _numbers(form: Form, first: Array, parameters: Array) -> Section:
    code = f"{UNPACK}\n\n{packed_first_parameters(first)}\n\n\nPARAMETERS = {numbers(parameters)}\n\n{form.data}"
    return Section("The numbers", "The first weights, those on screen, and the training set. Long arrays are packed.", code)
