"""What is kept about the audience: the full page behind the short notice. Every sentence on it must stay true."""

from starlette.requests import Request
from starlette.responses import Response

from survey import language
from survey.language import _
from survey.model import LawfulBasis, Performance, Purpose
from survey.phone.not_now import in_full
from survey.phone.pages import page, rendered
from survey.phone.seat_cookie import DAYS
from survey.phone.visit import DatabaseGetter, read, visited
from survey.storage.kept import what_is_kept


async def show_kept(database: DatabaseGetter, request: Request) -> Response:
    """Say who asks, why, what is kept and until when."""
    visit = await read(database, lambda connection: visited(connection, request))
    performance = visit.performance
    with language.speaking(visit.language):
        markup = rendered(
            "kept.html",
            visit=visit,
            performance=performance,
            purpose=purpose_words(performance),
            basis=basis_words(performance),
            kept=what_is_kept(in_full(performance)),
            days=DAYS,
        )
    return page(request, markup)


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
        LawfulBasis.CONSENT: _("You agree by sending your answers, and your code takes that back (consent)."),
    }[performance.lawful_basis]
