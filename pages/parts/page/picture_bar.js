// @ts-check
// Two small buttons at a figure's corner, to save it as PNG or as SVG: they come into sight when it is pointed at or reached by
// the keyboard, from which Tab goes on to them. `repair_browser` sends this to every page.

if (!window.glassboxPictureBar) {
  window.glassboxPictureBar = true;
  const bar = document.createElement("div");
  bar.className = "glassbox-pictures";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Save this picture");
  bar.hidden = true;
  /** @type {(HTMLElement | SVGElement) & Element | null} */
  let shown = null;
  let leaving = setTimeout(() => {}, 0);
  const buttons = /** @type {const} */ (["png", "svg"]).map((ending) => {
    const button = Object.assign(document.createElement("button"), {
      type: "button", textContent: ending.toUpperCase(), title: `Save this picture as ${ending.toUpperCase()}, for print`,
    });
    button.addEventListener("click", () => shown && window.glassboxPictures?.take(shown, ending));
    return button;
  });
  bar.append(...buttons);
  document.body.append(bar);

  // Figures on canvas, by Plotly, as an image of SVG, and as HTML.
  const SVG_IMAGE = "img[src^='data:image/svg+xml;base64,']";
  const FIGURES = ["canvas:not([aria-hidden])", ".js-plotly-plot", `:is(figure, .glassbox-map) ${SVG_IMAGE}`,
    ".glassbox-confusion", ".glassbox-residuals", ".drawing-board .bars"];
  /** @param {EventTarget} one @returns {one is HTMLElement} */
  const isFigure = (one) => one instanceof HTMLElement && one.matches(`canvas, ${FIGURES}`) && !one.closest("button, .tip");
  // Where the buttons and call-outs of a figure's view stand: the bar goes below the figure rather than over one of them.
  const buttonsBeside = (/** @type {Element} */ figure) =>
    [.../** @type {Document | ShadowRoot} */ (figure.getRootNode()).querySelectorAll("button, .notes p")]
      .filter((one) => !bar.contains(one)).map((one) => one.getBoundingClientRect());
  const lay = () => {
    if (bar.hidden || !shown) return;
    const place = shown.getBoundingClientRect();
    const left = place.right - bar.offsetWidth, above = Math.max(place.top - bar.offsetHeight, 44);
    const isTaken = buttonsBeside(shown).some((box) => box.width > 0 && box.right > left && box.left < place.right
      && box.bottom > above && box.top < above + bar.offsetHeight);
    const app = document.querySelector("[data-testid=stApp]"); // the bar stands outside it, and has its theme all the same
    if (app) bar.style.colorScheme = getComputedStyle(app).colorScheme;
    bar.style.left = `${left}px`;
    bar.style.top = `${isTaken ? Math.min(place.bottom, innerHeight - bar.offsetHeight) : above}px`;
  };
  /** @param {Event} event */
  const show = (event) => {
    clearTimeout(leaving);
    if (event.composedPath().includes(bar)) return;
    const figure = event.composedPath().find(isFigure);
    if (!figure) {
      leaving = setTimeout(() => { bar.hidden = !bar.contains(document.activeElement); }, 400);
      return;
    }
    shown = figure;
    bar.hidden = false;
    lay();
  };
  for (const type of ["pointerover", "focusin"]) window.addEventListener(type, show, { capture: true, passive: true });
  window.addEventListener("scroll", lay, { capture: true, passive: true });

  // Figures that the keyboard would pass by, also those within a view.
  const reach = (/** @type {Document | ShadowRoot} */ root) => {
    for (const figure of root.querySelectorAll(`:is(${FIGURES}):not([tabindex])`)) {
      if (isFigure(figure)) figure.tabIndex = 0;
    }
    for (const view of root.querySelectorAll("[data-testid^=stBidiComponent]")) if (view.shadowRoot) reach(view.shadowRoot);
  };
  // The bar stands at the end of the page, and yet between its figure and what comes after it.
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    reach(document);
    const at = buttons.indexOf(/** @type {any} */ (document.activeElement)), [focused] = event.composedPath();
    if (isFigure(focused)) show(event);
    const to = at < 0 ? (isFigure(focused) && !event.shiftKey ? 0 : -1) : at + (event.shiftKey ? -1 : 1);
    if (buttons[to]) {
      buttons[to].focus();
      event.preventDefault();
    } else if (at >= 0) {
      shown?.focus({ preventScroll: true }); // and on from there, as the key does by itself
      if (event.shiftKey) event.preventDefault();
    }
  }, { capture: true });
  // Where the focus moves within one view, the window does not hear of it, but of the key.
  window.addEventListener("keyup", (event) => event.key === "Tab" && show(event), { capture: true, passive: true });
}
