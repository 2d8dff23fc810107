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


def asked_to_forget(connection: Connection) -> bool:
    """Return whether the transaction just carried out asked for it, and take note of it."""
    connection.info.pop(REWRITE, None)
    return bool(connection.info.pop(FORGET, False))


def forget_on_postgresql(connection: Connection) -> None:
    """Rewrite or vacuum the tables of answers if the transaction just committed asked for it."""
    ordered = connection.info.pop(REWRITE, False)
    if not connection.info.pop(FORGET, False):
        return
    alone = connection.execution_options(isolation_level="AUTOCOMMIT")
    for table in ANSWERS:
        alone.execute(text(f"CLUSTER {table} USING pk_{table}" if ordered else f"VACUUM {table}"))
