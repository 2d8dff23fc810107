"""Copies: SQLite's online backup, never ``cp``."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from survey.storage.engines import connect_sqlite


def copy_file(file: Path, to: Path) -> None:
    """Copy a database that may be in use; ``to`` appears whole or not at all."""
    unfinished = to.with_name(f".{to.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(connect_sqlite(file, "rw")) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    with unfinished.open("rb+") as written:
        os.fsync(written.fileno())
    unfinished.replace(to)
