"""While the house is open its database is copied; what goes wrong with that is said once."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from survey.serving.copying import keep_copy
from survey.storage.database import Database
from survey.storage.rolling import rolling_copy
from tests.databases import add_nest_performance
from tests.running import in_a_thread


async def keeping(database: Database, done: Callable[[], object]) -> None:
    """Keep the copy until something is so."""
    task = asyncio.create_task(keep_copy(database, every=0.01))
    for _ in range(6000):
        if done():
            break
        await asyncio.sleep(0.01)
    else:
        raise AssertionError("it never came to that")
    assert not task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def test_the_copy_is_kept_while_the_house_is_open(sqlite_database: Database, tmp_path: Path) -> None:
    add_nest_performance(sqlite_database)
    copy = rolling_copy(tmp_path / "houselights.db")
    in_a_thread(keeping(sqlite_database, copy.exists))


def test_a_copy_that_cannot_be_made_is_said_once_and_tried_again(
    sqlite_database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    add_nest_performance(sqlite_database)
    copy = rolling_copy(tmp_path / "houselights.db")
    copy.mkdir()
    with caplog.at_level(logging.WARNING):
        tries = iter(range(20))
        in_a_thread(keeping(sqlite_database, lambda: caplog.messages and next(tries, None) is None))
        assert [message.partition(".")[0] for message in caplog.messages] == [
            "The safety copy could not be renewed"
        ]
        copy.rmdir()
        in_a_thread(keeping(sqlite_database, copy.is_file))
