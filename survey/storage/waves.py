"""Waves: a performance is rehearsed, opened, closed and finished. Each is a person's act, never the clock's."""

from datetime import date

from sqlalchemy import Connection, delete, select, update

from survey.model import Performance, PollStanding, Provenance, RevealState, Standing, Wave
from survey.storage.forgetting import forget, rewrite
from survey.storage.keys import new_join_number
from survey.storage.locks import hold_performance
from survey.storage.respondents import source_id
from survey.storage.tables import (
    checkpoint,
    conclusion,
    contribution,
    hand_count,
    note,
    other_seat,
    performance,
    pledge,
    poll,
    poll_answer,
    respondent,
    response,
    reveal,
    room,
    sign_in,
    source,
    tally,
)


class NotReady(Exception):
    """The performance may not open yet; ``missing`` lists in words what is still to be written down."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(f"Before this performance can open, write down: {', '.join(missing)}.")


class PerformanceFinished(Exception):
    """The performance is finished; it does not reopen."""

    def __init__(self) -> None:
        super().__init__("This performance is finished. It does not reopen.")


class NotInRehearsal(Exception):
    """The performance has been opened for real; what people gave is no rehearsal."""

    def __init__(self) -> None:
        super().__init__("This performance has been opened for its audience. It cannot go back to rehearsal.")


def open_wave(connection: Connection, id: str, wave: Wave) -> None:
    """Open a wave for the audience and close the other; from now on it is no rehearsal.

    What the room was shown in rehearsal goes: no public figure may continue it.
    Raises NotReady while something the audience must be told is missing, and PerformanceFinished.
    """
    found = _unfinished(connection, id)
    missing = missing_to_open(found)
    if missing:
        raise NotReady(missing)
    if found.standing is Standing.REHEARSAL:
        _clear_room(connection, id)
        connection.execute(delete(other_seat).where(other_seat.c.performance_id == id))
        rehearsed = source_id(
            id, Provenance.REHEARSAL
        )  # cards and sheets tried out are free for the audience
        connection.execute(
            update(respondent).where(respondent.c.source_id == rehearsed).values(words_hash=None)
        )
    _open(connection, found, wave, Standing.RUNNING)


def rehearse_wave(connection: Connection, id: str, wave: Wave) -> None:
    """Open a wave in rehearsal. Raises NotInRehearsal, PerformanceFinished."""
    found = _unfinished(connection, id)
    if found.standing is not Standing.REHEARSAL:
        raise NotInRehearsal
    _open(connection, found, wave, Standing.REHEARSAL)


def close_wave(connection: Connection, id: str) -> None:
    """Close whichever wave is open. Phones keep their seats, and the room its number, until the performance is finished.

    The SQLite file is written anew once this is committed: rows lie in their pages in the order they came until then.
    """
    connection.execute(update(performance).where(performance.c.id == id).values(open_wave=None))
    forget(connection)


def missing_to_open(found: Performance) -> list[str]:
    """Return in words what the audience must be told and nobody has written down yet."""
    told = {
        "who is responsible": found.responsible.strip(),
        "how to contact them": found.contact.strip(),
        "the youngest age expected": found.youngest_age is not None,
        "a keeping date in the future": found.keep_until > date.today(),
    }
    return [words for words, there in told.items() if not there]


def wipe_rehearsal(connection: Connection, id: str) -> int:
    """Remove everything a rehearsal left; return how many responses that were."""
    rehearsed = select(source.c.id).where(
        source.c.performance_id == id, source.c.provenance == Provenance.REHEARSAL.value
    )
    people = select(respondent.c.id).where(respondent.c.source_id.in_(rehearsed))
    removed = connection.execute(delete(response).where(response.c.respondent_id.in_(people))).rowcount
    connection.execute(delete(respondent).where(respondent.c.source_id.in_(rehearsed)))
    _clear_room(connection, id)
    return removed


def finish_performance(connection: Connection, id: str) -> None:
    """Finish: close, freeze what is shown, destroy the key to all seats, end the stage's links. It does not reopen."""
    connection.execute(
        update(performance)
        .where(performance.c.id == id)
        .values(open_wave=None, join_number=None, seat_key=None, standing=Standing.FINISHED.value)
    )
    people = update(respondent).where(respondent.c.performance_id == id)
    connection.execute(people.values(seat_hash=None, words_hash=None))
    paired = update(other_seat).where(other_seat.c.performance_id == id)
    connection.execute(paired.values(seat_hash=other_seat.c.receipt_hash))
    connection.execute(
        update(reveal)
        .where(reveal.c.performance_id == id, reveal.c.state == RevealState.SHOWN.value)
        .values(state=RevealState.FROZEN.value)
    )
    connection.execute(update(sign_in).where(sign_in.c.performance_id == id).values(revoked=True))
    rewrite(connection, id)


def _clear_room(connection: Connection, id: str) -> None:
    """Remove what was shown, voted, sent, noted and counted by hand.

    The run and the polls prepared for it stay, as if nobody had seen them.
    """
    for table in (checkpoint, reveal, room, pledge, contribution, note, hand_count, conclusion):
        connection.execute(delete(table).where(table.c.performance_id == id))
    rehearsed = select(source.c.id).where(
        source.c.performance_id == id, source.c.provenance == Provenance.REHEARSAL.value
    )
    connection.execute(delete(tally).where(tally.c.source_id.in_(rehearsed)))
    prepared = poll.c.performance_id == id
    connection.execute(
        delete(poll_answer).where(poll_answer.c.poll_id.in_(select(poll.c.id).where(prepared)))
    )
    connection.execute(update(poll).where(prepared).values(standing=PollStanding.PREPARED.value))
    forget(connection)


def _unfinished(connection: Connection, id: str) -> Performance:
    found = hold_performance(connection, id)
    if found.standing is Standing.FINISHED:
        raise PerformanceFinished
    return found


def _open(connection: Connection, found: Performance, wave: Wave, standing: Standing) -> None:
    if found.open_wave not in (None, wave):
        close_wave(connection, found.id)
    taken = set(connection.scalars(select(performance.c.join_number)))
    number = found.join_number or new_join_number()
    while number in taken and number != found.join_number:
        number = new_join_number()
    connection.execute(
        update(performance)
        .where(performance.c.id == found.id)
        .values(open_wave=wave.value, join_number=number, standing=standing.value)
    )
