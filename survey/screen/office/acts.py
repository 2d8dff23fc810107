"""What an organiser does: each act is one transaction and one line in the log, or nothing at all."""

from collections.abc import Callable
from typing import TypeVar

from survey.demonstration import demonstration
from survey.model import Performance, Production, Standing, Wave
from survey.publication import write_final_checkpoints
from survey.room.acts import close_questions
from survey.screen.office.details import Details, changed
from survey.settings import settings
from survey.storage.current import database
from survey.storage.database import PATIENCE, Connection
from survey.storage.locks import hold_performance
from survey.storage.performances import (
    add_performance,
    change_performance,
    finish_performance,
    open_wave,
    rehearse_wave,
    wipe_rehearsal,
)
from survey.storage.productions import add_production, productions
from survey.storage.sign_ins import record

T = TypeVar("T")


def carry_out(
    account: str, act: str, about: str, function: Callable[[Connection], T], *, patience: float = PATIENCE
) -> T:
    """Carry out one act and log it in the same transaction.

    Raises DatabaseBusy when nothing was stored, and whatever the act raises.
    """

    def whole(connection: Connection) -> T:
        done = function(connection)
        record(connection, account or None, act, about)
        return done

    return database().write(whole, timeout=patience)


def set_up(connection: Connection, details: Details) -> Performance:
    """Store a new performance, and its production if that is new; what was left empty comes from the production,
    then from the settings."""
    production = _production(connection, details)
    return add_performance(
        connection,
        production_id=production.id,
        version_id=details.version_id,
        starts_on=details.starts_on,
        date_precision=details.date_precision,
        venue=details.venue,
        kind=details.kind,
        capacity=details.capacity,
        responsible=details.responsible or production.responsible or settings().responsible,
        contact=details.contact or production.contact or settings().contact,
        purpose=details.purpose,
        lawful_basis=details.lawful_basis,
        youngest_age=details.youngest_age,
        families=details.families,
        keep_until=details.keep_until,
    )


def save_details(connection: Connection, performance: Performance, details: Details) -> None:
    """Store a performance's new details, and a new production if its name is new."""
    production = _production(connection, details, performance.production_id)
    change_performance(connection, changed(performance, details, production))


def open_for_real(connection: Connection, id: str, wave: Wave, *, wipe: bool) -> None:
    """Open a wave for the audience; freeze the other's last figures; wipe the rehearsal first if asked to.

    Raises NotReady, PerformanceFinished.
    """
    performance = hold_performance(connection, id)
    if performance.standing is Standing.REHEARSAL:
        if wipe:
            wipe_rehearsal(connection, id)
    elif performance.open_wave is not wave:
        write_final_checkpoints(connection, performance)
    open_wave(connection, id, wave)


def rehearse(connection: Connection, id: str, wave: Wave) -> None:
    """Open a wave in rehearsal. Raises NotInRehearsal, PerformanceFinished."""
    write_final_checkpoints(connection, hold_performance(connection, id))
    rehearse_wave(connection, id, wave)


def close(connection: Connection, id: str) -> None:
    """Close the open wave and keep its last figures."""
    close_questions(connection, id)


def finish(connection: Connection, id: str) -> None:
    """Finish a performance for good: last figures frozen, keys destroyed, stage links ended."""
    close(connection, id)
    finish_performance(connection, id)


def _production(connection: Connection, details: Details, own: str = "") -> Production:
    """Return the production of this name: its own one, or another that is no demonstration, or a new one."""
    invented = {found.production_id for found in demonstration(connection)}
    named = [
        found for found in productions(connection) if found.name.casefold() == details.production.casefold()
    ]
    for found in sorted(named, key=lambda found: found.id != own):
        if found.id == own or found.id not in invented:
            return found
    return add_production(
        connection,
        name=details.production,
        responsible=details.responsible or settings().responsible,
        contact=details.contact or settings().contact,
        purpose=details.purpose,
        lawful_basis=details.lawful_basis,
    )
