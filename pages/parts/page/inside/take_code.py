"""The fold *Take this network away*, for a network that is trained on a page of its own: as code, and its losses."""

from functools import partial

import streamlit as st

from nncore.attention.transformer_run import TransformerRun
from nncore.attention.translation_run import TranslationRun
from nncore.experiments.architectures import CodeRun, PictureRun, SequenceRun
from nncore.export import EXPORTS, export, recording_table
from nncore.export.architectures.text import LANGUAGES
from nncore.words.skipgram import SkipGramSettings
from pages.parts.fields.download import download_button
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.inside.trained import Trained
from pages.parts.page.server import chunk_store

TEXT = ("It needs nothing of this app: it has the numbers learned up to this snapshot, and its `predict(X)` takes raw "
        "inputs. It holds the training set and the first weights, too: `train()` trains once more, to the same "
        "losses.")  # fmt: skip
HOLDS = "It has the numbers learned up to this snapshot, and its input `X` takes {takes}."
WORDS_IN = "numbers of words or tokens as int64; their names stand in the file"
# What a file is called after.
NAMES = {PictureRun: "filters", SequenceRun: "cells", CodeRun: "autoencoder", TranslationRun: "translator",
         TransformerRun: "transformer", SkipGramSettings: "words"}  # fmt: skip
MISSING = ("There is no file for scikit-learn: it has no filters, no recurrent cells, no attention, and one activation for "
           "all layers.")  # fmt: skip


def take_code(trained: Trained) -> None:
    """A fold in which a language is picked and files are downloaded, each written when its button is pressed."""
    session = trained.session
    asked = "code_language" in session.choices
    with st.expander("Take this network away as code", asked, icon=":material/download:", key="inside_code"):
        language = choice(session, "code_language", "str", "numpy", LANGUAGES)
        st.segmented_control("Which language?", list(LANGUAGES), format_func=LANGUAGES.get, required=True,
                             **bind_choice(session, "code_language", language, "numpy"))  # fmt: skip
        entry = EXPORTS[language]
        st.markdown(f"{entry.about} {HOLDS.format(takes=onnx_input(trained.run)) if language == 'onnx' else TEXT}")
        name = f"{NAMES[type(trained.run)]}-{trained.frame}"
        with st.container(horizontal=True):
            download_button(f"Download for {entry.label}", partial(own_file, trained, language),
                            entry.file_name(name), entry.mime, key="take_own_code")  # fmt: skip
            download_button("Losses (CSV)", partial(own_losses, trained), f"losses-{name}.csv", "text/csv",
                            key="take_own_losses",
                            help="A table that any spreadsheet opens: what the curves show, up to this snapshot.")
        st.caption(MISSING)


def onnx_input(run: object) -> str:
    """What the ONNX model of a run takes, in words: it has one shape, where the texts take others as well."""
    match run:
        case PictureRun():
            return f"pictures of shape (N, {run.kind.side}, {run.kind.side}) as float32, ink from 0 to 1"
        case SequenceRun():
            return (f"sequences of shape (N, steps, {len(run.kind.symbols)}) as float32: at each step a 1 in the column of "
                    "its symbol; their names stand in the file")  # fmt: skip
        case CodeRun():
            return "raw inputs as float32, a row per sample"
    return WORDS_IN


def own_file(trained: Trained, language: str) -> str | bytes:
    """The file of the network at the snapshot on screen, in a language of LANGUAGES."""
    with chunk_store().clicks_first():
        return export(trained.run, trained.frame, language, chunk_store())


def own_losses(trained: Trained) -> str:
    """The losses up to the snapshot on screen, as CSV."""
    return recording_table(trained.recording, trained.frame)
