"""The guard: deny by default, on HTTP and websocket, before anything behind it is asked."""

from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from survey.phone.limits import SAFE_METHODS
from survey.phone.refusals import from_elsewhere, not_here, not_yours, unwell
from survey.phone.sign_ins import SIGNED_OUT, SignIns, Visitor
from survey.phone.ways import EVERYONE, NOBODY, Ways, home
from survey.storage.database import DatabaseBusy

TOLD = b"x-houselights-"
"""Headers with this beginning are the guard's word to the pages; a client's are dropped."""
STREAM = "/_stcore/stream"
REFUSED = 4403
NOT_KEPT = {"Cache-Control": "no-store"}
DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


class Guard:
    """Pure ASGI, because a websocket is a way in too."""

    def __init__(self, app: ASGIApp, ways: Ways, sign_ins: SignIns, public_url: str) -> None:
        self.app = app
        self.ways = ways
        self.sign_ins = sign_ins
        self.public_url = public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a visitor through to what their role may see, and tell the page behind who they are."""
        if scope["type"] == "http":
            await self.http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self.websocket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def http(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it with a page (a person) or a short word (a program)."""
        headers = Headers(scope=scope)
        if scope["method"] not in SAFE_METHODS and not self.same_place(headers):
            await from_elsewhere().response()(scope, receive, send)
            return
        path = scope["path"]
        allowed = NOBODY if path == STREAM else self.ways.roles(path)
        scope["houselights.sign_ins"] = self.sign_ins
        if allowed == EVERYONE:
            await self.app(told(scope, None), receive, send)
            return
        try:
            visitor = await self.sign_ins.visitor(cookie_parser(headers.get("cookie", "")))
        except DatabaseBusy as trouble:
            await unwell(trouble).response()(scope, receive, send)
            return
        role = visitor.role if visitor else None
        only = visitor.only if visitor else None
        if path == "/":
            answer: ASGIApp = RedirectResponse(home(role, only), 303, NOT_KEPT)
        elif role in allowed and self.ways.within(path, only):
            answer = self.app
        elif allowed == NOBODY:
            answer = not_here().response()
        elif role is None:
            answer = stranger(scope, headers)
        else:
            answer = not_yours(home(role, only)).response()
        await answer(told(scope, visitor), receive, send)

    async def websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Open Streamlit's stream for a signed-in visitor from our own page; close it when the sign-in ends."""
        headers = Headers(scope=scope)
        visitor = None
        if scope["path"] == STREAM and self.same_place(headers):
            try:
                visitor = await self.sign_ins.visitor(cookie_parser(headers.get("cookie", "")))
            except DatabaseBusy:
                visitor = None
        if visitor is None or visitor.role not in self.ways.roles(STREAM):
            await receive()
            await send({"type": "websocket.close", "code": REFUSED if visitor else SIGNED_OUT})
            return
        async with self.sign_ins.held(visitor, receive, send) as (held_receive, held_send):
            await self.app(told(scope, visitor), held_receive, held_send)

    def same_place(self, headers: Headers) -> bool:
        """Say whether a form or a websocket comes from our own page.

        A program that is no browser sends neither header and has no one's cookie: it may.
        """
        fetched_from = headers.get("sec-fetch-site")
        if fetched_from is not None:
            return fetched_from in ("same-origin", "none")
        origin = headers.get("origin")
        if origin is None:
            return True
        return place(origin) is not None and place(origin) in (
            place(f"{urlsplit(origin).scheme}://{headers.get('host', '')}"),
            place(self.public_url),
        )


def place(url: str) -> tuple[str, int] | None:
    """Return host and port of an address, the usual port when it names none; None when it has no host."""
    try:
        parts = urlsplit(url)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme)
        host = parts.hostname or ""
        # Browsers send "théâtre.example" as "xn--thtre-…"; an address in the settings may be as people write it.
        host = host if host.isascii() else host.encode("idna").decode()
    except ValueError:
        return None
    return (host.lower(), port) if host and port else None


def told(scope: Scope, visitor: Visitor | None) -> Scope:
    """Return the scope with the guard's word in place of anything the client claimed.

    ``Origin`` has been judged and goes: Streamlit would ask an outside server whether an unknown one is this machine.
    """
    headers = [
        (name, value)
        for name, value in scope["headers"]
        if not name.lower().startswith(TOLD) and name.lower() != b"origin"
    ]
    if visitor is not None:
        headers += [(TOLD + name.encode(), value.encode()) for name, value in visitor.told().items()]
    return {**scope, "headers": headers}


def stranger(scope: Scope, headers: Headers) -> Response:
    """Send a person to sign in and back again; tell a program no."""
    if scope["method"] in ("GET", "HEAD") and "text/html" in headers.get("accept", ""):
        wanted = scope["path"]
        if scope["query_string"]:
            wanted += "?" + scope["query_string"].decode("latin-1")
        return RedirectResponse(f"/sign-in?next={quote(wanted, safe='/')}", 303, NOT_KEPT)
    return PlainTextResponse("Sign in first.", 401, NOT_KEPT)
