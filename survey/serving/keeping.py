"""Keeping dates: while the house is open, rows whose date has come are deleted and their totals kept."""

import asyncio
from contextlib import suppress
from datetime import date

from survey.storage.database import Database, DatabaseBusy
from survey.storage.retention import purge_due

EVERY = 60 * 60.0
PATIENCE = 600.0


async def keep_dates(database: Database) -> None:
    """Until cancelled: look at the start and every hour."""
    while True:
        with suppress(DatabaseBusy):
            await database.write_soon(
                lambda connection: purge_due(connection, date.today()), timeout=PATIENCE
            )
        await asyncio.sleep(EVERY)
