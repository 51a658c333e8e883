import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore.words.graphemes import graphemes, is_picture

FAMILY, SCOTLAND = "👨\u200d👩\u200d👧\u200d👦", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize("clusters", [
    ["c", "a", "t"],
    ["e\u0301", "x\u0323\u0302"],  # combining marks
    ["\r\n", "\n", "\r", "a"],  # GB3 to GB5
    ["\u1112\u1161\u11ab", "한", "가\u11a8", "가", "나"],  # Hangul, GB6 to GB8
    ["हि", "กำ", "நி"],  # spacing marks, GB9a
    ["\u0600" + "1"],  # a prepended mark, GB9b
    [FAMILY, "❤\ufe0f\u200d🔥", "👩🏽\u200d🚀", SCOTLAND],  # GB11
    ["👩\u200d", "a", "a\u200d", "👩", "👩\u200d\u200d", "👩"],  # a joiner joins pictures alone
    ["🇩🇪", "🇫🇷", "🇬"],  # pairs of regional indicators, GB12 and GB13
    ["a", "🇩🇪", "🇫"],
    ["1\ufe0f\u20e3", "2"],
    ["\u200b", "\u0301", "a"],  # a control character takes no mark
])  # fmt: skip
def test_clusters_by_the_rules_of_the_annex(clusters):
    assert graphemes("".join(clusters)) == clusters


@given(st.text() | st.text(alphabet="ae\u0301\u200d\u200c👩👧🏽🇩🇪\r\n\u1100\u1161가각\ufe0f"))
def test_clusters_joined_are_the_text(text):
    clusters = graphemes(text)
    assert "".join(clusters) == text and all(clusters)
    assert all(graphemes(cluster) == [cluster] for cluster in clusters)


@pytest.mark.parametrize("cluster, expected", [
    (FAMILY, True), ("🇩🇪", True), ("1\ufe0f\u20e3", True), ("©\ufe0f", True), ("❤", True),
    ("©", False), ("↔", False), ("1", False), ("a", False), ("한", False), ("!", False),
])  # fmt: skip
def test_what_is_an_emoji(cluster, expected):
    assert is_picture(cluster) == expected
