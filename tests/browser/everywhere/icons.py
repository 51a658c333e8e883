"""Buttons that show an icon or a sign alone: what tells people what they are for."""

from playwright.sync_api import Page

# The buttons on screen, those of views in a shadow tree too, that show neither letter nor number and have no name on hover
# or for a screen reader. Names come when the pointer comes, so it is said to come; a tooltip of Streamlit's lies around its
# button. A picture brings its own name along, and a formula is one.
_UNNAMED = """() => {
  const found = [];
  const words = (element) => {
    const copy = element.cloneNode(true);
    for (const icon of copy.querySelectorAll("[data-testid=stIconMaterial], [aria-hidden=true], svg, style")) icon.remove();
    return copy.textContent;
  };
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) look(element.shadowRoot);
      if (!element.matches("button, summary, a[href], [role=button], [role=tab], [role=radio]")) continue;
      const box = element.getBoundingClientRect();
      if (box.width < 2 || box.height < 2 || !element.checkVisibility({ visibilityProperty: true })) continue;
      if (/[\\p{L}\\d]/u.test(words(element)) || element.querySelector(".katex")) continue;
      element.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, composed: true }));
      const picture = element.querySelector("img");
      const hint = element.title || element.dataset.title || picture?.title
        || element.closest("[data-testid=stTooltipHoverTarget]");
      const name = element.getAttribute("aria-label") || element.title || picture?.alt
        || element.getAttribute("aria-labelledby");
      if (!hint || !name) found.push(`${hint ? "" : "no name on hover, "}${name ? "" : "no name said, "}${
        element.outerHTML.slice(0, 200)} in ${element.parentElement?.outerHTML.slice(0, 120)}`);
    }
  };
  look(document);
  return found;
}"""


def unnamed_icons(page: Page) -> list[str]:
    """The buttons of the page without a word and without a name, a line each."""
    return page.evaluate(_UNNAMED)
