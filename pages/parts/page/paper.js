// A page that goes to the printer says in which theme it is drawn: print.css then turns a dark one into dark letters on white.
// The live view and Plotly's figures are drawn anew, in the light theme and no wider than the sheet, and after it as they were;
// of other pictures a dark page has a light one beside it. What has neither is seen through a filter.
// `repair_browser` sends this to every page.

if (!window.glassboxPaper) {
  const root = document.documentElement;
  /** What draws the views as they were.
   *  @type {(() => void)[]} */
  const undo = [];
  const restore = () => {
    for (const back of undo.splice(0)) back();
  };
  const lightFigures = () => {
    const figure = window.glassboxFigure;
    for (const chart of document.querySelectorAll(".js-plotly-plot")) {
      if (!figure?.canDraw(chart)) continue;
      const holder = /** @type {Element} */ (chart.closest("[data-testid=stPlotlyChart]"));
      holder.classList.add("glassbox-lit");
      undo.push(figure.toPaper(chart), () => holder.classList.remove("glassbox-lit"));
    }
  };
  /** @param {boolean} isDark */
  const lightViews = (isDark) => {
    const print = window.glassboxPrint;
    if (!print) return;
    for (const component of document.querySelectorAll("[data-testid^=stBidiComponent]")) {
      const root = component.shadowRoot, { view } = /** @type {any} */ (root?.querySelector(".live")) ?? {};
      const isBoard = root && isDark && [...root.querySelectorAll("canvas")].some((canvas) => "redraw" in canvas);
      if (!view?.player.run && !isBoard) continue;
      component.classList.add("glassbox-lit");
      undo.push(isBoard ? print.boardInLight(root) : print.inLight(view, window.glassboxFigure?.SHEET),
        () => component.classList.remove("glassbox-lit"));
    }
  };
  window.glassboxPaper = () => {
    if (undo.length) return; // a browser says twice that it prints
    root.classList.remove("glassbox-dark"); // which itself changes what is asked for below
    const isDark = window.glassboxPrint?.isDark() ?? false;
    lightFigures();
    lightViews(isDark);
    root.classList.toggle("glassbox-dark", isDark);
    // A figure as wide as the screen shrinks to the sheet instead of being cut off, and its height with it.
    for (const layer of document.querySelectorAll(".js-plotly-plot .main-svg")) {
      const holder = /** @type {HTMLElement} */ (layer.parentElement);
      const [width, height] = [layer.getAttribute("width"), layer.getAttribute("height")];
      layer.setAttribute("viewBox", `0 0 ${width} ${height}`);
      undo.push(() => layer.removeAttribute("viewBox"));
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
