"""How many have answered, of how many here: a count of people, never of answers; below ten only that."""

from survey.analysis.figures import suppressed
from survey.analysis.ranges import response_rate
from survey.model import Performance
from survey.publication import join_line
from survey.storage.database import Connection
from survey.storage.responses import responses_count


def turnout(connection: Connection, performance: Performance) -> str:
    """Return the count and the response rate of the open wave, "62 of about 120 here have answered, 52 in 100"."""
    wave = performance.open_wave
    if wave is None:
        return ""
    words = str(join_line(connection, performance))
    count = responses_count(connection, performance.id, wave)
    rate = None if suppressed(count) else response_rate(count, performance.attendance)
    return f"{words}, {rate.in_100} in 100" if rate else words
