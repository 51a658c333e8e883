"""What a page says in scripts to the browser, where Streamlit is mended there."""

import re
from pathlib import Path

import pytest

from tests.pages.conftest import open_app

PARTS = Path(__file__).parents[3] / "pages/parts"


def test_no_script_of_a_page_is_dropped_by_what_cleans_it():
    # DOMPurify removes a script in which something that could be a tag begins.
    bodies = [block.proto.body for block in open_app("weights").get("html")]
    scripts = [body.split("<script>")[1].removesuffix("</script>") for body in bodies if "<script>" in body]
    assert len(scripts) >= 2 and any("glassboxPaper" in script for script in scripts)
    assert not [script[:80] for script in scripts if re.search(r"<[/\w!]", script)]


@pytest.mark.parametrize("path", sorted(PARTS.glob("[pw]a*/*.js")), ids=lambda path: path.name)
def test_what_could_be_a_tag_stands_in_comments_alone(path):
    code = re.sub(r"/\*.*?\*/|^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    assert not re.search(r"<[/\w!]", code)
