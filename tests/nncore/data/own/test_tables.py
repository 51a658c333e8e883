"""A person's table: whatever a program wrote is read as it was meant, or refused in one sentence."""

import numpy as np
import pytest

from nncore import Experiment, build_split, make_split
from nncore.data import SHELF, UnknownTable, read_table
from nncore.data.own import Shelf, TableChoice, read_table_name, table_name
from nncore.data.own.parsing import dataset_kind
from nncore.data.own.table_names import visible

FLOWERS = "length,width,species\n5.1,3.5,setosa\n4.9,3.0,setosa\n7.0,3.2,virginica\n6.4,3.1,virginica\n"
LENGTHS, SPECIES = [5.1, 4.9, 7.0, 6.4], [0, 0, 1, 1]


def kinds(table):
    return {column.name: column.kind for column in table.columns}


def noted(table, *words):
    return any(all(word in note for word in words) for note in table.notes)


# The same four flowers, as programs of all kinds write them, and what the notes must say.
WRITTEN = {
    "comma": (FLOWERS.encode(), ""),
    "byte-order mark": (b"\xef\xbb\xbf" + FLOWERS.encode(), "byte-order mark"),
    "tab": (FLOWERS.replace(",", "\t").encode(), "tab"),
    "semicolon, decimal comma": (FLOWERS.replace(",", ";").replace(".", ",").encode(), "decimal comma"),
    "tab, decimal comma": (FLOWERS.replace(",", "\t").replace(".", ",").encode(), "decimal comma"),
    "decimal comma in quotes": (b'length,width,species\n"5,1","3,5",setosa\n"4,9","3,0",setosa\n"7,0","3,2",virginica\n'
                                b'"6,4","3,1",virginica\n', "decimal comma"),
    "utf-16, semicolon, decimal comma": (FLOWERS.replace(",", ";").replace(".", ",").encode("utf-16"), "decimal comma"),
    "windows-1252, tab, decimal comma": (FLOWERS.replace(",", "\t").replace(".", ",").replace("width", "width\xa0").encode(
        "cp1252"), "save it as UTF-8"),
    "percent": (FLOWERS.replace(",3.5", ",3.5%").replace(",3.0", ",3.0 %").replace(",3.2", ",3.2%").replace(
        ",3.1", ",3.1%").encode(), "“%” in every value"),
    "utf-16": (FLOWERS.encode("utf-16"), "UTF-16"),
    "utf-16 without a mark": (FLOWERS.encode("utf-16-be"), "UTF-16"),
    "windows lines": (FLOWERS.replace("\n", "\r\n").encode(), ""),
    "old mac lines": (FLOWERS.replace("\n", "\r").encode(), ""),
    "blank last lines": (FLOWERS.encode() + b"\n\n,,\n", "without any value"),
    "blanks around": (FLOWERS.replace(",", " , ").encode(), "Blanks around"),
    "remarks above": (b"# by hand\n\n# 2024\n" + FLOWERS.encode(), "# by hand"),
    "blanks between": (FLOWERS.replace(",", " ").encode(), "blank"),
    "names in a remark": (b"# " + FLOWERS.encode(), ""),
    "in quotes": (FLOWERS.replace("setosa", '"setosa"').encode(), ""),
    "excel's first line in utf-16": (("sep=;\r\n" + FLOWERS.replace(",", ";").replace("\n", "\r\n")).encode("utf-16"),
                                     "semicolon"),
    "excel's first line": (b"sep=;\n" + FLOWERS.replace(",", ";").encode(), "semicolon"),
    "trailing separators": (FLOWERS.replace("\n", ",\n").encode(), ""),
    "the names once more": (FLOWERS.replace("7.0,", "length,width,species\n7.0,").encode(), "stand again in line 4"),
    "no last line break": (FLOWERS.strip().encode(), ""),
}  # fmt: skip


