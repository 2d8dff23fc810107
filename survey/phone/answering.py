"""The form: opened, sent, stored, and shown again with everything typed when something needs another look."""

from dataclasses import replace
from urllib.parse import urlencode

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey import language
from survey.model import Filled, Wave
from survey.phone.arrivals import Arrivals
from survey.phone.form_page import form_page, held_page
from survey.phone.forms import Form
from survey.phone.guesses import Guesses
from survey.phone.handoff import seal
from survey.phone.not_now import not_open, not_stored
from survey.phone.receipts import no_such_code, too_many_codes
from survey.phone.seat_cookie import keep_seat, seat_in_cookie, seat_in_fields
from survey.phone.sending import fields_of, form_sent
from survey.phone.thanking import thanks_page
from survey.phone.visit import DatabaseGetter, Visit, read, visited
from survey.questionnaire import read_form
from survey.storage.database import DatabaseBusy
from survey.storage.responses import (
    ReceiptUnknown,
    WaveClosed,
    find_response,
    responses_by_receipt,
    save_response,
    waves_done,
)
from survey.storage.seats import new_seat
from survey.storage.waves import PerformanceFinished


class Answering:
    """The forms of one database."""

    def __init__(self, database: DatabaseGetter, guesses: Guesses) -> None:
        self.database = database
        self.guesses = guesses
        self.arrivals = Arrivals()

    async def open_form(self, request: Request) -> Response:
        """Show the open wave's form: empty, or with what this phone sent before."""
        seat = seat_in_cookie(request)

        def look(connection: Connection) -> tuple[Visit, Filled | None, set[Wave]]:
            visit = visited(connection, request)
            performance = visit.performance
            if seat is None:
                return visit, None, set()
            if performance.open_wave is None:
                return visit, None, waves_done(connection, performance, seat=seat)
            wave = performance.open_wave
            return visit, find_response(connection, performance, seat=seat, wave=wave), set()

        visit, earlier, done = await read(self.database, look)
        performance = visit.performance
        if request.path_params["code"] != performance.code:
            return RedirectResponse(f"{visit.path}{visit.language_query}", 303)
        with language.speaking(visit.language):
            if performance.open_wave is None:
                return not_open(visit, done)
            form = Form(visit.questionnaire, performance.version_id, performance.open_wave)
            if earlier is not None:
                form = replace(form, filled=earlier, sent_before=True)
            seat = seat or new_seat()
            response = form_page(request, visit, form, seat)
        keep_seat(response, performance.code, seat)
        response.background = self.arrivals.noting(self.database, request, performance.id)
        return response

    async def send_answers(self, request: Request) -> Response:
        """Store what is valid and lead to the thank-you page; what needs another look comes back as it was typed."""
        fields = await fields_of(request)
        cookie = seat_in_cookie(request)
        seat = cookie or seat_in_fields(fields) or new_seat()
        try:
            visit, form = await read(self.database, lambda connection: form_sent(connection, request, fields))
        except DatabaseBusy:
            return held_page(request, fields)
        with language.speaking(visit.language):
            form = replace(form, filled=read_form(form.questionnaire, form.wave, fields))
            response = await self.stored(request, visit, form, seat, carried=cookie is None)
        if visit.performance.seat_key is not None and form.receipt is None:
            keep_seat(response, visit.performance.code, seat)
        return response

    async def stored(
        self, request: Request, visit: Visit, form: Form, seat: str, *, carried: bool
    ) -> Response:
        """Store a form as far as it is valid; return the page that says how it went.

        ``carried``: no cookie came, so the thank-you page needs the seat carried to it.
        """
        performance = visit.performance
        key = performance.seat_key
        if key is None or form.questionnaire.id != visit.questionnaire.id:
            return not_stored(request, visit, form)
        if form.filled.empty and not form.problems and performance.open_wave is form.wave:
            earlier = await read(
                self.database, lambda c: find_response(c, performance, seat=seat, wave=form.wave)
            )
            form = replace(form, nothing_given=True, sent_before=earlier is not None)
            return form_page(request, visit, form, seat, status=422)
        if form.receipt is not None and self.guesses.too_many():
            return too_many_codes(request)
        try:
            # Looks again, in the same transaction, at what is open.
            await self.database().write_soon(
                lambda connection: save_response(
                    connection,
                    performance,
                    seat=seat,
                    receipt_code=form.receipt,
                    wave=form.wave,
                    version_id=form.version_id,
                    language=visit.language,
                    filled=form.filled,
                )
            )
        except (WaveClosed, PerformanceFinished):
            return not_stored(request, visit, form)
        except ReceiptUnknown:
            self.guesses.wrong()
            return no_such_code(request)
        except DatabaseBusy:
            return form_page(request, visit, replace(form, not_sent=True), seat, status=503)
        if form.problems:
            return form_page(request, visit, replace(form, saved=not form.filled.empty), seat, status=422)
        if form.receipt is not None:
            return thanks_page(request, visit, {form.wave}, code=form.receipt)
        query = {"lang": visit.language} if visit.language_query else {}
        if carried:
            query["k"] = seal(key, seat)
        return RedirectResponse(f"{visit.path}/thanks{'?' if query else ''}{urlencode(query)}", 303)

    async def change_answers(self, request: Request) -> Response:
        """Show the form with what was sent, by this phone's seat or by a receipt code typed elsewhere."""
        fields = await fields_of(request)
        seat = seat_in_cookie(request) or seat_in_fields(fields) or new_seat()
        visit, form = await read(self.database, lambda connection: form_sent(connection, request, fields))
        performance = visit.performance
        with language.speaking(visit.language):
            wave = performance.open_wave
            if wave is None:
                return not_open(visit, set())
            if form.receipt is None:
                found = await read(
                    self.database, lambda c: find_response(c, performance, seat=seat, wave=wave)
                )
            else:
                if self.guesses.too_many():
                    return too_many_codes(request)
                code = form.receipt
                receipt = await read(self.database, lambda c: responses_by_receipt(c, code))
                if receipt is None or receipt.performance_id != performance.id:
                    self.guesses.wrong()
                    return no_such_code(request)
                found = receipt.responses.get(wave)
            form = Form(visit.questionnaire, performance.version_id, wave, receipt=form.receipt)
            if found is not None:
                form = replace(form, filled=found, sent_before=True)
            response = form_page(request, visit, form, seat)
        if form.receipt is None:
            keep_seat(response, performance.code, seat)
        return response

    async def start_another(self, request: Request) -> Response:
        """Forget this phone's seat and begin with a new one, for the next person."""
        visit = await read(self.database, lambda connection: visited(connection, request))
        response = RedirectResponse(f"{visit.path}{visit.language_query}", 303)
        if visit.performance.seat_key is not None:
            keep_seat(response, visit.performance.code, new_seat())
        return response
