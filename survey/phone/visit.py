"""One visit of a phone: which performance, which questionnaire, in which language. Read afresh every time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from survey.language.choosing import native_name, preferred
from survey.model import Performance, Questionnaire
from survey.storage.database import Connection, Database
from survey.storage.performances import PerformanceUnknown, find_performance
from survey.storage.questionnaires import find_version

T = TypeVar("T")
DatabaseGetter = Callable[[], Database]
SHADES = ("dark", "light")


@dataclass(frozen=True)
class Visit:
    """What a phone came to."""

    performance: Performance
    questionnaire: Questionnaire
    language: str
    preferred: str = ""
    """The language this phone is spoken to in unless it asks for another."""
    shade: str = ""
    """The page asked for: "dark", "light", or as the phone is set."""

    def address(self, end: str = "", **query: str) -> str:
        """Return the address of one of this performance's pages, in the language and the shade asked for."""
        if self.shade:
            query = {"shade": self.shade, **query}
        if self.language != self.preferred:
            query = {"lang": self.language, **query}
        return f"/p/{self.performance.code}{end}" + (f"?{urlencode(query)}" if query else "")

    @property
    def other_languages(self) -> tuple[tuple[str, str, str], ...]:
        """The other languages offered: tag, name in the language itself, and the form's address in it."""
        return tuple(
            (tag, native_name(tag), replace(self, language=tag).address())
            for tag in self.questionnaire.languages
            if tag != self.language
        )


async def read(database: DatabaseGetter, function: Callable[[Connection], T]) -> T:
    """Return what a function reads. Raises DatabaseBusy.

    On SQLite right here: half a millisecond that no writer can hold up (WAL). Measured with 900 phones in 6 seconds, half
    of them waited 0.2 s for the form instead of 0.6 s or more with threads, which fight for the interpreter. PostgreSQL
    is asked over a network, so there a thread waits instead of everybody.
    """
    opened = database()

    def within() -> T:
        with opened.reading() as connection:
            return function(connection)

    return within() if opened.url.startswith("sqlite") else await run_in_threadpool(within)


def visited(
    connection: Connection, request: Request, wished: str | None = None, shade: str | None = None
) -> Visit:
    """Return what a request's address leads to, in the language and the shade a form asked for, if it did.

    Raises PerformanceUnknown.
    """
    performance = current_performance(connection, str(request.path_params["code"]))
    questionnaire = find_version(connection, performance.version_id)
    wished = wished or request.query_params.get("lang")
    shade = shade or request.query_params.get("shade", "")
    unasked = language_for(questionnaire.languages, request.headers)
    language = wished if wished in questionnaire.languages else unasked
    return Visit(performance, questionnaire, str(language), unasked, shade if shade in SHADES else "")


def current_performance(connection: Connection, code: str) -> Performance:
    """Return a performance by its code.

    Raises PerformanceUnknown, past the keeping date too: then nobody can tell that it ever was.
    """
    performance = find_performance(connection, code)
    if performance.keep_until < date.today():
        raise PerformanceUnknown("This performance is past its keeping date.")
    return performance


def language_for(offered: Sequence[str], headers: Mapping[str, str]) -> str:
    """Return which of the languages offered a phone prefers, else the first."""
    return preferred(headers.get("accept-language", ""), offered) or offered[0]
