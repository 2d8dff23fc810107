"""Greeting: pages without a performance speak a phone's language too, when it is offered for any questionnaire at all."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from survey import language
from survey.language.catalogues import SOURCE
from survey.phone.visit import DatabaseGetter, language_for, read
from survey.storage.database import DatabaseBusy
from survey.storage.questionnaires import languages_offered

SECONDS = 5.0
"""How long a look at the languages offered lasts: an approval in the office reaches these pages after so many seconds."""

_asked: ContextVar[str] = ContextVar("asked", default="")
"""The language asked for in the address, where it is not the one this phone prefers anyway."""


class Greeting:
    """Pure ASGI, because the guard's and the limits' own refusals are words too. Pages with a performance know better."""

    def __init__(
        self,
        app: ASGIApp,
        database: DatabaseGetter,
        audience: Callable[[str], bool],
        seconds: float = SECONDS,
    ) -> None:
        self.app = app
        self.database = database
        self.audience = audience
        self.seconds = seconds
        self._offered: tuple[str, ...] = (SOURCE,)
        self._looked = float("-inf")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in the language a phone asks for or prefers, else in English; staff's pages speak English."""
        if scope["type"] != "http" or not self.audience(scope["path"]):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        wished = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
        offered = await self.offered() if wished or "accept-language" in headers else (SOURCE,)
        unasked = language_for(offered, headers)
        spoken = wished if wished in offered else unasked
        with _asking(spoken if spoken != unasked else ""), language.speaking(spoken):
            await self.app(scope, receive, send)

    async def offered(self) -> tuple[str, ...]:
        """Return the languages offered for any questionnaire, English first; as last known while the database is busy."""
        if time.monotonic() - self._looked >= self.seconds:
            try:
                self._offered = (SOURCE, *sorted(await read(self.database, languages_offered) - {SOURCE}))
                self._looked = time.monotonic()
            except DatabaseBusy:
                pass  # the next visitor looks again
        return self._offered


def carry(address: str) -> str:
    """Return the address of one of our pages, carrying the language asked for."""
    asked = _asked.get()
    if not asked or "lang=" in address:
        return address
    return f"{address}{'&' if '?' in address else '?'}lang={asked}"


@contextmanager
def _asking(asked: str) -> Iterator[None]:
    token = _asked.set(asked)
    try:
        yield
    finally:
        _asked.reset(token)
