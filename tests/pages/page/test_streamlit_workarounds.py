"""What a page says in scripts to the browser, where Streamlit is mended there; and addresses that Streamlit leaves blank."""

import asyncio
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.responses import Response
from streamlit.web.server.starlette.starlette_path_security_middleware import PathSecurityMiddleware
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_handler

from pages.parts.page.asking.addresses import lead_out_of_folders, lead_to_plain_addresses
from tests.pages.conftest import open_app

lead_out_of_folders()  # which importing the pages has done; twice is once
lead_to_plain_addresses()

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


@pytest.mark.parametrize(("asked", "led"), [
    ("/weights%20", "./weights?frame=3"), ("/%20weights", "./weights?frame=3"), ("/app/weights%09", "./weights?frame=3"),
    ("/weights%C2%A0", "./weights?frame=3"), ("/Word%20%20Vectors", "./Word%20Vectors?frame=3"), ("/%20", "./?frame=3"),
    ("/weights%00", "./weights?frame=3"), ("/%ff", "./%EF%BF%BD?frame=3"), ("/weights%ff", "./weights%EF%BF%BD?frame=3"),
    ("/%", "./%25?frame=3"), ("/%zz", "./%25zz?frame=3"), ("//weights", "/weights?frame=3"), ("//", "/?frame=3"),
    ("///evil.org/x", "/evil.org/x?frame=3"), ("//%5Cevil.org", "/%5Cevil.org?frame=3"),
    ("/weights", None), ("/weights/", None), ("/Word%20Vectors", None), ("/%F0%9F%98%80", None), ("/_stcore/%ff", None),
])  # fmt: skip
def test_an_address_that_streamlit_cannot_read_is_led_to_the_one_that_is_meant(asked, led):
    answers = []

    async def app(scope, receive, send):
        answers.append("the app")

    async def send(message):
        answers.append(dict(message.get("headers", [])).get(b"location", b"").decode())

    # As uvicorn has it: the path is read, and what cannot be is replaced.
    scope = {"type": "http", "method": "GET", "path": unquote(asked), "raw_path": asked.encode(),
             "query_string": b"frame=3", "headers": [(b"accept", b"text/html,*/*")]}  # fmt: skip
    asyncio.run(PathSecurityMiddleware(app)(scope, None, send))
    assert answers[0] == (led or "the app")
    if led and not led.startswith("/"):  # what it leads to is read as it is
        plain = led.partition("?")[0].removeprefix(".")
        answers.clear()
        asyncio.run(PathSecurityMiddleware(app)(scope | {"path": unquote(plain), "raw_path": plain.encode()}, None, send))
        assert answers == ["the app"]
