// @ts-check
// What stands on every page and needs the browser: the button that opens the sidebar on a phone, settings that are folded
// there, on a long page the list of its parts, and in a frame of another site the link that opens the page by itself.
if (!window.glassboxWay) {
  const LONG = 2500; // pixels; shorter pages need no list
  const LONGEST_NAME = 44; // letters: what is longer is a sentence, not a heading
  const MOST = 9; // links in the list
  const NO_PART = "button, a, details, .st-key-strip, .st-key-words_strip, .st-key-head, " +
    "[data-testid=stCaptionContainer], label:not([data-testid=stMetricLabel])";

  /** A page in a frame of another site opened by itself: with the settings that its link has now. */
  const alone = () => {
    const address = new URL(location.href);
    for (const name of ["embed", "embed_options"]) address.searchParams.delete(name);
    return address.href;
  };

  document.addEventListener("click", (event) => {
    const { target } = event;
    if (target instanceof Element && target.closest(".glassbox-alone")) {
      event.preventDefault();
      window.open(alone(), "_blank", "noopener");
      return;
    }
    const pressed = target instanceof Element && target.closest(".glassbox-open, .glassbox-unfold, .glassbox-jumps a");
    if (!pressed) return;
    event.preventDefault();
    if (pressed.matches(".glassbox-open")) {
      const opener = '[data-testid="stExpandSidebarButton"] button, button[data-testid="stExpandSidebarButton"]';
      /** @type {HTMLElement | null} */ (document.querySelector(opener))?.click();
    } else if (pressed.matches(".glassbox-unfold")) {
      const open = document.body.classList.toggle("glassbox-unfolded");
      for (const button of document.querySelectorAll(".glassbox-unfold")) button.setAttribute("aria-expanded", String(open));
    } else {
      parts().find((part) => part.name === pressed.textContent)?.element.scrollIntoView({ block: "start" });
    }
  });

  /** Headings of the page, numbers shown large, paragraphs that begin with a short bold name, once each, and the foot. */
  const parts = () => {
    const main = document.querySelector("[data-testid=stMain]");
    const found = new Map();
    const marks = main?.querySelectorAll("h2, h3, h4, h5, p > strong:first-child, [data-testid=stMetricLabel] p") ?? [];
    for (const mark of marks) {
      const name = mark.textContent.trim().replace(/[.:]$/, "");
      const begins = mark.tagName !== "STRONG" || mark.parentElement?.textContent.trim().startsWith(mark.textContent.trim());
      const shown = mark.getClientRects().length > 0 && !mark.closest(NO_PART);
      if (begins && shown && name && name.length <= LONGEST_NAME && !found.has(name)) found.set(name, mark);
    }
    const foot = main?.querySelector(".st-key-way_foot");
    if (foot) found.set("Next page", foot);
    return [...found].map(([name, element]) => ({ name, element }));
  };

  const list = () => {
    const place = /** @type {HTMLElement | null} */ (document.querySelector(".glassbox-jumps"));
    const main = document.querySelector("[data-testid=stMain]");
    if (!place || !main) return;
    watchHeight(main);
    const names = main.scrollHeight > LONG ? parts().map((part) => part.name) : [];
    if (names.length > MOST) names.splice(MOST - 1, names.length - MOST);
    const text = names.join("\n");
    if (place.dataset.names === text) return;
    place.dataset.names = text;
    place.replaceChildren(...names.map((name) => {
      const link = document.createElement("a");
      link.href = "#";
      link.textContent = name;
      return link;
    }));
  };
  let isWaiting = false;
  const soon = () => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      list();
    }, 300);
  };
  // A figure may grow, and the page with it, long after anything was put into it.
  const heights = new ResizeObserver(soon);
  /** @type {Element | null} */
  let watched = null;
  /** @param {Element} main */
  const watchHeight = (main) => {
    const body = main.querySelector("[data-testid=stMainBlockContainer]");
    if (!body || body === watched) return;
    heights.disconnect();
    heights.observe(body);
    watched = body;
  };
  window.glassboxWay = new MutationObserver(soon);
  window.glassboxWay.observe(document.body, { childList: true, subtree: true });
  window.addEventListener("resize", soon);
}
