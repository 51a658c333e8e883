// @ts-check
// What works around Streamlit 1.67 and the Plotly in it, in the browser: `repair_browser` of the Python module of this name
// sends it to every page. Each part is there once, however often the page runs.

// What a page may load: pictures of its own alone, so that no text from outside, should one ever be read as Markdown, can
// call another server or send a form there. Streamlit sets no such header and has no option for one (1.67); a browser takes
// the rules from the document's head as well, from then on. Scripts and styles are Streamlit's own and stay as they are.
if (!document.head.querySelector('meta[http-equiv="Content-Security-Policy"]')) {
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = "img-src 'self' data: blob:; media-src 'self' data: blob:; frame-src 'self' data: blob:; " +
    "object-src 'none'; form-action 'self'; base-uri 'self'";
  document.head.append(policy);
}

// Every write into the link is an entry in the browser's history (streamlit/streamlit#11305). What is written before the
// person has touched a new page completes that page's own entry: without this each page would leave two, and Back would need
// two clicks. A link may be written twice, where a click came meanwhile, and is one entry all the same.
if (!window.glassboxHistory) {
  let touched = false;
  const push = history.pushState.bind(history);
  window.glassboxHistory = true;
  for (const type of ["pointerdown", "keydown"]) window.addEventListener(type, () => { touched = true; }, { capture: true });
  window.addEventListener("popstate", () => { touched = false; });
  history.pushState = (state, title, url) => {
    const next = new URL(url ?? "", location.href), samePage = next.pathname === location.pathname;
    if (!samePage) touched = false;
    if (next.href === location.href || (samePage && !touched && !location.search)) history.replaceState(state, title, url);
    else push(state, title, url);
  };
}

// A click on a chart chooses what Plotly found under the pointer before it (plotly/plotly.js#6721). A finger was nowhere
// before: without this its tap chooses nothing, and the next one what lay under the first.
if (!window.glassboxTaps) {
  window.glassboxTaps = true;
  window.addEventListener("touchstart", (event) => {
    const { target } = event;
    const chart = event.touches.length === 1 && target instanceof Element && target.closest(".js-plotly-plot .nsewdrag");
    if (!chart) return;
    const { clientX, clientY } = event.touches[0];
    chart.dispatchEvent(new MouseEvent("mousemove", { bubbles: true, view: window, clientX, clientY }));
  }, { capture: true, passive: true });
}

// A formula wider than its place is scrolled sideways, and the keyboard must be able to reach it. Formulas that fit are
// no stops. No issue found.
if (!window.glassboxFormulas) {
  let waiting = false;
  const reach = () => {
    waiting = false;
    for (const formula of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".katex-display"))) {
      if (formula.scrollWidth <= formula.clientWidth) formula.removeAttribute("tabindex");
      else if (formula.tabIndex < 0) formula.tabIndex = 0;
    }
  };
  const soon = () => {
    if (!waiting) setTimeout(reach, 200);
    waiting = true;
  };
  window.glassboxFormulas = new MutationObserver(soon);
  window.glassboxFormulas.observe(document.body, { childList: true, subtree: true });
  window.addEventListener("resize", soon);
}

// A browser whose language writes 1.5 drops the comma of 1,5 from a field for a number, which then says 15. Both signs are
// read here: typed, on a phone too, where no key is said to be pressed, put together by a keyboard that suggests words, or
// pasted. No issue found.
if (!window.glassboxCommas) {
  window.glassboxCommas = true;
  /** The field for a number that an event is about, in a view's shadow tree or a cell of a table too.
   *  @param {Event} event */
  const field = (event) => {
    const [target] = event.composedPath();
    const is = target instanceof HTMLInputElement && target.matches("[type=number], .gdg-input[inputmode=numeric]");
    return is ? target : null;
  };
  /** @param {string} text */
  const insert = (text) => document.execCommand("insertText", false, text.replace(",", "."));
  window.addEventListener("beforeinput", (event) => {
    const { data, inputType, cancelable } = event;
    if (!data?.includes(",") || inputType === "insertFromPaste" || !cancelable || !field(event)) return;
    event.preventDefault();
    insert(data);
  }, { capture: true });
  window.addEventListener("compositionend", (event) => {
    const { data } = event, input = field(event);
    if (!data.includes(",") || input?.value !== data.replace(",", "")) return;
    setTimeout(() => {
      input.select();
      insert(data);
    });
  }, { capture: true });
  window.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain").trim() ?? "";
    if (!field(event) || !/^[-+]?[0-9]*,[0-9]+$/.test(text)) return;
    event.preventDefault();
    insert(text);
  }, { capture: true });
}

// Streamlit's own buttons and links that are an icon alone have no name on hover, and some none at all. No issue found.
if (!window.glassboxIcons) {
  window.glassboxIcons = true;
  /** @type {Record<string, string>} */
  const names = { stSidebarCollapseButton: "Hide the side bar", stExpandSidebarButton: "Show the side bar" };
  /** @param {Event} event */
  const name = ({ target }) => {
    const button = target instanceof Element && target.closest("button, a[aria-label]");
    if (!(button instanceof HTMLElement) || button.title || button.querySelector("p")) return;
    if (button.matches("a") && button.textContent?.trim()) return;
    const place = button.closest(Object.keys(names).map((key) => `[data-testid=${key}]`).join());
    const said = names[place?.getAttribute("data-testid") ?? ""] || button.getAttribute("aria-label");
    if (said) button.title = said;
  };
  for (const type of ["pointerover", "focusin"]) window.addEventListener(type, name, { capture: true, passive: true });
}

