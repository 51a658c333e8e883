"""A visit that only looks: what it loads, and that it asks nobody but its own server."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Route

MOST_BYTES = 3.4 * 2**20


def refuse_others(context: BrowserContext, address: str) -> list[str]:
    """Lets this browser reach the server at `address` alone; gives the list to which every other request is added."""
    asked: list[str] = []

    def judge(route: Route) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(address).netloc:
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    context.route(lambda url: url.startswith(("http:", "https:")), judge)
    context.on("page", lambda page: page.on(
        "websocket", lambda socket: urlsplit(socket.url).netloc == urlsplit(address).netloc or asked.append(socket.url)
    ))
    return asked


def loaded(page: Page) -> dict[str, int]:
    """The sizes of the files that the page has loaded, uncompressed, by their names."""
    return page.evaluate("""Object.fromEntries(performance.getEntriesByType("resource").map(
        (entry) => [new URL(entry.name).pathname.split("/").at(-1), entry.decodedBodySize]))""")


def test_a_visit_of_train_loads_little_and_no_request_leaves_the_machine(browser, address):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    asked, page = refuse_others(context, address), context.new_page()
    messages: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: messages.append(len(data))))
    page.goto(f"{address}/?frame=20")
    page.locator(".glassbox-confusion").wait_for()
    page.locator(".glassbox-confusion").scroll_into_view_if_needed()
    page.wait_for_selector("[data-test-script-state=notRunning]")
    page.wait_for_function("window.glassbox.frame === 20")
    files = loaded(page)
    assert not [name for name in files if "Plotly" in name]
    assert sum(files.values()) > 2**20  # it was measured indeed
    assert sum(files.values()) + sum(messages) <= MOST_BYTES
    for name, selector in (("weights", "[data-testid=stPlotlyChart] .main-svg"), ("attention", "[data-testid=stMarkdown]"),
                           ("lecture", "[data-testid=stMarkdown]")):  # fmt: skip
        page.goto(f"{address}/{name}")
        page.locator(selector).first.wait_for()
        page.wait_for_selector("[data-test-script-state=notRunning]")
    assert asked == []
    page.evaluate("fetch('http://127.0.0.2:9/tried').catch(() => 0)")  # what would have been heard of
    assert asked == ["http://127.0.0.2:9/tried"]
    context.close()
