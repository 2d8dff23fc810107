"""A brake on guessing codes. A whole audience shares one address, so wrong codes of everybody are counted together.

That is why it may hold up nobody: a right code is always taken at once, whatever others type. A wrong one is told the same
as ever; only its status says 429, so that a program slows down.
"""

import time
from collections.abc import Callable

from starlette.responses import Response


class Guesses:
    """A bucket of wrong codes that fills up again slowly. Right codes cost nothing."""

    def __init__(
        self, most: int = 120, per_second: float = 2, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._per_second = per_second
        self._clock = clock
        self._left = float(most)
        self._counted = clock()

    def too_many(self) -> bool:
        """Say whether very many wrong ones came lately."""
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._counted) * self._per_second)
        self._counted = now
        return self._left < 1

    def wrong(self) -> None:
        """Count one wrong code."""
        self._left -= 1

    def slowed(self, wrong: Response) -> Response:
        """Return the answer to a wrong code: as it is, or after very many with the status that asks to slow down."""
        if self.too_many():
            wrong.status_code = 429
            wrong.headers["Retry-After"] = "60"
        else:
            self.wrong()
        return wrong


MOST_PERFORMANCES = 1024
"""How many performances' brakes are remembered at once."""


class Brakes:
    """A brake of its own for each performance: what happens at one holds up no other."""

    def __init__(self, most: int, per_second: float) -> None:
        self._most = most
        self._per_second = per_second
        self._brakes: dict[str, Guesses] = {}

    def of(self, performance_id: str) -> Guesses:
        """Return a performance's brake."""
        if performance_id not in self._brakes and len(self._brakes) >= MOST_PERFORMANCES:
            self._brakes.clear()
        return self._brakes.setdefault(performance_id, Guesses(self._most, self._per_second))
