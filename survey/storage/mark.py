"""The mark: a number beside an SQLite database that tells whether its journal was taken away after a crash.

Whatever is acknowledged stands in the journal first. With the first COMMIT after the journal was emptied the database's own
number (``user_version``) rises, in the same transaction; then the same number is written to the mark, before anybody is
answered. So a mark above the database's number means that what was acknowledged is missing; and another program that has
put the journal into the database, as SQLite's own shell does, changes nothing. That costs one small file for each journal
emptied, not for each answer.
"""

import os
from contextlib import suppress
from pathlib import Path


def mark_of(database: Path) -> Path:
    """Return the file that holds the mark of a database; it is there from the first answer until a clean stop."""
    return database.with_name(f"{database.name}-mark")


def evidence_of_loss(database: Path) -> Path:
    """Return the file that lies beside a database from which saved answers are missing, until somebody deletes it."""
    return database.with_name(f"{database.name}-lost")


def marked(database: Path) -> int:
    """Return the number on the mark; 0 where there is none. Read it before the database's, which rises first."""
    try:
        return int(mark_of(database).read_text())
    except (OSError, ValueError):
        return 0


def mark(database: Path, number: int) -> None:
    """Write the mark so that it outlasts a power cut. Where it cannot be written, answers are saved without it."""
    file = mark_of(database)
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    with suppress(OSError):
        with unfinished.open("w") as written:
            written.write(str(number))
            written.flush()
            os.fsync(written.fileno())
        unfinished.replace(file)
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def unmark(database: Path) -> None:
    """Take the mark away: the journal is empty, or another database takes this one's place."""
    with suppress(OSError):
        mark_of(database).unlink(missing_ok=True)


def note_loss(database: Path) -> None:
    """Keep the evidence until somebody deletes it; the evening goes on."""
    with suppress(OSError):
        mark_of(database).replace(evidence_of_loss(database))


def loss_words(database: Path) -> str:
    """Return what staff read while saved answers are missing; "" when nothing is known to be."""
    if not (evidence := evidence_of_loss(database)).exists():
        return ""
    return (
        f"Saved answers are missing from {database.name}: after Houselights had stopped without closing it, its journal "
        f"({database.name}-wal) was taken away, or an older file was put in the database's place. What is there can be used and "
        "added to. To mend it stop Houselights, and put database and journal of the same moment back from a backup, or a copy "
        "with: houselights restore FILE. Never put the journal alone back: what was saved since does not fit it. If there "
        f"is nothing to put back, delete the file {evidence.name}; this line goes with it."
    )
