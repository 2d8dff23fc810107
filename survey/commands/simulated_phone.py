"""A simulated phone: opens pages, sends forms, keeps its cookie. Knows only HTTP.

What it meets that a real phone would meet too (a line cut off, a second tap, cookies refused) it does as a real one does.
"""

import asyncio
import gzip
import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

Fields = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Reply:
    """One HTTP response: ``seconds`` from the first byte sent to the last byte read; ``size`` in bytes on the wire."""

    status: int
    headers: Mapping[str, str]
    body: str
    seconds: float
    size: int


class SimulatedPhone:
    """One connection to one server, with the one cookie a phone keeps for a performance.

    ``headers`` go with every request, ``source`` is the address it connects from. A request whose answer does not come in
    whole raises OSError or EOFError; the next one opens a new connection.
    """

    def __init__(
        self,
        address: str,
        *,
        headers: Mapping[str, str] | None = None,
        source: str | None = None,
        keeps_cookies: bool = True,
    ) -> None:
        self._address = address
        self._headers = dict(headers or {})
        self._source = source
        self._keeps_cookies = keeps_cookies
        parts = urlsplit(address)
        self._host = parts.hostname or "127.0.0.1"
        self._port = parts.port or (443 if parts.scheme == "https" else 80)
        self._secure = ssl.create_default_context() if parts.scheme == "https" else None
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._netloc = parts.netloc
        self.cookies: dict[str, str] = {}
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, headers: Mapping[str, str] | None = None) -> Reply:
        """Fetch a page; ``headers`` go with this request only."""
        return await self._ask("GET", path, None, headers)

    async def post(self, path: str, fields: Fields) -> Reply:
        """Send a form."""
        return await self._ask("POST", path, encoded(fields))

    async def post_and_hang_up(self, path: str, fields: Fields) -> None:
        """Send a form and go away before any answer, as when the signal is lost."""
        await self._say("POST", path, encoded(fields))
        await self.close()

    def second_connection(self) -> "SimulatedPhone":
        """Return this phone on another connection: a second tap or a second tab, with the same cookies."""
        other = SimulatedPhone(
            self._address, headers=self._headers, source=self._source, keeps_cookies=self._keeps_cookies
        )
        other.cookies = self.cookies
        return other

    async def close(self) -> None:
        """Hang up."""
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def _ask(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        started = time.perf_counter()
        try:
            return await self._answer(await self._say(method, path, body, headers), started)
        except (OSError, EOFError):
            await self.close()
            raise

    async def _say(
        self, method: str, path: str, body: bytes | None, more: Mapping[str, str] | None = None
    ) -> asyncio.StreamReader:
        if self._streams is None:
            local = (self._source, 0) if self._source else None
            self._streams = await asyncio.open_connection(
                self._host, self._port, ssl=self._secure, local_addr=local
            )
        reader, writer = self._streams
        headers = {"Host": self._netloc, "Accept-Encoding": "gzip", "Connection": "keep-alive"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Origin"] = self._origin
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Content-Length"] = str(len(body))
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(
            f"{name}: {value}\r\n" for name, value in (headers | self._headers | dict(more or {})).items()
        )
        writer.write(head.encode() + b"\r\n" + (body or b""))
        await writer.drain()
        return reader

    async def _answer(self, reader: asyncio.StreamReader, started: float) -> Reply:
        raw_head = await reader.readuntil(b"\r\n\r\n")
        status, answered = self._read_head(raw_head.decode("latin-1"))
        if answered.get("transfer-encoding") == "chunked":
            raw = await self._read_chunks(reader)
        else:
            raw = await reader.readexactly(int(answered.get("content-length", "0")))
        if answered.get("connection", "").lower() == "close":
            await self.close()
        plain = gzip.decompress(raw) if answered.get("content-encoding") == "gzip" else raw
        return Reply(
            status,
            answered,
            plain.decode("utf-8", "replace"),
            time.perf_counter() - started,
            len(raw_head) + len(raw),
        )

    def _read_head(self, head: str) -> tuple[int, dict[str, str]]:
        first, *lines = head.split("\r\n")
        answered: dict[str, str] = {}
        for line in filter(None, lines):
            name, _, value = line.partition(":")
            if name.lower() == "set-cookie":
                cookie, _, content = value.strip().partition(";")[0].partition("=")
                if self._keeps_cookies:
                    self.cookies[cookie] = content
            answered[name.lower()] = value.strip()
        return int(first.split()[1]), answered

    @staticmethod
    async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
        parts = []
        while size := int((await reader.readline()).split(b";")[0], 16):
            parts.append(await reader.readexactly(size))
            await reader.readline()
        await reader.readline()
        return b"".join(parts)


def encoded(fields: Fields) -> bytes:
    """Return a form as a phone sends it; a field with several values is sent once for each."""
    return urlencode(fields, doseq=True).encode()
