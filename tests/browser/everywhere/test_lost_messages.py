"""Messages that get lost between server and browser, in Chromium: the views ask again until they have their frames.

The tests stand between the page's small components and the engine that draws, and drop or change what goes through.
"""

import re

from playwright.sync_api import Page, expect

PATIENCE = 60_000  # milliseconds

# `window.onMessage(component, n)` gets the n-th message of a view and returns what the engine is to see of it, or nothing.
BETWEEN = """
let engine, seen = [];
window.dropped = 0;
// The header of a message, and the same message without any frame.
window.headerOf = (bytes) => {
  const copy = bytes.slice(), length = new DataView(copy.buffer).getUint32(0, true);
  return JSON.parse(new TextDecoder().decode(copy.subarray(4, 4 + length)));
};
window.emptied = (header) => {
  const arrays = header.arrays.map(([name, [, ...shape]]) => [name, [0, ...shape]]);
  const json = new TextEncoder().encode(JSON.stringify({ ...header, words: [], last: null, arrays }));
  const bytes = new Uint8Array(4 * Math.ceil((4 + json.length) / 4)).fill(32);
  new DataView(bytes.buffer).setUint32(0, bytes.length - 4, true);
  bytes.set(json, 4);
  return bytes;
};
Object.defineProperty(window, "glassboxEngine", {
  get: () => engine,
  set: (real) => {
    engine = { view: (component) => {
      const mark = headerOf(component.data).number ?? component.data;
      if (!seen.includes(mark)) seen.push(mark);
      const passed = window.onMessage(component, seen.indexOf(mark));
      if (passed) return real.view(passed);
      window.dropped += 1;
      return () => {};
    } };
  },
});
"""


def train(page: Page, address: str, choices: str) -> None:
    page.goto(f"{address}/transformer?task=copy&block=0&{choices}")
    page.get_by_role("button", name="Train", exact=True).click(timeout=PATIENCE)


def test_the_first_answer_that_a_training_gets_is_lost_and_it_plays_to_the_end(page: Page, address: str):
    page.add_init_script(BETWEEN + "window.onMessage = (component, n) => n === 1 ? null : component;")
    train(page, address, "block_start=1&block_heads=2")
    page.wait_for_function("window.dropped === 1", timeout=PATIENCE)
    assert page.evaluate("window.glassboxLearning.update") < 120
    page.wait_for_function("window.glassboxLearning.update === 120", timeout=PATIENCE)
    expect(page.get_by_text("Snapshot 30 of 30: after 120 updates")).to_be_visible(timeout=PATIENCE)


def test_the_first_answer_on_the_train_page_is_lost_and_it_plays_on(page: Page, address: str):
    page.add_init_script(BETWEEN + "window.onMessage = (component, n) => n === 1 ? null : component;")
    page.goto(f"{address}/?dataset=moons&hidden=5")
    page.wait_for_function("window.glassbox?.draws > 0", timeout=PATIENCE)
    page.locator("[data-part='play']").click()
    page.wait_for_function("window.dropped === 1", timeout=PATIENCE)
    page.wait_for_function("window.glassbox.frame > 80", timeout=PATIENCE)


def test_a_view_that_is_mounted_anew_without_frames_asks_until_it_has_them(page: Page, address: str):
    page.add_init_script(BETWEEN + """
        window.lossy = false;
        window.onMessage = (component, n) => {
          const { words, first } = headerOf(component.data);
          if (!window.lossy || !words || first > 0) return component;
          window.lossy = false;  // the answer with the frames from the first one on, once
          return null;
        };""")
    page.set_viewport_size({"width": 1600, "height": 900})  # wide enough for all groups of the menu
    train(page, address, "block_start=2&block_heads=2")
    page.wait_for_function("window.glassboxLearning?.drawn > 5", timeout=PATIENCE)
    page.get_by_role("button", name="Look inside", exact=True).click()
    page.get_by_role("menuitem", name="Weights").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("What can one transformer block learn?", timeout=PATIENCE)
    page.evaluate("window.glassboxMemory.learning = undefined; window.lossy = true; window.glassboxLearning.drawn = 0")
    page.get_by_role("button", name="Words and attention", exact=True).click()
    page.get_by_role("menuitem", name="Transformer").click()
    page.wait_for_function("window.dropped === 1", timeout=PATIENCE)
    page.wait_for_function("window.glassboxLearning.update === 120", timeout=PATIENCE)
    assert page.evaluate("window.glassboxLearning.drawn") > 20  # from the first frame on, one by one


def test_stop_before_any_frame_has_come_does_no_harm(page: Page, address: str):
    page.add_init_script(BETWEEN + """
        window.holding = true;
        window.onMessage = (component, n) => window.holding && headerOf(component.data).words
          ? { ...component, data: emptied(headerOf(component.data)) } : component;""")
    train(page, address, "block_start=3&block_heads=2")
    stop = page.get_by_role("button", name="Stop")
    stop.click(timeout=PATIENCE)
    page.wait_for_timeout(1500)
    expect(stop).to_be_visible()
    page.evaluate("window.holding = false")
    # What was on screen is the first frame, before any update: as if Train had not been pressed.
    expect(page.get_by_role("button", name="Train", exact=True)).to_be_visible(timeout=PATIENCE)
    expect(page).to_have_url(re.compile(r"block=0"))