@pytest.mark.parametrize("case", WRITTEN)
def test_the_same_table_is_read_from_all_that_programs_write(case):
    data, note = WRITTEN[case]
    table = read_table(data, "flowers.csv")
    assert kinds(table) == {"length": "number", "width": "number", "species": "class"} and table.n_rows == 4
    assert noted(table, note) or not note
    dataset = table.dataset("species")
    np.testing.assert_array_equal(dataset.X[:, 0], LENGTHS)
    assert dataset.y.tolist() == SPECIES and dataset.class_names == ("setosa", "virginica")
    assert dataset.feature_names == ("length", "width") and dataset.target_name == "species"


def test_names_that_are_missing_repeated_or_not_there_are_made_up_and_said_so():
    table = read_table(b"a,,a,a\n1,2.5,3,x\n2,3.5,4,y\n3,1.5,2,x\n")
    assert list(kinds(table)) == ["a", "column 2", "a (2)", "a (3)"]
    assert noted(table, "Column 2 has no name") and noted(table, "“a” stands twice", "column 3")
    table = read_table(b"5.1,3.5,setosa\n4.9,3.0,setosa\n7.0,3.2,virginica\n")
    assert list(kinds(table)) == ["column 1", "column 2", "column 3"] and table.n_rows == 3
    assert noted(table, "No line of column names")


def test_thousands_and_missing_values_are_read_and_said():
    text = 'price,rooms,sold\n"1,234.5",?,yes\n"12,000",3,no\nNA,4,yes\n"2,500",,no\n900,5,no\n800,2,yes\n'
    table = read_table(text.encode())
    price, rooms, _ = table.columns
    np.testing.assert_array_equal(price.values, [1234.5, 12000, np.nan, 2500, 900, 800])
    assert (price.missing, rooms.missing) == (1, 2) and noted(table, "“price”", "thousands", "1234.5")
    dropped = table.dataset("sold")
    np.testing.assert_array_equal(dropped.X, [[12000, 3], [900, 5], [800, 2]])
    assert dropped.notes[0].startswith("3 rows in which a value is missing were left out")
    assert np.isnan(table.dataset("sold", missing="mean").X).sum() == 3


def test_german_thousands_stand_beside_decimal_commas():
    for text in (b"preis;menge;gut\n1.234,5;10;ja\n2.000;11;nein\n950,25;13;ja\n",
                 b'preis,menge,gut\n"1.234,5",10,ja\n"2.000",11,nein\n"950,25",13,ja\n',
                 "preis;menge;gut\n1.234,5 €;10;ja\n2.000 €;11;nein\n950,25 €;13;ja\n".encode("cp1252")):  # fmt: skip
        table = read_table(text)
        np.testing.assert_array_equal(table.columns[0].values, [1234.5, 2000, 950.25])
        assert noted(table, "decimal comma") and noted(table, "marks between thousands", "1234.5")


@pytest.mark.parametrize("cells, other", [
    (("1,234", "2,000", "3,456"), "If 1.234 is meant"), (("1 234", "2 000", "3 456"), ""), (("1'234", "2'000", "3'456"), ""),
    (("1\u00a0234", "2\u00a0000", "3\u00a0456"), ""),
])  # fmt: skip
def test_only_a_mark_that_may_be_a_decimal_sign_leaves_a_doubt(cells, other):
    table = read_table("\n".join(["size\tkind", *(f"{cell}\t{k % 2}" for k, cell in enumerate(cells))]).encode())
    assert table.columns[0].values.tolist() == [1234, 2000, 3456]
    assert noted(table, "marks between thousands", other or "was read as 1234.") and (other or not noted(table, "is meant"))


def test_a_quoted_value_may_go_on_in_the_next_line_and_so_may_a_name():
    table = read_table(b'"size\n(cm)",remark,kind\n1.5,"two\nlines",a\n2.5,one,b\n3.5,"two\nlines",a\n4.5,one,b\n')
    assert kinds(table) == {"size (cm)": "number", "remark": "class", "kind": "class"} and table.n_rows == 4
    assert table.columns[1].labels == ("one", "two\nlines")


