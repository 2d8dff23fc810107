"""The line to one visitor: what may come before we answer, and how long we wait for it.

uvicorn with httptools keeps a request's head in memory until it is whole, whatever its size, and waits for the rest of a
head or a body as long as the connection lives. Both are bounded here, before anything of ours is asked.
"""

import asyncio
from http import HTTPStatus
from typing import Any

from starlette.responses import Response
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from survey.phone.refusals import head_too_long, too_slow

LARGEST_HEAD = 64 * 1024
"""Bytes of a request's first line and headers together."""
STILL = 30.0
"""Seconds without a single byte after which a request that was begun is given up."""


MOMENT = 2.0
"""Seconds we go on reading, and throw away, what a refused visitor is still sending: else our answer is lost to them."""


THROWN_AWAY = 1024 * 1024
"""Bytes of the same at most."""


class HeadTooLong(Exception):
    """The head of a request is longer than any browser's."""


class Line(HttpToolsProtocol):
    """One connection. ``still``: seconds that a request which was begun may stand still."""

    def __init__(self, *args: Any, still: float = STILL, **named: Any) -> None:
        super().__init__(*args, **named)
        self._still = still
        self._begun = False
        """A request has begun, and is not whole yet."""
        self._in_head = False
        self._came = self._named = 0
        """Bytes of this head: since its first chunk, whole lines or not; and in all, of whole lines."""
        self._refused = False
        self._moved = 0.0
        self._look_again: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Begin to watch whether anything moves."""
        super().connection_made(transport)
        self._moved = self.loop.time()
        self._look_in(self._still)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop watching."""
        self._stop_looking()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self) -> None:
        """Stop watching: the websocket has pings of its own."""
        self._stop_looking()
        super().handle_websocket_upgrade()

    def data_received(self, data: bytes) -> None:
        """Take what came; refuse a head as soon as it is too long, whether or not it is whole."""
        if self._refused:
            self._came += len(data)
            if self._came > THROWN_AWAY:
                self.transport.close()
            return
        self._moved = self.loop.time()
        if self._in_head:
            self._came += len(data)
        super().data_received(data)
        if self._in_head and self._came > LARGEST_HEAD and not self._refused:
            self._refuse(head_too_long().response())

    def on_message_begin(self) -> None:
        """Note that a request has begun."""
        self._begun = self._in_head = True
        self._came = self._named = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Count the address."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count one header, with its colon, blank and line end."""
        self._count(len(name) + len(value) + 4)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Note that the head is whole."""
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note that the request is whole."""
        self._begun = False
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Let go of what came of a form that was answered before it was whole."""
        if self.cycle.response_complete:
            self.cycle.body.clear()
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer what the parser refused: no request at all, or one whose head we found too long."""
        if self._named > LARGEST_HEAD:
            self._refuse(head_too_long().response())
        else:
            super().send_400_response(msg)

    def _count(self, bytes: int) -> None:
        self._named += bytes
        if self._named > LARGEST_HEAD:
            raise HeadTooLong  # the parser stops here and asks for a 400

    def _look(self) -> None:
        """Give up a request that was begun and stands still; one that we do not read on is not at fault."""
        if self.transport.is_closing():
            return
        left = self._moved + self._still - self.loop.time()
        if left <= 0 and self._begun and not self.flow.read_paused:
            self._refuse(too_slow().response())
        else:
            self._look_in(left if left > 0 else self._still)

    def _look_in(self, seconds: float) -> None:
        self._look_again = self.loop.call_later(seconds, self._look)

    def _stop_looking(self) -> None:
        if self._look_again is not None:
            self._look_again.cancel()

    def _refuse(self, response: Response) -> None:
        """Say why, where nothing else is being said; read on for a moment, so that it arrives; then close."""
        self._refused = True
        self._stop_looking()
        saying = self.cycle is not None and not self.cycle.response_complete
        if saying and (self._in_head or self.cycle.response_started):
            self.transport.close()
            return
        lines = [b"HTTP/1.1 %d %s" % (response.status_code, HTTPStatus(response.status_code).phrase.encode())]
        lines += [b"%s: %s" % header for header in response.raw_headers]
        self.transport.write(b"\r\n".join([*lines, b"connection: close", b"", bytes(response.body)]))
        self.transport.write_eof()
        self._look_again = self.loop.call_later(MOMENT, self.transport.close)
