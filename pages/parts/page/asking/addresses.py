"""Addresses that Streamlit refuses, or answers with a blank page: the server leads them to the ones that are meant."""

import re
import unicodedata
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from streamlit.web.server.starlette.starlette_path_security_middleware import PathSecurityMiddleware


def lead_out_of_folders() -> None:
    """Has the server lead an address with a "/" too many, "/attention/x", to its first part, "/attention", with its link.

    Streamlit answers it with a page that looks for its scripts in that folder and stays blank (streamlit/streamlit#8971).
    So it does with one whose "?" a mail program wrote as "%3F", which is led to the page and the link that it means.
    Until a new server has shown its first page, it still does.
    """
    answer = StaticFiles.get_response
    if hasattr(answer, "leads_out"):
        return

    async def get_response(self: StaticFiles, path: str, scope: MutableMapping[str, Any]) -> Response:
        name, escaped, its_link = path.partition("?")
        first, *folders = name.replace("\\", "/").strip("/").split("/")
        is_page = "text/html" in Headers(scope=scope).get("accept", "") and not first.startswith("_")
        try:
            if escaped and is_page:
                raise HTTPException(404)
            return await answer(self, path, scope)
        except HTTPException as refused:
            if not ((folders or escaped) and is_page and refused.status_code == 404):
                raise
            link = "&".join(filter(None, (its_link, scope.get("query_string", b"").decode("latin-1"))))
            return RedirectResponse(("../" * len(folders) or "./") + quote(first) + ("?" + link) * bool(link), 302,
                                    {"Cache-Control": "no-cache"})  # fmt: skip

    get_response.leads_out = True
    StaticFiles.get_response = get_response


def plain_address(scope: MutableMapping[str, Any]) -> str | None:
    """The address to lead to from one that a browser or Streamlit cannot read; None for all others.

    Those are one with a second slash at its beginning, with blanks or control characters, and with percent signs that are
    no letters in UTF-8, such as "/%ff".
    """
    headers, path = Headers(scope=scope), scope["path"]
    if scope["method"] != "GET" or "text/html" not in headers.get("accept", "") or path.startswith("/_"):
        return None
    name = path.rpartition("/")[2]
    meant = " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in name).split())
    if path.startswith("//"):
        place = "/" + quote(path.lstrip("/"))  # relative to "//x" all is "//"
    elif meant != name or not _is_readable(scope.get("raw_path") or b""):
        place = "./" + quote(meant)
    else:
        return None
    link = scope.get("query_string", b"").decode("latin-1")
    return place + ("?" + link) * bool(link)


def _is_readable(address: bytes) -> bool:
    """Whether a browser can read the address: all its percent signs begin a letter's code in UTF-8."""
    try:
        unquote_to_bytes(address).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not re.search(rb"%(?![0-9a-fA-F]{2})", address)


def lead_to_plain_addresses() -> None:
    """Has the server lead from an address that Streamlit refuses, or answers with a blank page, to the one that is meant.

    Streamlit answers "Bad Request" to "//weights", stays blank at "/%ff", and opens its first page at "/weights%20" (no
    issue found).
    """
    answer = PathSecurityMiddleware.__call__
    if hasattr(answer, "leads_on"):
        return

    async def call(self: PathSecurityMiddleware, scope: Any, receive: Any, send: Any) -> None:
        place = plain_address(scope) if scope["type"] == "http" else None
        if place is None:
            await answer(self, scope, receive, send)
        else:
            await RedirectResponse(place, 302, {"Cache-Control": "no-cache"})(scope, receive, send)

    call.leads_on = True
    PathSecurityMiddleware.__call__ = call