def test_old_spreadsheets_write_windows_letters():
    table = read_table("größe,farbe\n1.5,grün\n2.5,weiß\n3.5,grün\n".encode("cp1252"))
    assert kinds(table) == {"größe": "number", "farbe": "class"} and table.columns[1].labels == ("grün", "weiß")
    assert noted(table, "Windows-1252")


@pytest.mark.parametrize("labels, names", [
    ("1 2 3 1 2 3", ("1", "2", "3")), ("-1 1 -1 1 1 -1", ("-1", "1")),
    ("true false true true false true", ("false", "true")),
    ("True False True True False True", ("false", "true")), ("no yes no no yes yes", ("no", "yes")),
    ("0 1 1 0 1 0", ("0", "1")),
])  # fmt: skip
def test_labels_of_all_kinds_are_counted_from_0(labels, names):
    rows = "".join(f"{k / 7},{label}\n" for k, label in enumerate(labels.split()))
    dataset = read_table(f"x,label\n{rows}".encode()).dataset("label")
    assert dataset.class_names == names
    assert [names[label] for label in dataset.y] == labels.casefold().split()


LEFT_OUT = {
    "date": [f"2024-03-{k + 1:02}" for k in range(8)], "when": [f"{k + 1}.3.2024 12:00" for k in range(8)],
    "exact": [f"2024-01-01T00:00:{k:02}.123456789Z" for k in range(8)], "clock": [f"{k + 8}:30" for k in range(8)],
    "stamp": [str(1_700_000_000_000_000_000 + k * 10**9) for k in range(8)], "id": [str(100 + 7 * k) for k in range(8)],
    "name": [f"person {k}" for k in range(8)], "always": ["7"] * 8, "nothing": [""] * 8,
}  # fmt: skip


@pytest.mark.parametrize("name, kind, why", [
    ("date", "date", "it holds dates"), ("when", "date", "it holds dates"), ("exact", "date", "it holds dates"),
    ("clock", "date", "or times"), ("stamp", "date", "nanoseconds since 1970"),
    ("id", "text", "numbers the rows or names each"), ("name", "text", "names them"),
    ("always", "constant", "“7” in every row"), ("nothing", "constant", "it is empty"),
])  # fmt: skip
def test_what_says_nothing_is_left_out_and_said_so(name, kind, why):
    lines = [f"{name},x,kind"] + [f"{cell},{k}.5,{'ab'[k % 2]}" for k, cell in enumerate(LEFT_OUT[name])]
    table = read_table("\n".join(lines).encode())
    assert kinds(table)[name] == kind and noted(table, f"“{name}” is left out", why)
    assert table.dataset("kind").feature_names == ("x",)
    if kind == "date":
        with pytest.raises(ValueError, match=f"“{name}” cannot be an input: it holds"):
            table.dataset("kind", [name, "x"])


def test_a_row_that_is_too_long_is_refused_and_a_short_one_lacks_its_last_values():
    with pytest.raises(ValueError, match=r"^Row 2 \(line 3\) has 4 values, but there are 3 columns: “9” has none\.$"):
        read_table(b"a,b,c\n1,2,x\n3,4,y,9\n5,6,x\n")
    table = read_table(b"a,b,c\n1,2,x\n3\n5,6,y\n7,8,x\n")
    assert [column.missing for column in table.columns] == [0, 1, 1] and noted(table, "Row 2 (line 3) is shorter")


def test_a_word_among_numbers_is_named_with_its_row():
    rows = "".join(f"{k},{k % 3}.5\n" for k in range(20))
    table = read_table(f"a,b\n{rows}oops,1\n".encode())
    assert noted(table, "“oops” in row 21 (line 22)") and table.columns[0].missing == 1
    table = read_table(b"a,b\n1,2.5\n2,oops\n3,4.5\n4,7\n")
    with pytest.raises(ValueError, match=r"“b” cannot be the target: .*row 2 \(line 3\) holds “oops”"):
        table.dataset("b", task="regression")


