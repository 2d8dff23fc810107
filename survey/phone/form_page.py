"""The page with the questions. What every phone gets alike is made once; only the seat differs."""

from starlette.requests import Request
from starlette.responses import Response

from survey.language import current
from survey.model import Standing
from survey.phone.forms import Form
from survey.phone.occasion import occasion_words
from survey.phone.pages import page, rendered
from survey.phone.sending import Fields
from survey.phone.visit import Visit


def form_page(request: Request, visit: Visit, form: Form, seat: str, *, status: int = 200) -> Response:
    """Return the form as a page."""
    response = page(request, form_markup(visit, form, seat), status=status)
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response


def form_markup(visit: Visit, form: Form, seat: str) -> str:
    """Return the form as markup in the language spoken now."""
    return rendered(
        "form.html",
        visit=visit,
        performance=visit.performance,
        form=form,
        seat=seat,
        words=occasion_words(visit.performance.kind, form.wave),
        rehearsal=visit.performance.standing is Standing.REHEARSAL,
        other_languages=other_languages(visit),
    )


def other_languages(visit: Visit) -> list[tuple[str, str]]:
    """Return the other languages of a questionnaire: code, and name in that language."""
    others = [code for code in visit.questionnaire.languages if code != current()]
    if not others:
        return []
    from babel import Locale

    return [(code, Locale.parse(code, sep="-").get_language_name(code) or code) for code in others]


def held_page(request: Request, fields: Fields) -> Response:
    """Return a page that holds everything a person sent while the database could not even be read."""
    markup = rendered("held.html", action=request.url.path, fields=fields)
    response = page(request, markup, status=503)
    response.headers["Retry-After"] = "5"
    return response
