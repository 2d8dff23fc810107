"""Informing: the layered texts in full, one line, short, more, and where each comes from."""

from starlette.requests import Request
from starlette.responses import Response

from survey import language
from survey.information import Information, texts
from survey.phone.pages import page, rendered
from survey.phone.refusals import not_here
from survey.phone.visit import DatabaseGetter, Visit, read, visited
from survey.storage.database import Connection
from survey.storage.offers import Offer, find_offer


async def show_information(database: DatabaseGetter, request: Request) -> Response:
    """Show the layered texts a production offers."""

    def look(connection: Connection) -> tuple[Visit, Offer]:
        visit = visited(connection, request)
        return visit, find_offer(connection, visit.performance.production_id)

    visit, offer = await read(database, look)
    with language.speaking(visit.language):
        offered = offered_texts(offer.information)
        if not offered:
            return not_here().response()
        markup = rendered("information.html", visit=visit, performance=visit.performance, texts=offered)
        return page(request, markup)


def offered_texts(ids: tuple[str, ...]) -> tuple[Information, ...]:
    """Return the layered texts of these ids; one whose file is no longer there is left out."""
    return tuple(text for id, text in texts().items() if id in ids)
