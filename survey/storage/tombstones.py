"""Tombstones: hashes of receipts whose answers were deleted, so that no restored copy brings them back."""

import os
from pathlib import Path

from sqlalchemy import Connection


def tombstone_file(database: Path) -> Path:
    """Return the file beside a database that holds its tombstones."""
    return database.with_name(f"{database.name}.withdrawn")


def remember_deletion(connection: Connection, hashed: str) -> None:
    """Write a receipt's hash on disk before its deletion is committed. On PostgreSQL backups belong to its operator."""
    if connection.dialect.name != "sqlite":
        return
    file = tombstone_file(database_file(connection))
    with file.open("a", encoding="ascii") as opened:
        opened.write(f"{hashed}\n")
        opened.flush()
        os.fsync(opened.fileno())


def remembered(database: Path) -> list[str]:
    """Return the receipt hashes deleted from a database."""
    file = tombstone_file(database)
    return sorted(set(file.read_text(encoding="ascii").split())) if file.exists() else []


def database_file(connection: Connection) -> Path:
    """Return the file an SQLite connection works on."""
    return Path(connection.exec_driver_sql("PRAGMA database_list").one()[2])
