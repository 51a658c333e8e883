// A training as it goes on: plays the recorded frames that it has at an even pace, and asks for more before they run out.
const PANEL = [420, 190], LEFT = 46, RIGHT = 10, TOP = 26, BOTTOM = 34; // a panel of curves, in pixels
const CELL = 26, LARGE = 42, FEW = 4, LETTER = 8; // of a matrix: its cells, larger ones where they are few
const DASHES = { solid: [], dash: [7, 5], dot: [2, 4] };
const AHEAD = 0.5; // seconds of frames that are asked for in time
const RETRY = 4000, INSIST = 500; // milliseconds until it asks once more, or says again that it is to end

const lerp = (from, to, share) => "#" + [1, 3, 5].map((i) => {
  const [a, b] = [from, to].map((colour) => parseInt(colour.slice(i, i + 2), 16));
  return Math.round(a + (b - a) * share).toString(16).padStart(2, "0");
}).join("");

function pen(canvas, [width, height]) {
  const scale = window.devicePixelRatio || 1;
  Object.assign(canvas.style, { width: `${width}px`, maxWidth: "100%", aspectRatio: `${width} / ${height}` });
  if (canvas.width !== Math.round(width * scale)) [canvas.width, canvas.height] = [width * scale, height * scale].map(Math.round);
  const context = canvas.getContext("2d");
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  context.font = "13px sans-serif";
  return context;
}

function write(context, text, x, y, align = "left") {
  context.textAlign = align;
  context.fillText(text, x, y);
}

// One panel: `curves` are columns of the scores with their styles, on an axis up to `top` and to all updates.
function panel(canvas, title, curves, top, topText, state) {
  const context = pen(canvas, PANEL), { colours, total } = state.settings;
  const [width, height] = [PANEL[0] - LEFT - RIGHT, PANEL[1] - TOP - BOTTOM], base = TOP + height;
  context.strokeStyle = colours.line;
  context.strokeRect(LEFT, TOP, 0, height);
  context.strokeRect(LEFT, base, width, 0);
  context.fillStyle = colours.text;
  write(context, title, LEFT, 15);
  write(context, topText, LEFT - 6, TOP + 9, "right");
  write(context, "0", LEFT - 6, base + 4, "right");
  write(context, "0", LEFT, base + 20);
  write(context, `${total.toLocaleString("en")} updates`, LEFT + width, base + 20, "right");
  for (const [column, style] of curves) {
    const points = state.frames.slice(0, state.shown + 1).map((frame) => [
      LEFT + (width * frame.update) / total, base - height * Math.min(1, Math.max(0, frame.scores[column] / top))]);
    context.strokeStyle = context.fillStyle = style.colour;
    context.lineWidth = 2;
    context.setLineDash(DASHES[style.dash]);
    context.beginPath();
    points.forEach(([x, y]) => context.lineTo(x, y));
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    context.arc(...points.at(-1), 3.5, 0, 7);
    context.fill();
    context.lineWidth = 1;
  }
}

// Attention of one head (rows, columns), 0 to 1, with the tokens at both sides.
function matrix(canvas, title, weights, rows, state) {
  const { columns, colours, longest } = state.settings;
  const height = rows.length <= FEW ? LARGE : CELL, foot = TOP + height * rows.length;
  const margin = 12 + LETTER * longest, cell = Math.max(height, 8 + LETTER * Math.max(...columns.map((word) => word.length)));
  const context = pen(canvas, [margin + cell * columns.length + 4, foot + 22]);
  weights.forEach((line, i) => line.forEach((share, j) => {
    context.fillStyle = lerp(colours.none, colours.all, share);
    context.fillRect(margin + cell * j, TOP + height * i, cell - 1, height - 1);
  }));
  context.fillStyle = colours.text;
  write(context, title, margin, 16);
  rows.forEach((word, i) => write(context, word, margin - 6, TOP + height * (i + 0.5) + 4, "right"));
  columns.forEach((word, j) => write(context, word, margin + cell * (j + 0.5), foot + 14, "center"));
}

