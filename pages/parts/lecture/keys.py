"""The keys of presenter view, in the browser: they press the buttons that stand on the page."""

# Space, the arrows and a presenter's remote (Page Up, Page Down) press the buttons to the next screen and the one before
# where a lecture is shown, and to the next step and the one before in a lesson, where space first plays what was predicted;
# Escape leaves. Elsewhere space and arrows are the page's: the live view plays and steps by itself, or space presses the
# first primary button, and the first arrow goes to the first slider, which the next ones then move.
# Of a key that a field, a slider or a list needs itself nothing is taken, nor of those that the live view hears once Tab
# has led into it; a remote's keys lead on from there as well. The button that was clicked last does not get the
# space as well.
PRESENTER_KEYS = """
<script>
if (!window.glassboxPresenterKeys) {
  window.glassboxPresenterKeys = true;
  const NEEDS = "input, textarea, select, [contenteditable=true], [role=slider], [role=radio], [role=tab], [role=dialog], " +
    "[role=listbox], [role=combobox]";
  const PICKED = "input[type=radio]:checked, [role=radio][aria-checked=true]"; // space would pick what is picked already
  const VIEW = ".st-key-live";
  const names = { " ": "next", ArrowRight: "next", PageDown: "next", ArrowLeft: "back", PageUp: "back", Escape: "leave" };
  const ownButton = (key) => {
    const main = document.querySelector("[data-testid=stMain]");
    const foot = main?.querySelector(".st-key-lesson_foot"), view = main?.querySelector(VIEW);
    const primary = () => main.querySelector("[data-testid=stBaseButton-primary]");
    if (foot && key === " ") return view && window.glassbox?.playing ? null : primary();
    if (foot) {
      return foot.querySelector(names[key] === "back" ? ".st-key-lesson_back button" :
        ".st-key-lesson_on button, .st-key-lesson_end button");
    }
    if (!main || view) return null;
    if (key === " ") return primary();
    if (key.startsWith("Arrow")) main.querySelector("[role=slider], input[type=range]")?.focus();
    return null;
  };
  const isNeeded = (path, key) => {
    const target = path.find((node) => node instanceof Element);
    if (!target || key.startsWith("Page")) return false;
    if (target.closest(NEEDS)) return !(key === " " && target.matches(PICKED));
    return tabbed && path.some((node) => node instanceof Element && node.matches(VIEW));
  };
  let tabbed = false; // whether the focus was led to where it is by Tab, not by a click
  window.addEventListener("pointerdown", () => { tabbed = false; }, { capture: true });
  window.addEventListener("keydown", (event) => {
    if (event.key === "Tab") tabbed = true;
    const name = names[event.key];
    if (!name || event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    if (document.querySelector("[role=dialog]") || isNeeded(event.composedPath(), event.key)) return;
    const button = document.querySelector(`.st-key-presenter_${name} button`) ?? ownButton(event.key);
    if (!button) return;
    event.preventDefault(); // the live view then leaves it, and no button is pressed besides
    if (!button.disabled) button.click();
  }, { capture: true });
}
</script>
"""
