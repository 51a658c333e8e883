// @ts-check
// Every figure as a picture for print, PNG or SVG, made in the browser alone. A Plotly figure is SVG already, and so is an image
// that a page has drawn; a view on canvas is drawn once more: four times as fine, or on paper that makes SVG of it; of a table
// or a plot that is HTML, boxes, dots and letters are drawn where they stand. `repair_browser` sends this to every page.

if (!window.glassboxPictures) {
  const SCALE = 4; // pixels of the picture for one of the screen: 800 of them are 27 cm at 300 dpi
  const SVG = "http://www.w3.org/2000/svg";

  const print = /** @type {NonNullable<typeof window.glassboxPrint>} */ (window.glassboxPrint);
  // White on paper, whatever the page is: a dark one is turned.
  const paper = () => (print.isTurned() ? "rgb(0, 0, 0)" : "rgb(255, 255, 255)");
  /** @param {string} name @param {Record<string, string | number>} attributes */
  const element = (name, attributes) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    return made;
  };
  /** @param {number} width @param {number} height @param {number} x @param {number} y where its corner lies */
  const sheet = (width, height, x = 0, y = 0) => {
    const root = element("svg", { xmlns: SVG, width, height, viewBox: `${x} ${y} ${width} ${height}` });
    root.append(element("rect", { x, y, width, height, fill: paper() }));
    return root;
  };

  // Plotly's layers lie one upon the other; what it draws by WebGL is a picture among them.
  /** @param {any} chart an element that Plotly drew, with what Plotly keeps at it */
  const plotlyPicture = (chart) => {
    const full = chart._fullLayout ?? {}, scenes = full._subplots?.gl3d ?? [], whole = chart.getBoundingClientRect();
    const [x, y, width, height] = scenes.length ? [0, 0, whole.width, whole.height] : print.inked(chart);
    const root = sheet(width, height, x, y);
    for (const name of scenes) {
      const { domain, _scene: scene } = full[name], size = full._size, [left, right] = domain.x, [bottom, top] = domain.y;
      root.append(element("image", { href: scene.toImage("png"), x: size.l + size.w * left, y: size.t + size.h * (1 - top),
        width: size.w * (right - left), height: size.h * (top - bottom), preserveAspectRatio: "none" }));
    }
    for (const layer of chart.querySelectorAll(".main-svg")) {
      const copy = layer.cloneNode(true);
      print.fixLetters(layer, copy);
      for (const unseen of copy.querySelectorAll(print.UNSEEN)) unseen.remove();
      copy.style.background = "none";
      root.append(copy);
    }
    return print.text(root);
  };

  // Draws once more, on canvases or paper that `fresh` gives, what a figure on canvas shows: which then lie one upon the other.
  /** @param {any} canvas @param {() => any} fresh @returns {any[]} */
  const drawAgain = (canvas, fresh) => {
    const { view } = canvas.closest(".live") ?? {}, one = fresh();
    if (canvas.redraw) { // one that can itself draw elsewhere
      canvas.paper = one;
      canvas.redraw();
      canvas.paper = null;
      canvas.redraw();
      return [one];
    }
    if (!view?.player.run) return [];
    const { diagram, map, chart, heads, theme, settings, parameters, frame } = view, { run } = view.player;
    if (canvas === diagram?.canvas) {
      const again = new diagram.constructor(one);
      again.layout(run.scene, diagram.width, diagram.height, theme, diagram.unit);
      again.sample = diagram.sample;
      again.draw(parameters, map.focus);
    } else if (canvas === chart?.canvas) {
      const again = new chart.constructor(one);
      again.layout(chart.width, chart.height, theme, chart.unit);
      again.drawRun(run, frame, settings.log);
    } else if (map && (canvas === map.base || canvas === map.overlay)) {
      const above = fresh(), again = new map.constructor(one, above);
      again.focus = map.focus;
      again.layout(run.scene, run.points, map.width, map.height, theme, map.unit);
      again.draw(parameters, { playing: false, discrete: settings.discrete && run.scene.task === "classification" });
      again.drawOverlay(settings, null);
      return [one, above];
    } else if (heads?.includes(canvas)) {
      const unseen = () => document.createElement("canvas"); // the paper is for one alone
      view.heads = heads.map((/** @type {any} */ head) => (head === canvas ? one : unseen()));
      view.drawHeads(run.frames[frame], run.words[frame].rows);
      view.heads = heads;
    } else {
      const curves = [view.loss, view.right].find((each) => each?.canvas === canvas);
      if (!curves?.picture) return [];
      const again = new curves.constructor(one);
      again.layout(curves.width, curves.height, curves.theme, curves.unit);
      again.frame = curves.frame;
      again.draw(curves.picture);
    }
    return [one];
  };

  const CLEAR = "rgba(0, 0, 0, 0)";
  // The box of an element, with its ground and its edges: a dot where its corners are round.
  /** @param {Element} one @param {DOMRect} from @returns {Element[]} */
  const boxOf = (one, from) => {
    const style = getComputedStyle(one), place = one.getBoundingClientRect(), { width, height } = place;
    const x = place.left - from.left, y = place.top - from.top, edge = Number.parseFloat(style.borderLeftWidth);
    if (style.borderRadius === "50%") {
      return [element("circle", { cx: x + width / 2, cy: y + height / 2, r: (width - edge) / 2, fill: style.backgroundColor,
        stroke: style.borderLeftColor, "stroke-width": edge })];
    }
    const drawn = style.backgroundColor === CLEAR ? [] : [element("rect", { x, y, width, height, fill: style.backgroundColor })];
    const line = (/** @type {string} */ d, /** @type {string} */ stroke, /** @type {number} */ across) =>
      drawn.push(element("path", { d, fill: "none", stroke, "stroke-width": across }));
    // On the diagonal, which HTML has as the ground of its plot, both numbers are the same.
    if (style.backgroundImage !== "none") line(`M${x} ${y + height}L${x + width} ${y}`, style.color, 1.6);
    if (one.matches(".field")) line(`M${x} ${y}V${y + height}H${x + width}`, style.borderLeftColor, edge);
    return drawn;
  };
  /** @param {Node} words a text within an element @param {DOMRect} from @returns {Element} */
  const lettersOf = (words, from) => {
    const range = document.createRange(), style = getComputedStyle(/** @type {Element} */ (words.parentElement));
    range.selectNodeContents(words);
    const place = range.getBoundingClientRect(), size = Number.parseFloat(style.fontSize);
    const x = (place.left + place.right) / 2 - from.left, y = (place.top + place.bottom) / 2 - from.top;
    const letters = element("text", { x, y: y + 0.35 * size, "text-anchor": "middle", "font-size": size, fill: style.color,
      "font-family": style.fontFamily, "font-weight": style.fontWeight });
    const isUpright = style.writingMode === "vertical-rl", length = isUpright ? place.height : place.width;
    if (isUpright) letters.setAttribute("transform", `rotate(-90 ${x} ${y})`);
    for (const [name, value] of [["textLength", length.toFixed(2)], ["lengthAdjust", "spacingAndGlyphs"]]) {
      letters.setAttribute(name, value);
    }
    letters.textContent = words.textContent;
    return letters;
  };
  /** @param {Element} figure one that is HTML */
  const htmlPicture = (figure) => {
    const from = figure.getBoundingClientRect(), root = sheet(from.width, from.height);
    const seen = [figure, ...figure.querySelectorAll("*")].filter((one) => !one.closest("caption, colgroup"));
    root.append(...seen.flatMap((one) => boxOf(one, from)));
    for (const one of seen) {
      for (const words of one.childNodes) {
        if (words.nodeType === Node.TEXT_NODE && words.textContent?.trim()) root.append(lettersOf(words, from));
      }
    }
    return print.text(root);
  };
  /** @param {HTMLImageElement} image one whose address is its SVG; on a dark page the light one may stand behind it */
  const imagePicture = (image) => {
    const twin = image.nextElementSibling, isLight = twin instanceof HTMLImageElement && twin.matches(".glassbox-on-paper");
    return isLight ? print.asLight(() => imageSheet(image, twin.src)) : imageSheet(image, image.src);
  };
  /** @param {HTMLImageElement} image @param {string} address its SVG */
  const imageSheet = (image, address) => {
    const bytes = Uint8Array.from(atob(address.slice(address.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));
    const drawn = new DOMParser().parseFromString(new TextDecoder().decode(bytes), "image/svg+xml").documentElement;
    const { width, height } = image.getBoundingClientRect(), root = sheet(width, height);
    for (const [name, value] of Object.entries({ width, height })) drawn.setAttribute(name, String(value));
    root.append(drawn);
    return print.text(root);
  };
  /** @param {Element} figure */
  const svgOf = (figure) => (figure instanceof HTMLImageElement ? imagePicture(figure)
    : figure.matches(".js-plotly-plot") ? plotlyPicture(figure) : htmlPicture(figure));

  const fineCanvas = () => {
    const one = document.createElement("canvas");
    one.dataset.ratio = String(SCALE);
    return one;
  };
  /** @param {HTMLCanvasElement} canvas */
  const pictureOf = (canvas) => {
    const again = drawAgain(canvas, fineCanvas), layers = again.length ? again : [canvas];
    const whole = Object.assign(document.createElement("canvas"), { width: layers[0].width, height: layers[0].height });
    const context = whole.getContext("2d");
    if (!context) return whole;
    context.fillStyle = paper();
    context.fillRect(0, 0, whole.width, whole.height);
    for (const layer of layers) context.drawImage(layer, 0, 0);
    return print.onLightPaper(whole);
  };

  // What SVG needs of the browser: see svg_paper.js. A picture within is as fine as print needs and no finer.
  const tools = {
    /** @param {string} font @param {string} words */
    measure: (font, words) => {
      const pen = document.createElement("canvas").getContext("2d");
      if (!pen) return 0;
      pen.font = font;
      return pen.measureText(words).width;
    },
    /** @param {HTMLCanvasElement} source @param {number[]} area @param {number} width @param {number} height @param {boolean} smooth */
    picture: (source, [x, y, across, down], width, height, smooth) => {
      const size = smooth ? { width: Math.min(SCALE * width, 8 * across), height: Math.min(SCALE * height, 8 * down) }
        : { width: across, height: down };
      const fine = Object.assign(document.createElement("canvas"), size), pen = fine.getContext("2d");
      if (pen) pen.imageSmoothingQuality = "high";
      pen?.drawImage(source, x, y, across, down, 0, 0, fine.width, fine.height);
      return fine.toDataURL("image/png");
    },
  };
  /** A figure on canvas as SVG; one that cannot be drawn again, as a picture in it.
   *  @param {HTMLCanvasElement} canvas */
  const vectorsOf = (canvas) => {
    const { width, height } = canvas.getBoundingClientRect(), root = sheet(width, height);
    /** @type {any[]} */
    let drawn = [];
    const inner = window.glassboxSvg?.((one) => { drawn = drawAgain(canvas, () => one); }, tools);
    if (!drawn.length || !inner) {
      root.append(element("image", { href: pictureOf(canvas).toDataURL("image/png"), width, height }));
      return print.text(root);
    }
    root.setAttribute("viewBox", `0 0 ${drawn[0].width} ${drawn[0].height}`);
    root.querySelector("rect")?.setAttribute("width", drawn[0].width);
    root.querySelector("rect")?.setAttribute("height", drawn[0].height);
    const all = element("g", {});
    all.innerHTML = inner;
    root.append(...all.childNodes);
    return print.text(root);
  };

  const canvasPicture = print.onLightPage(pictureOf), canvasSvg = print.onLightPage(vectorsOf);

  /** @param {Blob | null} blob @param {string} ending */
  const save = (blob, ending) => {
    if (!blob) return; // a canvas without a pixel
    const page = location.pathname.split("/").pop() || "train"; // so that pictures of several pages can be told apart
    const link = Object.assign(document.createElement("a"), {
      href: URL.createObjectURL(blob), download: `glassbox-${page}.${ending}`,
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  /** @param {HTMLCanvasElement} canvas */
  const savePng = (canvas) => canvas.toBlob((blob) => save(blob, "png"), "image/png");
  /** @param {string} svg */
  const saveSvg = (svg) => save(new Blob([svg], { type: "image/svg+xml" }), "svg");

  /** @param {Element} figure @param {"png" | "svg"} ending */
  const take = async (figure, ending) => {
    if (figure instanceof HTMLCanvasElement) {
      if (ending === "png") savePng(canvasPicture(figure));
      else saveSvg(canvasSvg(figure));
      return;
    }
    const charts = figure.matches(".js-plotly-plot") && print.isDark() ? window.glassboxFigure : undefined;
    const svg = charts?.canDraw(figure) ? await charts.onLightPage(figure, (chart) => print.asLight(() => plotlyPicture(chart)))
      : svgOf(figure);
    if (ending === "svg") return saveSvg(svg);
    const picture = new Image();
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await print.withFont(svg))}`;
    await picture.decode();
    const { width, height } = picture;
    const canvas = Object.assign(document.createElement("canvas"), { width: SCALE * width, height: SCALE * height });
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    savePng(canvas);
  };

  window.glassboxPictures = { take, plotlyPicture, canvasPicture, canvasSvg };
}
