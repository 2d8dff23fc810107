"""The discussion on the audience's phones: what is on stage in words, polls, what others say and who supports it."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey import language
from survey.language.choosing import native_name
from survey.model import Standing
from survey.phone.form_page import held_page
from survey.phone.handoff import carried_seat, carrying
from survey.phone.inlined import ROOM_POLICY
from survey.phone.late import LateTries
from survey.phone.pages import COMPRESS_FROM, HEADERS, page, rendered
from survey.phone.refusals import happening
from survey.phone.room_scene import FIELD, poll_field
from survey.phone.room_state import Own, State, States, sections
from survey.phone.seat_cookie import keep_seat, seat_in_cookie, seat_in_fields
from survey.phone.sending import Fields, fields_of, first
from survey.phone.visit import DatabaseGetter, Visit, read, visited
from survey.questionnaire import read_answer
from survey.storage.contributions import ContributionUnknown, set_support, supported_by
from survey.storage.database import Connection, DatabaseBusy, DatabaseUnsure
from survey.storage.keys import new_key
from survey.storage.polls import PollClosed, PollUnknown, find_poll, vote, vote_of
from survey.storage.responses import known_by_seat
from survey.storage.seats import new_seat


class RoomPages:
    """The rooms of one database."""

    def __init__(self, database: DatabaseGetter, states: States | None = None) -> None:
        self.database = database
        self.states = states or States()
        self.tries = LateTries()

    async def show_room(self, request: Request) -> Response:
        """Show what is on stage and what others say. Looking keeps nothing on the phone."""
        visit, state, own = await read(self.database, lambda c: self.look(c, request))
        if request.path_params["code"] != visit.performance.code:
            return RedirectResponse(visit.address("/room"), 303)
        if "k" in request.query_params and seat_in_cookie(request):
            # The phone took the cookie after all: the seal need not stay in its history.
            return RedirectResponse(visit.address("/room"), 303)
        return room_page(request, visit, state, own)

    async def tell_now(self, request: Request) -> Response:
        """Tell a phone's script what all phones get alike; nothing when it knows already."""
        code, wished = request.path_params["code"], request.query_params.get("lang", "")
        state = self.states.fresh(code, wished)
        if state is None:

            def look(connection: Connection) -> State:
                visit = visited(connection, request)
                with language.speaking(visit.language):
                    return self.states.state(connection, visit)

            state = await read(self.database, look)
        return _now(request, state)

    async def answer_poll(self, request: Request) -> Response:
        """Store what a phone chose in a poll, in one write; what cannot be stored comes back as it was chosen."""
        fields = await fields_of(request)
        seat = seat_in_cookie(request) or seat_in_fields(fields) or new_seat()
        try:
            visit, state, own = await read(self.database, lambda c: self.look(c, request, fields, seat))
        except DatabaseBusy as busy:
            return held_page(request, fields, busy)
        with language.speaking(visit.language):
            response = await self._voted(request, fields, visit, state, own)
        if visit.performance.seat_key is not None:
            keep_seat(response, visit.performance.code, seat)
        return response

    async def _voted(
        self, request: Request, fields: Fields, visit: Visit, state: State, own: Own
    ) -> Response:
        performance, id = visit.performance, first(fields, "_poll")
        try:
            poll = await read(self.database, lambda connection: find_poll(connection, id))
        except PollUnknown:
            return room_page(request, visit, state, replace(own, too_late=True), status=409)
        chosen, problem = read_answer(poll_field(poll), fields)
        given = tuple(fields.get(FIELD, ()))
        if problem:
            return room_page(request, visit, state, replace(own, choice=given, problem=problem), status=422)
        if not chosen and not own.voted:
            return room_page(request, visit, state, replace(own, nothing_given=True), status=422)
        this = self.tries.arrived(request, f"{performance.id} {own.seat} {id}")

        def act(connection: Connection) -> None:
            if not self.tries.too_late(this):
                vote(connection, performance, id, seat=own.seat, options=chosen)

        try:
            await self.database().write_soon(act, crowd=True)
        except PollClosed:
            fresh, state, own = await read(self.database, lambda c: self.look(c, request, fields, own.seat))
            return room_page(request, fresh, state, replace(own, too_late=True), status=409)
        except DatabaseBusy as busy:
            unsure = isinstance(busy, DatabaseUnsure)
            own = replace(own, choice=given, not_sent="" if unsure else happening(busy), unsure=unsure)
            response = room_page(request, visit, state, own, status=503)
            response.headers["Retry-After"] = "5"
            return response
        return RedirectResponse(carrying(visit, "/room", request, seat=own.seat, code=None) + "#stage", 303)

    async def support(self, request: Request) -> Response:
        """Count this phone's support for a contribution, or take it back. One that is gone is no trouble."""
        fields = await fields_of(request)
        seat = seat_in_cookie(request) or seat_in_fields(fields) or new_seat()
        wanted = first(fields, "on")
        id = wanted or first(fields, "off")
        where = "board"
        try:
            visit = await read(self.database, lambda c: _visited(c, request, fields))
            this = self.tries.arrived(request, f"{visit.performance.id} {seat} {id}")

            def act(connection: Connection) -> None:
                if not self.tries.too_late(this):
                    set_support(connection, visit.performance, id, seat=seat, wanted=bool(wanted))

            await self.database().write_soon(act, crowd=True)
            where = f"said-{id}"
        except ContributionUnknown:
            pass  # taken off the list meanwhile: the list as it is now says so
        except DatabaseBusy as busy:
            return held_page(request, fields, busy)
        to = carrying(visit, "/room", request, seat=seat, code=None)
        response = RedirectResponse(f"{to}#{where}", 303)
        if visit.performance.seat_key is not None:
            keep_seat(response, visit.performance.code, seat)
        return response

    def look(
        self, connection: Connection, request: Request, fields: Fields | None = None, seat: str | None = None
    ) -> tuple[Visit, State, Own]:
        """Return the room, and what in it is one phone's own. Raises PerformanceUnknown."""
        visit = _visited(connection, request, fields or {})
        performance = visit.performance
        with language.speaking(visit.language):
            state = self.states.state(connection, visit)
        known = seat or seat_in_cookie(request) or carried_seat(performance, request)
        if known is None:
            return visit, state, Own(new_seat())
        poll = state.room.scene.poll
        choice = vote_of(connection, performance, poll, seat=known) if poll else ()
        ids = [each.id for each, _ in state.room.board]
        supported = supported_by(connection, performance, ids, seat=known) if ids else set()
        done = known_by_seat(connection, performance, seat=known).done
        return (
            visit,
            state,
            Own(known, choice, bool(choice), frozenset(supported), frozenset(done)),
        )


