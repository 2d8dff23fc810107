"""How much a form may be: 2 MB, a thousand fields, real text. What passes is replayed to the page behind."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from survey.phone.refusals import Refusal, not_words, too_many_fields, too_much

LARGEST = 2 * 1024 * 1024
MOST_FIELDS = 1000
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class TooMuch(Exception):
    """More than anyone may send."""


class Gone(Exception):
    """The sender went away before the form was complete."""


class Limits:
    """Pure ASGI, in front of our own pages only: ``ours`` tells which paths those are."""

    def __init__(self, app: ASGIApp, ours: Callable[[str], bool]) -> None:
        self.app = app
        self.ours = ours

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
            body = await whole_body(receive)
        except TooMuch:
            await too_much().response()(scope, receive, send)
            return
        except Gone:
            return
        refusal = refused(headers.get("content-type", ""), body)
        if refusal is not None:
            await refusal.response()(scope, receive, send)
            return
        await self.app(scope, replaying(body, receive), send)


async def whole_body(receive: Receive) -> bytes:
    """Return the body. Raises TooMuch as soon as it is more than anyone may send, Gone when the sender went away."""
    parts: list[bytes] = []
    length = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Gone
        part = message.get("body", b"")
        length += len(part)
        if length > LARGEST:
            raise TooMuch
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


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
