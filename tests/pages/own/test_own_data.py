"""A person's own data on the pages, as Streamlit runs them from app.py."""

import json
import zlib

import pytest

from nncore import Experiment, Run
from nncore.data import SHELF, UnknownTable, drawn_points, read_table
from nncore.data.own import TableChoice, as_letters, table_name
from pages.parts.own.run_file import read_run_text, run_text
from pages.parts.page.session import Session
from pages.parts.page.snapshot.sealed import ABOUT_THE_RUN
from tests.pages.conftest import link_value, open_app, warnings

ROWS = "".join(f"{k},{(k * 7) % 31}.5,{'pear' if (k * 7) % 31 > 15 else 'fig'},2024-01-{k % 28 + 1:02}\n" for k in range(60))
FRUIT = f"number,weight,fruit,day\n{ROWS}".encode()


def opened(way, **link):
    app = open_app(**link)
    app.pills(key="own_way").set_value(way).run()
    assert not app.exception
    return app


def session(app):
    return app.session_state["glassbox"]


def texts(app):
    return {name: link_value(app, name) for name in app.query_params}


def said(app):
    return " ".join(element.value for element in [*app.warning, *app.caption]).replace("\\", "")


def brought(data=FRUIT, name="fruit.csv", way="table"):
    app = opened(way)
    app.file_uploader(key="own_file").set_value((name, data, "text/csv")).run()
    assert not app.exception
    return app


def test_a_table_is_brought_and_its_target_inputs_and_task_are_picked():
    app = brought()
    e = session(app).settings
    assert e.dataset.endswith(".fruit.csv") and e.scaling == "standard" and e.n_classes == 2 and e.sizes[0] == 2
    assert "60 rows and 4 columns were read" in said(app) and "“day” is left out: it holds dates" in said(app)
    app.multiselect(key="pick_own_inputs").set_value([1]).run()
    assert session(app).settings.sizes[0] == 1
    app.selectbox(key="pick_own_target").set_value(1).run()
    assert session(app).settings.is_regression and not app.exception
    before = session(app).run
    app.selectbox(key="pick_own_target").set_value(3).run()
    assert session(app).run == before and "“day” cannot be the target: it holds dates" in said(app)


def test_a_table_with_a_gap_in_every_row_is_taken_with_its_gaps_filled():
    rows = "".join(f"{'' if k % 2 else k * 1.5},{k * 2.5 if k % 2 else ''},{'ab'[k % 3 > 0]}\n" for k in range(30))
    app = brought(f"x,y,kind\n{rows}".encode(), "gaps.csv")
    assert session(app).settings.dataset.endswith(".c.mean.gaps.csv") and "gaps are filled with the mean" in said(app)
    app.segmented_control(key="pick_own_missing").set_value("drop").run()
    assert session(app).settings.dataset.endswith(".c.mean.gaps.csv") and "No row has all its values" in said(app)


def test_more_than_twelve_notes_are_folded_and_none_is_lost():
    days = ",".join(f"day{k}" for k in range(15))
    rows = "".join(f"{k},{k % 7}.5,{'ab'[k % 2]}" + f",2024-01-{k % 28 + 1:02}" * 15 + "\n" for k in range(30))
    app = brought(f"x,y,kind,{days}\n{rows}".encode(), "days.csv")
    (fold,) = (one for one in app.expander if one.label.endswith("more notes"))
    lists = [one.value.replace("\\", "") for one in app.caption if "is left out" in one.value]
    above, below = lists[0].splitlines(), fold.caption[0].value.replace("\\", "").splitlines()
    assert len(above) == 12 and fold.label == f"{len(below)} more notes" and "30 rows" in above[0]
    assert [f"“day{k}” is left out" in " ".join(above + below) for k in range(15)] == [True] * 15


def test_text_can_be_pasted_and_what_is_no_table_leaves_the_screen_as_it_was():
    app = opened("table")
    app.text_area(key="own_pasted").set_value("a,b,c\n1,2,x\n3,4,y,9\n").run()
    assert session(app).run.experiment.dataset == "circle" and "Row 2 (line 3) has 4 values" in said(app)
    app.text_area(key="own_pasted").set_value("a;b;c\n1,5;2;x\n3,5;4;y\n2,5;4;y\n1,0;2;x\n").run()
    assert session(app).settings.dataset.startswith("table.") and not app.exception