@pytest.mark.parametrize("data, message", [
    (b"", "The file is empty"), (b"\xef\xbb\xbf\n", "The file is empty"), (b"a,b\n", "no row below it"),
    (b"PK\x03\x04....", "Excel workbook or a ZIP"), (b"\x00\x01\x02\x03" * 9, "bytes that are no text"),
    (b'a,b\n1,2\n3,"4\n5,6\n', "A quotation mark is opened in line 3"), (b"x" * 20_000_001, "20 MB at most"),
    (("a," * 1000 + "b\n" + "1," * 1000 + "2\n").encode(), "1,000 columns at most"),
])  # fmt: skip
def test_what_is_no_table_is_refused_in_one_sentence(data, message):
    with pytest.raises(ValueError, match=message):
        read_table(data)


@pytest.mark.parametrize("text, target, message", [
    ("x\n1.5\n2.5\n3\n", "x", "no column from which “x” could be learned .the table has one column only"),
    ("x,c\n1.5,a\n2.5,a\n3,a\n", "c", "“c” cannot be the target: it holds “a” in every row .row 1"),
    ("x,c\n1.5,a\n2.5,a\n,b\n4,a\n", "c", "“c” has one class only, “a”, in all rows that are left"),
    ("x,c\n,a\n,b\n4.5,a\n2,b\n", "c", "Only 2 rows have all their values.*“x” lacks 2 of its 4 values"),
])  # fmt: skip
def test_what_cannot_be_learned_is_refused_by_its_column(text, target, message):
    with pytest.raises(ValueError, match=message):
        read_table(text.encode()).dataset(target)


def test_a_class_of_two_rows_is_kept_and_said():
    rows = "".join(f"{k / 3},{'ab'[k % 2]}\n" for k in range(20)) + "9.1,c\n9.3,c\n"
    dataset = read_table(f"x,kind\n{rows}".encode()).dataset("kind")
    assert dataset.class_names == ("a", "b", "c") and dataset.notes == (
        "The class “c” has 2 rows only, too few for each of the three sets.",)  # fmt: skip
    assert 2 in make_split(dataset).y_train


def letters(n_classes, label=lambda k: chr(65 + k)):
    rows = "".join(f"{k / 7},{k % 5}.5,{label(k % n_classes)}\n" for k in range(20 * n_classes))
    return read_table(f"x,y,letter\n{rows}".encode())


def test_more_than_10_classes_are_said_when_the_table_is_read_and_refused_as_a_target():
    assert len(letters(10).dataset("letter").class_names) == 10 and not noted(letters(10), "classes")
    for table in (letters(11), letters(20)):
        assert noted(table, "“letter” has", "at most 10 apart", "an input, but not predicted")
        with pytest.raises(ValueError, match=r"“letter” has .. different values, and a network here tells at most 10"):
            table.dataset("letter")
    assert noted(letters(26), "“letter” is left out: it holds 26 different words", "at most 10 can be predicted")
    with pytest.raises(ValueError, match=r"“letter” cannot be the target: it holds 26 .* at most 10 can be predicted"):
        letters(26).dataset("letter")


def test_more_than_10_labels_that_are_whole_numbers_are_predicted_as_numbers():
    table = letters(15, str)
    assert noted(table, "“letter” has 15 classes", "predicted as a number") and table.dataset("letter").is_regression
    with pytest.raises(ValueError, match=r"15 different values.*take it as a number"):
        table.dataset("letter", task="classification")
    assert letters(26, str).dataset("letter").is_regression


def test_words_become_columns_of_their_own_and_two_of_them_one():
    table = read_table(b"colour,sex,y\nred,m,1.5\nblue,f,2.5\ngreen,m,3.5\nred,f,0.5\n")
    dataset = table.dataset("y")
    assert dataset.feature_names == ("colour = blue", "colour = green", "colour = red", "sex = m") and dataset.is_regression
    np.testing.assert_array_equal(dataset.X, [[0, 0, 1, 1], [1, 0, 0, 0], [0, 1, 0, 1], [0, 0, 1, 0]])


