"""How much of a screen is empty: the largest rectangle in which nothing stands, as a share of what the page has."""

from contextlib import suppress

from playwright.sync_api import Page, TimeoutError

# At a laptop's 1280 x 800 and on a wide screen: what is emptier than this looks half-empty.
MOST = {1280: 0.33, 1920: 0.45}
EMPTY = """() => {
  const main = document.querySelector("[data-testid=stMain]").getBoundingClientRect(), CELL = 20; // pixels
  const across = Math.floor(main.width / CELL), down = Math.floor((Math.min(main.bottom, innerHeight) - main.top) / CELL);
  const full = Array.from({ length: down }, () => new Uint8Array(across));
  const mark = (box) => {
    if (box.width < 2 || box.height < 2) return;
    const cell = (pixels, most, round) => Math.min(most, Math.max(0, round(pixels / CELL)));
    const [x0, x1] = [cell(box.left - main.left, across, Math.floor), cell(box.right - main.left, across, Math.ceil)];
    for (let y = cell(box.top - main.top, down, Math.floor); y < cell(box.bottom - main.top, down, Math.ceil); y++) {
      full[y].fill(1, x0, x1);
    }
  };
  const range = document.createRange();
  const visit = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) visit(element.shadowRoot);
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (element.closest("[data-testid=stSidebar]")) continue;
      const stands = "img, canvas, svg, table, pre, input, textarea, button, summary, [role=slider]";
      if (element.matches(stands)) mark(element.getBoundingClientRect());
      for (const node of element.childNodes) {
        if (node.nodeType !== 3 || !node.textContent.trim() || element.matches("style, script")) continue;
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) mark(box);
      }
    }
  };
  visit(document);
  // For every place that ends a row, how many empty cells stand above each cell of it.
  const above = new Array(across).fill(0);
  let most = 0;
  for (const row of full) {
    row.forEach((isFull, x) => { above[x] = isFull ? 0 : above[x] + 1; });
    for (let x = 0; x < across; x++) {
      for (let end = x, low = Infinity; end < across && above[end]; end++) {
        low = Math.min(low, above[end]);
        most = Math.max(most, low * (end - x + 1));
      }
    }
  }
  return most / (across * down);
}"""


def emptiest(page: Page) -> float:
    """The share of the screen that its largest empty rectangle takes."""
    return page.evaluate(EMPTY)


def look_for_emptiness(page: Page, most: float | None = None) -> None:
    """No part of the screen larger than `most`, by default what its size allows, may be empty once the page is drawn."""
    most = most or MOST[page.viewport_size["width"]]
    with suppress(TimeoutError):  # figures come after the page; what stays empty is said below
        page.wait_for_function(f"most => ({EMPTY})() <= most", arg=most, timeout=15_000)
    assert emptiest(page) <= most
