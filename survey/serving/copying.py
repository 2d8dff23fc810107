"""Copying: while the house is open, a copy of the database beside it is renewed whenever something was written."""

import asyncio
import logging

from survey.storage.database import Database, DatabaseWrong
from survey.storage.rolling import renew_copy

EVERY = 10 * 60.0
"""Seconds: what a damaged file may cost, and how long an answer that was taken back may live on in the copy."""

log = logging.getLogger("houselights")


async def keep_copy(database: Database, every: float = EVERY) -> None:
    """Until cancelled: look every ten minutes. What goes wrong is said once, until it goes well again."""
    said = False
    while True:
        await asyncio.sleep(every)
        try:
            await asyncio.to_thread(renew_copy, database.url)
            said = False
        except (DatabaseWrong, OSError) as trouble:
            if not said:
                log.warning("The safety copy could not be renewed. %s", trouble)
            said = True
