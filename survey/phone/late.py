"""Late tries: what a phone gave up and sent again may still arrive, even after the person has changed their mind.

The scripts number their tries (phone.js, again.js). A try is too late when a later one of the same page has come before it. The highest
number of each page is known in memory only, without any time: nothing of it is stored, and a restart forgets it. Forms
sent without the script carry no number and always count.
"""

import hashlib
import re
from dataclasses import dataclass

from starlette.requests import Request

HEADER = "try"
_SHAPE = re.compile(r"([0-9.e-]{1,30}) ([0-9]{1,6})")


@dataclass(frozen=True)
class Try:
    """One of the tries of one page of one person."""

    page: str
    number: int


class LateTries:
    """How far the tries of each page have come."""

    MOST = 20_000
    """Pages known at once, twice over: when there are more, those are let go that have sent nothing since."""

    def __init__(self) -> None:
        self._lately: dict[str, int] = {}
        self._earlier: dict[str, int] = {}

    def arrived(self, request: Request, person: str) -> Try | None:
        """Take note of a try that has just come in; None when the form was sent without one.

        ``person``: a seat or a code, and what it decides about where that is more than one thing.
        """
        found = _SHAPE.fullmatch(request.headers.get(HEADER, ""))
        if found is None:
            return None
        page = hashlib.sha256(f"{person} {found[1]}".encode()).hexdigest()
        this = Try(page, int(found[2]))
        highest = max(this.number, self._highest(page))
        if page not in self._lately and len(self._lately) >= self.MOST:
            self._earlier, self._lately = self._lately, {}
        self._lately[page] = highest
        return this

    def too_late(self, this: Try | None) -> bool:
        """Return whether a later try of the same page has come."""
        return this is not None and this.number < self._highest(this.page)

    def _highest(self, page: str) -> int:
        return max(self._lately.get(page, 0), self._earlier.get(page, 0))
