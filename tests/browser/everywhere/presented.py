"""What a projector shows of a page: every text smaller than it may be, on canvases and in pictures as well."""

from playwright.sync_api import Page

SMALLEST = 24  # pixels of a letter's size in presenter view
SQUEEZED = 0.8  # of its width to which a text may be narrowed

# To be run before the page's own scripts: every canvas remembers what is written on it, how large and how much squeezed.
REMEMBER = """(() => {
  const paper = CanvasRenderingContext2D.prototype, { fillText, clearRect } = paper;
  const width = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, "width");
  Object.defineProperty(HTMLCanvasElement.prototype, "width", { ...width, set(pixels) {
    this.written = [];
    width.set.call(this, pixels);
  } });
  paper.clearRect = function (...box) {
    this.canvas.written = [];
    clearRect.apply(this, box);
  };
  paper.fillText = function (words, x, y, most) {
    const { a, b } = this.getTransform(), size = Math.hypot(a, b) * Number.parseFloat(/([\\d.]+)px/.exec(this.font)[1]);
    const squeezed = most === undefined ? 1 : Math.min(1, most / this.measureText(words).width);
    (this.canvas.written ??= []).push({ words, size, squeezed });
    fillText.apply(this, most === undefined ? [words, x, y] : [words, x, y, most]);
  };
})();"""
# Every text that is seen, in the page and within the live view, that is too small for the last row.
SMALL = """([smallest, most]) => {
  const found = [], say = (size, words) => found.push(`${size.toFixed(1)} ${words.trim().slice(0, 30)}`);
  const canvas = (element, { height }) => {
    for (const { words, size, squeezed } of element.written ?? []) {
      const shown = (size * height) / element.height;
      if (words && (shown < smallest - 0.5 || squeezed < most)) say(Math.min(shown, squeezed * shown), words);
    }
  };
  const picture = (element, { width, height }) => {
    const bytes = Uint8Array.from(atob(element.src.split(",")[1]), (letter) => letter.charCodeAt(0));
    const svg = new DOMParser().parseFromString(new TextDecoder().decode(bytes), "image/svg+xml").documentElement;
    const [, , across, upwards] = (svg.getAttribute("viewBox") ?? `0 0 ${width} ${height}`).split(" ").map(Number);
    for (const text of svg.querySelectorAll("text")) {
      const size = Number.parseFloat(text.closest("[font-size]")?.getAttribute("font-size") ?? 16);
      const shown = size * Math.min(width / across, height / upwards);
      if (shown < smallest - 0.5) say(shown, text.textContent);
    }
  };
  const visit = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) visit(element.shadowRoot);
      const box = element.getBoundingClientRect(), style = getComputedStyle(element);
      if (box.width < 2 || box.height < 2 || style.visibility === "hidden" || !element.checkVisibility()) continue;
      if (element.matches("canvas")) canvas(element, box);
      if (element.matches("img[src^='data:image/svg+xml;base64,']")) picture(element, box);
      const texts = [...element.childNodes].filter((one) => one.nodeType === 3);
      const words = texts.map((one) => one.textContent.trim()).join("");
      if (!words || element.matches("style, script, option") || element.closest(".katex, .unseen")) continue;
      const drawn = element instanceof SVGGraphicsElement ? element.getScreenCTM() : { a: 1, b: 0 };
      const size = Number.parseFloat(style.fontSize) * Math.hypot(drawn.a, drawn.b);
      if (size < smallest - 0.01) say(size, words); // of turned letters the product is a little less
    }
  };
  visit(document);
  return found;
}"""


def small_texts(page: Page) -> list[str]:
    """What is too small on the screen: its size in pixels, and its beginning."""
    return page.evaluate(SMALL, [SMALLEST, SQUEEZED])
