// A page that goes to the printer says in which theme it is drawn: print.css then turns a dark one into dark letters on white.
// `repair_browser` sends this to every page.

if (!window.glassboxPaper) {
  const root = document.documentElement;
  window.glassboxPaper = () => {
    root.classList.remove("glassbox-dark"); // which itself changes what is asked for below
    const app = document.querySelector("[data-testid=stApp]");
    root.classList.toggle("glassbox-dark", app !== null && getComputedStyle(app).colorScheme === "dark");
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
  window.matchMedia("print").addEventListener("change", window.glassboxPaper);
}
