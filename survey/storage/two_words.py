"""Two words join what one person sends *before* and *after* on different phones. Nothing is guessed."""

from enum import StrEnum

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from survey.model import Performance, Provenance, Wave
from survey.storage.evidence import note_other_way
from survey.storage.forgetting import forget
from survey.storage.locks import hold_seat
from survey.storage.respondents import by_receipt, by_seat, source_id, take_words
from survey.storage.seats import card_pairs, sheet_pairs, words_hash
from survey.storage.tables import other_seat, respondent, response
from survey.words import Pair

OF_WORDS = (
    select(respondent.c.id, respondent.c.source_id)
    .where(
        respondent.c.performance_id == bindparam("performance"), respondent.c.words_hash == bindparam("hash")
    )
    .with_for_update()
)
WAVES = select(response.c.wave).where(response.c.respondent_id == bindparam("respondent"))
PHONE = select(
    respondent.c.seat_hash, respondent.c.receipt_hash, respondent.c.source_id, respondent.c.mode
).where(respondent.c.id == bindparam("respondent"))


class Words(StrEnum):
    """What came of two words."""

    JOINED = "joined"
    """Before and after belong together now; or a card's or a sheet's words belong to what was sent before."""
    KEPT = "kept"
    """They stand on a paper sheet that nobody has typed in yet: what was sent after waits for it."""
    UNKNOWN = "unknown"
    """They lead to nobody's answers here."""
    USED = "used"
    """Somebody else's answers have them already."""
    NOT_NEEDED = "not-needed"
    """This phone is known from before, or already joined."""


def join_by_words(
    connection: Connection,
    performance: Performance,
    pair: Pair,
    *,
    wave: Wave,
    seat: str,
    receipt_code: str | None = None,
) -> Words:
    """Join what a seat (or a receipt code) has sent in a wave to what two words stand for.

    *Before*: a card's or a paper sheet's words become this respondent's. *After*: what was sent becomes the *after* response of
    whoever has these words, if that one has none; from then on this seat and its code lead to that response only. Words of
    a sheet that is not typed in yet become this respondent's too, and the sheet finds them there.
    Raises ReceiptUnknown.
    """
    now = hold_seat(connection, performance, seat=seat, receipt_code=receipt_code)
    if now is None or now.seat_key is None:  # finished: nothing leads to anybody any more
        return Words.UNKNOWN
    key = now.seat_key
    if receipt_code is None:
        me = by_seat(connection, performance.id, key, seat, wave)
    else:
        me = by_receipt(connection, performance.id, receipt_code, wave)
    if me is None or me.response_id is None:
        return Words.UNKNOWN
    if wave is Wave.BEFORE:
        if pair not in card_pairs(key) and pair not in sheet_pairs(key):
            return Words.UNKNOWN
        return Words.JOINED if take_words(connection, me.id, key, pair) else Words.USED
    if Wave.BEFORE in connection.scalars(WAVES, {"respondent": me.id}).all():
        return Words.NOT_NEEDED
    rehearsal = source_id(performance.id, Provenance.REHEARSAL)
    sought = {"performance": performance.id, "hash": words_hash(key, pair)}
    other = connection.execute(OF_WORDS, sought).one_or_none()
    if other is not None and (other.source_id == rehearsal) == (me.source_id == rehearsal):
        waves = connection.scalars(WAVES, {"respondent": other.id}).all()  # after waiting for whoever held it
        if Wave.BEFORE in waves and Wave.AFTER in waves:
            return Words.USED
        if Wave.BEFORE in waves:
            give_response(connection, performance.id, me.id, me.response_id, other.id)
            return Words.JOINED
    if pair not in sheet_pairs(key):
        return Words.UNKNOWN
    return Words.KEPT if take_words(connection, me.id, key, pair) else Words.USED


def give_response(connection: Connection, performance_id: str, lone: str, response_id: str, to: str) -> None:
    """Give a lone respondent's response to another respondent; its phone and code lead there from now on."""
    phone = connection.execute(PHONE, {"respondent": lone}).one()
    connection.execute(update(response).where(response.c.id == response_id).values(respondent_id=to))
    note_other_way(connection, response_id, to, source_id=phone.source_id, mode=phone.mode)
    connection.execute(delete(respondent).where(respondent.c.id == lone))
    connection.execute(
        insert(other_seat).values(
            performance_id=performance_id,
            seat_hash=phone.seat_hash,
            receipt_hash=phone.receipt_hash,
            respondent_id=to,
        )
    )
    forget(connection)
