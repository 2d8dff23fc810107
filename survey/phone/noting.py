"""Notes on a scribe's phone, or the facilitator's: one field, and what was written last below it."""

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey.model import Note, Performance
from survey.phone.counting import COUNT_POLICY, COUNT_STYLE
from survey.phone.form_page import held_page
from survey.phone.pages import page, rendered
from survey.phone.sending import Fields, fields_of, first
from survey.phone.visit import DatabaseGetter, current_performance, read
from survey.room.notes import LONGEST, LONGEST_SPEAKER, NoteWrong, Written, mark, written
from survey.storage.database import Connection, DatabaseBusy, busy_words
from survey.storage.notes import NoteUnknown, change_note, notes, remove_note

LAST = 10
BUSY = "Not saved: the database is busy. Your words are still here. Wait a moment, then press Save again."


class NotingPages:
    """The notes pages of one database. The guard has let in nobody but the people of this performance."""

    def __init__(self, database: DatabaseGetter) -> None:
        self.database = database

    async def show(self, request: Request) -> Response:
        """Show the field for a note and the last ones; with a note in the address, that note to correct."""

        def look(connection: Connection) -> tuple[Performance, list[Note]]:
            performance = _performance(connection, request)
            return performance, notes(connection, performance.id)

        performance, noted = await read(self.database, look)
        wanted = request.query_params.get("change")
        changed = next((note for note in noted if note.id == wanted), None)
        typed = Written(changed.text, changed.quotation, changed.speaker) if changed else Written("")
        return _page(request, performance, noted, typed, changed)

    async def save(self, request: Request) -> Response:
        """Keep a note, correct one, or remove one; what cannot be kept comes back as it was typed."""
        fields = await fields_of(request)
        try:
            performance, noted = await read(
                self.database, lambda c: ((there := _performance(c, request)), notes(c, there.id))
            )
        except DatabaseBusy as busy:
            return held_page(request, fields, busy)
        typed = Written(first(fields, "text"), "quotation" in fields, first(fields, "speaker"))
        changed = next((note for note in noted if note.id == first(fields, "change")), None)
        try:
            await self._do(performance, typed, fields)
        except NoteWrong as wrong:
            return _page(request, performance, noted, typed, changed, problem=str(wrong), status=422)
        except NoteUnknown as gone:
            problem = f"{gone} Save to write it as a new note."
            return _page(request, performance, noted, typed, problem=problem, status=422)
        except DatabaseBusy as busy:
            problem = busy_words(busy, BUSY)
            return _page(request, performance, noted, typed, changed, problem=problem, status=503)
        return RedirectResponse(f"/d/{performance.code}/note", 303)

    async def _do(self, performance: Performance, typed: Written, fields: Fields) -> None:
        """Raises NoteWrong, NoteUnknown, DatabaseBusy."""
        removed, changed = first(fields, "remove"), first(fields, "change")
        if removed:
            await self.database().write_soon(lambda c: remove_note(c, performance.id, removed))
            return
        note = written(typed.text, quotation=typed.quotation, speaker=typed.speaker)

        def act(connection: Connection) -> None:
            if not changed:
                mark(connection, performance, note)
                return
            change_note(
                connection,
                performance.id,
                changed,
                note.text,
                quotation=note.quotation,
                speaker=note.speaker,
            )

        await self.database().write_soon(act)


def _performance(connection: Connection, request: Request) -> Performance:
    return current_performance(connection, str(request.path_params["code"]))


def _page(
    request: Request,
    performance: Performance,
    noted: list[Note],
    typed: Written,
    changed: Note | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> Response:
    markup = rendered(
        "note.html",
        count_style=Markup(COUNT_STYLE),
        performance=performance,
        noted=noted[: -LAST - 1 : -1],
        more=max(0, len(noted) - LAST),
        typed=typed,
        changed=changed,
        problem=problem,
        longest=LONGEST,
        longest_speaker=LONGEST_SPEAKER,
    )
    return page(request, markup, status=status, policy=COUNT_POLICY)
