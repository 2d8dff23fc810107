"""The pledge: the organiser's words, one button, and a count that never shows a single tap."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey.analysis.figures import suppressed
from survey.model import Performance
from survey.phone.handoff import carrying
from survey.phone.seat_cookie import seat_in_cookie, seat_in_fields
from survey.phone.sending import fields_of, first
from survey.phone.visit import DatabaseGetter, read, visited
from survey.storage.database import Connection
from survey.storage.offers import Offer, find_offer
from survey.storage.pledges import join_pledge, pledges, take_pledge_back

STEP = 5
"""The count moves by so many at a time."""


@dataclass(frozen=True)
class Pledge:
    """A pledge as one phone sees it. ``joined`` is how many at least have joined, None while it is not said."""

    words: str
    hashtag: str
    mine: bool
    joined: int | None


def pledge_of(
    connection: Connection, performance: Performance, offer: Offer, seat: str | None
) -> Pledge | None:
    """Return the pledge as a seat sees it; None when none is offered."""
    if not offer.pledge:
        return None
    there = pledges(connection, performance, seat)
    return Pledge(offer.pledge, offer.hashtag, there.mine, shown_count(there.count))


def shown_count(count: int) -> int | None:
    """Return the count as the room may see it: nothing below ten, then in steps of five."""
    return None if suppressed(count) else count - count % STEP


async def pledge_or_not(database: DatabaseGetter, request: Request) -> Response:
    """Join the pledge or take it back, for this phone's seat, and lead back to the thank-you page."""
    fields = await fields_of(request)
    visit = await read(
        database,
        lambda connection: visited(connection, request, first(fields, "_lang"), first(fields, "_shade")),
    )
    performance = visit.performance
    seat = seat_in_cookie(request) or seat_in_fields(fields)

    def act(connection: Connection) -> None:
        if seat is None:
            return
        if first(fields, "pledge") == "back":
            take_pledge_back(connection, performance, seat)
        elif find_offer(connection, performance.production_id).pledge:
            join_pledge(connection, performance, seat)

    await database().write_soon(act, crowd=True)
    return RedirectResponse(carrying(visit, "/thanks", request, seat=seat, code=None) + "#pledge", 303)
