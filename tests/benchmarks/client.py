"""A viewer without a browser: an open page that plays as the live view does.

It holds what a browser would: the page's widgets and their values, and up to which frame it has each run. It draws nothing.
"""

import asyncio
import json
import time
from typing import Any

from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NumberInput_pb2 import NumberInput
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pages.parts.live.message import decode
from tests.benchmarks.open_page import OpenPage

FRAMES_PER_SECOND = 30
SECONDS_AHEAD = 1.0
RETRY_SECONDS = 4.0
TICK_SECONDS = 0.05
LABEL_SECONDS = 30.0  # from the first picture to a control
VIEW = "glassbox_view"
REST = "Draw the rest of the page"  # a button that no person sees


class Viewer(OpenPage):
    """One open page. `chunks`, `answers` and `finished` collect latencies in seconds.

    `chunks`: from asking for frames to having them. `answers`: from a click to the first frames of the run that it
    leads to. `finished`: from a click to the end of the page's script. As a browser does, it asks for the rest of the page
    when its picture is there.
    """

    agent = "Mozilla/5.0"

    def __init__(self, port: int, link: str):
        super().__init__(port, link)
        self.chunks: list[float] = []
        self.answers: list[float] = []
        self.finished: list[float] = []
        self.position, self.run, self.last = 0.0, "", None
        self.pictured = asyncio.Event()
        self._ready: dict[str, int] = {}
        self._asked: dict[tuple[str, int], tuple[float, float]] = {}
        self._clicked: tuple[float, str] | None = None
        self._seek: int | None = None
        self._widgets: dict[str, WidgetState] = {}
        self._state: dict[str, Any] = {}

    @property
    def ready(self) -> int:
        """The last frame up to which the run on screen is there."""
        return self._ready[self.run]

    async def open(self) -> float:
        """Opens the page; the seconds until the first picture (the network, its data and frames) is there."""
        begin = time.perf_counter()
        await self.connect()
        waiting = asyncio.create_task(self.pictured.wait())
        await asyncio.wait({waiting, self.reader}, timeout=60, return_when=asyncio.FIRST_COMPLETED)
        if not self.pictured.is_set():
            waiting.cancel()
            raise RuntimeError(f"a page must show its first picture within 60 s, got {self.reader}")
        return time.perf_counter() - begin

    async def close(self) -> None:
        """Closes the page. What was asked for and has not come counts as having taken until now."""
        now = time.perf_counter()
        self.chunks += [now - asked for asked, _ in self._asked.values()]
        self._give_up(now)
        await self.disconnect()

    async def play(self, seconds: float) -> None:
        """Plays for a time, and asks for frames when less than a second of them is left; at the end of the run it stands."""
        now = time.perf_counter()
        end = now + seconds
        while now < end:
            await asyncio.sleep(TICK_SECONDS)
            before, now = now, time.perf_counter()
            if self.last is not None and self.position >= self.last:
                continue
            ready = self.ready
            self.position = max(self.position, min(self.position + (now - before) * FRAMES_PER_SECOND, ready))
            if self.last is None and ready - self.position < FRAMES_PER_SECOND * SECONDS_AHEAD:
                await self._ask(ready + 1, now)

    async def _ask(self, first: int, now: float) -> None:
        asked, due = self._asked.get((self.run, first), (now, now))
        if now < due:
            return
        # Unanswered for 4, 8, 16 seconds: asked again.
        self._asked[self.run, first] = (asked, now + max(2 * (due - asked), RETRY_SECONDS))
        payload = [{"event": "need", "value": {"run": self.run, "from": first, "scene": False}}]
        identity, fragment = self.labels[VIEW]
        trigger = f"$$STREAMLIT_INTERNAL_KEY_{identity}__events"
        await self._rerun(fragment, WidgetState(id=trigger, json_trigger_value=json.dumps(payload)))

    async def touch(self) -> None:
        """What the view reports when a control is touched while it plays: where it stands."""
        identity, fragment = self.labels[VIEW]
        self._state["at"] = {"run": self.run, "frame": int(self.position), "playing": True}
        self._widgets[identity] = WidgetState(id=identity, json_value=json.dumps(self._state))
        await self._rerun(fragment)

    async def pick(self, label: str, option: str) -> None:
        """Picks an option of a drop-down; the time until it is answered goes to `answers` and `finished`."""
        await self.touch()
        identity, fragment = await self._labelled(label)
        self._widgets[identity] = WidgetState(id=identity, string_value=option)
        now = time.perf_counter()
        self._give_up(now)
        self._clicked = (now, self.run)
        await self._rerun(fragment)

    async def _labelled(self, label: str) -> tuple[str, str]:
        """The widget of this label and its fragment, once it is there: on a busy machine it comes after the picture."""
        end = time.perf_counter() + LABEL_SECONDS
        while label not in self.labels:
            if time.perf_counter() > end:
                raise RuntimeError(f"a page must have the control {label!r}, got {sorted(self.labels)}")
            await asyncio.sleep(TICK_SECONDS)
        return self.labels[label]

    def _give_up(self, now: float) -> None:
        if self._clicked and self._clicked[1] == self.run:
            self.answers.append(now - self._clicked[0])

    async def _rerun(self, fragment: str, *triggers: WidgetState) -> None:
        await self.rerun(fragment, *self._widgets.values(), *triggers)

    def read(self, message: ForwardMsg, kind: str) -> None:
        """Notes when the page's script is through, and asks for what was held back."""
        if kind == "script_finished":
            self._finish()
            if self.pictured.is_set() and REST in self.labels:
                identity, fragment = self.labels.pop(REST)
                self._rest = asyncio.create_task(self._rerun(fragment, WidgetState(id=identity, trigger_value=True)))

    def _finish(self) -> None:
        if self._clicked and self._clicked[1] != self.run:
            self.finished.append(time.perf_counter() - self._clicked[0])
            self._clicked = None

    def draw(self, element: Element, kind: str, fragment: str) -> None:
        """Holds a widget with its value, and takes in what the live view is sent."""
        if kind == "bidi_component":
            component = element.bidi_component
            self.labels[component.component_name] = (component.id, fragment)
            if component.component_name == VIEW:
                self._watch(component.bytes)
        if kind == "button":
            self.labels[element.button.label] = (element.button.id, fragment)
        state = widget_state(element, self._widgets)
        if state is not None:
            self._widgets[state.id] = state
            self.labels[getattr(element, kind).label] = (state.id, fragment)

    def _watch(self, data: bytes) -> None:
        header, arrays = decode(data)
        now, run = time.perf_counter(), header["run"]
        if "later" in header:  # still being worked out: ask again in so many seconds
            self._asked = {key: (asked, now + header["later"]) for key, (asked, _) in self._asked.items()}
            return
        first = header["first"]
        end = first + len(arrays["frames"]) - 1
        ready = max(self._ready.get(run, -1), min(header["shared"], self._ready.get(header["of"], -1)))
        self._ready[run] = max(ready, end) if first <= ready + 1 else ready
        if self._clicked and run != self._clicked[1] and run != self.run:
            self.answers.append(now - self._clicked[0])
        if run != self.run:
            self.run, self._asked = run, {}
        if header["seek"]["token"] != self._seek:
            self._seek, self.position = header["seek"]["token"], float(header["seek"]["frame"])
        self.last = header["last"]
        for key in [key for key in self._asked if key[0] == run and first <= key[1] <= max(end, first)]:
            self.chunks.append(now - self._asked.pop(key)[0])
        if "scene" in header and len(arrays["frames"]):
            self.pictured.set()


