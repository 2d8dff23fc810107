"""Forgetting: what a transaction deleted leaves the disk once it is committed, and order leaves no trace."""

from sqlalchemy import Connection, text

FORGET = "forget"
REWRITE = "rewrite"
ANSWERS = ("respondent", "response", "answer", "comment")
"""The tables that hold what people gave."""


def forget(connection: Connection) -> None:
    """Ask that what this transaction deletes is gone from the disk as soon as it is committed."""
    connection.info[FORGET] = True


def rewrite(connection: Connection) -> None:
    """Ask that the tables of answers are rewritten in the order of their random keys after the commit."""
    connection.info[FORGET] = True
    connection.info[REWRITE] = True


def forget_on_sqlite(connection: Connection) -> bool:
    """Empty the journal (``secure_delete`` has cleared the pages); False when a reader was in the way."""
    connection.info.pop(REWRITE, None)
    driver = connection.connection.driver_connection
    if driver is None:
        return False
    busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def forget_on_postgresql(connection: Connection) -> None:
    """Rewrite or vacuum the tables of answers if the transaction just committed asked for it."""
    ordered = connection.info.pop(REWRITE, False)
    if not connection.info.pop(FORGET, False):
        return
    alone = connection.execution_options(isolation_level="AUTOCOMMIT")
    for table in ANSWERS:
        alone.execute(text(f"CLUSTER {table} USING pk_{table}" if ordered else f"VACUUM {table}"))
