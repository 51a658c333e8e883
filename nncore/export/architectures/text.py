"""The file of a training of another architecture: a text in the order in which one reads it, a notebook, or ONNX."""

import textwrap
from typing import NamedTuple

import numpy as np

from nncore.experiments.architectures.code_run import CodeRun
from nncore.experiments.architectures.picture_run import PictureRun
from nncore.experiments.recording.recording import Recording
from nncore.experiments.recording.training_store import TrainingStore
from nncore.export.architectures.codes import code_form
from nncore.export.architectures.form import Form, OwnRun
from nncore.export.architectures.onnx_models import own_onnx
from nncore.export.architectures.pictures import picture_form
from nncore.export.architectures.sequences import sequence_form
from nncore.export.notebook import notebook_of
from nncore.export.packing import UNPACK, numbers
from nncore.export.sections import Section, module_text, packed_first_parameters
from nncore.export.training_text import MAIN, RATE, imports_section, train_head, update_section

Array = np.ndarray

LANGUAGES = {"numpy": "NumPy", "pytorch": "PyTorch", "notebook": "Notebook", "onnx": "ONNX"}

UPDATES_HEAD = RATE + train_head("updates=$UPDATES", "the first $SCORED training examples", "$EVERY updates")

TRAIN = UPDATES_HEAD + '''\
    X, t, X_scored, t_scored = examples()
    rng, memory, losses = np.random.default_rng($SEED), {}, [loss(X_scored, t_scored, w)]
    done = epoch = 0
    while done < updates:
        order = rng.permutation(len(X))  # every epoch shows the examples in a new order
        for begin in range(0, len(X), $BATCH)[: updates - done]:
            rows = order[begin : begin + $BATCH]
            g = gradient(X[rows], t[rows], w)$CLIP
            adam(w, g, learning_rate(epoch), memory)
            done += 1
            if done % $EVERY == 0:
                losses.append(loss(X_scored, t_scored, w))
        epoch += 1
    return losses'''

CLIP = '''
            g *= min(1.0, {clip!r} / max(np.linalg.norm(g), 1e-300))  # a longer gradient is shortened'''

TORCH_TRAIN = UPDATES_HEAD + '''\
    put(w)
    X, t, X_scored, t_scored = (torch.tensor(part) for part in examples())
    optimizer = torch.optim.Adam(network.parameters(), learning_rate(0))
    rng, losses = np.random.default_rng($SEED), [loss(X_scored, t_scored).item()]
    done = epoch = 0
    while done < updates:
        optimizer.param_groups[0]["lr"] = learning_rate(epoch)
        order = rng.permutation(len(X))  # every epoch shows the examples in a new order
        for begin in range(0, len(X), $BATCH)[: updates - done]:
            rows = torch.from_numpy(order[begin : begin + $BATCH])
            optimizer.zero_grad()
            loss(X[rows], t[rows]).backward()$CLIP
            optimizer.step()
            done += 1
            if done % $EVERY == 0:
                losses.append(loss(X_scored, t_scored).item())
        epoch += 1
    w[:] = take()
    return losses'''

TORCH_CLIP = '''
            norm = torch.nn.utils.get_total_norm(each.grad for each in network.parameters())
            for each in network.parameters():  # a gradient longer than {clip!r} is shortened
                each.grad *= min(1.0, {clip!r} / max(norm.item(), 1e-300))'''


def form_of(run: OwnRun) -> Form:
    """What the code of `run` says that that of other architectures does not."""
    if isinstance(run, PictureRun):
        return picture_form(run)
    return code_form(run) if isinstance(run, CodeRun) else sequence_form(run)


def own_export(run: OwnRun, frame: int, language: str, store: TrainingStore) -> str | bytes:
    """`run` at recorded `frame`, or at its last, in `language`, one of LANGUAGES; ValueError for another."""
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)} for this training: scikit-learn has no filters, "
                         f"no recurrent cells and no activations layer by layer, got {language!r}")  # fmt: skip
    recording = store.recorded(run, frame).recording
    frame = min(frame, len(recording.updates) - 1)
    form, start = form_of(run), _start(run, recording, frame)
    updates, parameters = int(recording.updates[frame]), recording.parameters[frame]
    if language == "onnx":
        return own_onnx(run, parameters, f"{form.title}, trained with Glassbox; after {updates:,} updates.")
    is_torch = language == "pytorch"
    about = _about(form, "PyTorch" if is_torch else "NumPy", updates, start.words)
    sections = [
        imports_section("NumPy draws the batches." if is_torch else "Two modules of Python unpack the data.", is_torch),
        Section("What goes in", "From what a person has to what the network is given.", form.inputs),
        *(_torch_sections(form) if is_torch else _numpy_sections(form)),
        _training(form, is_torch),
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
    says = (f"{form.takes} `PARAMETERS` are the weights and biases after {updates:,} updates. `train()` trains once more, "
            f"from {start} in the same order of batches, and gives the same losses.")  # fmt: skip
    head = f"{form.title}, in {language}, trained with Glassbox. It needs {needs}."
    return "\n\n".join("\n".join(textwrap.wrap(part, 105)) for part in (head, says))


def _numpy_sections(form: Form) -> list[Section]:
    return [
        Section("The network", "All parameters are one flat vector; its matrices are views of it.", form.numpy_network,
                form.formula),
        Section("The loss", "One number for how wrong the network is.", form.numpy_loss, form.loss_formula),
        Section("Backpropagation", "The chain rule, from the last computation to the first.", form.numpy_gradient),
        update_section("adam"),
    ]


def _torch_sections(form: Form) -> list[Section]:
    return [
        Section("The network", "Layers of torch.nn, with the weights of the flat vector put in.", form.torch_network),
        Section("The loss", "One number for how wrong the network is; PyTorch finds its slopes.", form.torch_loss),
    ]


def _training(form: Form, is_torch: bool) -> Section:
    clip = (TORCH_CLIP if is_torch else CLIP).format(clip=form.clip) if form.clip else ""
    values = {"$RATE": form.rate, "$UPDATES": str(form.updates), "$SCORED": str(form.scored), "$EVERY": str(form.every),
              "$SEED": str(form.seed), "$BATCH": str(form.batch), "$CLIP": clip}  # fmt: skip
    code = TORCH_TRAIN if is_torch else TRAIN
    for name, value in values.items():
        code = code.replace(name, value)
    return Section("Training", "Show the data, follow the gradient, repeat.", f"{form.examples}\n\n\n{code}")


def _numbers(form: Form, first: Array, parameters: Array) -> Section:
    code = f"{UNPACK}\n\n{packed_first_parameters(first)}\n\n\nPARAMETERS = {numbers(parameters)}\n\n{form.data}"
    return Section("The numbers", "The first weights, those on screen, and the training set. Long arrays are packed.", code)
