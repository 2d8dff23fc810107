"""What may come on one line before we answer, and how long we wait for it: raw sockets against the real protocol."""

import asyncio
import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from survey.phone.limits import LetGo, Limits, Unfinished
from survey.serving.line import LARGEST_HEAD, Line
from survey.serving.server import listen
from tests.running import in_a_thread

STILL = 0.3
"""Seconds that a request may stand still in these tests."""
ROOM = 300_000
"""Bytes that all unfinished forms may hold together in the test of that."""
PLAIN = b"Host: talk.test\r\n"


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the size of the form."""
    body = await Request(scope, receive).body()
    await PlainTextResponse(str(len(body)))(scope, receive, send)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Where a small house answers that is served as ours is, but less patient."""
    listening = listen("127.0.0.1", 0)
    config = uvicorn.Config(
        Limits(echo, ours=lambda path: True),
        http=partial(Line, still=STILL),  # type: ignore[arg-type]
        lifespan="off",
        log_level="critical",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    yield int(listening.getsockname()[1])
    server.should_exit = True
    thread.join()
    listening.close()


@contextmanager
def line(port: int, sent: bytes = b"") -> Iterator[socket.socket]:
    """Open a line and send what an unfriendly program might."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as opened:
        opened.sendall(sent)
        yield opened


def answer(opened: socket.socket) -> bytes:
    """Return everything that comes until the other side closes."""
    parts = []
    while part := opened.recv(65536):
        parts.append(part)
    return b"".join(parts)


def first(opened: socket.socket) -> bytes:
    """Return one answer to an empty form, on a line that stays open."""
    said = b""
    while not said.endswith(b"\r\n\r\n0"):
        said += opened.recv(65536)
    return said


def status(said: bytes) -> int:
    """Return the number of an answer; 0 when the line was closed without one."""
    return int(said.split(b" ", 2)[1]) if said else 0


def readable(opened: socket.socket, *, within: float) -> bool:
    """Say whether anything comes, or the line is closed, within so many seconds."""
    return bool(select.select([opened], [], [], within)[0])


def head(size: int, lines: int = 1) -> bytes:
    """Return a whole head of a request, of exactly this many bytes, without the line that ends it."""
    first = b"GET / HTTP/1.1\r\n" + PLAIN
    each, rest = divmod(size - len(first), lines)
    sizes = [each + rest, *[each] * (lines - 1)]
    return first + b"".join(b"X: " + b"x" * (bytes - 5) + b"\r\n" for bytes in sizes)


@pytest.mark.parametrize("lines", [1, 40])
def test_a_head_of_64_kilobytes_is_taken_and_a_longer_one_is_not(port: int, lines: int) -> None:
    close = b"Connection: close\r\n\r\n"
    with line(port, head(LARGEST_HEAD - 200, lines) + close) as opened:
        assert status(answer(opened)) == 200
    with line(port, head(LARGEST_HEAD + 200, lines) + close) as opened:
        said = answer(opened)
    assert status(said) == 431
    assert b"Delete the cookies" in said


def test_a_long_address_is_a_long_head(port: int) -> None:
    with line(port, b"GET /" + b"x" * LARGEST_HEAD + b" HTTP/1.1\r\n" + PLAIN + b"\r\n") as opened:
        assert status(answer(opened)) == 431


def test_a_header_without_end_is_refused_while_it_comes(port: int) -> None:
    with line(port, b"GET / HTTP/1.1\r\nX: ") as opened, suppress(OSError):
        for _ in range(1600):
            opened.sendall(b"x" * 65536)
        pytest.fail("100 MB of one header were taken")


def test_the_second_request_on_a_line_has_a_head_of_its_own(port: int) -> None:
    with line(port) as opened:
        for _ in range(4):
            opened.sendall(head(LARGEST_HEAD // 2) + b"\r\n")
            assert status(first(opened)) == 200


@pytest.mark.parametrize(
    "begun",
    [
        b"GET / HTTP/1.1\r\n" + PLAIN,
        b"POST / HTTP/1.1\r\nContent-Length: 1000\r\n" + PLAIN + b"\r\na=1",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + PLAIN + b"\r\n3\r\na=1\r\n",
    ],
    ids=["head", "body", "chunks"],
)
def test_a_request_that_stands_still_is_given_up(port: int, begun: bytes) -> None:
    began = time.monotonic()
    with line(port, begun) as opened:
        said = answer(opened)
    assert status(said) == 408
    assert b"Nothing was saved yet" in said
    assert STILL <= time.monotonic() - began < 5


def test_what_follows_an_early_answer_may_not_stand_still_either(port: int) -> None:
    with line(port, b"POST / HTTP/1.1\r\nContent-Length: 9000000\r\n" + PLAIN + b"\r\na=1") as opened:
        said = answer(opened)
    assert status(said) == 413


def test_a_slow_form_that_keeps_moving_is_taken(port: int) -> None:
    with line(port, b"POST / HTTP/1.1\r\nContent-Length: 8\r\n" + PLAIN + b"\r\n") as opened:
        for letter in b"answer=":  # longer in all than it may stand still
            opened.sendall(bytes([letter]))
            assert not readable(opened, within=STILL / 3)
        opened.sendall(b"1")
        assert status(opened.recv(65536)) == 200


def test_a_line_that_waits_for_the_next_request_is_not_given_up(port: int) -> None:
    with line(port, b"GET / HTTP/1.1\r\n" + PLAIN + b"\r\n") as opened:
        assert status(first(opened)) == 200
        assert not readable(opened, within=3 * STILL)


def test_of_too_many_unfinished_forms_the_largest_makes_room_and_a_small_one_is_taken() -> None:
    async def arrive(unfinished: Unfinished, parts: asyncio.Queue[Message]) -> bytes | str:
        try:
            return await unfinished.whole(parts.get)
        except LetGo:
            return "let go"

    async def evening() -> list[bytes | str]:
        unfinished = Unfinished(ROOM)
        forms = [asyncio.Queue[Message]() for _ in range(4)]
        arriving = [asyncio.create_task(arrive(unfinished, parts)) for parts in forms]
        for size, parts in zip((20, ROOM // 4, ROOM // 2, ROOM // 3), forms, strict=True):
            parts.put_nowait({"type": "http.request", "body": b"x" * size, "more_body": True})
            while not parts.empty():
                await asyncio.sleep(0)
        assert unfinished.size == 20 + ROOM // 4 + ROOM // 3
        for parts in forms:
            parts.put_nowait({"type": "http.request", "body": b"!", "more_body": False})
        said = await asyncio.gather(*arriving)
        assert unfinished.size == 0
        return said

    small, middle, largest, last = in_a_thread(evening())
    assert (small, largest) == (b"x" * 20 + b"!", "let go")
    assert (len(middle), len(last)) == (ROOM // 4 + 1, ROOM // 3 + 1)