def test_the_person_decides_on_target_inputs_and_task():
    table = read_table(b"a,b,q\n1,2,3\n2,7,5\n3,1,3\n4,9,5\n5,4,3\n")
    assert table.dataset("q").is_regression and table.dataset("q", ["b"]).feature_names == ("b",)
    dataset = table.dataset("q", task="classification")
    assert dataset.class_names == ("3", "5") and dataset.y.tolist() == [0, 1, 0, 1, 0]


def test_gaps_are_filled_with_the_mean_of_the_training_set_alone():
    rows = "".join(f"{'' if k % 5 == 0 else k * 1.0},{k % 7},{'ab'[k % 2]}\n" for k in range(60))
    dataset = read_table(f"x,z,kind\n{rows}".encode()).dataset("kind", missing="mean")
    split = make_split(dataset, scaling="standard", seed=3)
    train = dataset.X[split.train, 0]
    mean = train[~np.isnan(train)].mean()
    assert split.fill[0] == pytest.approx(mean) and abs(mean - np.nanmean(dataset.X[:, 0])) > 0.01
    gaps = np.isnan(dataset.X[:, 0])
    np.testing.assert_allclose(split.dataset.X[gaps, 0], mean)
    np.testing.assert_allclose(split.X_train.mean(axis=0), 0, atol=1e-12)
    assert np.isfinite(split.X_validation).all() and np.isfinite(split.X_test).all()


def test_of_many_rows_a_stratified_sample_is_trained_on():
    rng = np.random.default_rng(0)
    labels = rng.choice(["a", "b", "c"], 12_000, p=[0.9, 0.0999, 0.0001])
    labels[:2] = "c"
    rows = "".join(f"{x:.3f},{label}\n" for x, label in zip(rng.standard_normal(12_000), labels, strict=True))
    table = read_table(f"x,kind\n{rows}".encode())
    dataset, again = table.dataset("kind"), table.dataset("kind")
    assert len(dataset.y) == 5000 and noted(table, "12,000 rows", "5,000") and "sample of 5,000" in dataset.notes[-1]
    np.testing.assert_array_equal(dataset.X, again.X)
    shares = np.bincount(dataset.y) / 5000
    assert shares[0] == pytest.approx((labels == "a").mean(), abs=2e-4) and shares[2] > 0


def test_an_experiment_finds_its_table_on_the_shelf_and_asks_for_it_by_name_when_it_is_gone():
    rows = "".join(f"{k * 100},{k % 7},{k * 3000}\n" for k in range(60))
    table = read_table(f"a,b,price\n{rows}".encode(), "houses.csv")
    choice = TableChoice(table.digest, "houses.csv", 2, (0, 1), "regression")
    assert read_table_name(table_name(choice)) == choice
    texts = {"dataset": table_name(choice), "hidden": "3"}
    with pytest.raises(UnknownTable, match=r"“houses\.csv” is not on this server") as error:
        Experiment.from_dict(texts)
    assert (error.value.digest, error.value.file_name) == (table.digest, "houses.csv")
    repaired, problems = Experiment.repair(texts)
    assert repaired.hidden == (3,) and problems == [
        "The table “houses.csv” is not on this server: it needs the file again, so it is now circle."]  # fmt: skip
    SHELF.put(table, "a viewer")
    experiment = Experiment.from_dict(texts)
    assert experiment.is_regression and experiment.sizes == (2, 3, 1)
    assert Experiment.from_dict(experiment.to_dict()) == experiment
    split = build_split(experiment)
    # A target in the tens of thousands is counted in them, which its name says.
    assert split.dataset.target_name == "price / 100,000" and split.dataset.y.max() == pytest.approx(1.77)
    assert len(split.train) + len(split.validation) + len(split.test) == 60


def small(k, n_rows=200):
    return read_table(("x,y\n" + "".join(f"{row + k},{row}.5\n" for row in range(n_rows))).encode(), f"{k}.csv")


