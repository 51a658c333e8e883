"""The way through the pages: one table of them, where one has been, and the links at the foot of each."""

from pathlib import Path

import pytest

from pages.parts.way.contents import BY_NAME, HOME, PAGES, START, WAY, addresses, find_page, groups, neighbours
from pages.parts.way.questions import QUESTIONS
from tests.pages.conftest import link_value, open_app

ROOT = Path(__file__).parents[3]
WAYS = [entry for entry in WAY if entry.name != START]


def linked(app) -> list[str]:
    """The pages that the links of the page lead to, in order."""
    return [link.proto.page.removeprefix("/") or HOME for link in app.get("page_link")]


def test_the_table_names_every_page_once():
    files = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
    assert sorted(entry.name for entry in PAGES) == files


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.name)
def test_a_page_asks_one_question_and_answers_it_in_one_sentence(entry):
    assert entry.question.endswith("?") and entry.question.count("?") == 1
    assert entry.answer.endswith(".") and entry.answer.count(". ") == 0 and len(entry.answer) < 140


def test_a_student_finds_the_words_of_the_field_in_the_menu():
    menu = " ".join([*groups(), *(entry.title for entry in PAGES)]).lower()
    for word in ("gradient descent", "backpropagation", "initialisation", "word vectors and embeddings", "overfitting"):
        assert word in menu


def test_the_menu_keeps_the_order_of_the_way():
    assert [entry for entries in groups().values() for entry in entries] == list(PAGES)


def test_a_page_is_found_at_its_name_in_the_menu_and_a_group_leads_to_its_first_page():
    typed = {address: entry.name for address, entry in addresses().items()}
    for address, name in {
        "train": HOME, "backpropagation": "backprop", "one-neuron": "neuron", "gradient-descent": "landscapes",
        "initialisation": "initializers", "word-vectors": "words", "embeddings": "words", "start-here": START,
    }.items():  # fmt: skip
        assert typed[address] == name
    assert not set(typed) & (set(BY_NAME) - {HOME})  # a page's own address stays its own
    assert all(address.replace("-", "").isalnum() for address in typed)


@pytest.mark.parametrize("typed, name, is_name", [
    ("Weights", "weights", True), ("gradient_descent", "landscapes", True), ("TRAIN", HOME, True),
    ("word vectors", "words", True), ("wieghts", "weights", False), ("overfiting", "overfitting", False),
    ("nonsense", START, False), ("_", START, False),
])  # fmt: skip
def test_an_address_is_read_in_any_spelling_and_one_that_is_none_leads_to_the_nearest_page(typed, name, is_name):
    entry, found = find_page(typed)
    assert (entry.name, found) == (name, is_name)


def test_start_here_names_the_next_page_once():
    app = open_app(START, been="neuron")
    assert linked(app)[0] == HOME and "Next page" not in app.get("page_link")[-1].proto.label
    assert "Next page" in open_app(START).get("page_link")[-1].proto.label


def test_neighbours_are_those_of_the_table():
    assert neighbours(WAY[0].name) == (None, WAY[1])
    assert neighbours(WAY[1].name) == (WAY[0], WAY[2])
    assert neighbours(WAY[-1].name) == (WAY[-2], None)
    assert neighbours("no such page") == neighbours("lecture") == (None, None)


def test_start_here_links_every_page_with_its_question_and_its_answer():
    app = open_app(START)
    assert linked(app)[: len(WAYS)] == [entry.name for entry in WAYS]
    assert [link.proto.label.strip("*") for link in app.get("page_link")][: len(WAYS)] == [e.question for e in WAYS]
    told = [caption.value for caption in app.caption]
    assert told[: len(WAYS)] == [f"**{entry.title}** · {entry.answer}" for entry in WAYS]


@pytest.mark.parametrize("page", sorted({question.page for question in QUESTIONS}))
def test_a_question_that_texts_leave_open_is_answered_where_start_here_says(page):
    for settings in {question.settings for question in QUESTIONS if question.page == page}:
        folds = [expander.label for expander in open_app(page, **dict(settings)).expander]
        for question in QUESTIONS:
            if (question.page, question.settings) == (page, settings):
                assert any(fold.startswith(question.fold) for fold in folds), question


def test_start_here_links_the_questions_with_the_run_on_screen():
    app = open_app(START, dataset="xor", hidden="3", frame="2")
    links = {link.proto.label: link.proto for link in app.get("page_link")}
    assert set(links) >= {question.words for question in QUESTIONS}
    query = links["What has Newton-Raphson to do with it?"].query_string
    assert all(part in query for part in ("n_kind=logistic", "dataset=xor", "hidden=3", "frame=2"))


def test_start_here_marks_where_one_has_been_and_names_the_next():
    app = open_app("weights")
    app.switch_page(f"pages/{START}.py").run()
    marked = [caption.value for caption in app.caption if "You have been here" in caption.value]
    assert len(marked) == 1 and marked[0].endswith(next(e.answer for e in WAYS if e.name == "weights"))
    assert linked(app)[0] == HOME and link_value(app, "been") == "weights"


def test_where_one_has_been_comes_with_the_link_and_what_is_no_page_is_left_out():
    app = open_app(START, been="train.neuron.<b>.start")
    assert sum("You have been here" in caption.value for caption in app.caption) == 2
    assert link_value(app, "been") == "train.neuron" and not app.warning


@pytest.mark.parametrize("entry", [WAY[1], WAY[4]], ids=lambda entry: entry.name)
def test_the_foot_of_a_page_leads_back_and_on(entry):
    app = open_app("" if entry.name == HOME else entry.name)
    assert linked(app)[-2:] == [one.name for one in neighbours(entry.name)]


@pytest.mark.parametrize("name, before", [(WAY[-1].name, WAY[-2].name), ("compare", HOME), ("lecture", HOME)])
def test_the_last_page_and_a_tool_lead_to_all_questions(name, before):
    app = open_app(name)
    assert linked(app)[-2:] == [before, START] and "All questions" in app.get("page_link")[-1].proto.label
