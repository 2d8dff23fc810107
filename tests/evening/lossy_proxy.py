"""A venue's bad network: a small TCP proxy that delays everything and cuts off one connection in twenty."""

import asyncio
import contextlib
import random
import threading
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from enum import Enum

SLOWEST = 0.1
"""Seconds a request or its answer may be held up."""
ONE_IN = 20
METHODS = ("POST", "POST", "GET")
"""What a connection is cut off at; sending is what must not be lost, so it is cut off more often."""


class Moment(Enum):
    """When a connection is cut off."""

    BEFORE = "the request never arrives"
    HALF = "half of the request arrives"
    AFTER = "the request is served, none of the answer arrives"
    MIDDLE = "half of the answer arrives"


class LossyProxy:
    """Carries connections to a server's port; the same seed cuts off the same connections at the same moments."""

    def __init__(self, port: int, seed: int) -> None:
        self._port = port
        self._chance = random.Random(seed)
        self._connections = 0
        self._doomed = 0
        self._deck: list[tuple[str, Moment]] = []
        self.cut_off: Counter[tuple[str, Moment]] = Counter()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        """Give the address to connect to; hang up on everybody afterwards."""
        lines: set[asyncio.Task[None]] = set()

        async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            line = asyncio.current_task()
            assert line is not None
            lines.add(line)
            with contextlib.suppress(OSError, EOFError, asyncio.CancelledError):  # one of the two has hung up
                await self._carry(reader, writer, self._doom())
            writer.transport.abort()
            lines.discard(line)

        proxy = await asyncio.start_server(take, "127.0.0.1", 0, backlog=1024)
        try:
            yield f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}"
        finally:
            proxy.close()
            for line in list(lines):
                line.cancel()
            await asyncio.gather(*lines)

    def _doom(self) -> tuple[str, Moment] | None:
        """Return when the next connection is to be cut off, if it is: one in twenty, every moment in turn."""
        place = self._connections % ONE_IN
        self._connections += 1
        if place == 0:
            self._doomed = self._chance.randrange(ONE_IN)
        if place != self._doomed:
            return None
        if not self._deck:
            self._deck = [(method, moment) for moment in Moment for method in METHODS]
            self._chance.shuffle(self._deck)
        return self._deck.pop()

    def _comes_true(self, method: str, moment: Moment) -> bool:
        """Take note that a connection is cut off now, and say that it is."""
        self.cut_off[method, moment] += 1
        return True

    async def _carry(
        self, phone: asyncio.StreamReader, to_phone: asyncio.StreamWriter, doom: tuple[str, Moment] | None
    ) -> None:
        server, to_server = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            while True:
                request = await one_message(phone)
                await asyncio.sleep(self._chance.uniform(0, SLOWEST))
                if doom and request.startswith(doom[0].encode()):
                    (method, moment), doom = doom, None
                    if self._comes_true(method, moment):
                        await self._cut_off(moment, request, server, to_server, to_phone)
                        return
                to_server.write(request)
                answer = await one_message(server)
                await asyncio.sleep(self._chance.uniform(0, SLOWEST))
                to_phone.write(answer)
                await to_phone.drain()
        finally:
            to_server.transport.abort()
            if doom:  # it asked for nothing of that kind: the next one takes its turn
                self._deck.append(doom)

    async def _cut_off(
        self,
        moment: Moment,
        request: bytes,
        server: asyncio.StreamReader,
        to_server: asyncio.StreamWriter,
        to_phone: asyncio.StreamWriter,
    ) -> None:
        if moment is Moment.BEFORE:
            return
        if moment is Moment.HALF:
            to_server.write(request[: -max(1, len(request) // 8)])
            await to_server.drain()
            await asyncio.sleep(0.05)
            return
        to_server.write(request)
        answer = await one_message(server)
        if moment is Moment.MIDDLE:
            to_phone.write(answer[: len(answer) // 2])
            await to_phone.drain()
            await asyncio.sleep(0.05)


async def one_message(reader: asyncio.StreamReader) -> bytes:
    """Return one whole request or answer. Raises EOFError when it ends before."""
    head = await reader.readuntil(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return head + await reader.readexactly(int(line.partition(b":")[2]))
    return head


class CutOnce(LossyProxy):
    """Cuts off the first form that is sent, at one moment; everything else passes."""

    def __init__(self, port: int, moment: Moment) -> None:
        super().__init__(port, seed=1)
        self._moment = moment

    def _doom(self) -> tuple[str, Moment] | None:
        return "POST", self._moment

    def _comes_true(self, method: str, moment: Moment) -> bool:
        return not self.cut_off and super()._comes_true(method, moment)


class HeldUp(LossyProxy):
    """Holds up the first form that is sent, though its phone has long hung up, until it is let go; all else passes."""

    def __init__(self, port: int) -> None:
        super().__init__(port, seed=1)
        self.let_go = False
        self.answer = b""
        """What the server said to it when it came."""

    def _doom(self) -> tuple[str, Moment] | None:
        return "POST", Moment.AFTER

    def _comes_true(self, method: str, moment: Moment) -> bool:
        return not self.cut_off and super()._comes_true(method, moment)

    async def _cut_off(
        self,
        moment: Moment,
        request: bytes,
        server: asyncio.StreamReader,
        to_server: asyncio.StreamWriter,
        to_phone: asyncio.StreamWriter,
    ) -> None:
        while not self.let_go:
            await asyncio.sleep(0.02)
        to_server.write(request)
        self.answer = await one_message(server)


@contextmanager
def carrying(proxy: LossyProxy) -> Iterator[str]:
    """Give a proxy's address while it runs in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        opened = proxy.open()
        address = asyncio.run_coroutine_threadsafe(opened.__aenter__(), loop).result()
        try:
            yield address
        finally:
            asyncio.run_coroutine_threadsafe(opened.__aexit__(None, None, None), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
