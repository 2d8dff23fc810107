"""Busy: what people are told when the database cannot take or give anything now."""

from enum import Enum


class Fault(Enum):
    """What is wrong with the database or its disk; the value is what staff read: what it means, and what to do."""

    LOCKED = "Another program holds the database: nothing can be saved. Close that program. Saving goes on by itself then."
    FULL = (
        "The disk is full: nothing can be saved. Delete from it what nobody needs, or move it away. "
        "Saving goes on by itself then."
    )
    READ_ONLY = (
        "The database takes no changes: nothing can be saved. Give Houselights back the right to write to its file, folder "
        "or server. Saving goes on by itself then."
    )
    FAILING = (
        "The disk fails: nothing can be saved, or not surely. Look at its cable and at what this computer says of it. "
        "If it stays so, stop Houselights and move the database to another disk."
    )
    DAMAGED = (
        "The database is damaged: answers can be missing or fail. Stop Houselights, and put a copy in its place with: "
        "houselights restore FILE. The newest copy lies beside the database; its name ends in .copy."
    )
    GONE = (
        "The database is not where it was, or its server does not answer: nothing can be saved. Put it back, or start the "
        "server. If another file was put in its place, start Houselights again."
    )


class DatabaseBusy(Exception):
    """Nothing was stored: the database is locked, full or overloaded. Sending again in a moment may work.

    ``fault``: what is wrong, when it is more than that many ask at once.
    """

    def __init__(self, words: str = "The database is busy.", fault: Fault | None = None) -> None:
        super().__init__(words)
        self.fault = fault


PATIENCE = 10.0
"""How many seconds one act may wait before the person is asked to send again."""


class DatabaseUnsure(DatabaseBusy):
    """The answer did not come in time, and what had begun may still be stored: nobody may be told that it was not."""


def busy_words(trouble: DatabaseBusy, nothing_done: str) -> str:
    """Return what staff read: the sentence that says nothing was done only where that is certain."""
    if isinstance(trouble, DatabaseUnsure):
        return "The database did not answer in time. Look whether it was done before you press again."
    return f"Nothing was changed. {trouble.fault.value}" if trouble.fault else nothing_done
