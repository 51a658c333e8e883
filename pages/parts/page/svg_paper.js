// @ts-check
// Paper that takes the calls of a canvas and makes SVG of them, for print: lines, circles and letters stay what they are, and
// only what is painted pixel by pixel (a decision map) becomes a picture within. `repair_browser` sends this to every page.

/** How what comes next is drawn.
 *  @typedef {{fillStyle: string, strokeStyle: string, lineWidth: number, lineJoin: string, dash: number[], font: string,
 *    textAlign: string, textBaseline: string, imageSmoothingEnabled: boolean, transform: string, clipped: string}} Pen */
/** What SVG cannot do by itself: a text's width in a font, and an area of a canvas as the address of a picture so large.
 *  @typedef {{measure: (font: string, text: string) => number,
 *    picture: (source: any, area: number[], width: number, height: number, smooth: boolean) => string}} Tools */

if (!window.glassboxSvg) {
  /** @param {number} value */
  const short = (value) => String(Math.round(value * 1000) / 1000);
  /** @param {number[]} values */
  const list = (...values) => values.map(short).join(" ");
  /** @param {unknown} text */
  const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  /** @param {string} name @param {Record<string, unknown>} attributes @param {string} [inner] */
  const tag = (name, attributes, inner = "") => {
    const said = Object.entries(attributes).filter(([, value]) => value !== "").map(([key, value]) => ` ${key}="${escaped(value)}"`);
    return `<${name}${said.join("")}>${inner}<${"/"}${name}>`;
  };
  /** A colour as an attribute and its opacity as another: many a program knows no other way.
   *  @param {string} name "fill" or "stroke" @param {string} colour */
  const paint = (name, colour) => {
    const [, red, green, blue, alpha] = /^rgba\((\d+), ?(\d+), ?(\d+), ?([\d.]+)\)$/.exec(colour) ?? [];
    return alpha === undefined ? { [name]: colour }
      : { [name]: `rgb(${red},${green},${blue})`, [`${name}-opacity`]: Number(alpha) === 1 ? "" : alpha };
  };

  class SvgPath {
    d = "";
    /** The circle that is all of this path, where it is one. @type {number[] | null} */
    circle = null;

    /** @param {string} more */
    add(more) {
      this.d += more;
      this.circle = null;
    }
    /** @param {number} x @param {number} y */
    moveTo(x, y) {
      this.add(`M${list(x, y)}`);
    }
    /** @param {number} x @param {number} y */
    lineTo(x, y) {
      this.add(`${this.d ? "L" : "M"}${list(x, y)}`);
    }
    /** @param {number[]} places */
    bezierCurveTo(...places) {
      this.add(`C${list(...places)}`);
    }
    closePath() {
      this.add("Z");
    }
    /** @param {number} x @param {number} y @param {number} width @param {number} height */
    rect(x, y, width, height) {
      this.add(`M${list(x, y)}h${short(width)}v${short(height)}h${short(-width)}Z`);
    }
    /** @param {number} x @param {number} y @param {number} width @param {number} height @param {number} radius */
    roundRect(x, y, width, height, radius) {
      const r = Math.min(radius, width / 2, height / 2), turn = `a${list(r, r)} 0 0 1 `;
      this.add(`M${list(x + r, y)}h${short(width - 2 * r)}${turn}${list(r, r)}v${short(height - 2 * r)}${turn}${list(-r, r)}`
        + `h${short(2 * r - width)}${turn}${list(-r, -r)}v${short(2 * r - height)}${turn}${list(r, -r)}Z`);
    }
    /** Whole circles alone: nothing else is drawn.
     *  @param {number} x @param {number} y @param {number} radius */
    arc(x, y, radius) {
      const alone = !this.d || this.d === `M${list(x + radius, y)}`, r = `A${list(radius, radius)} 0 1 1 `;
      this.add(`M${list(x + radius, y)}${r}${list(x - radius, y)}${r}${list(x + radius, y)}`);
      this.circle = alone ? [x, y, radius] : null;
    }
  }

  /** @type {Pen} */
  const PEN = { fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, lineJoin: "miter", dash: [], font: "10px sans-serif",
    textAlign: "left", textBaseline: "alphabetic", imageSmoothingEnabled: true, transform: "", clipped: "" };
  /** @type {Record<string, string>} */
  const ANCHORS = { center: "middle", right: "end", end: "end" };

  class SvgContext {
    /** What is set as on a canvas: the colours, the font and so on.
     *  @type {any} */
    pen = this;
    path = new SvgPath();
    /** @type {string[]} */
    elements = [];
    clips = 0;
    name = `area${Math.random().toString(36).slice(2, 8)}`; // so that several stand in one document
    /** @type {Pen[]} */
    saved = [];

    /** @param {Tools} tools */
    constructor(tools) {
      this.tools = tools;
      Object.assign(this, PEN);
    }

    save() {
      this.saved.push(/** @type {any} */ (Object.fromEntries(Object.keys(PEN).map((name) => [name, this.pen[name]]))));
    }
    restore() {
      Object.assign(this, this.saved.pop());
    }
    setTransform() {
      this.pen.transform = "";
    }
    /** @param {string} more */
    turn(more) {
      this.pen.transform = `${this.pen.transform} ${more}`.trim();
    }
    /** @param {number} x @param {number} y */
    translate(x, y) {
      this.turn(`translate(${list(x, y)})`);
    }
    /** @param {number} angle */
    rotate(angle) {
      this.turn(`rotate(${short((angle * 180) / Math.PI)})`);
    }
    /** @param {number} x @param {number} y */
    scale(x, y) {
      this.turn(`scale(${list(x, y)})`);
    }
    /** @param {number[]} dash */
    setLineDash(dash) {
      this.pen.dash = dash;
    }
    /** The paper is new: there is nothing to take away. */
    clearRect() {}

    beginPath() {
      this.path = new SvgPath();
    }
    /** What is inside the path, and inside what held before.
     *  @param {SvgPath} [path] */
    clip(path = this.path) {
      this.clips += 1;
      const { clipped, transform } = this.pen, id = `${this.name}-${this.clips}`;
      this.elements.push(tag("clipPath", { id, "clip-path": clipped }, tag("path", { d: path.d, transform })));
      this.pen.clipped = `url(#${id})`;
    }

    /** @param {string} name @param {Record<string, unknown>} attributes @param {string} [inner] */
    put(name, attributes, inner) {
      const { transform, clipped } = this.pen;
      const element = tag(name, clipped && transform ? { ...attributes, transform } : { ...attributes, transform, "clip-path": clipped }, inner);
      // An element's own transform would turn the area along with it.
      this.elements.push(clipped && transform ? tag("g", { "clip-path": clipped }, element) : element);
    }
    /** @param {SvgPath} path @param {Record<string, unknown>} looks */
    shape({ d, circle }, looks) {
      if (circle) this.put("circle", { cx: short(circle[0]), cy: short(circle[1]), r: short(circle[2]), ...looks });
      else if (d) this.put("path", { d, ...looks });
    }
    /** How a line looks. */
    line() {
      const { dash, lineJoin, lineWidth, strokeStyle } = this.pen;
      return { fill: "none", ...paint("stroke", strokeStyle), "stroke-width": short(lineWidth), "stroke-dasharray": list(...dash),
        "stroke-linejoin": lineJoin === "miter" ? "" : lineJoin };
    }
    /** @param {SvgPath} [path] */
    stroke(path = this.path) {
      this.shape(path, this.line());
    }
    /** @param {SvgPath} [path] */
    fill(path = this.path) {
      this.shape(path, paint("fill", this.pen.fillStyle));
    }
    /** @param {number} x @param {number} y @param {number} width @param {number} height */
    fillRect(x, y, width, height) {
      this.put("rect", { x: short(x), y: short(y), width: short(width), height: short(height), ...paint("fill", this.pen.fillStyle) });
    }
    /** A rectangle without a width or a height is a line, which SVG would not draw.
     *  @param {number} x @param {number} y @param {number} width @param {number} height */
    strokeRect(x, y, width, height) {
      if (width && height) this.put("rect", { x: short(x), y: short(y), width: short(width), height: short(height), ...this.line() });
      else this.put("line", { x1: short(x), y1: short(y), x2: short(x + width), y2: short(y + height), ...this.line() });
    }

    /** @param {string} text */
    measureText(text) {
      return { width: this.tools.measure(this.pen.font, text) };
    }
    /** @param {string} text @param {number} x @param {number} y @param {Record<string, unknown>} looks @param {number} [most] */
    letters(text, x, y, looks, most) {
      const { font, textAlign, textBaseline } = this.pen;
      const [, weight = "", size = "10", family = "sans-serif"] = /^(?:(\d+) )?([\d.]+)px (.+)$/.exec(font) ?? [];
      // As wide as on the screen in whatever font a program has, and tight where there is no room.
      const width = this.measureText(text).width;
      const fixed = { textLength: short(Math.min(width, most || width)), lengthAdjust: "spacingAndGlyphs" };
      this.put("text", { x: short(x), y: short(y), "font-family": family, "font-size": size, "font-weight": weight,
        "text-anchor": ANCHORS[textAlign] ?? "", "dominant-baseline": textBaseline === "middle" ? "central" : "", ...looks, ...(width ? fixed : {}) },
      escaped(text));
    }
    /** @param {string} text @param {number} x @param {number} y @param {number} [most] */
    fillText(text, x, y, most) {
      this.letters(text, x, y, paint("fill", this.pen.fillStyle), most);
    }
    /** @param {string} text @param {number} x @param {number} y @param {number} [most] */
    strokeText(text, x, y, most) {
      this.letters(text, x, y, this.line(), most);
    }

    /** A canvas, or an area of it, as a picture.
     *  @param {any} source @param {number[]} numbers the area, where it is not all, and the place */
    drawImage(source, ...numbers) {
      const [x, y, width, height] = numbers.slice(-4), smooth = this.pen.imageSmoothingEnabled;
      const area = numbers.length > 4 ? numbers.slice(0, 4) : [0, 0, source.width, source.height];
      this.put("image", { x: short(x), y: short(y), width: short(width), height: short(height), preserveAspectRatio: "none",
        "image-rendering": smooth ? "" : "pixelated", href: this.tools.picture(source, area, width, height, smooth) });
    }
  }

  // A context has a path of its own, and its ways of adding to it.
  for (const name of ["moveTo", "lineTo", "bezierCurveTo", "closePath", "rect", "roundRect", "arc"]) {
    Object.assign(SvgContext.prototype, {
      /** @this {any} @param {number[]} numbers */
      [name](...numbers) {
        this.path[name](...numbers);
      },
    });
  }

  /** What is drawn on paper by `draw`, as the elements of an SVG document in CSS pixels. The paper is like a canvas.
   *  @param {(paper: any) => void} draw
   *  @param {Tools} tools */
  const onPaper = (draw, tools) => {
    const context = new SvgContext(tools), screenPath = window.Path2D;
    window.Path2D = /** @type {any} */ (SvgPath); // the drawing code makes paths of its own
    try {
      draw({ style: {}, dataset: { ratio: "1" }, getContext: () => context, setAttribute() {} });
    } finally {
      window.Path2D = screenPath;
    }
    return context.elements.join("\n");
  };
  window.glassboxSvg = onPaper;
}
