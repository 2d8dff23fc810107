"""Joining by typing: the short number from the screen, or the code from the poster."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey.language import _
from survey.phone.guesses import Guesses
from survey.phone.pages import page, rendered
from survey.phone.sending import fields_of, first
from survey.phone.visit import DatabaseGetter, current_performance, read
from survey.storage.database import Connection
from survey.storage.performances import PerformanceUnknown, performance_by_join_number
from survey.words import bare_code


class Joining:
    """The page where ``/`` leads people of the audience."""

    def __init__(self, database: DatabaseGetter, guesses: Guesses) -> None:
        self.database = database
        self.guesses = guesses

    async def ask_code(self, request: Request) -> Response:
        """Ask for the number or the code."""
        return join_page(request)

    async def find_form(self, request: Request) -> Response:
        """Lead to the form whose number or code was typed."""
        typed = first(await fields_of(request), "code").strip()
        if not typed:
            return join_page(request, problem=_("Type the number or the code, then press the button."))
        code = await read(self.database, lambda connection: code_typed(connection, typed))
        if code is None:
            problem = _("Nothing is open under that number or code. Look at the screen or the poster again.")
            return self.guesses.slowed(join_page(request, typed, problem=problem))
        return RedirectResponse(f"/p/{code}", 303)


def code_typed(connection: Connection, typed: str) -> str | None:
    """Return the code of the performance whose join number or code this is, however it was typed."""
    letters = bare_code(typed)
    if letters.isdecimal() and (found := performance_by_join_number(connection, letters)) is not None:
        letters = found.code
    try:
        return current_performance(connection, letters).code
    except PerformanceUnknown:
        return None


def join_page(request: Request, typed: str = "", *, problem: str = "") -> Response:
    """Return the page that asks for the number or the code."""
    return page(request, rendered("join.html", typed=typed, problem=problem), status=422 if problem else 200)
