"""Watching: while the house is open, a fault of the database or its disk is looked at until it is over."""

import asyncio

from survey.storage.database import Database

EVERY = 5.0
"""Seconds; what is lost meanwhile is only how soon the house says that all is well again."""


async def keep_watch(database: Database, every: float = EVERY) -> None:
    """Until cancelled: look whether what was wrong is over, and whether the file is still where it was."""
    while True:
        await asyncio.sleep(every)
        await asyncio.to_thread(database.look_well)