def test_a_link_whose_table_is_not_there_asks_for_the_file_and_keeps_the_rest():
    table = read_table(FRUIT.replace(b"pear", b"plum"), "plums.csv")
    name = table_name(TableChoice(table.digest, "plums.csv", 2))
    link = {"dataset": name, "hidden": "5", "scaling": "standard", "frame": "3"}
    app = open_app(**link)
    assert texts(app) == link and any("plums.csv" in element.value.replace("\\", "") for element in app.markdown)
    assert session(app).run.experiment.dataset == "circle"
    app.file_uploader(key="missing_file").set_value(("notes.txt", b"PK\x03\x04", "text/plain")).run()
    assert texts(app) == link and "Excel" in warnings(app)
    app.file_uploader(key="missing_file").set_value(("plums.csv", FRUIT.replace(b"pear", b"plum"), "text/csv")).run()
    assert not app.exception and session(app).run == Run(Experiment(name, hidden=(5,), scaling="standard"))
    assert session(app).frame == 3 and texts(app) == link and session(app).awaited is None


def test_a_table_that_had_to_make_room_is_asked_for_on_any_page():
    apples = FRUIT.replace(b"fig", b"apple")
    app = brought(apples)
    name = session(app).settings.dataset
    for k in range(2):
        SHELF.put(read_table(f"x,y\n{k},1.5\n2,3.5\n4,{k}.25\n".encode()), session(app).token)
    app.switch_page("pages/restarts.py").run()
    assert not app.exception and session(app).awaited["dataset"] == name
    app.file_uploader(key="missing_file").set_value(("fruit.csv", apples, "text/csv")).run()
    assert not app.exception and session(app).settings.dataset == name


@pytest.mark.parametrize("page, choices", [(page, {}) for page in ABOUT_THE_RUN] + [
    ("scores", {"score_view": "choosing"}), ("scores", {"score_view": "sealed", "peek_guess": "100of100-more"}),
])  # fmt: skip
def test_own_data_work_on_every_page_that_takes_a_run(page, choices):
    SHELF.put(read_table(FRUIT, "fruit.csv"), "a viewer")
    table = table_name(TableChoice(read_table(FRUIT).digest, "fruit.csv", 2))
    prices = table_name(TableChoice(read_table(FRUIT).digest, "fruit.csv", 1, (0, 2), "regression"))
    drawn = drawn_points([[0, 1], [1, 0], [-1, 2], [3, 3], [-4, 1], [2, -5]], [0, 1, 0, 1, 0, 1]).name
    for name in (table, prices, drawn, "formula.y > sin(x)", "formula.sin(x) * y"):
        app = open_app("" if page == "train" else page, dataset=name, hidden="3", epoch_limit="20", **choices)
        assert not app.exception and not app.error, (page, name)
        assert session(app).run.experiment.dataset == name


def test_a_formula_is_learned_and_a_wrong_one_is_marked_and_stays_in_its_field():
    app = opened("formula")
    app.text_input(key="own_formula").set_value("y>sin( x )").run()
    assert session(app).settings.dataset == "formula.y > sin(x)" == link_value(app, "dataset")
    before = session(app).run
    app.text_input(key="own_formula").set_value("y > sn(x)").run()
    assert session(app).run == before and "▸sn(x)" in said(app)
    assert app.text_input(key="own_formula").value == "y > sn(x)"


def test_an_address_of_the_playground_opens_its_experiment():
    app = opened("address")
    app.text_input(key="own_address").set_value("https://playground.tensorflow.org/#dataset=spiral&networkShape=6").run()
    e = session(app).settings
    assert (e.dataset, e.hidden, e.loss) == ("spiral", (6,), "mse") and "Its biases start at 0.1" in said(app)
    app.text_input(key="own_address").set_value("https://example.org").run()
    assert session(app).settings == e and "not one of the TensorFlow Playground" in said(app)


