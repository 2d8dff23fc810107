"""Busy: what people are told when the database cannot take or give anything now."""


class DatabaseBusy(Exception):
    """Nothing was stored: the database is locked, full or overloaded. Sending again in a moment may work."""


PATIENCE = 10.0
"""How many seconds one act may wait before the person is asked to send again."""


class DatabaseUnsure(DatabaseBusy):
    """The answer did not come in time, and what had begun may still be stored: nobody may be told that it was not."""


def busy_words(trouble: DatabaseBusy, nothing_done: str) -> str:
    """Return what staff read: the sentence that says nothing was done only where that is certain."""
    if isinstance(trouble, DatabaseUnsure):
        return "The database did not answer in time. Look whether it was done before you press again."
    return nothing_done
