"""The report: what was said of the run, its network, map, losses and answers, its settings, and its link."""

import math

import streamlit as st

from nncore import Run
from nncore.experiments.experiment import Experiment, build_split
from nncore.inspection.map_plane import make_plane
from pages.parts.fields.labels import parameter_arithmetic, summarise
from pages.parts.fields.numbers import counted, epoch_text, percent_in_words, plain
from pages.parts.figures.way.both_losses import losses_course
from pages.parts.lecture.address import address_of, shown_texts
from pages.parts.lecture.qr import qr_svg
from pages.parts.page.figure import show_figure
from pages.parts.page.playing.training import as_picture
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session
from pages.parts.page.snapshot.answers import answers_picture, sets_of
from pages.parts.page.snapshot.counts import loss_words, updates_done
from pages.parts.page.snapshot.sealed import opened_test
from pages.parts.page.snapshot.story import INVITATION
from pages.parts.page.snapshot.take_away import is_test_open
from pages.parts.page.snapshot.told import Told, told
from pages.parts.report.settings import changes_on_the_way, settings_table
from pages.parts.way.strip import run_pictures, strip

MAP_SIDE, MAP_CELLS = 250, 80  # pixels, and places across at which the network is asked
CURVE_HEIGHT = 260  # pixels

PRINT = '<button type="button" class="glassbox-print">Print, or save as PDF</button>'
STYLE = """
.glassbox-print {
  font: inherit; padding: 0.4rem 0.9rem; border-radius: 8px; cursor: pointer; border: 1px solid light-dark(#8a929c, #7d8794);
  background: none; color: inherit;
}
.glassbox-print:focus-visible { outline: 2px solid light-dark(#0072b2, #56b4e9); }
.glassbox-sheet { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; }
.glassbox-sheet figure { margin: 0; flex: 1 1 230px; max-width: 340px; }
.glassbox-sheet img { width: 100%; height: auto; max-width: 340px; }
.glassbox-sheet figcaption { font-size: 0.875rem; }
.glassbox-settings { display: flex; flex-wrap: wrap; gap: 0.4rem 2rem; align-items: flex-start; }
.glassbox-settings caption { text-align: left; font-weight: 600; padding: 0 0 0.2rem; }
.glassbox-settings :is(th, td) {
  text-align: left; font-weight: 400; font-size: 0.875rem; padding: 0.1rem 0.8rem 0.1rem 0; border: 0;
}
.st-key-report_answers table { height: 260px; }
.st-key-report_link img { max-width: 110px; }
@media print {
  .st-key-report_halves [data-testid="stHorizontalBlock"] { display: block; }
  .glassbox-print, .st-key-strip, .st-key-strip_notes { display: none !important; }
  [data-testid="stMain"] h3 { font-size: 1.15rem; padding: 0.2rem 0; }
  .st-key-report_halves [data-testid="stColumn"]:last-child [data-testid="stHeading"] [data-testid="stMarkdownContainer"] {
    margin-bottom: -0.75rem; /* a table follows */
  }
  [data-testid="stMain"] [data-testid="stMarkdownContainer"] :is(th, td) { padding: 0.15rem 0.6rem; }
  .st-key-report_link pre { padding: 0.2rem 0; }
  :has(+ .st-key-report_answers, + * > .st-key-report_answers) { break-after: avoid; }
  .st-key-report_answers table { height: 190px; }
  .st-key-report_answers .field.dots { height: 150px; }
  .st-key-report_answers .field.bars { height: 50px; }
  .glassbox-settings { flex-wrap: nowrap; gap: 0 1rem; break-inside: avoid; }
  .glassbox-settings :is(th, td) { font-size: 0.78rem; line-height: 1.25; padding: 0.06rem 0.6rem 0.06rem 0; }
  .glassbox-settings th { white-space: nowrap; }
  .st-key-report_link { display: flex !important; flex-wrap: nowrap; break-inside: avoid; }
  [data-testid="stMainBlockContainer"] [data-testid="stVerticalBlock"] { gap: 0.4rem; }
  [data-testid="stMainBlockContainer"] [data-testid="stVerticalBlock"] > * + * { margin-top: 0.4rem; }
}
"""


