"""Copies: the database written anew by ``VACUUM INTO``, never ``cp``. A copy put back brings nothing with it that people took back.

A copy page by page would keep where in its page each row lies, and so who answered before whom.
"""

import os
import shutil
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from survey.storage.engines import connect_sqlite
from survey.storage.places import DatabaseWrong, check_file, check_folder, place_of
from survey.storage.tombstones import UNQUOTED, tombstones

OWNER_ONLY = 0o600
KEPT_SECONDS = 14 * 24 * 3600
"""How long a copy that was set aside is kept: what people withdraw must not live on in it."""


@dataclass(frozen=True)
class TakenBack:
    """What a copy would have brought back, and did not: of so many people answers, of so many a comment only, …"""

    answers: int = 0
    words: int = 0
    quotes: int = 0
    pledges: int = 0
    addresses: int = 0


def backup(url: str, path: Path) -> None:
    """Copy a database that may be in use to a file, replacing an earlier copy there. Raises DatabaseWrong."""
    file = _file(url, "copied by Houselights. Use pg_dump")
    check_file(file)
    check_folder(path)
    if path.exists():
        check_file(path, "Choose another name: nothing but an earlier copy is replaced.")
    copy_file(file, path)


def restore(path: Path, url: str) -> TakenBack:
    """Put a copy in the place of a database; return what it would have brought back of what people took back since.

    What was there before stays beside it under another name for 14 days. Raises DatabaseWrong, also while Houselights is running.
    """
    file = _file(url, "restored by Houselights. Use pg_restore")
    if not path.exists():
        raise DatabaseWrong(f"There is no file {path}.")
    check_file(path, "Choose another copy.")
    check_folder(file)
    incoming = file.with_name(f".{file.name}.incoming")
    try:
        copy_file(path, incoming)
        taken_back = _take_back(incoming, tombstones(file))
        if file.exists():
            _set_aside(file)
        incoming.replace(file)
    finally:  # refused or broken off: no second copy of people's answers stays behind
        incoming.unlink(missing_ok=True)
    return taken_back


def copy_file(file: Path, to: Path) -> None:
    """Write a database that may be in use anew, in the order of its keys; ``to`` appears whole or not at all.

    Raises DatabaseWrong.
    """
    unfinished = to.with_name(f".{to.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))
        with closing(connect_sqlite(file)) as source:
            source.execute("VACUUM INTO ?", (str(unfinished),))
        with closing(connect_sqlite(unfinished)) as target:
            target.execute("PRAGMA journal_mode=DELETE")
        with unfinished.open("rb+") as written:
            os.fsync(written.fileno())
        unfinished.replace(to)
    except (OSError, sqlite3.Error) as error:
        unfinished.unlink(missing_ok=True)
        raise DatabaseWrong(
            f"{file} could not be copied to {to}. Is the disk full, the folder writable?"
        ) from error


def also_call(file: Path, name: Path) -> None:
    """Give a file a second name, or a copy where the file system knows no links. Raises FileExistsError."""
    try:
        os.link(file, name)
    except FileExistsError:
        raise
    except OSError:
        with name.open("xb") as written, file.open("rb") as read:
            shutil.copyfileobj(read, written)


def set_aside_copies(file: Path) -> list[Path]:
    """Return the copies of a database that a migration or a restore has set aside."""
    patterns = (f"{file.name}.before-*", f"{file.name}.replaced-*")
    return [copy for pattern in patterns for copy in file.parent.glob(pattern)]


def drop_old_copies(file: Path) -> None:
    """Delete copies set aside that are older than 14 days."""
    for copy in set_aside_copies(file):
        if time.time() - copy.stat().st_mtime > KEPT_SECONDS:
            copy.unlink()


def clean_copies(file: Path) -> None:
    """Delete what people took back from the copies set aside, which keep their date. One that is damaged stays as it is."""
    keys = tombstones(file)
    for copy in set_aside_copies(file) if keys else ():
        if copy.name.endswith(("-wal", "-shm")):  # belongs to the copy of that name
            continue
        there = copy.stat()
        with suppress(sqlite3.DatabaseError):
            _take_back(copy, keys)
        os.utime(copy, ns=(there.st_atime_ns, there.st_mtime_ns))


def _take_back(file: Path, keys: set[str]) -> TakenBack:
    """Delete what people took back, from a copy of any age; return what that was."""
    with closing(connect_sqlite(file)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TEMP TABLE gone (id TEXT PRIMARY KEY)")
        connection.executemany("INSERT INTO gone VALUES (?)", [(key,) for key in sorted(keys)])

        def delete(table: str, column: str) -> int:
            """An older copy may lack a table."""
            there = connection.execute(
                "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
            )
            if there.fetchone() is None:
                return 0
            return connection.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT id FROM gone)").rowcount

        people = delete("respondent", "id")
        # What was sent after and joined to another phone's answers later: here it still stands where it was first.
        apart = connection.execute(
            "SELECT DISTINCT respondent_id FROM response WHERE id IN (SELECT id FROM gone)"
        ).fetchall()
        delete("response", "id")
        left = "SELECT 1 FROM response WHERE respondent_id = respondent.id"
        connection.executemany(f"DELETE FROM respondent WHERE id = ? AND NOT EXISTS ({left})", apart)
        comments = delete("comment", "id")
        quotes = connection.execute(
            "UPDATE comment SET quote_ok = 0 WHERE quote_ok AND id || ? IN (SELECT id FROM gone)", (UNQUOTED,)
        ).rowcount
        pledges, addresses = delete("pledge", "pledge_hash"), delete("contact", "id")
        connection.execute("COMMIT")
        taken_back = TakenBack(people + len(apart), comments, quotes, pledges, addresses)
        if taken_back != TakenBack():
            connection.execute("VACUUM")
        return taken_back


def _set_aside(file: Path) -> None:
    """Keep what was there; no other program may be using it. Raises DatabaseWrong."""
    try:
        with closing(connect_sqlite(file)) as connection:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.OperationalError as error:
        raise DatabaseWrong(f"{file} is in use. Stop Houselights first, then restore.") from error
    except sqlite3.DatabaseError:
        mode = "delete"  # damaged: that is why a copy is put back
    if mode != "delete":
        raise DatabaseWrong(f"{file} is in use. Stop Houselights first, then restore.")
    number = 1
    while (aside := file.with_name(f"{file.name}.replaced-{number}")).exists():
        number += 1
    for ending in ("-wal", "-shm"):
        leftover = file.with_name(file.name + ending)
        if leftover.exists():
            leftover.replace(aside.with_name(aside.name + ending))
    also_call(file, aside)
    os.utime(aside)


def _file(url: str, otherwise: str) -> Path:
    place = place_of(url)
    if place.file is None:
        raise DatabaseWrong(f"A PostgreSQL database is not {otherwise}.")
    return place.file
