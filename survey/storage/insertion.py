"""Insertion that expects company: two browsers may write the same row at once, on either database."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_unless_there(connection: Connection, table: Table, **values: Any) -> bool:
    """Insert a row; False when one with this key is there already (it stays as it is)."""
    if connection.dialect.name == "postgresql":
        return (
            connection.execute(postgresql.insert(table).values(values).on_conflict_do_nothing()).rowcount == 1
        )
    return connection.execute(sqlite.insert(table).values(values).on_conflict_do_nothing()).rowcount == 1


def insert_or_change(
    connection: Connection, table: Table, *, change: Mapping[str, Any], **values: Any
) -> None:
    """Insert a row, or change these columns of the one with this primary key."""
    key = list(table.primary_key.columns)
    if connection.dialect.name == "postgresql":
        pg = postgresql.insert(table).values(values)
        connection.execute(pg.on_conflict_do_update(index_elements=key, set_=dict(change)))
    else:
        lite = sqlite.insert(table).values(values)
        connection.execute(lite.on_conflict_do_update(index_elements=key, set_=dict(change)))
