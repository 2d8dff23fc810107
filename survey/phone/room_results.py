"""What the room said: every result the room may see right now, on the phone, by publication's rules only."""

from starlette.requests import Request
from starlette.responses import Response

from survey import language
from survey.information import Information
from survey.model import Question, RevealState, Standing, Wave
from survey.phone.informing import offered_texts
from survey.phone.pages import page, rendered
from survey.phone.visit import DatabaseGetter, Visit, read, visited
from survey.publication import PublicResult, counted_beside, public_result
from survey.storage.checkpoints import RevealRow, reveals
from survey.storage.database import Connection
from survey.storage.offers import find_offer
from survey.storage.rooms import room

MOST = 1024
"""How many results in how many languages are remembered at once."""


async def show_results(database: DatabaseGetter, request: Request) -> Response:
    """Show what the room has been shown, as sentences and tables."""

    def look(
        connection: Connection,
    ) -> tuple[Visit, tuple[PublicResult, ...], list[tuple[str, ...]], tuple[Information, ...]]:
        visit = visited(connection, request)
        offered = find_offer(connection, visit.performance.production_id).information
        with language.speaking(visit.language):
            results = room_results(connection, visit)
            raised = [
                counted_beside(connection, visit.performance, one.question, one.wave) for one in results
            ]
            return visit, results, raised, offered_texts(offered)

    visit, results, raised, information = await read(database, look)
    with language.speaking(visit.language):
        words = {
            "visit": visit,
            "performance": visit.performance,
            "results": results,
            "raised": raised,
            "information": information,
        }
        return page(request, rendered("results.html", **words))


def room_results(connection: Connection, visit: Visit) -> tuple[PublicResult, ...]:
    """Return the results that are revealed now, in the order of the questions."""
    rows = {(row.question, row.wave): row for row in reveals(connection, visit.performance.id)}
    given = (
        _result(connection, visit, question, rows[question.id, wave])
        for question in visit.questionnaire.questions
        for wave in Wave
        if (question.id, wave) in rows and rows[question.id, wave].state is not RevealState.HIDDEN
    )
    return tuple(result for result in given if result.shown)


def _result(connection: Connection, visit: Visit, question: Question, row: RevealRow) -> PublicResult:
    """Return one result, worked out once for each step the room is shown.

    Working it out counts the answers again, and a whole room may look at once. What a step holds never changes, so it is
    remembered until the facilitator hides or freezes it, another step follows, or its words change.
    """
    performance = visit.performance
    key = (performance.id, performance.standing, visit.language, row)
    known = _remembered.get(key)
    if known is None or known.question != question:
        if len(_remembered) >= MOST:
            _remembered.clear()
        known = _remembered[key] = public_result(connection, performance, question, row.wave)
    return known


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


_remembered: dict[tuple[str, Standing, str, RevealRow], PublicResult] = {}
