"""Paper sheets' answers: two words bring them to what the same person gave before or after, on paper or on a phone."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update

from survey.model import Filled, Mode, Performance, Provenance, Wave
from survey.storage.evidence import add_imported_response
from survey.storage.locks import hold_performance
from survey.storage.respondents import source_id as phones_source
from survey.storage.seats import words_hash
from survey.storage.tables import performance as performances
from survey.storage.tables import respondent, response
from survey.storage.two_words import give_response
from survey.words import Pair

KEY = select(performances.c.seat_key).where(performances.c.id == bindparam("id"))
OF_WORDS = select(respondent.c.id, respondent.c.source_id, respondent.c.mode).where(
    respondent.c.performance_id == bindparam("performance"), respondent.c.words_hash == bindparam("hash")
)
SENT = select(response.c.wave, response.c.id).where(response.c.respondent_id == bindparam("respondent"))


@dataclass(frozen=True)
class Holder:
    """Whose words two words are, and what that person has given already."""

    respondent_id: str
    phone: bool
    given: Collection[Wave]


def find_holder(connection: Connection, performance: Performance, pair: Pair) -> Holder | None:
    """Return whose words these are; None when they are nobody's, and once the performance is finished.

    What was only rehearsed is nobody's.
    """
    key = connection.scalar(KEY, {"id": performance.id})
    if key is None:
        return None
    sought = {"performance": performance.id, "hash": words_hash(key, pair)}
    row = connection.execute(OF_WORDS, sought).one_or_none()
    if row is None or row.source_id == phones_source(performance.id, Provenance.REHEARSAL):
        return None
    given = connection.execute(SENT, {"respondent": row.id})
    return Holder(row.id, row.mode == Mode.PHONE.value, tuple(Wave(each.wave) for each in given))


def add_sheet_response(
    connection: Connection,
    source_id: str,
    *,
    performance: Performance,
    wave: Wave,
    version_id: str,
    language: str,
    filled: Filled,
    pair: Pair,
    sheet_number: str | None,
    respondent_id: str | None = None,
    after_reveal: Collection[str] = (),
) -> str:
    """Store what stands on one page of a sheet beside what its words lead to; return the respondent.

    The words stay with it until the performance is finished, for what is typed in later. A phone that answered *after* only
    answers for the sheet from now on, and never sees what the sheet said *before*. ``respondent_id``: known already, from
    the other page in the same table.
    """
    key = hold_performance(connection, performance.id).seat_key  # its phones wait: their words are looked at
    hashed = words_hash(key, pair) if key else None
    holder = find_holder(connection, performance, pair) if respondent_id is None else None
    lone = holder if holder and holder.phone and wave is Wave.BEFORE and holder.given else None
    if hashed and (holder is None or lone) and respondent_id is None:
        taken = (respondent.c.performance_id == performance.id) & (respondent.c.words_hash == hashed)
        connection.execute(
            update(respondent).where(taken).values(words_hash=None)
        )  # a rehearsal's, or the phone's
    if holder is not None and lone is None:
        respondent_id = holder.respondent_id
    stored = add_imported_response(
        connection,
        source_id,
        performance_id=performance.id,
        mode=Mode.PAPER,
        wave=wave,
        version_id=version_id,
        language=language,
        filled=filled,
        respondent_id=respondent_id,
        sheet_number=sheet_number,
        words_hash=hashed,
        after_reveal=after_reveal,
    )
    if lone is not None:
        after = connection.execute(SENT, {"respondent": lone.respondent_id}).one()
        give_response(connection, performance.id, lone.respondent_id, after.id, stored)
    return stored
