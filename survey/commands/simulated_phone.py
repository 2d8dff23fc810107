"""A simulated phone: opens the form, thinks, fills it in, sends it, reads the thank-you page. Knows only HTTP and HTML."""

import asyncio
import gzip
import random
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit


class NotAForm(Exception):
    """The page that came back is no form that can be sent; the words say what came instead."""


@dataclass
class Form:
    """What one page offers to send: where to, the hidden fields, and the choices by field name."""

    action: str = ""
    hidden: dict[str, str] = field(default_factory=dict)
    radios: dict[str, list[str]] = field(default_factory=dict)
    ticks: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


class FormReader(HTMLParser):
    """Reads the first form that posts and offers choices."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect forms and their fields."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("method", "get").lower() == "post"
            if self._inside:
                self.forms.append(Form(given.get("action", "")))
            return
        name = given.get("name", "")
        if not self._inside or not name:
            return
        form = self.forms[-1]
        kind = given.get("type", "text")
        if tag == "textarea":
            form.texts.append(name)
        elif tag == "input" and kind == "hidden":
            form.hidden[name] = given.get("value", "")
        elif tag == "input" and kind == "radio":
            form.radios.setdefault(name, []).append(given.get("value", ""))
        elif tag == "input" and kind == "checkbox":
            form.ticks.setdefault(name, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """A form ends."""
        if tag == "form":
            self._inside = False


def read_form_page(page: str) -> Form:
    """Return the form with the most choices on a page. Raises NotAForm when there is none."""
    reader = FormReader()
    reader.feed(page)
    forms = [form for form in reader.forms if form.radios]
    if not forms:
        title = page.partition("<title>")[2].partition("</title>")[0]
        raise NotAForm(f"The page has no questions to answer. Its title is “{title.strip()}”.")
    return max(forms, key=lambda form: len(form.radios))


def random_answers(form: Form, chance: random.Random, *, skip: float = 0.05) -> dict[str, str]:
    """Return one value per single-choice question (some skipped) and one tick per tick-list; no words."""
    answers = {
        name: chance.choice(values)
        for name, values in form.radios.items()
        if values and chance.random() >= skip
    }
    ticks = {
        name: chance.choice(values)
        for name, values in form.ticks.items()
        if not name.endswith("_quote") and chance.random() >= skip
    }
    return answers | ticks


@dataclass(frozen=True)
class Reply:
    """One HTTP response: ``seconds`` from the first byte sent to the last byte read; ``size`` in bytes on the wire."""

    status: int
    headers: Mapping[str, str]
    body: str
    seconds: float
    size: int


class SimulatedPhone:
    """One connection to one server, with the one cookie a phone keeps for a performance."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host = parts.hostname or "127.0.0.1"
        self._port = parts.port or (443 if parts.scheme == "https" else 80)
        self._secure = ssl.create_default_context() if parts.scheme == "https" else None
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._netloc = parts.netloc
        self.cookies: dict[str, str] = {}
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Reply:
        """Fetch a page."""
        return await self._ask("GET", path, None)

    async def post(self, path: str, fields: Mapping[str, str]) -> Reply:
        """Send a form."""
        return await self._ask("POST", path, urlencode(fields).encode())

    async def close(self) -> None:
        """Hang up."""
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def _ask(self, method: str, path: str, body: bytes | None) -> Reply:
        started = time.perf_counter()
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port, ssl=self._secure)
        reader, writer = self._streams
        headers = {"Host": self._netloc, "Accept-Encoding": "gzip", "Connection": "keep-alive"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Origin"] = self._origin
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Content-Length"] = str(len(body))
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(
            f"{name}: {value}\r\n" for name, value in headers.items()
        )
        writer.write(head.encode() + b"\r\n" + (body or b""))
        await writer.drain()
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
