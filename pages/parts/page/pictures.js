// @ts-check
// Every figure as a picture for print, made in the browser alone: two small buttons at its corner, for PNG and for SVG, come
// into sight when it is pointed at or reached by the keyboard. A Plotly figure is SVG already; a view on canvas is drawn once
// more, four times as fine. `repair_browser` sends this to every page.

if (!window.glassboxPictures) {
  const SCALE = 4; // pixels of the picture for one of the screen: 800 of them are 27 cm at 300 dpi
  const SVG = "http://www.w3.org/2000/svg";

  const paper = () => getComputedStyle(document.querySelector("[data-testid=stApp]") ?? document.body).backgroundColor;
  /** @param {string} name @param {Record<string, string | number>} attributes */
  const element = (name, attributes) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    return made;
  };
  /** @param {number} width @param {number} height */
  const sheet = (width, height) => {
    const root = element("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
    root.append(element("rect", { width, height, fill: paper() }));
    return root;
  };
  /** @param {Node} root */
  const text = (root) => new XMLSerializer().serializeToString(root);

  // Plotly's layers lie one upon the other; what it draws by WebGL is a picture among them.
  /** @param {any} chart an element that Plotly drew, with what Plotly keeps at it */
  const plotlyPicture = (chart) => {
    const { width, height } = chart.getBoundingClientRect(), root = sheet(width, height);
    const full = chart._fullLayout ?? {};
    for (const name of full._subplots?.gl3d ?? []) {
      const { domain: { x, y }, _scene: scene } = full[name], size = full._size;
      root.append(element("image", { href: scene.toImage("png"), x: size.l + size.w * x[0], y: size.t + size.h * (1 - y[1]),
        width: size.w * (x[1] - x[0]), height: size.h * (y[1] - y[0]), preserveAspectRatio: "none" }));
    }
    for (const layer of chart.querySelectorAll(".main-svg")) {
      const copy = layer.cloneNode(true);
      for (const unseen of copy.querySelectorAll(".hoverlayer, .zoomlayer, .dragcover")) unseen.remove();
      copy.style.background = "none";
      root.append(copy);
    }
    return text(root);
  };

  // What a live view shows on these canvases, drawn once more by objects of the same kinds.
  /** @param {any} live @param {HTMLCanvasElement} canvas */
  const liveLayers = (live, canvas) => {
    const fine = () => document.createElement("canvas");
    const { diagram, map, chart, theme, settings, parameters, frame } = live, { run } = live.player;
    const canvases = [fine(), fine()];
    for (const one of canvases) one.dataset.ratio = String(SCALE);
    if (canvas === diagram.canvas) {
      const again = new diagram.constructor(canvases[0]);
      again.layout(run.scene, diagram.width, diagram.height, theme, diagram.unit);
      again.sample = diagram.sample;
      again.draw(parameters, map.focus);
    } else if (canvas === chart.canvas) {
      const again = new chart.constructor(canvases[0]);
      again.layout(chart.width, chart.height, theme, chart.unit);
      again.drawRun(run, frame, settings.log);
    } else if (canvas === map.base || canvas === map.overlay) {
      const again = new map.constructor(...canvases);
      again.focus = map.focus;
      again.layout(run.scene, run.points, map.width, map.height, theme, map.unit);
      again.draw(parameters, { playing: false, discrete: settings.discrete && run.scene.task === "classification" });
      again.drawOverlay(settings, null);
      return canvases;
    } else return null;
    return canvases.slice(0, 1);
  };

  /** @param {HTMLCanvasElement} canvas */
  const canvasPicture = (canvas) => {
    const live = window.glassbox?.live, layers = (live?.player?.run && liveLayers(live, canvas)) || [canvas];
    const whole = Object.assign(document.createElement("canvas"), { width: layers[0].width, height: layers[0].height });
    const context = whole.getContext("2d");
    if (!context) return whole;
    context.fillStyle = paper();
    context.fillRect(0, 0, whole.width, whole.height);
    for (const layer of layers) context.drawImage(layer, 0, 0);
    return whole;
  };

  /** @param {Blob | null} blob @param {string} ending */
  const save = (blob, ending) => {
    if (!blob) return; // a canvas without a pixel
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: `glassbox.${ending}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  /** @param {HTMLCanvasElement} canvas */
  const savePng = (canvas) => canvas.toBlob((blob) => save(blob, "png"), "image/png");
  /** @param {string} svg */
  const saveSvg = (svg) => save(new Blob([svg], { type: "image/svg+xml" }), "svg");

  /** @param {Element} figure @param {"png" | "svg"} ending */
  const take = (figure, ending) => {
    if (figure instanceof HTMLCanvasElement) {
      const canvas = canvasPicture(figure);
      if (ending === "png") return savePng(canvas);
      const { width, height } = figure.getBoundingClientRect(), root = sheet(width, height);
      root.append(element("image", { href: canvas.toDataURL("image/png"), width, height }));
      return saveSvg(text(root));
    }
    const svg = plotlyPicture(figure);
    if (ending === "svg") return saveSvg(svg);
    const { width, height } = figure.getBoundingClientRect(), picture = new Image();
    picture.onload = () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: SCALE * width, height: SCALE * height });
      canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
      savePng(canvas);
    };
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  };

  const bar = document.createElement("div");
  bar.className = "glassbox-pictures";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Save this picture");
  bar.hidden = true;
  /** @type {Element | null} */
  let shown = null;
  let leaving = setTimeout(() => {}, 0);
  for (const ending of /** @type {const} */ (["png", "svg"])) {
    const button = Object.assign(document.createElement("button"), {
      type: "button", textContent: ending.toUpperCase(), title: `Save this picture as ${ending.toUpperCase()}, for print`,
    });
    button.addEventListener("click", () => shown && take(shown, ending));
    bar.append(button);
  }
  document.body.append(bar);

  /** @param {EventTarget} one @returns {one is Element} */
  const isFigure = (one) => one instanceof HTMLCanvasElement || (one instanceof Element && one.matches(".js-plotly-plot"));
  /** @param {Event} event */
  const show = (event) => {
    if (event.composedPath().includes(bar)) {
      clearTimeout(leaving);
      return;
    }
    const figure = event.composedPath().find(isFigure);
    clearTimeout(leaving);
    if (!figure) {
      leaving = setTimeout(() => { bar.hidden = true; }, 400);
      return;
    }
    shown = figure;
    bar.hidden = false;
    lay();
  };
  const lay = () => {
    if (bar.hidden || !shown) return;
    const place = shown.getBoundingClientRect();
    bar.style.left = `${place.right - bar.offsetWidth}px`;
    bar.style.top = `${Math.max(place.top - bar.offsetHeight, 44)}px`;
  };
  for (const type of ["pointerover", "focusin"]) window.addEventListener(type, show, { capture: true, passive: true });
  window.addEventListener("scroll", lay, { capture: true, passive: true });
  window.glassboxPictures = { take, plotlyPicture, canvasPicture };
}
