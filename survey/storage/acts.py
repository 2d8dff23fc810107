"""Acts: one thing a person does, from its being handed in until its answer. It is stored whole or, given up, not at all."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from enum import Enum, auto
from typing import Any

from sqlalchemy import Connection

from survey.storage.busy import DatabaseBusy, DatabaseUnsure


class Stage(Enum):
    """How far an act has come."""

    BEFORE_COMMIT = auto()
    COMMITTING = auto()
    GIVEN_UP = auto()


class Act:
    """One act and the place where its answer goes. ``seconds``: how long whoever asked will wait."""

    def __init__(self, function: Callable[[Connection], Any], *, crowd: bool, seconds: float) -> None:
        self.function = function
        self.crowd = crowd
        self.seconds = seconds
        self.answer: Future[Any] = Future()
        self._stage = Stage.BEFORE_COMMIT
        self._lock = threading.Lock()

    def give_up(self) -> bool:
        """Return whether the act will surely not be stored: its COMMIT had not begun, and now never will."""
        with self._lock:
            if self._stage is Stage.BEFORE_COMMIT:
                self._stage = Stage.GIVEN_UP
            return self._stage is Stage.GIVEN_UP

    def may_commit(self) -> bool:
        """Return whether somebody still waits for it; from then on it can no longer be given up."""
        with self._lock:
            if self._stage is Stage.BEFORE_COMMIT:
                self._stage = Stage.COMMITTING
            return self._stage is Stage.COMMITTING

    def once_more(self) -> None:
        """Take back the permission: the COMMIT was refused, and the act is carried out from its beginning again."""
        with self._lock:
            if self._stage is Stage.COMMITTING:
                self._stage = Stage.BEFORE_COMMIT


def too_long(act: Act) -> DatabaseBusy:
    """Return what is said of an act that has not answered in time."""
    if act.give_up():
        return DatabaseBusy("The database took too long. Nothing was stored.")
    return DatabaseUnsure("The database took too long to say whether it was stored.")
