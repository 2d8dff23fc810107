"""Looking only: the questions as words, for those too young to answer. No input, no cookie, no seat, nothing stored."""

from starlette.requests import Request
from starlette.responses import Response

from survey import language
from survey.phone.forms import Form
from survey.phone.not_now import not_open
from survey.phone.pages import page, rendered
from survey.phone.refusals import not_here
from survey.phone.sending import fields_of
from survey.phone.visit import DatabaseGetter, read, visited


async def show_questions(database: DatabaseGetter, request: Request) -> Response:
    """Show the open questions to look at; there is no such page where no families are expected."""
    held = await fields_of(request)
    visit = await read(database, lambda connection: visited(connection, request))
    performance = visit.performance
    with language.speaking(visit.language):
        if not performance.families or not performance.youngest_age:
            return not_here().response()
        if performance.open_wave is None:
            return await not_open(database, visit, frozenset())
        form = Form(visit.questionnaire, performance.version_id, performance.open_wave)
        markup = rendered("look_only.html", visit=visit, performance=performance, form=form, held=held)
        return page(request, markup)
