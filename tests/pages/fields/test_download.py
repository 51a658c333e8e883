"""Files are written when they are asked for, and every button that saves one goes through one door."""

from pathlib import Path

import pytest

from tests.pages.conftest import open_app

PARTS = Path(__file__).parents[3] / "pages"


@pytest.mark.parametrize(
    "page, link, least",
    [("", {}, 5), ("weights", {"section": "edit"}, 7), ("attention", {"step": "matrices", "whose": "trained"}, 2)],
    ids=["train", "weights", "attention"],
)
def test_a_page_writes_no_file_before_its_button_is_pressed(page, link, least):
    buttons = open_app(page, **link).get("download_button")
    assert len(buttons) >= least
    assert [button.proto.label for button in buttons if button.proto.url or not button.proto.deferred_file_id] == []


def test_every_button_that_saves_a_file_is_the_one_that_waits():
    users = {path.name for path in PARTS.rglob("*.py") if "st.download_button(" in path.read_text(encoding="utf-8")}
    assert users == {"download.py"}