function draw(state) {
  const { settings, frames, shown, parts } = state, frame = frames[shown];
  const { training, held } = settings.styles;
  const top = 1.05 * Math.max(...frames.slice(0, shown + 1).map(({ scores }) => scores[0])) || 1;
  parts.says.innerHTML = frame.says;
  const names = frame.alt;
  panel(parts.loss, "loss on the training set", [[0, training]], top, top.toPrecision(2), state);
  panel(parts.right, "right: — training, - - held out", [[1, training], [2, held]], 1, "100%", state);
  parts.loss.setAttribute("aria-label", names[0]);
  parts.right.setAttribute("aria-label", names[1]);
  frame.weights.forEach((weights, head) => {
    const title = frame.weights.length > 1 ? `head ${head + 1}` : "attention";
    matrix(parts.heads[head], title, weights, frame.rows, state);
    parts.heads[head].setAttribute("aria-label", `Attention, ${title}`);
  });
  window.glassboxLearning = { drawn: (window.glassboxLearning?.drawn ?? 0) + 1, update: frame.update };
}

function build(state, root, heads) {
  root.innerHTML = `<style>
    :host, .all { color: var(--st-text-color); font-family: var(--st-font); font-size: 1rem; }
    .top { display: flex; align-items: center; gap: 1rem; min-height: 2.6rem; }
    .pictures { display: flex; align-items: flex-start; flex-wrap: wrap; gap: 4px 24px; }
    button { font: inherit; color: inherit; background: none; border: 1px solid var(--st-border-color);
      border-radius: var(--st-button-radius, 0.5rem); padding: 0.35rem 0.9rem; cursor: pointer; }
    button:hover, button:focus-visible { border-color: var(--st-primary-color); color: var(--st-primary-color); }
    </style><div class="all"><div class="top"><button>Stop</button><span></span></div><div class="pictures"></div></div>`;
  const pictures = root.querySelector(".pictures");
  const canvases = Array.from({ length: 2 + heads }, () => {
    const canvas = document.createElement("canvas");
    canvas.setAttribute("role", "img");
    return pictures.appendChild(canvas);
  });
  state.parts = { says: root.querySelector("span"), loss: canvases[0], right: canvases[1], heads: canvases.slice(2) };
  root.querySelector("button").onclick = () => state.last ??= ["stop", { run: state.settings.run, update: state.frames[state.shown].update }];
}

function step(state, now) {
  state.waiting = 0;
  if (state.last) return insist(state, now);
  const { settings, frames } = state;
  const ahead = AHEAD * settings.pace, last = frames.length - 1;
  if (state.at < last) state.at = Math.min(last, state.at + settings.pace * Math.min(0.1, (now - state.before) / 1000));
  state.before = now;
  if (Math.floor(state.at) !== state.shown) {
    state.shown = Math.floor(state.at);
    draw(state);
  }
  if (settings.end && state.shown === last) state.last = ["played", { run: settings.run }];
  if (settings.pull && !settings.end && last - state.at < ahead) ask(state, now);
  run(state);
}

function ask(state, now) {
  if (state.asked === state.frames.length && now - state.askedAt < RETRY) return;
  [state.asked, state.askedAt] = [state.frames.length, now];
  state.trigger("need", { run: state.settings.run, from: state.frames.length });
}

// Says the last word until it is heard: of two triggers that come at once, Streamlit may drop one.
function insist(state, now) {
  if (!(now - state.saidAt < INSIST)) [state.saidAt] = [now, state.trigger(...state.last)];
  run(state);
}

function run(state) {
  if (!state.waiting) state.waiting = requestAnimationFrame((now) => state.root.isConnected && step(state, now));
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement, fresh = root.glassboxLearning?.settings.run !== data.run;
  const state = fresh ? { frames: [], shown: -1, at: data.begin, before: performance.now(), waiting: 0 } : root.glassboxLearning;
  const dark = !fresh && state.settings.colours.text !== data.colours.text;
  Object.assign(state, { root, settings: data, trigger: setTriggerValue });
  root.glassboxLearning = state;
  if (fresh) build(state, root, data.heads);
  if (data.from <= state.frames.length) state.frames.length = data.from, state.frames.push(...data.frames);
  if (dark && state.shown >= 0) draw(state);
  state.asked = -1; // a message is an answer, with frames or without
  if (!state.frames.length) return ask(state, performance.now());
  run(state);
}
