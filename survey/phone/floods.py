"""A brake on floods of words. It knows phones by their seats, in memory and for minutes; never an address.

It is fair: a source is slowed by what it sent itself, never by what others did. Forms that come without a cookie cannot be
told apart, so they share one brake, which is wider.
"""

import time
from collections.abc import Callable

from starlette.requests import Request

from survey.phone.seat_cookie import seat_in_cookie

WIDER = 6
"""So many times more may come from all forms without a cookie together than from one phone."""


class Floods:
    """How often each phone sent something lately."""

    LARGEST = 5000
    """Phones known at once; with more, those are let go that sent nothing lately."""

    def __init__(
        self, most: int = 5, seconds: float = 300, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._sent: dict[str, list[float]] = {}

    def too_many(self, *sources: str) -> bool:
        """Say whether a source sent so much lately that it is to wait."""
        return any(
            len(self._lately(source)) >= self._most * (WIDER if source.endswith(NO_COOKIE) else 1)
            for source in sources
        )

    def sent(self, *sources: str) -> None:
        """Count one thing that came from each of these sources."""
        if len(self._sent) >= self.LARGEST:
            self._sent = {known: lately for known in self._sent if (lately := self._lately(known))}
        for source in sources:
            self._sent[source] = [*self._lately(source), self._clock()]

    def _lately(self, source: str) -> list[float]:
        since = self._clock() - self._seconds
        return [moment for moment in self._sent.get(source, ()) if moment > since]


NO_COOKIE = " without a cookie"


def sources_of(request: Request, performance_id: str, seat: str) -> tuple[str, ...]:
    """Return where a form of a performance comes from: a phone by its seat and, without a cookie, all such forms."""
    phone = f"{performance_id} {seat}"
    return (phone,) if seat_in_cookie(request) else (phone, performance_id + NO_COOKIE)
