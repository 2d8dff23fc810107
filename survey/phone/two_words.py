"""Two words typed on a phone: they put together what one person sends before and after. Wrong ones cost no answer."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey.language import current
from survey.model import Performance, Wave
from survey.phone.floods import Floods, sources_of
from survey.phone.forms import Form
from survey.phone.handoff import carried_words, carrying
from survey.phone.seat_cookie import seat_in_cookie, seat_in_fields
from survey.phone.sending import fields_of, first, receipt_in
from survey.phone.visit import DatabaseGetter, read, visited
from survey.storage.database import Connection
from survey.storage.responses import Known, ReceiptUnknown, known_by_seat, responses_by_receipt
from survey.storage.seats import words_of
from survey.storage.two_words import Words, join_by_words
from survey.words import read_pair

WRONG = 10
"""So many wrong words one phone may type within SECONDS. Every phone that tries has sent answers, so guesses cost seats."""
SECONDS = 60

Join = Callable[[Connection], Words]


class Told(StrEnum):
    """What the next page says about two words; it travels in the address."""

    NOTHING = ""
    UNKNOWN = Words.UNKNOWN
    USED = Words.USED
    TOO_MANY = "too-many"


@dataclass(frozen=True)
class OwnWords:
    """What the thank-you page says about two words."""

    shown: str = ""
    """This person's own, to keep for afterwards."""
    on_card: bool = False
    """They stand on a printed card or sheet."""
    kept: bool = False
    """They stand on a sheet from before that is not typed in yet."""
    asked: bool = False
    """Nothing is known of this person from before: they may type theirs."""
    joined: bool = False
    """Before and after, from two phones, belong together."""
    told: Told = Told.NOTHING
    typed: str = ""
    """What was typed and led nowhere: to be looked at again."""


class TwoWords:
    """The two words of one database's performances, with a brake on guessing for each phone."""

    def __init__(self, database: DatabaseGetter) -> None:
        self.database = database
        self._wrong = Floods(WRONG, SECONDS)

    def joining(self, request: Request, performance: Performance, form: Form, seat: str) -> Join | None:
        """Return the act that joins what a form sends, for the same transaction; None while this phone is to wait."""
        if self._wrong.too_many(*sources_of(request, performance.id, seat)):
            return None
        pair = read_pair(form.words)

        def join(connection: Connection) -> Words:
            if pair is None:
                return Words.UNKNOWN
            return join_by_words(
                connection, performance, pair, wave=form.wave, seat=seat, receipt_code=form.receipt
            )

        return join

    def told(self, request: Request, performance: Performance, seat: str, came: Words | None) -> Told:
        """Return what to say about what came of it, and count wrong words. ``came``: None when it could not try."""
        if came is None:
            return Told.TOO_MANY
        if came not in (Words.UNKNOWN, Words.USED):
            return Told.NOTHING
        self._wrong.sent(*sources_of(request, performance.id, seat))
        return Told(came)

    async def add_words(self, request: Request) -> Response:
        """Join what was sent already, and lead back to the thank-you page."""
        fields = await fields_of(request)
        visit = await read(
            self.database,
            lambda connection: visited(
                connection, request, wished=first(fields, "_lang"), shade=first(fields, "_shade")
            ),
        )
        performance, typed = visit.performance, first(fields, "_words").strip()
        pair = read_pair(typed)
        seat, code = seat_in_cookie(request) or seat_in_fields(fields), receipt_in(fields)

        def join(connection: Connection) -> Words:
            if pair is None or (seat is None and code is None):
                return Words.UNKNOWN
            done = done_by(connection, performance, seat=seat, code=code)
            wave = Wave.AFTER if Wave.AFTER in done else Wave.BEFORE
            return join_by_words(connection, performance, pair, wave=wave, seat=seat or "", receipt_code=code)

        came = None
        if not self._wrong.too_many(*sources_of(request, performance.id, seat or "")):
            try:
                came = await self.database().write_soon(join, crowd=True)
            except ReceiptUnknown:
                return RedirectResponse("/receipt", 303)
        told = self.told(request, performance, seat or "", came)
        return RedirectResponse(
            carrying(visit, "/thanks", request, seat=seat, code=code, words=told, typed=typed), 303
        )


def done_by(
    connection: Connection, performance: Performance, *, seat: str | None, code: str | None
) -> Collection[Wave]:
    """Return the waves a code leads to, or else a seat."""
    if code is None:
        return known_by_seat(connection, performance, seat=seat or "").done
    receipt = responses_by_receipt(connection, code)
    return receipt.responses.keys() if receipt else ()


def own_words(performance: Performance, known: Known, seat: str | None, request: Request) -> OwnWords:
    """Return what the thank-you page says about two words, in the language spoken now."""
    said = request.query_params.get("words", "")
    told = Told(said) if said in set(Told) else Told.NOTHING
    typed = carried_words(performance, request) if told else ""
    if known.paired:
        return OwnWords(joined=True)
    if Wave.BEFORE not in known.done and known.words_hash is not None and not told:
        return OwnWords(kept=True)
    if Wave.BEFORE not in known.done:
        return OwnWords(asked=True, told=told, typed=typed)
    if Wave.AFTER in known.done or performance.seat_key is None:
        return OwnWords()
    if known.words_hash is None or seat is None:
        return OwnWords(told=told, typed=typed)
    pair = words_of(performance.seat_key, seat, known.words_hash)
    if pair is None:
        return OwnWords(on_card=True)
    return OwnWords(shown=pair.shown(current()), told=told, typed=typed)
