"""Letters smaller than anybody can read on a phone: text of the page, and in pictures, which shrink with what they say."""

from playwright.sync_api import BrowserContext, Page

SMALLEST = 8  # CSS pixels

# Has every canvas keep how high each of its texts was drawn last, in its own pixels: nothing else tells.
_KEEP_DRAWN = """() => {
  const pen = CanvasRenderingContext2D.prototype;
  for (const name of ["fillText", "strokeText"]) {
    const draw = pen[name];
    pen[name] = function (text, ...rest) {
      const { c, d } = this.getTransform(), size = Number(/([\\d.]+)px/.exec(this.font)[1]);
      if (String(text).trim()) (this.canvas.glassboxDrawn ??= new Map()).set(String(text), size * Math.hypot(c, d));
      return draw.call(this, text, ...rest);
    };
  }
}"""

# What is smaller: of text in an SVG as it is scaled there, of a picture that is an SVG as it is scaled into its place, and
# of a canvas by its pixels. A letter of no width is KaTeX's, to set heights,
# and its MathML is said, not seen.
SMALL = """(least) => {
  const found = [];
  const judge = (size, text, where) => {
    if (size > 0 && size < least) found.push(`${size.toFixed(1)} px in ${where}: ${text.trim().slice(0, 60)}`);
  };
  const inPicture = (picture, box) => {
    const data = picture.src.slice(picture.src.indexOf(",") + 1), coded = picture.src.includes(";base64,");
    const text = coded ? atob(data) : decodeURIComponent(data);
    const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    const [, , width, height] = (root.getAttribute("viewBox") ?? `0 0 ${box.width} ${box.height}`).split(" ").map(Number);
    for (const said of root.querySelectorAll("text")) {
      const size = parseFloat(said.closest("[font-size]")?.getAttribute("font-size") ?? "16");
      judge(size * Math.min(box.width / width, box.height / height), said.textContent, "a picture");
    }
  };
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) look(element.shadowRoot);
      const box = element.getBoundingClientRect();
      if (box.width < 2 || box.height < 2 || !element.checkVisibility({ visibilityProperty: true })) continue;
      if (element.matches("img[src^='data:image/svg+xml']")) inPicture(element, box);
      for (const [text, size] of element.glassboxDrawn ?? []) judge(size * box.height / element.height, text, "a canvas");
      const says = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      if (!says || element.matches(".vlist-s, .katex-mathml *, title, style, script")) continue;
      const { a = 1, b = 0, c = 0, d = 1 } = element.getScreenCTM?.() ?? {};
      const size = parseFloat(getComputedStyle(element).fontSize) * Math.min(Math.hypot(a, b), Math.hypot(c, d));
      judge(size, element.textContent, element.tagName);
    }
  };
  look(document);
  return [...new Set(found)];
}"""


def keep_drawn(place: BrowserContext | Page) -> None:
    """Has the pages that are opened in `place` from now on keep what is written on their canvases."""
    place.add_init_script(f"({_KEEP_DRAWN})()")


def small_letters(page: Page) -> list[str]:
    """What is written smaller than 8 pixels, a line each: its size, where it stands, and what it says."""
    return page.evaluate(SMALL, SMALLEST)
