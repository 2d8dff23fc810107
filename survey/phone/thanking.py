"""The thank-you page: your answers are in, your code, and the ways back."""

from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey import language
from survey.language import _
from survey.model import Wave
from survey.phone.after_sending import AfterSending, after_sending
from survey.phone.handoff import carried_code, carried_seat
from survey.phone.not_now import finished
from survey.phone.pages import page, rendered
from survey.phone.poll_now import PollNow, poll_now
from survey.phone.refusals import Refusal
from survey.phone.seat_cookie import seat_in_cookie
from survey.phone.two_words import own_words
from survey.phone.visit import DatabaseGetter, Visit, read, visited
from survey.room.occasion import occasion_words
from survey.storage.database import Connection
from survey.storage.responses import Known, known_by_seat, responses_by_receipt, uncounted
from survey.storage.seats import is_shared, receipt


@dataclass(frozen=True)
class Stored:
    """What is stored for the person who asks: by this phone's seat, or by a code on any phone."""

    visit: Visit
    code: str | None = None
    seat: str | None = None
    known: Known = field(default_factory=Known)
    uncounted: bool = False
    """Some of it came when every seat had answered, so it waits for the organiser."""
    after: AfterSending = field(default_factory=AfterSending)
    poll: PollNow | None = None


async def say_thanks(database: DatabaseGetter, request: Request) -> Response:
    """Say what is stored; a refresh changes nothing."""
    stored = await read(database, lambda connection: look(connection, request))
    visit, performance = stored.visit, stored.visit.performance
    carried = "k" in request.query_params
    if carried and seat_in_cookie(request):
        # The phone took the cookie after all: the seal need not stay in its history.
        return RedirectResponse(visit.address("/thanks"), 303)
    with language.speaking(visit.language):
        if performance.seat_key is None:
            return await finished(database, visit)
        if stored.code is None or not stored.known.done:
            too_old = carried or "r" in request.query_params
            return nothing_from_this_phone(visit, too_old=too_old).response()
        return thanks_page(request, stored)


def look(connection: Connection, request: Request) -> Stored:
    """Return what is stored for whoever asks. Raises PerformanceUnknown."""
    visit = visited(connection, request)
    performance = visit.performance
    if "r" in request.query_params:
        code = carried_code(performance, request)
        found = responses_by_receipt(connection, code) if code else None
        if code is None or found is None or found.performance_id != performance.id:
            return Stored(visit)
        return Stored(
            visit,
            code,
            known=Known(found.sent, paired=found.paired),
            uncounted=uncounted(connection, code),
            after=after_sending(connection, visit, None),
            poll=poll_now(connection, performance, None),
        )
    seat = seat_in_cookie(request) or carried_seat(performance, request)
    if seat is None or performance.seat_key is None:
        return Stored(visit)
    known = known_by_seat(connection, performance, seat=seat)
    code = receipt(performance.seat_key, seat)
    return Stored(
        visit,
        code,
        seat,
        known,
        uncounted(connection, code),
        after_sending(connection, visit, seat),
        poll_now(connection, performance, seat),
    )


def thanks_page(request: Request, stored: Stored) -> Response:
    """Return the thank-you page."""
    performance, done = stored.visit.performance, stored.known.done
    open_wave = performance.open_wave
    again = "again" in request.query_params
    waiting = Wave.BEFORE in done and Wave.AFTER not in done and open_wave is not Wave.AFTER
    markup = rendered(
        "thanks.html",
        visit=stored.visit,
        performance=performance,
        code=stored.code,
        seat=stored.seat,
        hidden=again or (stored.seat is not None and is_shared(stored.seat)),
        again=again,
        carried="k" in request.query_params,
        words=own_words(performance, stored.known, stored.seat, request),
        uncounted=stored.uncounted,
        after=stored.after,
        poll=stored.poll,
        open_now=open_wave is not None and open_wave not in done,
        changeable=open_wave in done,
        keep_page=occasion_words(performance.kind, Wave.BEFORE).keep_page if waiting else None,
    )
    return page(request, markup)


def nothing_from_this_phone(visit: Visit, *, too_old: bool) -> Refusal:
    """No answers are known for this phone: it sent none, or it refuses cookies and half an hour has passed."""
    if too_old:
        return Refusal(
            200,
            _("This page is too old to show your code"),
            _("If you sent answers, they are in. To see or delete them, use the code you kept."),
            ("/receipt", _("I have a code")),
        )
    sentence = _("We know of no answers from this phone. If you sent some on another phone, they are in.")
    if visit.performance.open_wave is Wave.AFTER:
        sentence += " " + _(
            "If you were given two words, type them below the questions: they put both together."
        )
    return Refusal(
        200,
        _("Nothing sent from this phone yet"),
        sentence,
        (visit.address(), _("Go to the questions")),
    )
