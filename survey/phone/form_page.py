"""The page with the questions. What every phone gets alike is made once; only the seat differs."""

from starlette.requests import Request
from starlette.responses import Response

from survey.language import current
from survey.model import Performance, Questionnaire, Standing, Wave
from survey.phone.forms import Form
from survey.phone.pages import page, rendered
from survey.phone.poll_now import PollNow
from survey.phone.refusals import happening
from survey.phone.sending import Fields
from survey.phone.visit import Visit
from survey.room.occasion import occasion_words
from survey.storage.database import DatabaseBusy

SEAT = "the-seat-of-this-phone-goes-here"


def form_page(
    request: Request,
    visit: Visit,
    form: Form,
    seat: str,
    *,
    status: int = 200,
    poll: PollNow | None = None,
) -> Response:
    """Return the form as a page: all questions below each other, or one at a time where the address asks for it."""
    one = request.query_params.get("view") == "one"
    if form == Form(form.questionnaire, form.version_id, form.wave, asks_words=form.asks_words):
        markup = blank_forms.markup(visit, form, one=one, poll=poll).replace(SEAT, seat)
    else:
        markup = form_markup(visit, form, seat, one=one, poll=poll)
    response = page(request, markup, status=status)
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response


def form_markup(visit: Visit, form: Form, seat: str, *, one: bool, poll: PollNow | None) -> str:
    """Return the form as markup in the language spoken now."""
    return rendered(
        "form.html",
        visit=visit,
        performance=visit.performance,
        form=form,
        seat=seat,
        one=one,
        poll=poll,
        words=occasion_words(visit.performance.kind, form.wave),
        rehearsal=visit.performance.standing is Standing.REHEARSAL,
    )


class BlankForms:
    """Empty forms, each rendered once: a published version never changes, and only the seat differs between phones.

    Rendering takes 1 ms, all the rest of a visit another 1 ms: worth it when a whole audience scans at once. The key
    holds the whole performance, so any change an organiser makes is on the next form; so is a language approved or withdrawn,
    which makes another questionnaire.
    """

    MOST = 64

    def __init__(self) -> None:
        self._rendered: dict[
            tuple[Performance, str, Wave, str, str, str, bool, bool, str], tuple[Questionnaire, str]
        ] = {}

    def markup(self, visit: Visit, form: Form, *, one: bool, poll: PollNow | None = None) -> str:
        """Return an empty form with SEAT where the phone's seat belongs."""
        said = (current(), visit.preferred, visit.shade)
        key = (
            visit.performance,
            form.version_id,
            form.wave,
            *said,
            one,
            form.asks_words,
            poll.id if poll else "",
        )
        questionnaire, found = self._rendered.get(key, (None, ""))
        if questionnaire is not visit.questionnaire:
            if len(self._rendered) >= self.MOST:
                self._rendered.clear()
            found = form_markup(visit, form, SEAT, one=one, poll=poll)
            self._rendered[key] = visit.questionnaire, found
        return found


blank_forms = BlankForms()


def held_page(request: Request, fields: Fields, busy: DatabaseBusy) -> Response:
    """Return a page that holds everything a person sent while the database could not even be read."""
    markup = rendered("held.html", action=request.url.path, fields=fields, why=happening(busy))
    response = page(request, markup, status=503)
    response.headers["Retry-After"] = "5"
    return response
