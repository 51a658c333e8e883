// A page that goes to the printer says in which theme it is drawn: print.css then turns a dark one into dark letters on white.
// The live view is drawn anew in the light theme, and after it in its own again; other figures are seen through a filter.
// `repair_browser` sends this to every page.

if (!window.glassboxPaper) {
  const root = document.documentElement;
  /** What draws the views as they were.
   *  @type {(() => void)[]} */
  const undo = [];
  const restore = () => {
    for (const back of undo.splice(0)) back();
  };
  const lightViews = () => {
    const print = window.glassboxPrint;
    if (!print) return;
    for (const component of document.querySelectorAll("[data-testid^=stBidiComponent]")) {
      const { view } = /** @type {any} */ (component.shadowRoot?.querySelector(".live")) ?? {};
      if (!view?.player.run) continue;
      component.classList.add("glassbox-lit");
      undo.push(print.inLight(view), () => component.classList.remove("glassbox-lit"));
    }
  };
  window.glassboxPaper = () => {
    root.classList.remove("glassbox-dark"); // which itself changes what is asked for below
    restore();
    root.classList.toggle("glassbox-dark", window.glassboxPrint?.isDark() ?? false);
    if (root.classList.contains("glassbox-dark")) lightViews();
    // A figure as wide as the screen shrinks to the sheet instead of being cut off, and its height with it.
    for (const layer of document.querySelectorAll(".js-plotly-plot .main-svg")) {
      const holder = /** @type {HTMLElement} */ (layer.parentElement);
      const [width, height] = [layer.getAttribute("width"), layer.getAttribute("height")];
      if (!layer.hasAttribute("viewBox")) layer.setAttribute("viewBox", `0 0 ${width} ${height}`);
      holder.style.setProperty("--paper-width", `${width}px`);
      holder.style.setProperty("--paper-ratio", `${width} / ${height}`);
    }
  };
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest(".glassbox-print")) window.print();
  });
  window.addEventListener("beforeprint", window.glassboxPaper);
  window.addEventListener("afterprint", restore);
  window.matchMedia("print").addEventListener("change", ({ matches }) => (matches ? window.glassboxPaper?.() : restore()));
}
