"""What comes from outside, as strategies, and what every answer to it must be."""

import re
from dataclasses import fields

from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from nncore import Experiment
from nncore.experiments.validation import CHOICES

NASTY = (
    "", " ", "none", "0", "-1", "−3", "1,5", "1e3", "1e999", "nan", "-inf", "9" * 400, "1_0", "½", "٣", "\x00",
    "\u202e", "\ud800",
    "x" * 500, "<img src=x>", "[a](http://b)", ":material/x:", "$\\frac{1}{0}$", "👩🏽‍🚀", "|", ";", ":", "=", ",,,",
    "8,8,8,8,8,8,8",
    "True", "__class__", "../..", "'; --", "%s", "{0}", "ReLU", "\r\n", "0x10", "1/0",
)  # fmt: skip
NAMES = [field.name for field in fields(Experiment)]
WORDS = sorted({name for names in CHOICES.values() for name in names})

numbers = st.integers(-10, 2100).map(str) | st.floats(-20, 20).map(lambda value: f"{value:g}") | st.floats().map(repr)
words = st.sampled_from(WORDS) | st.sampled_from(WORDS).map(str.upper)
single = st.sampled_from(NASTY) | numbers | words | st.text(max_size=12)
texts = single | st.lists(single, min_size=1, max_size=8).map(",".join)
changes = st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), single, max_size=3).map(
    lambda picked: ";".join(f"{name}={value}" for name, value in picked.items())
)
branches = st.lists(st.tuples(numbers | single, changes).map(":".join), min_size=1, max_size=4).map("|".join) | single
links = st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), texts, max_size=6).flatmap(
    lambda link: st.none().map(lambda _: link) | branches.map(lambda text: link | {"branches": text})
)


def check_sentence(text: str) -> None:
    """Fails unless `text` is one sentence for a person: one line, begun and ended as one, short, and no Python in it."""
    assert text and "\n" not in text and text.rstrip(")”").endswith((".", "?", "!")), text
    assert text[0].isupper() or not text[0].isalpha(), text
    assert len(text) <= 900, text
    ours = re.sub("“[^”]*”|got '.*'", "", text.replace("\\", ""))  # what came from outside is repeated as it was
    assert not re.search(r"Traceback|[a-z]Error\b|<class|object at 0x|np\.float|nan\b", ours), text


def check_page(app: AppTest) -> None:
    """Fails where the page shows an error of the program, or a warning or an error that is no sentence."""
    assert not app.exception, [element.value for element in app.exception]
    for alert in [*app.error, *app.warning]:
        assert alert.value.strip() and "Traceback" not in alert.value, alert.value
        assert len(alert.value) <= 1500, alert.value