def test_a_run_is_saved_as_a_file_and_opened_again():
    link = {"dataset": "moons", "hidden": "3", "branches": "4:learning_rate=0.1", "frame": "6"}
    app = opened("file", **link)
    saved = json.dumps({"glassbox run": 1, "link": link}).encode()
    other = opened("file")
    other.file_uploader(key="own_run_file").set_value(("glassbox-run.json", saved, "application/json")).run()
    assert not other.exception and session(other).run == session(app).run and session(other).frame == 6
    other.file_uploader(key="own_run_file").set_value(("x.json", b"[1]", "application/json")).run()
    assert session(other).run == session(app).run and "This file holds no run" in said(other)


def saved_with_table(text=FRUIT):
    table = read_table(text, "fruit.csv")
    SHELF.put(table, "who saves")
    app = opened("file", dataset=table_name(TableChoice(table.digest, "fruit.csv", 2)), hidden="3", frame="2")
    saved = run_text(session(app))
    for k in range(2):  # the table makes room, as on a server that has never seen it
        SHELF.put(read_table(f"x,y\n{k},2.5\n2,3.5\n4,{k}.75\n".encode()), "who saves")
    assert table_is_gone(table)
    return saved, session(app).run


def table_is_gone(table):
    with pytest.raises(UnknownTable):
        SHELF.get(table.digest)
    return True


def reopened(saved):
    other = opened("file")
    other.file_uploader(key="own_run_file").set_value(("glassbox-run.json", saved.encode(), "application/json")).run()
    assert not other.exception
    return other


def test_a_test_set_that_was_opened_stays_used_in_a_saved_run():
    used = Session(run=Run(Experiment(samples=60)), frame=4)
    used.tests.open(used.run, used.frame)
    texts = read_run_text(run_text(used).encode())
    assert texts["opened"] == "4" and "opened" not in read_run_text(run_text(Session(run=used.run)).encode())


def test_a_saved_run_brings_its_table_to_another_server():
    saved, run = saved_with_table(FRUIT.replace(b"fig", b"kiwi"))
    other = reopened(saved)
    assert session(other).run == run and session(other).frame == 2 and session(other).awaited is None


def test_a_saved_run_whose_table_did_not_go_along_asks_for_the_file_and_tells_of_another():
    grapes = FRUIT.replace(b"fig", b"grape")
    saved, run = saved_with_table(grapes)
    other = reopened(json.dumps({name: part for name, part in json.loads(saved).items() if name != "table"}))
    assert session(other).awaited["dataset"] == run.experiment.dataset and session(other).run != run
    assert "This link uses the table “fruit.csv”" in " ".join(one.value for one in other.markdown).replace("\\", "")
    other.file_uploader(key="missing_file").set_value(("few.csv", b"x,y\n1,2\n3,4\n", "text/csv")).run()
    assert "another file than the one" in warnings(other) and session(other).awaited is not None
    other.file_uploader(key="missing_file").set_value(("fruit.csv", grapes, "text/csv")).run()
    assert not other.exception and session(other).run == run and session(other).frame == 2
    assert "another file" not in warnings(other)


@pytest.mark.parametrize("letters", ["AAAA", "!", as_letters(zlib.compress(FRUIT)), as_letters(zlib.compress(bytes(10**8)))])
def test_a_table_in_a_saved_run_that_is_damaged_or_another_leaves_the_screen_as_it_was(letters):
    saved, _ = saved_with_table(FRUIT.replace(b"fig", b"lime"))
    other = reopened(json.dumps(json.loads(saved) | {"table": letters}))
    assert session(other).run.experiment.dataset == "circle" and "damaged, or not the one" in said(other)


def test_a_table_too_large_to_go_along_is_asked_for_by_its_name():
    rows = "".join(f"{k},{k * 7 % 13}.{k},{'ab'[k % 2]}\n" for k in range(300_000))
    assert len(rows) > 4_000_000 and not read_table(f"x,y,kind\n{rows}".encode()).packed
