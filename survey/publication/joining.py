"""Joining: how many of those here have answered. A count of people, never of answers; below ten only that."""

from dataclasses import dataclass

from survey.analysis.figures import LEAST, suppressed, whole_in_100
from survey.language import _, ngettext
from survey.model import Performance, Wave
from survey.storage.database import Connection
from survey.storage.responses import responses_count

STEP = 10
"""The count of a poll moves by so many at a time."""


@dataclass(frozen=True)
class JoinLine:
    """The line under the code. ``filled`` is the part of the audience that answered, in 100; None when unknown."""

    words: str
    filled: int | None = None

    def __str__(self) -> str:
        """The words alone."""
        return self.words


def voted_words(votes: int) -> str:
    """Return how many have answered a poll, in steps of ten, so that nobody's tap shows: "More than 40 have answered"."""
    if suppressed(votes):
        return _("Fewer than 10 have answered")
    passed = max(LEAST - 1, (votes - 1) // STEP * STEP)
    return ngettext("More than %(num)s has answered", "More than %(num)s have answered", passed) % {
        "num": passed
    }


def join_line(connection: Connection, performance: Performance, wave: Wave | None = None) -> JoinLine:
    """Return how many have answered the wave that is open (or ``wave``): "84 of about 120 here have answered"."""
    asked = wave or performance.open_wave
    count = responses_count(connection, performance.id, asked) if asked else 0
    there = performance.attendance
    if suppressed(count):
        return JoinLine(_("Fewer than 10 people have answered so far"), None if there is None else 0)
    if there is None or there < count:
        words = ngettext("{count} person here has answered", "{count} people here have answered", count)
        return JoinLine(words.format(count=count))
    if performance.attendance_about:
        words = _("{count} of about {there} here have answered")
    else:
        words = _("{count} of {there} here have answered")
    return JoinLine(words.format(count=count, there=there), whole_in_100(count / there))
