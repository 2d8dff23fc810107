"""Phones for storage tests: what one sends, in one line."""

from dataclasses import replace

from sqlalchemy import Connection

from survey.model import Answer, Comment, Filled, Mode, Performance, Provenance, ResponseStanding, Wave
from survey.storage.database import Database
from survey.storage.evidence import add_imported_response, add_source
from survey.storage.performances import performance_by_id
from survey.storage.responses import find_response, save_response
from survey.storage.seats import receipt


def filled(*comments: Comment, **answers: str | tuple[str, ...]) -> Filled:
    """Return a form: ``filled(home_system="depends", share_with=("gp", "family"))``."""
    given = (
        Answer(question, (value,) if isinstance(value, str) else value) for question, value in answers.items()
    )
    return Filled(answers=tuple(given), comments=comments)


def send(
    database: Database, performance: Performance, seat: str, form: Filled, *, wave: Wave | None = None
) -> ResponseStanding:
    """Send a form as a phone does, in the wave that is open unless told."""
    return database.write(
        lambda connection: save_response(
            connection,
            performance,
            seat=seat,
            wave=wave or performance.open_wave or Wave.BEFORE,
            version_id=performance.version_id,
            language="en",
            filled=form,
        )
    )


def sent(database: Database, performance: Performance, seat: str, wave: Wave) -> Filled | None:
    """Return what is stored of a seat in a wave, without what is only for showing it again."""
    with database.reading() as connection:
        found = find_response(connection, performance, seat=seat, wave=wave)
    return None if found is None else replace(found, typed={})


def again(database: Database, performance: Performance) -> Performance:
    """Return a performance as it is now."""
    with database.reading() as connection:
        return performance_by_id(connection, performance.id)


def code_of(performance: Performance, seat: str) -> str:
    """Return a seat's receipt code."""
    assert performance.seat_key is not None
    return receipt(performance.seat_key, seat)


def import_people(
    database: Database,
    performance: Performance,
    *forms: tuple[Filled | None, Filled | None],
    provenance: Provenance = Provenance.IMPORTED,
) -> None:
    """Store people who answered before and after (None: not in that wave) without any phone."""

    def bring(connection: Connection) -> None:
        source_id = add_source(connection, performance.id, provenance, "for a test")
        for before, after in forms:
            respondent_id = None
            for wave, form in ((Wave.BEFORE, before), (Wave.AFTER, after)):
                if form is not None:
                    respondent_id = add_imported_response(
                        connection,
                        source_id,
                        performance_id=performance.id,
                        mode=Mode.PAPER,
                        wave=wave,
                        version_id=performance.version_id,
                        language="en",
                        filled=form,
                        respondent_id=respondent_id,
                    )

    database.write(bring)
