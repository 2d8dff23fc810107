"""Readers: short visits that see one moment. One that stays too long is sent away, so that the journal stays bounded."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolEmpty

from survey.storage.busy import DatabaseBusy
from survey.storage.troubles import trouble_of

TOO_LONG = 30.0
"""Seconds after which a reader may be sent away."""


class Readers:
    """The read-only connections of one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._visits: dict[int, tuple[float, Any]] = {}

    @contextmanager
    def visit(self) -> Iterator[Connection]:
        """Give a connection that sees one moment. Raises DatabaseBusy when it cannot read, or stayed too long."""
        trouble: DatabaseBusy | None = None
        try:
            with self._engine.connect() as connection:
                driver = connection.connection.driver_connection
                with self._lock:
                    self._visits[id(driver)] = (time.monotonic(), driver)
                try:
                    yield connection
                finally:
                    with self._lock:
                        stayed = self._visits.pop(id(driver), None)
        except (DBAPIError, PoolEmpty) as error:
            trouble = trouble_of(error)
        if trouble is not None:
            raise trouble
        if stayed is None:
            raise DatabaseBusy("The database was read for too long; another moment may have come between.")

    def send_away(self) -> None:
        """End the transactions of readers that have stayed too long (SQLite only); they are told when they leave."""
        with self._lock:
            for key, (since, driver) in list(self._visits.items()):
                if time.monotonic() - since > TOO_LONG and driver.in_transaction:
                    del self._visits[key]
                    driver.execute("ROLLBACK")

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()
