"""Receipts: with their code, and nothing else, people see, change or delete their own answers.

The link on the thank-you page is /receipt/CODE, so that it can be kept without typing. Opening it shows nothing yet: a
chat's preview or a scanner follows links too. The button does. No address log is written, so the code stays with whoever
has the link.
"""

from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey import language
from survey.language import _
from survey.model import Performance, Wave
from survey.phone.dates import named
from survey.phone.forms import Said, in_words
from survey.phone.greeting import carry
from survey.phone.guesses import Guesses
from survey.phone.pages import page, rendered
from survey.phone.refusals import Refusal
from survey.phone.sending import fields_of, first
from survey.phone.visit import DatabaseGetter, read
from survey.room.occasion import occasion_words
from survey.storage.database import Connection
from survey.storage.debts import owed
from survey.storage.performances import performance_by_id
from survey.storage.questionnaires import find_version
from survey.storage.responses import delete_by_receipt, responses_by_receipt
from survey.storage.seats import receipt_typed


@dataclass(frozen=True)
class OwnAnswers:
    """What one code leads to."""

    performance: Performance
    name: tuple[str, ...]
    """What the performance is called: production, date and venue."""
    waves: tuple[tuple[str, tuple[Said, ...] | None], ...]
    """Heading and answers in words, by wave; None for what must not sway the answers still to come."""
    changeable: bool
    language: str
    """The language spoken now, if all these questions were approved in it; else their own."""


class Receipts:
    """The receipt pages of one database."""

    def __init__(self, database: DatabaseGetter, guesses: Guesses) -> None:
        self.database = database
        self.guesses = guesses

    async def ask_code(self, request: Request) -> Response:
        """Ask for the code, or for a tap when a link brought it along."""
        return code_page(request, str(request.path_params.get("receipt", "")))

    async def show_answers(self, request: Request) -> Response:
        """Show a person's own answers in words."""
        typed = first(await fields_of(request), "code")
        code = receipt_typed(typed)
        if not code:
            return code_page(request, "", problem=_("Type your code, then press the button."))
        own = await read(self.database, lambda connection: own_answers(connection, code))
        if own is None:
            return wrong_code(request, self.guesses, typed)
        with language.speaking(own.language):
            return page(request, rendered("own_answers.html", own=own, code=code))

    async def delete_answers(self, request: Request) -> Response:
        """Ask whether to delete, then delete for good."""
        fields = await fields_of(request)
        code = receipt_typed(first(fields, "code"))
        if await read(self.database, lambda connection: own_answers(connection, code)) is None:
            return wrong_code(request, self.guesses, code)
        if first(fields, "sure") != "yes":
            return page(request, rendered("delete.html", code=code))
        if not await self.database().write_soon(
            lambda connection: delete_by_receipt(connection, code), crowd=True
        ):
            return wrong_code(request, self.guesses, code)
        return RedirectResponse(carry("/receipt/deleted"), 303)

    async def say_deleted(self, request: Request) -> Response:
        """Say that the answers are gone, and from where they are not gone yet."""
        gone = _(
            "They are gone from our database now, and from our safety copy when the next one is made. Totals that were already shown do not change."
        )
        if await read(self.database, owed):
            gone = _(
                "Nobody can see them here any more. Something else is reading our database now, such as a safety copy being made: their last traces go when that has ended. Totals that were already shown do not change."
            )
        return Refusal(200, _("Your answers are deleted."), gone).response()


def own_answers(connection: Connection, code: str) -> OwnAnswers | None:
    """Return what a code leads to; None for a wrong code, for no such code and past the keeping date alike."""
    receipt = responses_by_receipt(connection, code)
    if receipt is None:
        return None
    performance = performance_by_id(connection, receipt.performance_id)
    if performance.keep_until < date.today():
        return None
    swaying = performance.open_wave is Wave.AFTER and Wave.AFTER not in receipt.responses
    given = {
        wave: find_version(connection, receipt.versions[wave]) for wave in Wave if wave in receipt.responses
    }
    spoken = language.current()
    if not all(spoken in version.languages for version in given.values()):
        spoken = next(iter(given.values())).languages[0]
    with language.speaking(spoken):
        waves = tuple(
            (
                occasion_words(performance.kind, wave).heading,
                None
                if swaying and wave is Wave.BEFORE
                else tuple(in_words(version, wave, receipt.responses[wave])),
            )
            for wave, version in given.items()
        )
        name = named(performance)
    return OwnAnswers(performance, name, waves, performance.open_wave in receipt.responses, spoken)


def code_page(request: Request, code: str, *, problem: str = "", status: int = 200) -> Response:
    """Return the page that asks for a receipt code."""
    status = 422 if problem and status == 200 else status
    return page(request, rendered("receipt.html", code=code, problem=problem), status=status)


def wrong_code(request: Request, guesses: Guesses, code: str = "") -> Response:
    """Return the same page for a mistyped code and for one whose answers are gone."""
    problem = _("There are no answers under this code. Look at each letter again.")
    return guesses.slowed(code_page(request, code, problem=problem, status=404))
