"""An open page without a browser: Streamlit's protocol over a websocket, whatever is looked at on the page.

It holds what every browser would: the page, its link, the messages that the server need not send twice, and where each
thing is that can be pressed.
"""

import asyncio
import contextlib

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect


class OpenPage:
    """One open page. Those who look at it say what they `draw`, and what else of a message they `read`."""

    agent = "a page without a browser"  # what it says it is; to a browser a page comes in two parts, see first_draw

    def __init__(self, port: int, link: str, page: str = ""):
        self.address = f"ws://127.0.0.1:{port}/_stcore/stream"
        self.link, self.page = link, page
        self.cookie = ""
        self.labels: dict[str, tuple[str, str]] = {}  # the id and the fragment of what is called so
        self._page_hash = ""
        self._kept: dict[str, ForwardMsg] = {}

    def draw(self, element: Element, kind: str, fragment: str) -> None:
        """What becomes of an element of this kind that is new on the page."""

    def read(self, message: ForwardMsg, kind: str) -> None:
        """What becomes of any other message."""

    async def connect(self) -> None:
        """Opens the connection and asks for the page."""
        self._socket: ClientConnection = await connect(
            self.address, subprotocols=["streamlit"], max_size=None, proxy=None, open_timeout=60,
            user_agent_header=self.agent, additional_headers={"Cookie": self.cookie} if self.cookie else None,
        )  # fmt: skip
        self.reader = asyncio.create_task(self._read())
        await self.rerun()

    async def disconnect(self) -> None:
        """Closes the connection."""
        self.reader.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.reader
        await self._socket.close()

    async def rerun(self, fragment: str = "", *widgets: WidgetState) -> None:
        """Asks for a run of the page, or of one fragment, with the widgets as they are."""
        message = BackMsg()
        request = message.rerun_script
        request.query_string, request.page_script_hash, request.fragment_id = self.link, self._page_hash, fragment
        if not self._page_hash:
            request.page_name = self.page
        request.cached_message_hashes.extend(self._kept)
        request.widget_states.widgets.extend(widgets)
        request.context_info.timezone, request.context_info.locale = "UTC", "en-GB"
        request.context_info.url = self.address.replace("ws:", "http:").removesuffix("_stcore/stream") + self.page
        await self._socket.send(message.SerializeToString())

    async def _read(self) -> None:
        async for data in self._socket:
            message = ForwardMsg()
            message.ParseFromString(data)
            self._receive(message)

    def _receive(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            message, kind = self._kept[message.ref_hash], "delta"
        elif message.metadata.cacheable:
            self._kept[message.hash] = message
        if kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.link = message.page_info_changed.query_string
        elif kind != "delta":
            self.read(message, kind)
        elif message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            kind = element.WhichOneof("type")
            if kind == "exception":
                raise RuntimeError(f"the page must not raise, got {element.exception.message}")
            self.draw(element, kind, message.delta.fragment_id)