def room_page(request: Request, visit: Visit, state: State, own: Own, *, status: int = 200) -> Response:
    """Return the page of the discussion, with what is this phone's own in it."""
    own = replace(own, once=new_key())

    def make(alike: Own) -> str:
        room, performance = state.room, visit.performance
        mine = {"ways": room.part("ways", visit=visit, own=alike)}
        if room.scene.poll:
            mine["stage"] = room.part("on_stage", own=alike)
        if own.supported:
            mine["board"] = room.part("board", own=alike)
        return rendered(
            "room.html",
            visit=visit,
            performance=performance,
            seat=alike.seat,
            once=alike.once,
            own=alike,
            taking=performance.seat_key is not None,
            rehearsal=performance.standing is Standing.REHEARSAL,
            others=[
                (tag, native_name(tag), replace(visit, language=tag).address("/room"))
                for tag in visit.questionnaire.languages
                if tag != visit.language
            ],
            sections=sections(state, mine),
        )

    with language.speaking(visit.language):
        markup = state.page(visit, own, make) if status == 200 else make(own)
    return page(request, markup, status=status, policy=ROOM_POLICY)


def _visited(connection: Connection, request: Request, fields: Fields) -> Visit:
    return visited(connection, request, wished=first(fields, "_lang"), shade=first(fields, "_shade"))


def _now(request: Request, state: State) -> Response:
    packs = len(state.body) >= COMPRESS_FROM and "gzip" in request.headers.get("accept-encoding", "")
    tag = f'"{state.tag}-gzip"' if packs else f'"{state.tag}"'
    headers = HEADERS | {"ETag": tag, "Vary": "Accept-Encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if packs:
        headers["Content-Encoding"] = "gzip"
    return Response(state.packed if packs else state.body, headers=headers, media_type="text/html")
