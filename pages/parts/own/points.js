// Points drawn on the square from -6 to 6. What is drawn is kept as the letters that stand in the link: four for a point,
// its class and its place in hundredths from the lower left corner (see nncore/data/own/drawn.py).

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
const STEPS = 1201
const NEAR = 0.35 // how near a click has to be to a point to mean it
const APART = 0.45 // how far apart a drag draws points

function encode(points) {
  return points
    .map(({ x, y, label }) => {
      const code = (label * STEPS + Math.round((x + 6) * 100)) * STEPS + Math.round((y + 6) * 100)
      return [18, 12, 6, 0].map((shift) => LETTERS[(code >> shift) & 63]).join("")
    })
    .join("")
}

function decode(letters) {
  const points = []
  for (let k = 0; k + 4 <= letters.length; k += 4) {
    let code = 0
    for (const letter of letters.slice(k, k + 4)) code = code * 64 + LETTERS.indexOf(letter)
    const y = code % STEPS
    const rest = Math.floor(code / STEPS)
    points.push({ x: ((rest % STEPS) - 600) / 100, y: (y - 600) / 100, label: Math.floor(rest / STEPS) })
  }
  return points
}

function build(root) {
  root.innerHTML = ""
  const tools = document.createElement("div")
  tools.className = "tools"
  const canvas = document.createElement("canvas")
  canvas.tabIndex = 0
  canvas.setAttribute("role", "img")
  root.append(tools, canvas)
  return { canvas, tools, tool: 0, points: [], told: new Set(), isNew: true, cursor: { x: 0, y: 0 }, held: -1, last: null }
}

function button(state, text, tool, colour) {
  const made = document.createElement("button")
  made.type = "button"
  if (colour) {
    const dot = document.createElement("i")
    dot.style.background = colour
    made.append(dot)
  }
  made.append(text)
  made.addEventListener("click", () => {
    if (tool === "clear") {
      state.points = []
      state.tell()
    } else state.tool = tool
    state.draw()
  })
  made.dataset.tool = tool
  return made
}

function addTools(state, colours) {
  state.tools.innerHTML = ""
  colours.forEach((colour, k) => state.tools.append(button(state, `class ${k + 1}`, k, colour)))
  state.tools.append(button(state, "Move", "move"), button(state, "Erase", "erase"), button(state, "Clear all", "clear"))
  state.count = document.createElement("span")
  state.count.className = "count"
  state.count.setAttribute("aria-live", "polite")
  state.tools.append(state.count)
}

function draw(state, colours, most) {
  const { canvas } = state
  const side = canvas.clientWidth || 260
  const ratio = window.devicePixelRatio || 1
  canvas.width = canvas.height = side * ratio
  const pen = canvas.getContext("2d")
  pen.scale(ratio, ratio)
  const at = (value) => ((value + 6) / 12) * side
  pen.strokeStyle = "#8886"
  pen.beginPath()
  pen.moveTo(at(0), 0)
  pen.lineTo(at(0), side)
  pen.moveTo(0, at(0))
  pen.lineTo(side, at(0))
  pen.stroke()
  for (const { x, y, label } of state.points) {
    pen.beginPath()
    pen.arc(at(x), side - at(y), 5, 0, 7)
    pen.fillStyle = colours[label % colours.length]
    pen.fill()
    pen.strokeStyle = getComputedStyle(canvas).backgroundColor
    pen.stroke()
  }
  if (document.activeElement === canvas || canvas.getRootNode().activeElement === canvas) {
    pen.strokeStyle = getComputedStyle(canvas).color
    pen.strokeRect(at(state.cursor.x) - 7, side - at(state.cursor.y) - 7, 14, 14)
  }
  state.count.textContent = `${state.points.length} of ${most}`
  canvas.setAttribute("aria-label", `A field with ${state.points.length} drawn points. Arrow keys move a mark, Enter uses the tool there.`)
  for (const made of state.tools.querySelectorAll("button")) {
    if (made.dataset.tool !== "clear") made.setAttribute("aria-pressed", String(made.dataset.tool === String(state.tool)))
  }
}

function nearest(state, place) {
  let found = -1
  let best = NEAR
  state.points.forEach((point, k) => {
    const distance = Math.hypot(point.x - place.x, point.y - place.y)
    if (distance < best) [found, best] = [k, distance]
  })
  return found
}

// Uses the tool at a place; true if that changed the points.
function use(state, place, most) {
  if (state.tool === "erase") {
    const found = nearest(state, place)
    if (found >= 0) state.points.splice(found, 1)
    return found >= 0
  }
  if (state.tool === "move") {
    if (state.held < 0) state.held = nearest(state, place)
    else Object.assign(state.points[state.held], place)
    return state.held >= 0
  }
  if (state.points.length >= most) return false
  state.points.push({ ...place, label: state.tool })
  return true
}

function listen(state) {
  const { canvas } = state
  const clip = (value) => Math.round(Math.max(-6, Math.min(6, value)) * 100) / 100
  const placeOf = (event) => {
    const box = canvas.getBoundingClientRect()
    return { x: clip(((event.clientX - box.left) / box.width) * 12 - 6), y: clip(6 - ((event.clientY - box.top) / box.height) * 12) }
  }
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId)
    state.held = -1
    state.last = placeOf(event)
    use(state, state.last, state.most)
    state.draw()
  })
  canvas.addEventListener("pointermove", (event) => {
    if (!state.last) return
    const place = placeOf(event)
    const far = Math.hypot(place.x - state.last.x, place.y - state.last.y) > APART
    if (state.tool === "move" || state.tool === "erase" || far) {
      if (far) state.last = place
      use(state, place, state.most)
      state.draw()
    }
  })
  const end = () => {
    if (!state.last) return
    state.last = null
    state.held = -1
    state.tell()
  }
  canvas.addEventListener("pointerup", end)
  canvas.addEventListener("pointercancel", end)
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-0.25, 0], ArrowRight: [0.25, 0], ArrowUp: [0, 0.25], ArrowDown: [0, -0.25] }[event.key]
    if (step) {
      state.cursor = { x: clip(state.cursor.x + step[0]), y: clip(state.cursor.y + step[1]) }
      if (state.tool === "move" && state.held >= 0) Object.assign(state.points[state.held], state.cursor)
    } else if (event.key === "Enter" || event.key === " ") {
      if (state.tool === "move" && state.held >= 0) state.held = -1
      else use(state, { ...state.cursor }, state.most)
      state.tell()
    } else return
    event.preventDefault()
    state.draw()
  })
  canvas.addEventListener("focus", () => state.draw())
  canvas.addEventListener("blur", () => state.draw())
}

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".points")
  const state = (root.glassbox ??= build(root))
  state.most = data.most
  state.draw = () => draw(state, data.colours, data.most)
  state.tell = () => {
    const letters = encode(state.points)
    state.told.add(letters)
    setStateValue("letters", letters)
  }
  if (state.isNew) {
    addTools(state, data.colours)
    listen(state)
    state.isNew = false
  }
  // What was told here comes back late, when more is drawn already; anything else was brought by a link.
  if (!state.told.has(data.letters)) {
    state.points = decode(data.letters)
    state.told.add(data.letters)
  }
  state.draw()
}
