"""What is kept about the audience: the full page behind the short notice. Every sentence on it must stay true."""

from dataclasses import dataclass

from babel import Locale
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey import language
from survey.language import _, current, ngettext
from survey.model import LawfulBasis, Performance, Purpose
from survey.phone.handoff import carried_seat
from survey.phone.not_now import in_full
from survey.phone.pages import page, rendered
from survey.phone.seat_cookie import DAYS, forget_seat, seat_in_cookie
from survey.phone.sending import fields_of
from survey.phone.visit import DatabaseGetter, Visit, read, visited
from survey.room.occasion import occasion_words
from survey.storage.database import Connection
from survey.storage.kept import what_is_kept
from survey.storage.own_record import OwnRecord, Sent, own_record


@dataclass(frozen=True)
class Asked:
    """What a phone asks: what is kept in general, and of itself."""

    visit: Visit
    record: OwnRecord
    in_cookie: bool


async def show_kept(database: DatabaseGetter, request: Request) -> Response:
    """Say who asks, why, what is kept and until when, and what of it is this phone's; hold what a form was filled with."""
    held = await fields_of(request)
    asked = await read(database, lambda connection: look(connection, request))
    visit, performance = asked.visit, asked.visit.performance
    with language.speaking(visit.language):
        markup = rendered(
            "kept.html",
            visit=visit,
            performance=performance,
            record=asked.record,
            own=[sent_words(performance, sent) for sent in asked.record.sent],
            forgets=asked.in_cookie and performance.seat_key is not None,
            forgotten="forgotten" in request.query_params and not asked.in_cookie,
            purpose=purpose_words(performance),
            basis=basis_words(performance),
            kept=what_is_kept(in_full(performance)),
            days=DAYS,
            on_a_server=not database().url.startswith("sqlite"),
            held=held,
        )
    return page(request, markup)


async def forget_phone(database: DatabaseGetter, request: Request) -> Response:
    """Let the phone forget its seat. Its answers stay where they are."""
    visit = await read(database, lambda connection: visited(connection, request))
    response = RedirectResponse(visit.address("/kept", forgotten="yes"), 303)
    forget_seat(response, visit.performance.code)
    return response


def look(connection: Connection, request: Request) -> Asked:
    """Return what is stored of the phone that asks. Raises PerformanceUnknown."""
    visit = visited(connection, request)
    in_cookie = seat_in_cookie(request)
    seat = in_cookie or carried_seat(visit.performance, request)
    record = own_record(connection, visit.performance, seat=seat) if seat else OwnRecord()
    return Asked(visit, record, in_cookie is not None)


def sent_words(performance: Performance, sent: Sent) -> tuple[str, list[str]]:
    """Say what is stored of one wave: its heading, then how much, in which language, whether it may be quoted."""
    parts = [
        ngettext("%(num)s answer", "%(num)s answers", sent.questions) % {"num": sent.questions},
        _("in this language: {language}").format(language=language_words(sent.language)),
    ]
    parts += [
        _("a comment that may be quoted") if quotable else _("a comment that may not be quoted")
        for quotable in sent.comments
    ]
    return occasion_words(performance.kind, sent.wave).heading, parts


def language_words(tag: str) -> str:
    """Return what the language spoken now calls a language."""
    spoken = Locale.parse(current(), sep="-")
    return Locale.parse(tag, sep="-").get_display_name(spoken) or tag


def purpose_words(performance: Performance) -> str:
    """Say why the questions are asked."""
    return {
        Purpose.ENGAGEMENT: _("To talk with the audience about what the performance is about."),
        Purpose.EVALUATION: _("To learn what people made of the performance, and to report on it."),
        Purpose.RESEARCH: _("For research. Ask the people below who approved it."),
    }[performance.purpose]


def basis_words(performance: Performance) -> str:
    """Say on what footing in the law."""
    return {
        LawfulBasis.PUBLIC_TASK: _(
            "The law allows it because it is a task in the public interest (public task)."
        ),
        LawfulBasis.LEGITIMATE_INTERESTS: _(
            "The law allows it because there is a good reason to ask, and asking in this way harms nobody "
            "(legitimate interests)."
        ),
        LawfulBasis.CONSENT: _(
            "You agree by sending your answers, and with your code you can take that back (consent)."
        ),
    }[performance.lawful_basis]
