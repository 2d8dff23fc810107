"""Tombstones: the keys of what people took back, so that no copy put back later brings it with it.

Respondents and responses (two words move what was sent *after* to another respondent: an older copy has it where it
was), comments, addresses, pledges. Such a key is random, or scrambled under a key that is destroyed when the performance
is finished, and stands nowhere else any more: nothing of what was taken back can be found out from it. (Not the receipt's
hash: the same phone may answer again.)
"""

import os
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection

UNQUOTED = "-unquoted"


def tombstone_file(database: Path) -> Path:
    """Return the file beside a database that holds its tombstones."""
    return database.with_name(f"{database.name}.withdrawn")


def remember_deletion(connection: Connection, *keys: str) -> None:
    """Write tombstones to disk before their deletion is committed. On PostgreSQL, copies are its operator's matter."""
    if connection.dialect.name == "sqlite":
        file = database_file(connection)
        write_tombstones(file, {*tombstones(file), *keys})


def given_again(connection: Connection, *keys: str) -> None:
    """Take back tombstones of what a person has given again under the same key; harmless when there are none."""
    if connection.dialect.name == "sqlite":
        file = database_file(connection)
        there = tombstones(file)
        if there.intersection(keys):
            write_tombstones(file, there.difference(keys))


def unquoted(comment_id: str) -> str:
    """Return the key that says: this comment may not be quoted any more. (It is still there; only its tick is gone.)"""
    return comment_id + UNQUOTED


def tombstones(database: Path) -> set[str]:
    """Return the keys of everything people took back from a database."""
    file = tombstone_file(database)
    return set(file.read_text(encoding="ascii").split()) if file.exists() else set()


def write_tombstones(database: Path, keys: Iterable[str]) -> None:
    """Replace a database's tombstones, in no order that tells who went first; the file is whole at any moment."""
    file = tombstone_file(database)
    unfinished = file.with_name(f".{file.name}.unfinished")
    with unfinished.open("w", encoding="ascii") as opened:
        opened.writelines(f"{id}\n" for id in sorted(keys))
        opened.flush()
        os.fsync(opened.fileno())
    unfinished.replace(file)


def database_file(connection: Connection) -> Path:
    """Return the file an SQLite connection works on."""
    return Path(connection.exec_driver_sql("PRAGMA database_list").one()[2])
