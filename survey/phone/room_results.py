"""What the room said: every result the room may see right now, on the phone, by publication's rules only."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from survey import language
from survey.model import Questionnaire, RevealState, Wave
from survey.phone.pages import page, rendered
from survey.phone.visit import DatabaseGetter, Visit, read, visited
from survey.publication import PublicResult, public_result
from survey.storage.checkpoints import RevealRow, reveals
from survey.storage.database import Connection
from survey.storage.rooms import room

MOST = 256
"""How many performances in how many languages are remembered at once."""


@dataclass(frozen=True)
class Remembered:
    """The results of one performance as they were worked out, and for what they hold."""

    reveals: tuple[RevealRow, ...]
    questionnaire: Questionnaire
    results: tuple[PublicResult, ...]


async def show_results(database: DatabaseGetter, request: Request) -> Response:
    """Show what the room has been shown, as sentences and tables."""

    def look(connection: Connection) -> tuple[Visit, tuple[PublicResult, ...]]:
        visit = visited(connection, request)
        with language.speaking(visit.language):
            return visit, room_results(connection, visit)

    visit, results = await read(database, look)
    with language.speaking(visit.language):
        return page(
            request, rendered("results.html", visit=visit, performance=visit.performance, results=results)
        )


def room_results(connection: Connection, visit: Visit) -> tuple[PublicResult, ...]:
    """Return the results that are revealed now, in the order of the questions.

    Working one out counts answers, and a whole room may look at once: what was worked out is remembered for as long as
    the facilitator reveals, hides and freezes nothing and no further step is due. What a step holds never changes.
    """
    performance = visit.performance
    rows = tuple(reveals(connection, performance.id))
    if all(row.state is RevealState.HIDDEN for row in rows):
        return ()
    key = (performance.id, performance.standing, visit.language)
    known = _remembered.get(key)
    if known and (known.reveals, known.questionnaire) == (rows, visit.questionnaire):
        return known.results
    given = (
        public_result(connection, performance, question, wave)
        for question in visit.questionnaire.questions
        for wave in Wave
        if any((row.question, row.wave) == (question.id, wave) for row in rows)
    )
    results = tuple(result for result in given if result.shown)
    if len(_remembered) >= MOST:
        _remembered.clear()
    _remembered[key] = Remembered(rows, visit.questionnaire, results)
    return results


def newest_results(connection: Connection, visit: Visit, number: int = 2) -> tuple[PublicResult, ...]:
    """Return a few of the revealed results: the one on stage first, then the ones asked last."""
    results = room_results(connection, visit)
    if len(results) <= 1:
        return results
    showing = room(connection, visit.performance.id).showing
    on_stage = (showing.get("question"), showing.get("wave"))
    last_first = results[::-1]
    return tuple(
        sorted(last_first, key=lambda result: (result.question.id, result.wave.value) != on_stage)[:number]
    )


_remembered: dict[tuple[str, str, str], Remembered] = {}
