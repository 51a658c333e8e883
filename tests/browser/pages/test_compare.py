"""Pinned runs that play together, in Chromium: what is pressed in one of the two views holds for both."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from nncore import Experiment, Run
from pages.parts.page.session import Session
from pages.parts.way.pins import Pin, keep_pins

SLOW, FAST, THIRD = (Pin(Run(Experiment(learning_rate=rate)), 60) for rate in (0.03, 0.3, 0.1))


def test_two_pinned_runs_play_together_and_the_link_brings_them_back(page, address):
    session = Session()
    keep_pins(session, [SLOW, FAST, THIRD])
    page.goto(f"{address}/compare")
    page.evaluate("pins => location.search = new URLSearchParams({ pins })", session.carried["pins"])
    plays, epochs, counts = (page.locator(f"[data-part={part}]") for part in ("play", "epoch", "count"))
    expect(epochs).to_have_text(["0", "0"])
    for unseen in ("reset", "redraw", "end"):  # what would make another run of it
        assert not page.locator(f"[data-part={unseen}]").first.is_visible()
    plays.nth(1).click()
    expect(plays).to_have_text(["Pause", "Pause"])
    expect(counts.first).to_have_text(re.compile(r"snapshot [1-9]\d "))
    plays.nth(0).click()
    expect(plays).to_have_text(["Play", "Play"])
    shown, at = epochs.all_inner_texts(), counts.all_inner_texts()
    assert shown[0] == shown[1] != "0" and at[0] == at[1]
    losses = page.locator("[data-part=training]").all_inner_texts()
    assert losses[0] != losses[1]
    frame = re.search(r"snapshot (\d+)", at[0])[1]
    page.wait_for_url(re.compile(f"together_at={frame}(&|$)"))
    assert parse_qs(urlsplit(page.url).query)["pins"] == [session.carried["pins"]]
    page.set_viewport_size({"width": 1180, "height": 800})  # where one view alone would have its map above its network
    received = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(bytes(frame))))
    page.reload()
    expect(epochs).to_have_text(shown)
    maps = [canvas.bounding_box() for canvas in page.locator("canvas[data-part=overlay]").all()]
    assert (maps[0]["y"], maps[0]["width"]) == (maps[1]["y"], maps[1]["width"]) and maps[0]["width"] < 300
    expect(page.locator("[data-part=training]")).to_have_text(losses)
    page.wait_for_selector("[data-test-script-state=notRunning]")
    assert any(b"glassbox-map" in frame for frame in received)
    received.clear()
    page.get_by_role("combobox", name="Which two").click()
    page.get_by_role("option", name="A and C").click()
    page.wait_for_url(re.compile("together=AC"))
    expect(page.locator("[data-part=training]")).not_to_have_text(losses)
    page.wait_for_selector("[data-test-script-state=notRunning]")
    # A pick of another two sends these, and not the maps of all once more.
    assert sum(map(len, received)) > 10_000 and not any(b"glassbox-map" in frame for frame in received)
    boxes = [play.bounding_box() for play in plays.all()]
    assert boxes[0]["y"] == boxes[1]["y"] and boxes[0]["x"] + 400 < boxes[1]["x"]
    page.wait_for_selector(".js-plotly-plot .main-svg")
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1  # the table, the curves and the maps, without what plays
    page.set_viewport_size({"width": 390, "height": 844})  # one below the other
    page.wait_for_function("""() => {
        const views = document.querySelectorAll("[class*=st-key-together_]");
        const [left, right] = [...views].map((view) => view.getBoundingClientRect());
        return right.top >= left.bottom && right.right <= innerWidth;
    }""")
