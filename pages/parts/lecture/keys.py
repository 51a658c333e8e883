"""The keys of presenter view, in the browser: they press the buttons that stand on the page."""

# Space, the arrows and a presenter's remote (Page Up, Page Down) press the buttons to the next screen and the one before
# where a lecture is shown, Escape leaves. Where there is no lecture, space and arrows are the page's: the live view plays
# and steps by itself. Elsewhere
# space presses the first primary button, and the first arrow goes to the first slider, which the next ones then move. Of a
# key that a field, a slider or a list needs itself nothing is taken; the button that was clicked last does not get the
# space as well.
PRESENTER_KEYS = """
<script>
if (!window.glassboxPresenterKeys) {
  window.glassboxPresenterKeys = true;
  const NEEDS = "input, textarea, select, [contenteditable=true], [role=slider], [role=radio], [role=tab], [role=dialog], " +
    "[role=listbox], [role=combobox]";
  const names = { " ": "next", ArrowRight: "next", PageDown: "next", ArrowLeft: "back", PageUp: "back", Escape: "leave" };
  const ownButton = (key) => {
    const main = document.querySelector("[data-testid=stMain]");
    if (!main || main.querySelector(".st-key-live")) return null;
    if (key === " ") return main.querySelector("[data-testid=stBaseButton-primary]");
    if (key.startsWith("Arrow")) main.querySelector("[role=slider], input[type=range]")?.focus();
    return null;
  };
  window.addEventListener("keydown", (event) => {
    const name = names[event.key];
    if (!name || event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    const target = event.composedPath().find((node) => node instanceof Element);
    if (document.querySelector("[role=dialog]") || target?.closest(NEEDS)) return;
    const button = document.querySelector(`.st-key-presenter_${name} button`) ?? ownButton(event.key);
    if (!button) return;
    event.preventDefault(); // the live view then leaves it, and no button is pressed besides
    if (!button.disabled) button.click();
  }, { capture: true });
}
</script>
"""
