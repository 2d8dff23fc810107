"""Kind pages for questions that are not open: not yet, not now, not any more."""

from collections.abc import Set

from starlette.requests import Request
from starlette.responses import Response

from survey.language import _
from survey.model import Performance, Standing, Wave
from survey.phone.dates import day_in_full
from survey.phone.forms import Form, in_words
from survey.phone.pages import page, rendered
from survey.phone.refusals import Refusal
from survey.phone.room_results import room_results
from survey.phone.seat_cookie import forget_seat
from survey.phone.visit import DatabaseGetter, Visit, read
from survey.room.occasion import occasion_words


async def not_open(database: DatabaseGetter, visit: Visit, done: Set[Wave]) -> Response:
    """Return what a phone sees while no wave is open. ``done``: the waves its seat has answered."""
    performance = visit.performance
    if performance.standing is Standing.FINISHED:
        return await finished(database, visit)
    if done:
        return answered(visit, done).response()
    if performance.standing is Standing.REHEARSAL:
        return Refusal(
            200,
            _("Not open yet"),
            _("The questions open on the evening itself. Keep this page and load it again then."),
            (visit.address(), _("Load again")),
        ).response()
    return Refusal(
        200,
        _("Closed just now"),
        _("The questions are closed. If they open again tonight, the screen in the room will say so."),
        (visit.address(), _("Load again")),
        also=discussion(visit),
    ).response()


def discussion(visit: Visit) -> tuple[str, str]:
    """Where the discussion is, on this phone."""
    return visit.address("/room"), _("Go to the discussion")


async def finished(database: DatabaseGetter, visit: Visit) -> Response:
    """Say that the performance is finished: a receipt code and what the room was shown are still there."""
    performance = visit.performance
    shown = await read(database, lambda connection: room_results(connection, visit))
    response: Response = Refusal(
        200,
        _("This is finished"),
        _(
            "The questions are closed for good. With your code you can see or delete your answers until {date}."
        ).format(date=in_full(performance)),
        ("/receipt", _("I have a code")),
        also=(visit.address("/results"), _("What the room said")) if shown else None,
    ).response()
    forget_seat(response, performance.code)
    return response


def answered(visit: Visit, done: Set[Wave]) -> Refusal:
    """Nothing is open, and this phone has answered."""
    if Wave.AFTER in done:
        sentence = _("The questions are closed, and your answers are in. Thank you.")
    else:
        sentence = occasion_words(visit.performance.kind, Wave.BEFORE).keep_page
    return Refusal(
        200,
        _("Your answers are in."),
        sentence,
        (visit.address("/thanks"), _("Show my code")),
        also=discussion(visit) if Wave.AFTER in done else None,
    )


def not_stored(request: Request, visit: Visit, form: Form) -> Response:
    """Return a page for answers that came too late: it says so, shows them once more, and leads to what is open."""
    performance = visit.performance
    markup = rendered(
        "not_stored.html",
        visit=visit,
        heading=occasion_words(performance.kind, form.wave).heading,
        open=performance.open_wave is not None,
        late_before=form.wave is Wave.BEFORE and performance.open_wave is Wave.AFTER,
        other_questions=form.questionnaire.id != visit.questionnaire.id,
        said=list(in_words(form.questionnaire, form.wave, form.filled)),
    )
    return page(request, markup, status=409)


def in_full(performance: Performance) -> str:
    """Return the keeping date as people of the language write it ("25 April 2026")."""
    return day_in_full(performance.keep_until)
