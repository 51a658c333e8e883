"""What a page says in scripts to the browser, where Streamlit is mended there; and addresses that Streamlit leaves blank."""

import asyncio
import re
from pathlib import Path

import pytest
from starlette.responses import Response
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_handler

from pages.parts.page.streamlit_workarounds import lead_out_of_folders
from tests.pages.conftest import open_app

lead_out_of_folders()  # which importing it has done; twice is once

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


def test_an_address_in_a_folder_is_led_out_of_it_with_its_link_and_a_missing_file_is_not(tmp_path):
    (tmp_path / "index.html").write_text("app")
    handler = create_streamlit_static_handler(directory=str(tmp_path), base_url=None)

    def ask(path: str, accept: str) -> Response:
        scope = {"type": "http", "method": "GET", "path": f"/{path}", "query_string": b"dataset=xor",
                 "headers": [(b"accept", accept.encode())]}  # fmt: skip
        return asyncio.run(handler.get_response(path, scope))

    led = ask("attention/x/y", "text/html,*/*")
    assert (led.status_code, led.headers["location"]) == (302, "../../attention?dataset=xor")
    assert ask("Word Vectors/x", "text/html").headers["location"] == "../Word%20Vectors?dataset=xor"
    led = ask("weights?frame=3", "text/html")  # its "?" came as "%3F"
    assert (led.status_code, led.headers["location"]) == (302, "./weights?frame=3&dataset=xor")
    assert ask("?frame=3", "text/html").headers["location"] == "./?frame=3&dataset=xor"
    assert ask("a/weights?next=//evil", "text/html").headers["location"] == "../a?next=//evil&dataset=xor"
    for path, accept in (("attention", "text/html"), ("attention/x.js", "*/*")):
        assert ask(path, accept).status_code == 200