def report(session: Session) -> None:
    """Everything on the run at the snapshot on screen, in the order in which it is read on paper."""
    frame, run = strip(session), session.run
    st.html(PRINT)
    if session.awaited is not None:
        st.info("This is the link of a run whose table is not here. Its report is drawn when the file is brought, above.")
        return
    settings, said = run.prefix(run.segment_of(frame)).settings, told(run, frame)
    epoch = epoch_text(said.epochs[-1])
    st.subheader(f"What happened up to epoch {epoch}", anchor=False)
    _said(said)
    with st.container(key="report_halves"):
        pictures, answers = st.columns(2, gap="medium")
    with pictures:
        st.subheader("The network and its answers", anchor=False)
        st.html(_pictures(run, frame, session.axes))
        updates = updates_done(run, said.epochs)
        st.caption(f"Weights and biases: {parameter_arithmetic(settings.sizes)}. They have had {updates:,} updates.")
        _curve(said)
    with answers:
        st.subheader("What it gets right", anchor=False)
        _scores(session, settings, said)
        _answers(run, frame, settings)
    st.subheader("Every setting", anchor=False)
    st.html(settings_table(run.experiment))
    for sentence in changes_on_the_way(run, frame):
        st.markdown(f"- {sentence}")
    _link(session)


def _said(said: Told) -> None:
    findings = [finding.text for finding in said.findings]
    sentences = [f"**{said.happened.removesuffix(INVITATION)}**", *filter(None, [said.stopped, said.scarce]), *findings]
    for sentence in sentences:
        st.markdown(sentence)


def _pictures(run: Run, frame: int, axes: str) -> str:
    """The network and its map, each with what is seen in it, as HTML."""
    settings = run.prefix(run.segment_of(frame)).settings
    network, map_ = run_pictures(run, frame, axes, MAP_SIDE, MAP_CELLS)
    plane = make_plane(build_split(settings))
    if plane.note:
        seen = f"What it answers. {plane.note}"
    elif plane.kind == "curve":
        seen = "What it answers (the line) and the samples it was trained on (the dots)."
    else:
        seen = "What it answers at every place. The dots are some of the samples it was trained on."
    lines = f"{summarise(settings)}. A wide line is a large weight, a dashed one is negative."
    figures = "".join(f"<figure>{picture}<figcaption>{words}</figcaption></figure>"
                      for picture, words in ((network, lines), (map_, seen)))  # fmt: skip
    return f'<div class="glassbox-sheet">{figures}</div>'


def _curve(said: Told) -> None:
    if len(said.epochs) < 2:
        return
    with st.container(width=760):
        show_figure("report_losses", "The losses over the epochs.", losses_course, said.epochs, *said.scores[:, :2].T,
                    "loss, log scale", CURVE_HEIGHT)  # fmt: skip


def _scores(session: Session, settings: Experiment, said: Told) -> None:
    """The losses and scores of each set that there is, as a table; the test set's where it was opened at this snapshot."""
    name = "R²" if settings.is_regression else "accuracy"
    last, split = said.scores[-1], build_split(settings)
    rows = [("training", len(split.train), last[0], last[2]), ("validation", len(split.validation), last[1], last[3])]
    if is_test_open(session):
        found = opened_test(session.run, session.frame)
        rows.append(("test", found.n_test, found.loss, found.score))
    lines = [f"| {part} | {count:,} | {plain(loss)} | {_score(score, settings)} |"
             for part, count, loss, score in rows if count]  # fmt: skip
    st.markdown("\n".join([f"| set | samples | loss | {name} |", "|---|---|---|---|", *lines]))
    st.caption(f"Here {loss_words(settings)}.{_test_words(session, len(split.test))}")


def _test_words(session: Session, count: int) -> str:
    """What is said of the test set where the table does not hold it."""
    if is_test_open(session) or not count:
        return ""
    opened = session.tests.at(session.run)
    said = f" The test set ({counted(count, 'sample')})"
    if opened is None:
        return f"{said} is sealed."
    return f"{said} was opened once, at snapshot {opened[1]:,}: of this one it says nothing."


def _score(score: float, settings: Experiment) -> str:
    if math.isnan(score):
        return "not defined"
    return plain(score) if settings.is_regression else percent_in_words(score, 1)


def _answers(run: Run, frame: int, settings: Experiment) -> None:
    split = build_split(settings)
    part = "validation" if "validation" in sets_of(split) else "training"
    st.caption(f"Its answers on the {part} set against the truth:")
    with st.container(key="report_answers", width=460):
        st.html(answers_picture(settings, split, chunk_store().frame(run, frame), part))


def _link(session: Session) -> None:
    """The address that opens this report again, and its QR code where it is short enough for one."""
    address = address_of("report", shown_texts(session))
    st.subheader("Open it again", anchor=False)
    with st.container(key="report_link", horizontal=True, vertical_alignment="center"):
        st.code(address, language=None, wrap_lines=True)
        picture = qr_svg(address)
        if picture is not None:
            st.html(as_picture(picture, "QR code of the link"), width=110)
