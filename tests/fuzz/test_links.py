"""Any link gives a run that can be shown, and one sentence for each thing that is not as it says."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from nncore import Experiment, Run
from nncore.experiments.link_text import Span, ask_choice, read_number, sentence
from pages.parts.fields.outside_text import literal
from pages.parts.way.contents import PAGES as CONTENTS
from tests.fuzz.conftest import FACTOR
from tests.fuzz.outside import NASTY, check_page, check_sentence, links, texts

ROOT = Path(__file__).parents[2]
PAGES = tuple(entry.name for entry in CONTENTS)


@given(links)
def test_a_link_becomes_a_run_and_sentences(link):
    run, problems = Run.repair(link)
    for problem in problems:
        check_sentence(problem)
    assert Run.repair(run.to_dict()) == (run, [])
    assert Run.from_dict(run.to_dict()) == run
    assert len(problems) <= len(link) + link.get("branches", "").count("=") + 1


@given(st.dictionaries(st.sampled_from(["hidden", "samples", "noise", "l1", "learning_rate", "batch_size",
"test"]), texts, max_size=4))
def test_a_strict_reading_gives_an_experiment_or_one_sentence(link):
    try:
        assert isinstance(Experiment.from_dict(link), Experiment)
    except ValueError as error:
        assert "\n" not in str(error) and any(name in str(error) for name in [*link, "validation"])


@given(
    texts, st.sampled_from(["int", "float", "str", "tuple[int, ...]", "tuple[str, ...]"]),
    st.none() | st.sampled_from([Span(1, 64), Span(0, None), Span(0.5, 1.5), (1, 2, 4), range(10), (), ("tanh",
    "relu"), {"a": 1}]),
)  # fmt: skip
def test_a_choice_is_one_that_can_be_or_the_default(text, kind, allowed):
    if allowed is not None and (kind.startswith("tuple") or (kind == "str") != isinstance(next(iter(
            () if isinstance(allowed, Span) else allowed), 0), str)):  # fmt: skip
        return
    asked = ask_choice("number of things", kind, text, allowed)
    if asked.complaint:
        check_sentence(sentence(asked.complaint, "default" if asked.is_lost else asked.value))
    if not asked.is_lost and allowed is not None:
        assert asked.value in allowed


@given(texts)
def test_a_typed_number_is_a_number_or_refused(text):
    try:
        assert isinstance(read_number(text), float)
    except ValueError as error:
        assert "\n" not in literal(str(error))


def _choices(page: str) -> list[str]:
    """The names that a page reads from its link, by a fresh session that has opened it."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    app.switch_page(f"pages/{page}.py").run()
    return list(app.session_state["glassbox"].choice_names)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_by_any_link(page):
    names = _choices(page)

    @settings(max_examples=2 * FACTOR)
    @given(links, st.dictionaries(st.sampled_from(names or ["frame"]) | st.sampled_from(["frame", "show", "speed",
    "focus", "axes"]),
                                  st.sampled_from(NASTY) | texts, max_size=8))  # fmt: skip
    def check(link, choices):
        # What is dear is not what is tried here: sizes stay small, whatever else is wrong with them.
        link = {name: text for name, text in (link | choices).items() if not _is_dear(name)}
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
        app.switch_page(f"pages/{page}.py")
        for name, text in (link | CHEAP.get(page, {})).items():
            if name and _can_be_sent(name, text):
                app.query_params[name] = text
        try:
            app.run()
        except RuntimeError as error:
            assert "timed out" in str(error)  # a machine that does much else; the soak measures time
            return
        check_page(app)

    check()


CHEAP = {
    "restarts": {"starts": "4", "restart_epochs": "3"}, "initializers": {"depth": "2", "width": "4", "race_epochs": "2"},
    "batches": {"batch_epochs": "1", "samples": "50"}, "words": {"run_sentences": "60"},
    "recurrence": {"sequence_steps": "12", "state_size": "4"}, "scores": {"search_epochs": "20", "peek_guessers": "10"},
}  # fmt: skip


def _is_dear(name: str) -> bool:
    return name in ("samples", "batch_size", "starts", "restart_epochs", "race_epochs", "depth", "width", "batch_epochs",
                    "sequence_steps", "state_size", "search_epochs", "peek_guessers")  # fmt: skip


def _can_be_sent(name: str, text: str) -> bool:
    """Whether a browser can send it: half a surrogate pair has no bytes."""
    try:
        json.dumps([name, text], ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