// Figures come in the colours of the theme that the page was run with; a theme that is switched later, in the menu or by the
// evening, reruns nothing (streamlit/streamlit#15287). A button that nobody sees is pressed then, until the page was run in
// the new one, which Python says in `glassboxDrawn`: a press while the page runs may be lost, or come before the server
// knows of the new theme.
if (!window.glassboxTheme) {
  window.glassboxTheme = true;
  const app = () => /** @type {HTMLElement} */ (document.querySelector("[data-testid=stApp]"));
  const scheme = () => getComputedStyle(app()).colorScheme;
  /** @param {number} tries */
  const press = (tries) => {
    if (scheme() === window.glassboxDrawn || !tries) return;
    const free = document.querySelector("[data-test-script-state=notRunning]");
    if (free) /** @type {HTMLElement | null} */ (document.querySelector(".st-key-draw_anew button"))?.click();
    setTimeout(press, free ? 800 : 100, tries - 1);
  };
  const look = () => setTimeout(press, 100, 50);
  new MutationObserver(look).observe(app(), { attributeFilter: ["class"] });
}

// A page that finds its server again after its session was given up there (the computer slept, the server was started anew,
// another replica answers) has a new session, in which nothing was run: its fragments do not exist, and their controls do
// nothing. The page is run once then, from its link; where the session is the old one, nothing is lost. No issue found.
if (!window.glassboxReturn) {
  window.glassboxReturn = true;
  const app = /** @type {HTMLElement} */ (document.querySelector("[data-test-connection-state]"));
  const drawAnew = () => /** @type {HTMLElement | null} */ (document.querySelector(".st-key-draw_anew button"))?.click();
  let wasGone = false;
  const look = () => {
    const isThere = app.dataset.testConnectionState === "CONNECTED";
    if (isThere && wasGone) setTimeout(drawAnew, 100);
    wasGone = !isThere;
  };
  new MutationObserver(look).observe(app, { attributeFilter: ["data-test-connection-state"] });
}

// A link of the menu or between pages is the page's bare address: opened in a new tab, a session of its own, it would show
// another run without a word. `glassboxOwnChoices`, which Python sets, are choices of the page on screen alone. Streamlit
// takes a click with Control, Command or Shift as any other; such a click is left to the browser, which opens a new tab or
// window. No issue found.
if (!window.glassboxMenu) {
  window.glassboxMenu = true;
  const links = 'a[data-testid^="stTopNav"], a[data-testid^="stSidebarNav"], a[data-testid^="stPageLink"]';
  /** @param {Event} event */
  const linkAt = ({ target }) => {
    const link = target instanceof Element && target.closest(links);
    return link instanceof HTMLAnchorElement ? link : null;
  };
  /** @param {Event} event */
  const carry = (event) => {
    const link = linkAt(event);
    if (!link) return;
    const texts = new URLSearchParams(location.search);
    for (const name of window.glassboxOwnChoices) texts.delete(name);
    link.search = texts.toString();
  };
  for (const type of ["pointerover", "pointerdown", "focusin", "contextmenu"]) {
    window.addEventListener(type, carry, { capture: true, passive: true });
  }
  window.addEventListener("click", (event) => {
    if ((event.ctrlKey || event.metaKey || event.shiftKey) && linkAt(event)) event.stopImmediatePropagation();
  }, { capture: true });
}

// There is no command to scroll (streamlit/streamlit#9516). Up to the top, or with `chart` to the page's first one: the top of the page where the
// chart stands on the screen then, else the chart's own top, below the strip that stays in sight. What stands above it may
// still change its height for a while, so it is looked after until then. A person who scrolls is left alone.
window.glassboxScroll = (chart) => {
  const main = /** @type {HTMLElement} */ (document.querySelector("[data-testid=stMain]")), headerHeight = 60, breath = 8;
  let touched = false;
  for (const type of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    window.addEventListener(type, () => { touched = true; }, { once: true, passive: true });
  }
  main.scrollTo(0, 0);
  // Some components have nothing to show, and some charts are components.
  const charts = () => [...main.querySelectorAll("[data-testid=stPlotlyChart], [data-testid=stImage], [data-testid^=stBidiComponent]")]
    .filter((one) => one.getBoundingClientRect().height > 100);
  /** @param {number} tries */
  const look = (tries) => {
    const [first] = charts();
    if (touched || !tries) return;
    if (!first || document.querySelector("[data-test-script-state=running]")) setTimeout(look, 100, tries - 1);
    else keep(first, 20, 300);
  };
  /** @param {Element} first @param {number} tries once nothing runs any more @param {number} most in all */
  const keep = (first, tries, most) => {
    if (touched || !tries || !most || !first.isConnected) return;
    const place = first.getBoundingClientRect();
    // One beside it may begin higher: nothing of it may lie behind the strip.
    const beside = charts().map((one) => one.getBoundingClientRect()).filter(({ top, bottom }) => top < place.bottom && bottom > place.top);
    const top = Math.min(place.top, ...beside.map((one) => one.top));
    const strip = /** @type {HTMLElement | null} */ (main.querySelector(".st-key-strip, .st-key-words_strip"));
    const frame = strip?.parentElement;
    const above = Math.max(headerHeight, strip && frame ? strip.offsetHeight + parseFloat(getComputedStyle(frame).top) + breath : 0);
    const fits = place.bottom + main.scrollTop <= window.innerHeight;
    main.scrollTo(0, fits ? 0 : main.scrollTop + top - above);
    const runs = document.querySelector("[data-test-script-state=running]"); // then more will come, and move the chart
    setTimeout(keep, 100, first, runs ? tries : tries - 1, most - 1);
  };
  if (chart) setTimeout(look, 100, 300);
};
