"""Opening the form: empty, with what was sent before, or for the next person on the same phone."""

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey import language
from survey.model import Filled, Wave
from survey.phone.arrivals import Arrivals
from survey.phone.form_page import form_page
from survey.phone.forms import Form
from survey.phone.guesses import Guesses
from survey.phone.handoff import carried_code, carried_seat, carrying
from survey.phone.not_now import not_open
from survey.phone.poll_now import PollNow, poll_now
from survey.phone.receipts import wrong_code
from survey.phone.seat_cookie import keep_seat, seat_in_cookie, seat_in_fields
from survey.phone.sending import fields_of, first, receipt_in
from survey.phone.visit import DatabaseGetter, Visit, read, visited
from survey.storage.database import Connection
from survey.storage.filled import filled_of
from survey.storage.responses import known_by_seat, responses_by_receipt
from survey.storage.seats import new_seat, next_seat

CHANGE = "change"
"""Stands in the form's address when somebody has asked to see and change what this phone sent."""


@dataclass(frozen=True)
class Opened:
    """What a phone opens: by its seat, by a receipt code, or as a stranger."""

    visit: Visit
    seat: str | None
    code: str | None = None
    earlier: Filled | None = None
    done: frozenset[Wave] = frozenset()
    asks_words: bool = True
    """Nothing is known from before: two words may join what is sent."""
    poll: PollNow | None = None
    """What everybody is asked just now, unless this phone has answered it."""


class Opening:
    """The forms of one database, before they are sent."""

    def __init__(self, database: DatabaseGetter, guesses: Guesses) -> None:
        self.database = database
        self.guesses = guesses
        self.arrivals = Arrivals()

    async def open_form(self, request: Request) -> Response:
        """Show the open wave's form: empty, or with what was sent before."""
        opened = await read(self.database, lambda connection: with_poll(connection, request))
        visit, performance = opened.visit, opened.visit.performance
        if request.path_params["code"] != performance.code:
            return RedirectResponse(visit.address(), 303)
        if "r" in request.query_params and opened.code is None:  # the way by the code has closed meanwhile
            return RedirectResponse("/receipt", 303)
        with language.speaking(visit.language):
            if performance.open_wave is None and opened.poll is not None:
                return RedirectResponse(carrying(visit, "/room", request, seat=opened.seat, code=None), 303)
            if performance.open_wave is None:
                return await not_open(self.database, visit, opened.done)
            form = Form(
                visit.questionnaire,
                performance.version_id,
                performance.open_wave,
                asks_words=opened.asks_words,
                receipt=opened.code,
            )
            seat = opened.seat or new_seat()
            if opened.earlier is not None and opened.code is None and CHANGE not in request.query_params:
                # Whoever holds the phone now may be somebody else: nobody's answers are shown unasked.
                again = carrying(visit, "/thanks", request, seat=seat, code=None, again="yes")
                return RedirectResponse(again, 303)
            if opened.earlier is not None:
                form = replace(form, filled=opened.earlier, sent_before=True)
            response = form_page(request, visit, form, seat, poll=opened.poll)
        if form.receipt is None:
            keep_seat(response, performance.code, seat)
        response.background = self.arrivals.noting(self.database, request, performance.id)
        return response

    async def change_answers(self, request: Request) -> Response:
        """Lead to the form with what was sent, by this phone's seat or by a receipt code typed on any phone."""
        fields = await fields_of(request)
        visit = await read(
            self.database, lambda connection: visited(connection, request, wished=first(fields, "_lang"))
        )
        code = receipt_in(fields)
        if code is not None:
            receipt = await read(self.database, lambda connection: responses_by_receipt(connection, code))
            if receipt is None or receipt.performance_id != visit.performance.id:
                return wrong_code(request, self.guesses)
        change = {} if code else {CHANGE: "yes"}
        return RedirectResponse(
            carrying(visit, "", request, seat=seat_in_fields(fields), code=code, **change), 303
        )

    async def start_another(self, request: Request) -> Response:
        """Forget this phone's seat and begin with a new one, for the next person."""
        visit = await read(self.database, lambda connection: visited(connection, request))
        seat = next_seat()
        response = RedirectResponse(carrying(visit, "", request, seat=seat, code=None), 303)
        if visit.performance.seat_key is not None:
            keep_seat(response, visit.performance.code, seat)
        return response


def with_poll(connection: Connection, request: Request) -> Opened:
    """Return what a phone opens, with the poll it may answer. Raises PerformanceUnknown."""
    opened = look(connection, request)
    return replace(opened, poll=poll_now(connection, opened.visit.performance, opened.seat))


def look(connection: Connection, request: Request) -> Opened:
    """Return what a phone opens, with what was sent before to the open wave. Raises PerformanceUnknown."""
    visit = visited(connection, request)
    performance = visit.performance
    wave = performance.open_wave
    seat = seat_in_cookie(request) or carried_seat(performance, request)
    if code := carried_code(performance, request):
        receipt = responses_by_receipt(connection, code)
        if receipt is None or receipt.performance_id != performance.id:
            return Opened(visit, seat)
        done = frozenset(receipt.responses)
        earlier = receipt.responses.get(wave) if wave else None
        return Opened(visit, seat, code, earlier, done, Wave.BEFORE not in done and not receipt.paired)
    if seat is None:
        return Opened(visit, None)
    known = known_by_seat(connection, performance, seat=seat)
    id = known.responses.get(wave) if wave else None
    earlier = filled_of(connection, [id])[id] if id else None
    asks_words = Wave.BEFORE not in known.done and not known.paired
    return Opened(visit, seat, earlier=earlier, done=known.done, asks_words=asks_words)
