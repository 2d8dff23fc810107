"""Insertion that expects company: two browsers may write the same row at once, on either database."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_unless_there(connection: Connection, table: Table, **values: Any) -> bool:
    """Insert a row; False when one with this key is there already (it stays as it is)."""
    return connection.execute(_unless_there(table, connection.dialect.name), values).rowcount == 1


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


@cache
def _unless_there(table: Table, dialect: str) -> Executable:
    """Made once: building a statement costs ten times what carrying it out does."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
