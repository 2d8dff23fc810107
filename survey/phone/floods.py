"""A brake on floods of words. It knows phones by their seats, in memory and for minutes; never an address."""

import time
from collections.abc import Callable


class Floods:
    """How often each phone sent something lately."""

    LARGEST = 5000
    """Phones known at once; with more, those are let go that sent nothing lately."""

    def __init__(
        self, most: int = 5, seconds: float = 300, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._sent: dict[str, list[float]] = {}

    def too_many(self, seat: str) -> bool:
        """Say whether a phone sent so much lately that it is to wait."""
        return len(self._lately(seat)) >= self._most

    def sent(self, seat: str) -> None:
        """Count one thing that a phone sent."""
        if len(self._sent) >= self.LARGEST:
            self._sent = {known: lately for known in self._sent if (lately := self._lately(known))}
        self._sent[seat] = [*self._lately(seat), self._clock()]

    def _lately(self, seat: str) -> list[float]:
        since = self._clock() - self._seconds
        return [moment for moment in self._sent.get(seat, ()) if moment > since]