def test_the_shelf_holds_two_tables_a_viewer_and_lets_go_of_the_least_recently_used():
    one, two, three, four = map(small, range(4))
    shelf = Shelf(max_bytes=3 * one.n_bytes + 100)
    for table in (one, two, three):
        shelf.put(table, "ann")
    assert len(shelf) == 2
    with pytest.raises(UnknownTable, match="the first one"):
        shelf.get(one.digest, "the first one")
    shelf.put(one, "bob")
    shelf.get(two.digest)
    shelf.put(four, "carl")  # room for three: the third was used longest ago
    assert shelf.get(two.digest) is two and shelf.n_bytes <= shelf.max_bytes
    with pytest.raises(UnknownTable):
        shelf.get(three.digest)


def test_a_table_that_two_viewers_brought_stays_when_one_gives_it_up():
    tables, shelf = [small(k) for k in range(3)], Shelf()
    shelf.put(tables[0], "bob")
    for table in tables:
        shelf.put(table, "ann")
    assert shelf.get(tables[0].digest) is not None and len(shelf) == 3


def test_a_semicolon_that_is_a_word_in_every_row_does_not_cut_a_table_with_commas():
    table = read_table(b":,;,word\n0.5,1.5,;\n2.5,3.5,:;\n4.5,5.5,;\n6.5,7.5,:;\n")
    assert [column.name for column in table.columns] == [":", ";", "word"]
    assert table.columns[1].values.tolist() == [1.5, 3.5, 5.5, 7.5]


def test_a_semicolon_cuts_where_commas_are_decimal_signs():
    table = read_table(b"a,b;c,d\n0,5;1,5\n2,5;3,5\n4,5;5,5\n6,5;7,5\n")
    assert [column.name for column in table.columns] == ["a,b", "c,d"]
    assert table.columns[0].values.tolist() == [0.5, 2.5, 4.5, 6.5]


# One column among others, and what must be said of it: nothing that was decided stays silent.
SAID = {
    "hexadecimal": (" ".join(map(hex, range(10, 35))), ["“odd” is left out", "hexadecimal"]),
    "fractions": (" ".join(f"1/{k}" for k in range(2, 27)), ["“odd” is left out", "fractions"]),
    "formulas": (" ".join(f"=A{k}+1" for k in range(25)), ["“odd” is left out", "formulas"]),
    "infinite": ("1.5 2.5 inf 3.5 -inf 4.5", ["“inf” in row 3 (line 4)", "missing, and so do"]),
    "millions": (" ".join(f"{k}.5million" for k in range(25)), ["“odd” is left out", "signs or letters"]),
    "infinite in R": ("1.5 2.5 +Inf 3.5 ∞ 4.5", ["“+Inf” in row 3 (line 4)", "missing, and so do"]),
    "a dash": ("1.5 - 2.5 - 3.5 4.5", ["“-” in row 2 (line 3)", "missing, and so do"]),
    "an error of a spreadsheet": ("1.5 2.5 #DIV/0! 3.5 4.5 5.5", ["“#DIV/0!” in row 3 (line 4)"]),
    "-999": ("1.5 -999 2.5 3.5 -999 4.5", ["“odd” holds -999 in 4 rows", "write NA"]),
    "six ways": ("true 1 yes false 0 no", ["“odd” says yes and no in 6 ways", "write them alike"]),
    "signs": (" ".join(f"~{k}.5" for k in range(25)), ["“odd” is left out", "signs or letters"]),
    "letters": (" ".join(f"{k}.5k" for k in range(25)), ["“odd” is left out", "signs or letters"]),
    "points and commas": (" ".join(f"{k}.5 \"{k},25\"" for k in range(25)), ["“odd” is left out", "write them alike"]),
    "capitals": ("red Red blue red Red blue", ["“Red” from “red”", "capitals"]),
    "accents of their own": ("caf\u00e9 cafe\u0301 tea caf\u00e9 cafe\u0301 tea", ["accents"]),
}


