"""How much a form may be: 2 MB, a thousand fields, real text. What passes is replayed to the page behind.

And how much all forms together may be that have not arrived whole: then the largest of them is let go, never a small one.
"""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from survey.phone.refusals import Refusal, busy, not_words, too_many_fields, too_much

LARGEST = 2 * 1024 * 1024
MOST_UNFINISHED = 32 * 1024 * 1024
"""Bytes of all forms together that are still arriving: thousands as people fill them, sixteen of the largest."""
BLOCK = 64 * 1024
MOST_FIELDS = 1000
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class TooMuch(Exception):
    """More than anyone may send."""


class Gone(Exception):
    """The sender went away before the form was complete."""


class LetGo(Exception):
    """Too much was arriving from everybody together, and this was the largest of it."""


class Limits:
    """Pure ASGI, in front of our own pages only: ``ours`` tells which paths those are."""

    def __init__(
        self, app: ASGIApp, ours: Callable[[str], bool], most_unfinished: int = MOST_UNFINISHED
    ) -> None:
        self.app = app
        self.ours = ours
        self.unfinished = Unfinished(most_unfinished)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse with a kind page before anything is parsed."""
        if scope["type"] != "http" or not self.ours(scope["path"]):
            await self.app(scope, receive, send)
            return
        if not readable(scope["path"].encode()) or not readable(unquote_to_bytes(scope["query_string"])):
            await not_words().response()(scope, receive, send)
            return
        if scope["method"] in SAFE_METHODS:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        length = headers.get("content-length", "0")
        try:
            if not length.isdecimal() or int(length) > LARGEST:
                raise TooMuch
            body = await self.unfinished.whole(receive)
        except TooMuch:
            await too_much().response()(scope, receive, send)
            return
        except LetGo:
            await busy().response()(scope, receive, send)
            return
        except Gone:
            return
        refusal = refused(headers.get("content-type", ""), body)
        if refusal is not None:
            await refusal.response()(scope, receive, send)
            return
        await self.app(scope, replaying(body, receive), send)


class Body:
    """What has come of one form, in blocks of one size: freed, they serve the next one, and memory does not crumble."""

    def __init__(self) -> None:
        self.blocks: list[bytearray] = []
        self.length = 0

    def add(self, part: bytes) -> None:
        """Add what has just come."""
        self.length += len(part)
        while part:
            if not self.blocks or len(self.blocks[-1]) == BLOCK:
                self.blocks.append(bytearray())
            room = BLOCK - len(self.blocks[-1])
            self.blocks[-1] += part[:room]
            part = part[room:]


class Unfinished:
    """The forms that are arriving now, and how much of them has come."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._arriving: set[Body] = set()

    @property
    def size(self) -> int:
        """How much has come of all of them."""
        return sum(body.length for body in self._arriving)

    async def whole(self, receive: Receive) -> bytes:
        """Return one form once it is whole.

        Raises TooMuch as soon as it is more than anyone may send, LetGo when it had to make room for the others, Gone
        when the sender went away.
        """
        body = Body()
        self._arriving.add(body)
        try:
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    raise Gone
                if body not in self._arriving:
                    raise LetGo
                body.add(message.get("body", b""))
                if body.length > LARGEST:
                    raise TooMuch
                if not message.get("more_body", False):
                    return b"".join(body.blocks)
                if self.size > self._most:
                    largest = max(self._arriving, key=lambda each: each.length)
                    self._arriving.discard(largest)
                    largest.blocks.clear()
        finally:
            self._arriving.discard(body)


def refused(content_type: str, body: bytes) -> Refusal | None:
    """Return why a form cannot be read, or None. Forms are UTF-8: one that claims another charset is not decoded at all."""
    kind, options = parse_options_header(content_type)
    if kind == b"multipart/form-data":
        if options.get(b"charset", b"utf-8").lower() not in (b"utf-8", b"utf8"):
            return not_words()
        fields, text = body.lower().count(b"content-disposition:"), body
    else:
        fields = body.count(b"&") + 1
        # "+" is a space in a form; without "%" there is nothing to undo.
        text = unquote_to_bytes(body) if b"%" in body else body
    if fields > MOST_FIELDS:
        return too_many_fields()
    return None if readable(text) else not_words()


def readable(text: bytes) -> bool:
    """Say whether bytes are UTF-8 without a NUL (which no database takes as text)."""
    if b"\0" in text:
        return False
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def replaying(body: bytes, receive: Receive) -> Receive:
    """Return a ``receive`` that gives the body once more, then whatever really comes."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
