// @ts-check
// What a picture needs to be the same on paper as on the page: lines as thick as they are drawn whatever its size, letters as
// wide as they were measured whatever the font, and light paper, hues kept, where the page is dark (as print.css has it).
// `repair_browser` sends this to every page.

if (!window.glassboxPrint) {
  const SVG = "http://www.w3.org/2000/svg";
  const COLOURS = ["fill", "stroke", "stop-color"];
  // Inverted, and the hue turned by half a circle: invert(1) hue-rotate(180deg) of CSS, as one matrix.
  const TURN = [[-0.574, 1.43, 0.144], [0.426, 0.43, 0.144], [0.426, 1.43, -0.856]];
  const MATRIX = TURN.map((row) => `${row.map((part) => -part).join(" ")} 0 1`).join(" ");

  const isDark = () => {
    const app = document.querySelector("[data-testid=stApp]");
    return app !== null && getComputedStyle(app).colorScheme === "dark";
  };
  let isLit = false; // while a view is drawn as on a light page
  /** Whether what is drawn is in a dark page's colours. */
  const isTurned = () => isDark() && !isLit;
  /** @param {number[]} colour red, green, blue of 0 to 255 @returns {number[]} */
  const turned = (colour) => TURN.map((row) => {
    const value = row.reduce((sum, part, k) => sum + part * (255 - colour[k]), 0);
    return Math.round(Math.min(255, Math.max(0, value)));
  });

  const pen = document.createElement("canvas").getContext("2d");
  /** @param {string} colour as CSS writes it @returns {string} the one on light paper; what is no colour stays */
  const lightColour = (colour) => {
    const known = window.glassboxLightColours?.[colour];
    if (known) return known;
    if (!pen || !CSS.supports("color", colour) || colour === "currentColor") return colour;
    pen.fillStyle = colour;
    const written = String(pen.fillStyle);
    const hex = /^#(..)(..)(..)$/.exec(written)?.slice(1).map((part) => Number.parseInt(part, 16));
    const [red, green, blue, alpha = 1] = hex ?? /^rgba\((.+)\)$/.exec(written)?.[1].split(",").map(Number) ?? [];
    if (blue === undefined) return colour;
    const light = turned([red, green, blue]).join(", ");
    return alpha === 1 ? `rgb(${light})` : `rgba(${light}, ${alpha})`;
  };
  /** Turns all colours of an SVG document to those of light paper; pictures within by a filter.
   *  @param {Element} root */
  const lighten = (root) => {
    const filter = document.createElementNS(SVG, "filter"), matrix = document.createElementNS(SVG, "feColorMatrix");
    filter.id = "glassbox-light";
    filter.setAttribute("color-interpolation-filters", "sRGB");
    matrix.setAttribute("values", `${MATRIX} 0 0 0 1 0`);
    filter.append(matrix);
    for (const one of /** @type {NodeListOf<SVGElement>} */ (root.querySelectorAll("*"))) {
      if (one.localName === "image") one.setAttribute("filter", "url(#glassbox-light)");
      for (const name of COLOURS) {
        const said = one.getAttribute(name), styled = one.style?.getPropertyValue(name);
        if (said) one.setAttribute(name, lightColour(said));
        if (styled) one.style.setProperty(name, lightColour(styled));
      }
    }
    root.prepend(filter);
  };

  /** Draws a live view as on a light page, and no wider than `widest` CSS pixels.
   *  @param {any} view @param {number} [widest] @returns {() => void} what draws it as it was */
  const inLight = (view, widest = Number.POSITIVE_INFINITY) => {
    const { element } = view, light = isDark() ? Object.entries(window.glassboxLight) : [], { width } = element.style;
    const again = () => {
      view.laidOut = "";
      if (view.layOut()) view.draw();
    };
    for (const [name, value] of light) element.style.setProperty(name, value);
    if (element.clientWidth > widest) element.style.width = `${widest}px`;
    view.onPaper = light.length > 0; // for colours that came from the server
    again();
    return () => {
      view.onPaper = false;
      for (const [name] of light) element.style.removeProperty(name);
      element.style.width = width;
      again();
    };
  };

  /** What `make` makes while what it is made of is drawn as on a light page.
   *  @template T @param {() => T} make @returns {T} */
  const asLight = (make) => {
    isLit = isDark();
    try {
      return make();
    } finally {
      isLit = false;
    }
  };
  /** Draws a board, which itself can draw its canvases anew, as on a light page.
   *  @param {ShadowRoot} root @returns {() => void} what draws it as it was */
  const boardInLight = (root) => {
    const light = Object.entries(window.glassboxLight);
    const parts = [...root.children].filter((one) => one instanceof HTMLElement);
    const draw = (/** @type {boolean} */ lit) => {
      isLit = lit;
      for (const canvas of root.querySelectorAll("canvas")) /** @type {any} */ (canvas).redraw?.();
    };
    for (const part of parts) for (const [name, value] of light) part.style.setProperty(name, value);
    draw(true);
    return () => {
      for (const part of parts) for (const [name] of light) part.style.removeProperty(name);
      draw(false);
    };
  };
  /** A colour of a board: on paper the light page's. @param {string} colour */
  const boardColour = (colour) => (isLit && window.glassboxLightColours?.[colour]) || colour;
  /** Makes a picture of a canvas while its view or board, where it has one, is drawn as on a light page.
   *  @template T @param {(canvas: HTMLCanvasElement) => T} make @returns {(canvas: HTMLCanvasElement) => T} */
  const onLightPage = (make) => (canvas) => {
    const { view } = /** @type {any} */ (canvas.closest(".live")) ?? {}, root = canvas.getRootNode();
    const isBoard = "redraw" in canvas && root instanceof ShadowRoot;
    if (!isDark() || !(view?.player.run || isBoard)) return make(canvas);
    const back = isBoard ? boardInLight(root) : inLight(view);
    try {
      return asLight(() => make(canvas));
    } finally {
      back();
    }
  };
  /** Has the copy's letters take as much room as the original's, in whatever font: sideways they then fit.
   *  @param {Element} original @param {Element} copy */
  const fixLetters = (original, copy) => {
    const copies = copy.querySelectorAll("text");
    for (const [k, text] of original.querySelectorAll("text").entries()) {
      const lines = text.querySelectorAll("tspan.line"), twins = copies[k].querySelectorAll("tspan.line");
      for (const [n, line] of (lines.length ? [...lines] : [text]).entries()) {
        const width = /** @type {SVGTextContentElement} */ (line).getComputedTextLength();
        if (!width || !line.textContent?.trim()) continue;
        const twin = lines.length ? twins[n] : copies[k];
        twin.setAttribute("textLength", width.toFixed(2));
        twin.setAttribute("lengthAdjust", "spacingAndGlyphs");
      }
    }
  };

  const MARGIN = 8; // pixels of white around what is drawn
  const UNSEEN = ".hoverlayer, .zoomlayer, .dragcover, .updatemenu-container, .slider-container"; // and what is pressed or slid
  /** Where a chart has something drawn, from its corner: white beside it would make its letters small on a sheet.
   *  @param {Element} chart @returns {number[]} left, top, width, height */
  const inked = (chart) => {
    const all = chart.getBoundingClientRect(), ends = [all.right, all.bottom, all.left, all.top];
    for (const one of chart.querySelectorAll(".main-svg :is(path, text, image, rect, circle, use)")) {
      const { left, top, right, bottom } = one.getBoundingClientRect(), style = getComputedStyle(one);
      const isEmpty = right <= left && bottom <= top, shown = (/** @type {string} */ paint) => !/^none|, 0\)$/.test(paint);
      const isClear = style.opacity === "0" || (!shown(style.fill) && !shown(style.stroke));
      if (isEmpty || one.closest(`${UNSEEN}, .draglayer, defs, .bg`) || (isClear && one.localName !== "image")) continue;
      ends.splice(0, 4, Math.min(ends[0], left), Math.min(ends[1], top), Math.max(ends[2], right), Math.max(ends[3], bottom));
    }
    const left = Math.max(ends[0] - MARGIN, all.left), top = Math.max(ends[1] - MARGIN, all.top);
    const width = Math.min(ends[2] + MARGIN, all.right) - left, height = Math.min(ends[3] + MARGIN, all.bottom) - top;
    return width > 0 && height > 0 ? [left - all.left, top - all.top, width, height] : [0, 0, all.width, all.height];
  };

  /** The document as its own text, ready for paper.
   *  @param {Element} root */
  const text = (root) => {
    for (const one of /** @type {NodeListOf<SVGElement>} */ (root.querySelectorAll("[style*=vector-effect]"))) {
      one.style.removeProperty("vector-effect"); // by which a line stays one pixel wide in a picture four times as large
    }
    if (isTurned()) lighten(root);
    return new XMLSerializer().serializeToString(root);
  };
  /** Turns a canvas to light paper where what is drawn is dark.
   *  @param {HTMLCanvasElement} canvas */
  const onLightPaper = (canvas) => {
    const context = canvas.getContext("2d");
    if (!context || !isTurned() || !canvas.width || !canvas.height) return canvas;
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height), { data } = pixels;
    for (let at = 0; at < data.length; at += 4) {
      const red = 255 - data[at], green = 255 - data[at + 1], blue = 255 - data[at + 2];
      for (let k = 0; k < 3; k++) data[at + k] = TURN[k][0] * red + TURN[k][1] * green + TURN[k][2] * blue; // clamped by its kind
    }
    context.putImageData(pixels, 0, 0);
    return canvas;
  };

  /** @type {Promise<string> | undefined} the page's font, once it was asked for */
  let face;
  // The page's font as a rule that holds within a picture, which may load nothing; "" where it cannot be had.
  const font = async () => {
    const rules = [...document.styleSheets].flatMap((sheet) => {
      try {
        return [...sheet.cssRules].map((rule) => ({ rule, base: sheet.href ?? location.href }));
      } catch {
        return []; // of another origin
      }
    });
    const found = rules.find(({ rule }) => rule instanceof CSSFontFaceRule && rule.style.fontStyle === "normal"
      && /^"?Source Sans"?$/.test(rule.style.getPropertyValue("font-family")));
    const [, place] = /url\("(.+?)"\)/.exec(found?.rule.cssText ?? "") ?? [];
    if (!found || !place) return "";
    const answer = await fetch(new URL(place, found.base));
    if (!answer.ok) return "";
    const blob = await answer.blob();
    /** @type {string} */
    const address = await new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(String(reader.result));
      reader.readAsDataURL(blob);
    });
    return `@font-face{font-family:"Source Sans";font-weight:100 900;src:url(${address})}`;
  };
  /** @param {string} svg */
  const withFont = async (svg) => {
    face ??= font().catch(() => "");
    const rule = await face, root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    const style = document.createElementNS(SVG, "style");
    style.textContent = rule;
    root.prepend(style);
    return new XMLSerializer().serializeToString(root);
  };

  window.glassboxPrint = {
    UNSEEN, isDark, isTurned, lightColour, inLight, boardInLight, boardColour, asLight, onLightPage, text, fixLetters, inked, onLightPaper, withFont,
  };
}
