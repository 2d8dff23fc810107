"""The thank-you page: your answers are in, your code, and the ways back."""

from collections.abc import Set

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey import language
from survey.language import _
from survey.model import Wave
from survey.phone.handoff import unseal
from survey.phone.not_now import finished
from survey.phone.occasion import occasion_words
from survey.phone.pages import page, rendered
from survey.phone.refusals import Refusal
from survey.phone.seat_cookie import forget_seat, seat_in_cookie
from survey.phone.visit import DatabaseGetter, Visit, read, visited
from survey.storage.responses import waves_done
from survey.storage.seats import receipt


async def say_thanks(database: DatabaseGetter, request: Request) -> Response:
    """Say what is stored for this phone's seat; a refresh changes nothing."""
    cookie = seat_in_cookie(request)
    carried = request.query_params.get("k", "")

    def look(connection: Connection) -> tuple[Visit, str | None, set[Wave]]:
        visit = visited(connection, request)
        key = visit.performance.seat_key
        seat = cookie or (unseal(key, carried) if key and carried else None)
        return visit, seat, waves_done(connection, visit.performance, seat=seat) if seat else set()

    visit, seat, done = await read(database, look)
    performance = visit.performance
    if carried and cookie:  # the phone took the cookie after all: the seal need not stay in its history
        return RedirectResponse(f"{visit.path}/thanks{visit.language_query}", 303)
    with language.speaking(visit.language):
        if performance.seat_key is None:
            response: Response = finished(performance).response()
            forget_seat(response, performance.code)
            return response
        if seat is None or not done:
            return nothing_from_this_phone(visit, carried=bool(carried)).response()
        return thanks_page(request, visit, done, code=receipt(performance.seat_key, seat), seat=seat)


def thanks_page(
    request: Request, visit: Visit, done: Set[Wave], *, code: str, seat: str | None = None
) -> Response:
    """Return the thank-you page. Without a seat the answers were changed by their code, on whichever phone."""
    performance = visit.performance
    open_wave = performance.open_wave
    waiting = Wave.BEFORE in done and Wave.AFTER not in done and open_wave is not Wave.AFTER
    markup = rendered(
        "thanks.html",
        visit=visit,
        performance=performance,
        code=code,
        seat=seat,
        open_now=open_wave is not None and open_wave not in done,
        changeable=open_wave in done,
        keep_page=occasion_words(performance.kind, Wave.BEFORE).keep_page if waiting else None,
    )
    return page(request, markup)


def nothing_from_this_phone(visit: Visit, *, carried: bool) -> Refusal:
    """No answers are known for this phone: it sent none, or it refuses cookies and half an hour has passed."""
    if carried:
        return Refusal(
            200,
            _("This page is too old to show your code"),
            _("If you sent answers, they are in. To see or delete them, use the code you kept."),
            ("/receipt", _("I have a code")),
        )
    return Refusal(
        200,
        _("Nothing sent from this phone yet"),
        _("We know of no answers from this phone. If you sent some on another phone, they are in."),
        (f"{visit.path}{visit.language_query}", _("Go to the questions")),
    )
