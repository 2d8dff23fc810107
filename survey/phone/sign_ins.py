"""Who is signed in, known for a few seconds at most; and the open streams, closed when their sign-in ends."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Receive, Send

from survey.model import Role
from survey.storage.database import Database, DatabaseBusy
from survey.storage.sign_ins import SignIn, find_sign_in, touch

COOKIE = "houselights"
STAGE_COOKIE = "houselights_stage"
KNOWN_FOR = 3.0
LOOK_EVERY = 2.0
"""Seconds: whoever was signed out anywhere, by whatever process, reads no page for longer than three."""
TOUCH_EVERY = 60.0
MOST_KNOWN = 1000
SIGNED_OUT = 4401


@dataclass(frozen=True)
class Visitor:
    """Someone signed in: a person's browser, the stage's screen, or one browser that is both."""

    browser: SignIn | None
    stage: SignIn | None
    tokens: tuple[str, ...]

    @property
    def role(self) -> Role:
        """The person's role; the stage's when nobody has signed in here."""
        return self.browser.role if self.browser else Role.STAGE

    @property
    def only(self) -> str | None:
        """The code of the one performance this person signed in for; None when for every performance."""
        if self.browser is None or self.browser.performance_id is None:
            return None
        return self.browser.code or ""

    def told(self) -> dict[str, str]:
        """Return what pages are told, as headers: nothing here opens a door by itself."""
        own = self.browser or self.stage
        assert own is not None
        return {
            "role": self.role.value,
            "performance": own.performance_id or "",
            "stage": (self.stage.performance_id if self.stage else None) or "",
            "expires": own.expires.isoformat() if own.expires else "",
            "account": own.account_id or hashlib.sha256(self.tokens[0].encode()).hexdigest()[:16],
        }


class Stream:
    """One open websocket."""

    def __init__(self, send: Send, farewell: bytes | None) -> None:
        self._send = send
        self._farewell = farewell
        self.closed = False

    async def send(self, message: Message) -> None:
        """Pass a message on; drop it once the stream was closed by us."""
        if not self.closed:
            await self._send(message)

    async def close(self) -> None:
        """End the stream; a client that is gone already is fine."""
        if not self.closed:
            self.closed = True
            with suppress(RuntimeError, OSError):
                if self._farewell:
                    await self._send({"type": "websocket.send", "bytes": self._farewell})
                await self._send({"type": "websocket.close", "code": SIGNED_OUT})


class SignIns:
    """The sign-ins this process has seen lately, and their streams."""

    def __init__(
        self,
        database: Callable[[], Database],
        *,
        counts_as_use: Callable[[bytes], bool] = bool,
        farewell: bytes | None = None,
    ) -> None:
        self.database = database
        self.counts_as_use = counts_as_use
        self.farewell = farewell
        self._known: dict[str, tuple[float, SignIn]] = {}
        self._touched: dict[str, float] = {}
        self._streams: dict[Stream, tuple[str, ...]] = {}

    async def visitor(self, cookies: Mapping[str, str]) -> Visitor | None:
        """Return who brings these cookies; None for a stranger. Raises DatabaseBusy."""
        browser = await self._find(cookies.get(COOKIE), stage=False)
        stage = await self._find(cookies.get(STAGE_COOKIE), stage=True)
        if browser is None and stage is None:
            return None
        names = [name for name, found in ((COOKIE, browser), (STAGE_COOKIE, stage)) if found]
        return Visitor(browser, stage, tuple(cookies[name] for name in names))

    async def forget(self, token: str) -> None:
        """Ask the database again from now on, and close the streams of this sign-in."""
        self._known.pop(token, None)
        self._touched.pop(token, None)
        for stream in [stream for stream, tokens in self._streams.items() if token in tokens]:
            await stream.close()

    @asynccontextmanager
    async def held(
        self, visitor: Visitor, receive: Receive, send: Send
    ) -> AsyncIterator[tuple[Receive, Send]]:
        """Hold a stream open for a visitor; using it counts as use of the sign-in."""
        # A stage keeps its last picture: the room is looking at it.
        stream = Stream(send, None if visitor.stage else self.farewell)

        async def receive_and_touch() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and self.counts_as_use(message.get("bytes") or b""):
                for token in visitor.tokens:
                    await self._touch(token)
            return message

        self._streams[stream] = visitor.tokens
        try:
            yield receive_and_touch, stream.send
        finally:
            del self._streams[stream]

    async def watch(self) -> None:
        """Until cancelled: close the streams whose sign-in has expired, was revoked, or has ended."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            with suppress(DatabaseBusy):
                await self.look()

    async def look(self) -> None:
        """Look once. Raises DatabaseBusy."""
        held = {token for tokens in self._streams.values() for token in tokens}
        for token in await run_in_threadpool(self._ended, held) if held else ():
            await self.forget(token)

    async def _find(self, token: str | None, *, stage: bool) -> SignIn | None:
        if not token:
            return None
        seen, found = self._known.get(token, (0.0, None))
        if found is None or time.monotonic() - seen > KNOWN_FOR:
            found = await run_in_threadpool(self._ask, token)
            if found is None:
                self._known.pop(token, None)
                return None
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[token] = (time.monotonic(), found)
        if (found.role is Role.STAGE) != stage:
            return None
        await self._touch(token)
        return found

    def _ask(self, token: str) -> SignIn | None:
        with self.database().reading() as connection:
            return find_sign_in(connection, token)

    def _ended(self, tokens: set[str]) -> list[str]:
        with self.database().reading() as connection:
            return [token for token in tokens if find_sign_in(connection, token) is None]

    async def _touch(self, token: str) -> None:
        now = time.monotonic()
        if now - self._touched.get(token, -TOUCH_EVERY) < TOUCH_EVERY:
            return
        if len(self._touched) >= MOST_KNOWN:
            self._touched.clear()
        self._touched[token] = now
        with suppress(DatabaseBusy):
            await self.database().write_soon(lambda connection: touch(connection, token), crowd=True)
