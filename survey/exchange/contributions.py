"""What the audience sent to the discussion, as a table: no identity, no time, no order, and nothing a spreadsheet runs."""

from secrets import SystemRandom

from survey.exchange.tables import table_bytes
from survey.model import ContributionStanding, Performance
from survey.storage.contributions import board, contributions
from survey.storage.database import Connection

COLUMNS = ("contribution", "standing", "reason", "support", "answered")


def contributions_table(
    connection: Connection, performance: Performance, *, approved_only: bool = False
) -> bytes:
    """Return a performance's contributions as a CSV file, shuffled anew each time; support only from five on."""
    support = {each.contribution.id: each.shown for each in board(connection, performance.id)}
    wanted = (ContributionStanding.APPROVED,) if approved_only else tuple(ContributionStanding)
    rows = [
        (each.text, each.standing.value, each.reason, support.get(each.id), "yes" if each.answered else "no")
        for standing in wanted
        for each in contributions(connection, performance.id, standing)
    ]
    SystemRandom().shuffle(rows)
    return table_bytes(COLUMNS, rows)
