"""The rolling copy: one file beside an SQLite database, renewed while the house is open, so that a damaged one costs little.

One, not a series: two copies side by side would tell when an answer came. What people take back is gone from it when it
is renewed, then from the copies set aside by an update too, and a restore leaves it out in any case.
"""

import os
import shutil
from pathlib import Path

from survey.storage.copies import clean_copies, copy_file
from survey.storage.places import place_of

ROOM = 3
"""So many times the database's size must be free: a copy must never be what fills the disk."""


def rolling_copy(database: Path) -> Path:
    """Return the file beside a database that holds its rolling copy."""
    return database.with_name(f"{database.name}.copy")


def renew_copy(url: str) -> bool:
    """Renew the rolling copy if anything was written since; return whether it was. Raises DatabaseWrong.

    A database on a server is copied by its own tools: nothing is done.
    """
    file = place_of(url).file
    if file is None:
        return False
    copy, written = rolling_copy(file), _written(file)
    if copy.exists() and copy.stat().st_mtime_ns == written:
        return False
    if shutil.disk_usage(file.parent).free < ROOM * _size(file):
        return False
    copy_file(file, copy)
    clean_copies(file)
    os.utime(copy, ns=(written, written))  # what is written while it is made counts as not copied yet
    return True


def _parts(file: Path) -> list[os.stat_result]:
    return [part.stat() for part in (file, file.with_name(f"{file.name}-wal")) if part.exists()]


def _written(file: Path) -> int:
    return max(part.st_mtime_ns for part in _parts(file))


def _size(file: Path) -> int:
    return sum(part.st_size for part in _parts(file))
