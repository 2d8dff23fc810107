"""Staying in touch: one address on a list of its own. No cookie, no seat and no code is read here."""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey import language
from survey.model import Standing
from survey.phone.guesses import Brakes
from survey.phone.not_now import in_full
from survey.phone.pages import page, rendered
from survey.phone.refusals import not_here
from survey.phone.sending import Fields, fields_of, first
from survey.phone.visit import DatabaseGetter, Visit, read, visited
from survey.storage.contacts import add_contact, contacts_until, keeping_date, remove_contact
from survey.storage.database import Connection
from survey.storage.offers import find_offer

LONGEST = 254
"""The longest e-mail address there is."""
ADDRESS = re.compile(
    r"[^\s@,;:<>()\[\]\"\\\x00-\x1f]+@(?:[^\s@.,;:<>()\[\]\"\\/\x00-\x1f]+\.)+[^\s@.,;:<>()\[\]\"\\/\d]{2,}"
)
"""What looks like one address of any script; whether it is somebody's, only a letter to it would tell."""
MOST = 600
"""So many new addresses one performance's audience may leave at once: more than a large house has seats."""
PER_SECOND = 0.5
"""And so many after that, so that nobody fills the list with invented ones."""


class Trouble(Enum):
    """Why an address was not taken; the page keeps what was typed."""

    MISTYPED = 422
    TOO_MANY = 429


@dataclass(frozen=True)
class Asked:
    """What the page asks for. ``purpose`` is the organiser's sentence, "" when nobody can join any more."""

    visit: Visit
    purpose: str
    until: date
    listed: bool
    """There is a list that somebody may want to be taken off."""


class Contacting:
    """The page of one database on which people leave an address, or take it back."""

    def __init__(self, database: DatabaseGetter, brakes: Brakes | None = None) -> None:
        self.database = database
        self.brakes = brakes or Brakes(MOST, PER_SECOND)

    async def ask_address(self, request: Request) -> Response:
        """Ask for an address, or say what became of the one just sent."""
        asked = await read(self.database, lambda connection: look(connection, request, {}))
        return contact_page(request, asked, done=request.query_params.get("done", ""))

    async def keep_address(self, request: Request) -> Response:
        """Put an address on the list or take it off; both look the same whether it was there or not."""
        fields = await fields_of(request)
        asked = await read(self.database, lambda connection: look(connection, request, fields))
        typed = first(fields, "address").strip()
        if len(typed) > LONGEST or not ADDRESS.fullmatch(typed):
            return contact_page(request, asked, typed, Trouble.MISTYPED)
        performance = asked.visit.performance
        off = first(fields, "list") == "off"
        brake = self.brakes.of(performance.id)
        if not off and brake.too_many():
            return contact_page(request, asked, typed, Trouble.TOO_MANY)

        def act(connection: Connection) -> bool:
            if off:
                remove_contact(connection, performance.production_id, typed)
            elif asked.purpose and performance.standing is not Standing.REHEARSAL:
                return add_contact(connection, performance, typed)
            return False

        if await self.database().write_soon(act):
            brake.wrong()
        done = "off" if off else "on" if performance.standing is not Standing.REHEARSAL else ""
        query = {"done": done} if done else {}
        return RedirectResponse(asked.visit.address("/stay-in-touch", **query), 303)


def look(connection: Connection, request: Request, fields: Fields) -> Asked:
    """Return what the page asks for. Raises PerformanceUnknown."""
    visit = visited(connection, request, first(fields, "_lang"), first(fields, "_shade"))
    performance = visit.performance
    return Asked(
        visit,
        find_offer(connection, performance.production_id).stay_in_touch,
        keeping_date(connection, performance),
        contacts_until(connection, performance.production_id) is not None,
    )


def contact_page(
    request: Request, asked: Asked, typed: str = "", trouble: Trouble | None = None, *, done: str = ""
) -> Response:
    """Return the page; the visitor's own 404 when nothing is offered and nobody is on the list."""
    visit, performance = asked.visit, asked.visit.performance
    with language.speaking(visit.language):
        if not asked.purpose and not asked.listed and done != "off":
            return not_here().response()
        markup = rendered(
            "stay_in_touch.html",
            visit=visit,
            performance=performance,
            purpose=asked.purpose,
            until=in_full(replace(performance, keep_until=asked.until)),
            rehearsal=performance.standing is Standing.REHEARSAL,
            typed=typed,
            trouble=trouble,
            done=done if done in ("on", "off") else "",
        )
        response = page(request, markup, status=trouble.value if trouble else 200)
        if trouble is Trouble.TOO_MANY:
            response.headers["Retry-After"] = "60"
        return response
