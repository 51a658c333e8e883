// @ts-check
// A Plotly figure for paper: in the light page's colours, which a dark page's figure brings along in its layout's `meta`, and
// no wider than a sheet, so that its letters are as large there as on the screen. `repair_browser` sends this to every page.

if (!window.glassboxFigure) {
  const SHEET = 700; // CSS pixels: A4 without its margins (print.css) is 186 mm wide, and has 96 of them to an inch
  const LEAST = 9.5; // CSS pixels of a letter's size: 7.1 points

  /** Where a letter's size is less than can be read on paper, and what it is there.
   *  @param {any} part of a figure, at `path` from it @param {(string | number)[]} path
   *  @returns {[(string | number)[], unknown][]} */
  const raised = (part, path) => Object.entries(part).flatMap(([name, value]) => {
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || name === "meta" || name === "template") return [];
    const here = [...path, name], { size } = value;
    if (!/^(font|(text|tick)font)$/.test(name)) return Array.isArray(value) && typeof value[0] !== "object" ? [] : raised(value, here);
    if (Array.isArray(size)) return [[[...here, "size"], size.map((one) => Math.max(LEAST, one))]];
    return size < LEAST ? [[[...here, "size"], LEAST]] : [];
  });
  /** A copy of `whole` with other values at some places; only what lies on the way to one is copied.
   *  @param {any} whole @param {[(string | number)[], unknown][]} changes */
  const changed = (whole, changes) => {
    const copies = new Map();
    /** @param {any} one @returns {any} */
    const copyOf = (one) => {
      if (!copies.has(one)) {
        const copy = Array.isArray(one) ? [...one] : { ...one };
        copies.set(one, copy);
        copies.set(copy, copy);
      }
      return copies.get(one);
    };
    const made = copyOf(whole);
    for (const [path, value] of changes) {
      let at = made;
      for (const name of path.slice(0, -1)) {
        if (typeof at[name] !== "object" || at[name] === null) { // what is no longer there needs no other colour
          at = null;
          break;
        }
        at = at[name] = copyOf(at[name]);
      }
      if (at) at[path[path.length - 1]] = value;
    }
    return made;
  };
  /** What Plotly draws of a chart on paper.
   *  @param {any} chart @param {number} [widest] */
  const forPaper = (chart, widest = Number.POSITIVE_INFINITY) => {
    const { data, layout } = chart, light = window.glassboxPrint?.isDark() ? layout.meta?.light ?? [] : [];
    const sized = [...light, [["layout", "width"], Math.min(widest, chart.clientWidth)]];
    if (widest !== SHEET) return changed({ data, layout }, sized);
    const height = Number(getComputedStyle(chart).getPropertyValue("--sheet-height")) || layout.height;
    return changed({ data, layout }, [...sized, ...raised({ data, layout }, []), [["layout", "height"], height]]);
  };
  /** Whether a chart can be drawn anew: the Plotly in Streamlit is there, and what it needs of a dark page's figure.
   *  @param {any} chart */
  const canDraw = (chart) => Boolean(window.Plotly && chart._fullLayout && chart.clientWidth
    && (!window.glassboxPrint?.isDark() || chart.layout.meta?.light));

  /** Draws a chart as on paper.
   *  @param {any} chart @returns {() => void} what draws it as it was */
  const toPaper = (chart) => {
    const { data, layout } = chart, paper = forPaper(chart, SHEET);
    window.Plotly.react(chart, paper.data, paper.layout);
    return () => window.Plotly.react(chart, data, layout);
  };
  /** What `make` makes of a chart while it is drawn as on a light page, beside the page.
   *  @template T @param {any} chart @param {(chart: Element) => T} make @returns {Promise<T>} */
  const onLightPage = async (chart, make) => {
    const beside = document.createElement("div"), { data, layout } = forPaper(chart);
    beside.style.cssText = "position: fixed; left: 0; top: 0; z-index: -1; opacity: 0; pointer-events: none";
    document.body.append(beside);
    try {
      await window.Plotly.newPlot(beside, data, { ...layout, height: chart.clientHeight }, { staticPlot: true });
      return make(beside);
    } finally {
      window.Plotly.purge(beside);
      beside.remove();
    }
  };
  window.glassboxFigure = { SHEET, canDraw, toPaper, onLightPage };
}
