"""Keeping dates: while the house is open, rows whose date has come are deleted and their totals kept.

Never on one clock's word: while it does not agree with when the house was last open, the organiser is asked instead.
"""

import asyncio
import logging
from contextlib import suppress
from datetime import UTC, datetime

from survey.storage.clock import clock_agrees, clock_question, last_open, note_clock
from survey.storage.database import Connection, Database, DatabaseBusy
from survey.storage.retention import purge_due

EVERY = 60 * 60.0
PATIENCE = 600.0

log = logging.getLogger("houselights")


async def keep_dates(database: Database) -> None:
    """Until cancelled: look at the start and every hour."""
    while True:
        with suppress(DatabaseBusy):
            asked = await database.write_soon(lambda c: keep_or_ask(c, datetime.now(UTC)), timeout=PATIENCE)
            if asked:
                log.warning("%s", asked)
        await asyncio.sleep(EVERY)


def keep_or_ask(connection: Connection, now: datetime) -> str:
    """Delete what is due and remember that the clock was right; return what to ask when it cannot be believed."""
    last = last_open(connection)
    if last is not None and not clock_agrees(connection, now):
        return clock_question(last, now)
    note_clock(connection, now)
    purge_due(connection, now.astimezone().date())
    return ""
