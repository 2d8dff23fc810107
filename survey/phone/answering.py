"""Sending the form: stored as far as it is valid; what needs another look comes back as it was typed."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey import language
from survey.phone.form_page import form_page, held_page
from survey.phone.forms import Form
from survey.phone.handoff import carrying
from survey.phone.late import LateTries
from survey.phone.not_now import not_stored
from survey.phone.refusals import happening
from survey.phone.seat_cookie import keep_seat, seat_in_cookie, seat_in_fields
from survey.phone.sending import GO, fields_of, first, form_sent
from survey.phone.two_words import TwoWords
from survey.phone.visit import DatabaseGetter, Visit, read
from survey.questionnaire import read_form
from survey.storage.database import Connection, DatabaseBusy, DatabaseUnsure
from survey.storage.responses import ReceiptUnknown, WaveClosed, find_response, save_response, waves_done
from survey.storage.seats import new_seat
from survey.storage.two_words import Words
from survey.storage.waves import PerformanceFinished


class Answering:
    """The forms of one database, when they are sent."""

    def __init__(self, database: DatabaseGetter, words: TwoWords) -> None:
        self.database = database
        self.words = words
        self.tries = LateTries()

    async def send_answers(self, request: Request) -> Response:
        """Store what is valid and lead to the thank-you page; what needs another look comes back as it was typed."""
        fields = await fields_of(request)
        seat = seat_in_cookie(request) or seat_in_fields(fields) or new_seat()
        try:
            visit, form = await read(self.database, lambda connection: form_sent(connection, request, fields))
        except DatabaseBusy as busy:
            return held_page(request, fields, busy)
        with language.speaking(visit.language):
            form = replace(
                form,
                filled=read_form(form.questionnaire, form.wave, fields),
                unsent=True,
                asks_words="_words" in fields,
                words=first(fields, "_words").strip(),
            )
            if GO in fields:
                response = await self.shown_again(request, visit, form, seat)
            else:
                response = await self.stored(request, visit, form, seat)
        if visit.performance.seat_key is not None and form.receipt is None:
            keep_seat(response, visit.performance.code, seat)
        return response

    async def shown_again(self, request: Request, visit: Visit, form: Form, seat: str) -> Response:
        """Return the form with what is typed and not sent: in another language or look, or back from another page."""
        performance = visit.performance
        if performance.seat_key is None or performance.open_wave is not form.wave:
            return RedirectResponse(visit.address(), 303)
        sent = form.receipt is not None or form.wave in await read(
            self.database, lambda c: waves_done(c, performance, seat=seat)
        )
        shown = replace(form, filled=replace(form.filled, problems={}), sent_before=sent)
        return form_page(request, visit, shown, seat)

    async def stored(self, request: Request, visit: Visit, form: Form, seat: str) -> Response:
        """Store a form as far as it is valid; return the page that says how it went."""
        performance = visit.performance
        if performance.seat_key is None or form.questionnaire.id != visit.questionnaire.id:
            return not_stored(request, visit, form)
        if form.filled.empty and not form.problems and performance.open_wave is form.wave:
            earlier = await read(
                self.database, lambda c: find_response(c, performance, seat=seat, wave=form.wave)
            )
            form = replace(form, nothing_given=True, sent_before=earlier is not None)
            return form_page(request, visit, form, seat, status=422)
        join = self.words.joining(request, performance, form, seat) if form.words else None
        this = self.tries.arrived(request, f"{performance.id} {form.receipt or seat}")

        def act(connection: Connection) -> Words | None:
            if self.tries.too_late(this):  # its phone has given it up, and reads no answer
                return None
            # Looks again, in the same transaction, at what is open.
            save_response(
                connection,
                performance,
                seat=seat,
                receipt_code=form.receipt,
                wave=form.wave,
                version_id=form.version_id,
                language=visit.language,
                filled=form.filled,
            )
            return None if join is None or form.filled.empty else join(connection)

        try:
            came = await self.database().write_soon(act, crowd=True)
        except (WaveClosed, PerformanceFinished):
            return not_stored(request, visit, form)
        except ReceiptUnknown:
            return form_page(request, visit, replace(form, receipt=None, code_gone=True), seat, status=404)
        except DatabaseBusy as busy:
            unsure = isinstance(busy, DatabaseUnsure)
            why = "" if unsure else happening(busy)
            return form_page(request, visit, replace(form, not_sent=why, unsure=unsure), seat, status=503)
        if form.problems:
            joined = came in (Words.JOINED, Words.KEPT)
            form = replace(form, saved=not form.filled.empty, asks_words=form.asks_words and not joined)
            return form_page(request, visit, form, seat, status=422)
        told = self.words.told(request, performance, seat, came) if form.words else ""
        return RedirectResponse(
            carrying(visit, "/thanks", request, seat=seat, code=form.receipt, words=told, typed=form.words),
            303,
        )