def widget_state(element: Element, known: dict[str, WidgetState]) -> WidgetState | None:
    """What a browser holds for a widget once it is drawn; None for what is no widget, or is held already."""
    kind = element.WhichOneof("type")
    widget = getattr(element, kind)
    if kind not in ("selectbox", "slider", "number_input", "button_group", "checkbox"):
        return None
    if not widget.set_value and widget.id in known:
        return known[widget.id]
    if kind == "selectbox":
        if not widget.HasField("raw_value" if widget.set_value else "default"):
            return WidgetState(id=widget.id)  # nothing picked
        value = widget.raw_value if widget.set_value else widget.options[widget.default]
        return WidgetState(id=widget.id, string_value=value)
    if kind == "button_group":
        state = WidgetState(id=widget.id)
        contents = [option.content for option in widget.options]
        chosen = widget.raw_values if widget.set_value else [contents[index] for index in widget.default]
        state.string_array_value.data.extend(chosen)
        return state
    value = widget.value if widget.set_value else widget.default
    if kind == "slider":
        state = WidgetState(id=widget.id)
        state.double_array_value.data.extend(value)
        return state
    if kind == "number_input":
        if widget.data_type == NumberInput.INT:
            return WidgetState(id=widget.id, int_value=int(value))
        return WidgetState(id=widget.id, double_value=value)
    return WidgetState(id=widget.id, bool_value=value)