@pytest.mark.parametrize("case", SAID)
def test_what_is_odd_in_a_column_is_said(case):
    cells, words = SAID[case]
    rows = "".join(f"{k / 7:.3f},{cell},{'ab'[k % 2]}\n" for k, cell in enumerate(2 * cells.split()))
    assert noted(read_table(f"x,odd,y\n{rows}".encode()), *words), read_table(f"x,odd,y\n{rows}".encode()).notes
    usual = "".join(f"{k / 7:.3f},{-990 - k},{'ab'[k % 2]}\n" for k in range(12))
    assert not noted(read_table(f"x,odd,y\n{usual}".encode()), "“odd”")


def test_a_table_of_two_rows_says_how_many_are_needed():
    with pytest.raises(ValueError, match=r"^The table has 2 rows, and 3 are needed at least"):
        read_table(b"a,y\n1.5,u\n2.5,v\n").dataset("y")


def test_what_stands_within_a_value_cuts_no_row():
    table = read_table(('a,b,y\n' + "".join(f'{k}.5,"one;two;{k % 2}",{"uv"[k % 2]}\n' for k in range(12))).encode())
    assert kinds(table) == {"a": "number", "b": "class", "y": "class"}
    assert table.columns[1].labels == ("one;two;0", "one;two;1")
    table = read_table(("a,b,y\n" + "".join(f"{k}.5,one\ttwo {k % 2},{'uv'[k % 2]}\n" for k in range(12))).encode())
    assert kinds(table) == {"a": "number", "b": "class", "y": "class"}


def test_a_value_that_is_far_too_long_is_refused_by_its_line():
    with pytest.raises(ValueError, match=r"^A value in line 3 is longer than 131,072 letters"):
        read_table(b"a,b,y\n1.5,w,u\n2.5," + b"w" * 140_000 + b",v\n3.5,w,u\n")


def test_rows_that_all_lack_something_are_refused_with_what_can_be_done():
    table = read_table(b"a,b,y\n" + b"".join(b"%d.5,,u\n,%d.5,v\n" % (k, k) for k in range(5)))
    with pytest.raises(ValueError, match=r"^No row has all its values.*: “a” lacks 5 of its 10.*filled"):
        table.dataset("y")
    assert table.dataset("y", missing="mean").X.shape == (10, 2)


def test_a_sentence_stays_one_line_whatever_stands_in_a_cell():
    with pytest.raises(ValueError, match=r"^Row 1 \(line 3\) has 4 values, but there are 3 columns: “two lines” has none.$"):
        read_table(b'a,b,y\n1,2,x,"two\nlines"\n3,4,z\n5,6,x\n')
    table = read_table(b'a,b,y\n1.5,"two\nlines",u\n2.5,"two\nlines",v\n3.5,"two\nlines",u\n')
    assert table.columns[1].left_out == "it holds “two lines” in every row"


@pytest.mark.parametrize("one, other", [
    ("w" * 60 + "a", "w" * 60 + "b"), ("a *", "a ∗"), ("<5", "‹5"), ("length [cm]", "length (cm)"), ("$", "dollar"),
])  # fmt: skip
def test_no_two_columns_or_classes_are_called_alike_on_screen(one, other):
    rows = "".join(f"{k},{k * k % 7},{(one, other)[k % 2]}\n" for k in range(30))
    table = read_table(f"{one},{other},kind\n{rows}".encode())
    SHELF.put(table, "a viewer")
    kind = dataset_kind(table_name(TableChoice(table.digest, "", 2)))
    assert len(set(kind.feature_names)) == len(set(kind.class_names)) == 2
    assert all(len(name) <= 60 for name in kind.feature_names + kind.class_names)
    assert kind.class_names[1].endswith(" (2)") and kind.feature_names[1].endswith(" (2)")


def test_a_unit_in_brackets_is_written_with_letters_that_every_machine_has():
    assert visible("Körpergröße [cm]") == "Körpergröße (cm)" and visible("income [$]") == "income (dollar)"
