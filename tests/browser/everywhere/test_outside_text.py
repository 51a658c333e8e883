"""What a link, a sentence or a file says is shown letter for letter in a browser: no link, no picture, no call elsewhere."""

from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from nncore import Experiment, build_network
from nncore.inspection.files import to_npz

NASTY = (
    "[Sign in](http://evil.example/a) ![x](//evil.example/i.png)",
    "<img src=//evil.example/j.png>", "<a href=//evil.example>again</a>",
    "http://evil.example/b www.evil.example", "me@evil.example :smile: -> **b**", ":material/lock: :red[x] $x^2$ `c`",
)  # fmt: skip
# A page of each kind that says what a link asked for in vain: with a choice of its own that is read as a name. What all
# pages say is looked at in tests/pages/fields/test_outside_text.py.
PAGES = {"": "answers", "weights": "section", "lessons": "lesson"}


def watch(page: Page) -> list[str]:
    """The addresses elsewhere that the page calls from now on."""
    calls: list[str] = []
    page.on("request", lambda request: calls.append(request.url) if _is_elsewhere(request.url) else None)
    return calls


def _is_elsewhere(url: str) -> bool:
    return (urlsplit(url).hostname or "").endswith("evil.example")


def nothing_live(page: Page) -> bool:
    """Whether no link and no picture of the page is what somebody else wrote."""
    return not page.locator("[href*=evil], [src*=evil], [data-testid=stAlert] :is(a, img, .katex)").count()


@pytest.mark.parametrize("name", PAGES)
def test_a_link_is_quoted_letter_for_letter(page, address, name):
    calls = watch(page)
    names = ("dataset", PAGES[name], "noise", "activation", "optimizer", "focus")
    page.goto(f"{address}/{name}?{urlencode(dict(zip(names, NASTY, strict=True)))}")
    alerts = page.locator("[data-testid=stAlert]")
    expect(alerts.filter(has_text="Sign in").first).to_be_visible(timeout=60_000)
    expect(alerts.filter(has_text="//evil.example/j.png").first).to_be_visible()
    shown = "".join(alerts.all_text_contents()).replace("\u2060", "")
    for text in ("[Sign in](http://evil.example/a)", "<a href=//evil.example>again</a>", "http://evil.example/b www.evil",
                 "me@evil.example :smile: -> **b**"):  # fmt: skip
        assert text[:38] in shown
    assert nothing_live(page) and not calls


def test_typed_words_stay_words_in_every_chart(page, address):
    calls = watch(page)
    typed = "<a-href=//evil.example/>x</a> <img-src=//evil.example/i.png> http://evil.example/b"
    for link in ("words?part=text&steps=split&text=", "words?part=product&steps=split&text=", "attention?first="):
        page.goto(f"{address}/{link}{typed.replace('<', '%3C').replace(' ', '%20')}")
        expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=60_000)
        page.locator(".js-plotly-plot .nsewdrag").first.hover()
        assert nothing_live(page)
    assert not calls


def test_no_picture_is_fetched_from_elsewhere(page, address):
    page.goto(f"{address}/words")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=60_000)
    refused = page.evaluate("""() => new Promise((answer) => {
        document.addEventListener("securitypolicyviolation", (event) => answer(event.effectiveDirective));
        const picture = new Image();
        picture.src = "https://evil.example/i.png";
        document.body.append(picture);
        setTimeout(() => answer("nothing"), 5000);
    })""")
    assert refused == "img-src"


def test_the_server_itself_refuses_a_large_file(page, address):
    page.goto(f"{address}/weights?section=edit")
    field = page.locator("input[type=file]")
    field.wait_for(state="attached", timeout=60_000)
    with page.expect_request(lambda request: "upload_file" in request.url and request.method == "PUT") as sent:
        field.set_input_files({"name": "w.npz", "mimeType": "application/zip",
        "buffer": to_npz(build_network(Experiment()))})
    headers = {name: value for name, value in sent.value.headers.items() if name.lower() in ("x-xsrftoken", "cookie")}
    large = {"file": {"name": "w.npz", "mimeType": "application/zip", "buffer": bytes(22_000_000)}}
    answer = page.request.put(sent.value.url, multipart=large, headers=headers)
    assert answer.status == 413
