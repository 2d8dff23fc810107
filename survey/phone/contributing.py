"""Questions and comments for the discussion: a person reads each before anyone else sees it.

What is stored is the words. Neither a seat nor a time stands with them: the seat only brakes floods, in memory. A number
that only the page knows it was sent from makes the key of what is stored, so that a page sent again adds nothing.
"""

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey import language
from survey.language import _, ngettext
from survey.model import Standing
from survey.phone.floods import Floods, sources_of
from survey.phone.form_page import held_page
from survey.phone.guesses import Brakes
from survey.phone.handoff import carried_seat, carrying
from survey.phone.pages import page, rendered
from survey.phone.refusals import Refusal, happening
from survey.phone.seat_cookie import keep_seat, seat_in_cookie, seat_in_fields
from survey.phone.sending import Fields, fields_of, first
from survey.phone.visit import DatabaseGetter, Visit, read, visited
from survey.questionnaire import clean
from survey.storage.contributions import (
    MOST_WAITING,
    QueueFull,
    add_contribution,
    came_already,
    said_already,
    sending_key,
)
from survey.storage.database import Connection, DatabaseBusy, DatabaseUnsure
from survey.storage.keys import new_key
from survey.storage.seats import new_seat
from survey.storage.standings import counts_here

LONGEST = 300
STRANGERS = MOST_WAITING // 2
"""So much may come at once from phones whose answers do not count here, a whole house or invented ones; then a little."""
PER_SECOND = 0.2
FAR_BEYOND = 10
"""Words so many times longer than allowed are not read at all."""


@dataclass(frozen=True)
class Written:
    """The form as it is shown: what was typed, what to do about it, and whether it is safe with the moderator."""

    typed: str = ""
    problem: str = ""
    title: str = ""
    """What stands above the problem when it is not the words' own."""
    sent: bool = False
    unsure: bool = False
    """Nobody can tell yet whether the words were kept."""
    once: str = ""
    """The number of the page they were sent from."""


class Contributing:
    """The form of one database on which the audience writes to the discussion."""

    def __init__(self, database: DatabaseGetter, floods: Floods | None = None) -> None:
        self.database = database
        self.floods = floods or Floods()
        self.strangers = Brakes(STRANGERS, PER_SECOND)

    async def ask(self, request: Request) -> Response:
        """Show the form on a page of its own, or say that what was sent is with the moderator."""
        visit = await read(self.database, lambda connection: visited(connection, request))
        if request.path_params["code"] != visit.performance.code:
            return RedirectResponse(visit.address("/room/contribute"), 303)
        seat = seat_in_cookie(request) or carried_seat(visit.performance, request) or new_seat()
        return form_page(request, visit, seat, Written(sent="sent" in request.query_params))

    async def keep(self, request: Request) -> Response:
        """Keep cleaned words for the moderator; what cannot be kept comes back as it was typed."""
        fields = await fields_of(request)
        seat = seat_in_cookie(request) or seat_in_fields(fields) or new_seat()
        try:
            visit = await read(self.database, lambda connection: _visited(connection, request, fields))
        except DatabaseBusy as trouble:
            return held_page(request, fields, trouble)
        with language.speaking(visit.language):
            written = Written(first(fields, "text"), once=first(fields, "_once"))
            response = await self._kept(request, visit, seat, written)
        if visit.performance.seat_key is not None:
            keep_seat(response, visit.performance.code, seat)
        return response

    async def _kept(self, request: Request, visit: Visit, seat: str, written: Written) -> Response:
        performance = visit.performance
        if performance.seat_key is None:
            return over(visit).response()
        text, problem = contribution_in(written.typed)
        if problem:
            return form_page(request, visit, seat, replace(written, problem=problem), status=422)
        id = sending_key(performance.id, written.once, text)
        here, strangers = sources_of(request, performance.id, seat), self.strangers.of(performance.id)
        came, counts = await read(
            self.database, lambda c: (came_already(c, id), counts_here(c, performance, seat))
        )
        stranger = not counts
        if not came and (self.floods.too_many(*here) or (stranger and strangers.too_many())):
            waiting = replace(
                written,
                problem=_("Your words are still here: send them in a few minutes."),
                title=_("Wait a little"),
            )
            return form_page(request, visit, seat, waiting, status=429)

        def act(connection: Connection) -> bool:
            # The same words twice are one thing to read: a button pressed twice, a room that thinks alike.
            if came_already(connection, id):
                return False
            if not said_already(connection, performance.id, text):
                add_contribution(connection, performance.id, text, id=id)
            return True

        try:
            new = not came and await self.database().write_soon(act)
        except QueueFull:
            full = replace(
                written,
                problem=_("Your words are still here: send them in a few minutes."),
                title=_("A great deal is waiting to be read"),
            )
            return form_page(request, visit, seat, full, status=503)
        except DatabaseUnsure:
            unsure = replace(
                written,
                problem=_("Send again: it will not count twice."),
                title=_("We could not tell you in time"),
                unsure=True,
            )
            return form_page(request, visit, seat, unsure, status=503)
        except DatabaseBusy as trouble:
            busy = replace(
                written,
                problem=_("Nothing was saved yet. Wait a few seconds, then do it again."),
                title=happening(trouble),
            )
            return form_page(request, visit, seat, busy, status=503)
        if new:
            self.floods.sent(*here)
            if stranger:
                strangers.wrong()
        to = carrying(visit, "/room/contribute", request, seat=seat, code=None)
        return RedirectResponse(f"{to}{'&' if '?' in to else '?'}sent=yes", 303)


def contribution_in(typed: str) -> tuple[str, str]:
    """Return the words to keep, cleaned; and what to do about them when they cannot be kept."""
    text = typed if len(typed) > FAR_BEYOND * LONGEST else clean(typed)
    if not text:
        return "", _("Write your question or comment first, then press the button.")
    over = len(text) - LONGEST
    if over <= 0:
        return text, ""
    return "", ngettext(
        "Your comment is {count} character too long. Make it a little shorter and send it again.",
        "Your comment is {count} characters too long. Make it shorter and send it again.",
        over,
    ).format(count=over)


def form_page(request: Request, visit: Visit, seat: str, written: Written, *, status: int = 200) -> Response:
    """Return the form as a page."""
    performance = visit.performance
    with language.speaking(visit.language):
        if performance.seat_key is None:
            return over(visit).response()
        markup = rendered(
            "contribute.html",
            visit=visit,
            performance=performance,
            seat=seat,
            written=written,
            once=written.once or new_key(),
            rehearsal=performance.standing is Standing.REHEARSAL,
            room=carrying(visit, "/room", request, seat=seat, code=None),
            another=carrying(visit, "/room/contribute", request, seat=seat, code=None),
        )
    response = page(request, markup, status=status)
    if status in (429, 503):
        response.headers["Retry-After"] = "60" if status == 429 else "5"
    return response


def over(visit: Visit) -> Refusal:
    """The performance is finished, and so is its discussion."""
    return Refusal(
        200,
        _("This is finished"),
        _("Nothing more can be sent to the discussion."),
        (visit.address("/room"), _("Back to the discussion")),
    )


def _visited(connection: Connection, request: Request, fields: Fields) -> Visit:
    return visited(connection, request, first(fields, "_lang"), first(fields, "_shade"))
