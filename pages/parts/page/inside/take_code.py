"""The fold *Take this network away*, for a network that is trained on a page of its own: as code, and its losses."""

from functools import partial

import streamlit as st

from nncore.attention.transformer_run import TransformerRun
from nncore.attention.translation_run import TranslationRun
from nncore.experiments.architectures import CodeRun, PictureRun, SequenceRun
from nncore.export import EXPORTS, export, recording_table
from nncore.export.architectures.text import LANGUAGES
from nncore.words.skipgram import SkipGramSettings
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.inside.trained import Trained
from pages.parts.page.server import chunk_store

TEXT = ("It needs nothing of this app: it has the numbers learned up to this snapshot, and its `predict(X)` takes raw "
        "inputs. It holds the training set and the first weights, too: `train()` trains once more, to the same "
        "losses.")  # fmt: skip
HOLDS = "It has the numbers learned up to this snapshot, and its input `X` takes {takes}."
FLOATS, WORDS_IN = "raw inputs as float32", "numbers of words or tokens as int64; their names stand in the file"
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
        takes = FLOATS if isinstance(trained.run, PictureRun | SequenceRun | CodeRun) else WORDS_IN
        st.markdown(f"{entry.about} {HOLDS.format(takes=takes) if language == 'onnx' else TEXT}")
        name = f"{NAMES[type(trained.run)]}-{trained.frame}"
        with st.container(horizontal=True):
            st.download_button(
                f"Download for {entry.label}", partial(own_file, trained, language), on_click="ignore", mime=entry.mime,
                file_name=f"network-{name}{entry.ending}", key="take_own_code",
            )  # fmt: skip
            st.download_button(
                "Losses (CSV)", partial(own_losses, trained), on_click="ignore", mime="text/csv",
                file_name=f"losses-{name}.csv", key="take_own_losses", icon=":material/download:",
                help="A table that any spreadsheet opens: what the curves show, up to this snapshot.",
            )  # fmt: skip
        st.caption(MISSING)


def own_file(trained: Trained, language: str) -> str | bytes:
    """The file of the network at the snapshot on screen, in a language of LANGUAGES."""
    with chunk_store().clicks_first():
        return export(trained.run, trained.frame, language, chunk_store())


def own_losses(trained: Trained) -> str:
    """The losses up to the snapshot on screen, as CSV."""
    return recording_table(trained.recording, trained.frame)
