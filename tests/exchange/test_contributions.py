"""The log of what the audience sent: whole, without identity, time or order, and harmless in a spreadsheet."""

import csv
import io

from survey.exchange import export_files
from survey.exchange.contributions import contributions_table
from survey.model import ContributionStanding, Performance
from survey.storage.contributions import (
    Reason,
    add_contribution,
    approve,
    contributions,
    mark_answered,
    refuse,
    set_support,
)
from survey.storage.database import Connection, Database

TEXTS = ("=1+1", "＝cmd|'/c calc'!A0", "Who owns\nthe house?", "Rude", "Not read yet")


def fill(connection: Connection, performance: Performance) -> None:
    ids = {text: add_contribution(connection, performance.id, text).id for text in TEXTS}
    for text in TEXTS[:3]:
        approve(connection, performance.id, ids[text])
    refuse(connection, performance.id, ids["Rude"], Reason.HURTFUL)
    for text, people in (("=1+1", 4), ("Who owns\nthe house?", 5)):
        for seat in range(people):
            set_support(connection, performance, ids[text], seat=str(seat), wanted=True)
    mark_answered(connection, performance.id, ids["=1+1"])


def rows(table: bytes) -> list[tuple[str, ...]]:
    assert table.startswith(b"\xef\xbb\xbf")
    return [tuple(row) for row in csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))]


def test_the_log_holds_everything_and_no_cell_runs(database: Database, performance: Performance) -> None:
    database.write(lambda c: fill(c, performance))
    with database.reading() as connection:
        head, *found = rows(contributions_table(connection, performance))
    assert head == ("contribution", "standing", "reason", "support", "answered")
    assert sorted(found) == sorted(
        [
            ("'=1+1", "approved", "", "", "yes"),
            ("'＝cmd|'/c calc'!A0", "approved", "", "", "no"),
            ("Who owns\nthe house?", "approved", "", "5", "no"),
            ("Rude", "refused", "hurtful", "", "no"),
            ("Not read yet", "waiting", "", "", "no"),
        ]
    )


def test_the_rows_are_shuffled_anew_each_time(database: Database, performance: Performance) -> None:
    database.write(
        lambda c: [add_contribution(c, performance.id, f"Question {number}") for number in range(40)]
    )
    with database.reading() as connection:
        stored = [
            each.text for each in contributions(connection, performance.id, ContributionStanding.WAITING)
        ]
        taken = [
            tuple(row[0] for row in rows(contributions_table(connection, performance))[1:]) for _ in range(3)
        ]
    assert len({tuple(stored), *taken}) == 4
    assert {frozenset(each) for each in taken} == {frozenset(stored)}


def test_an_export_holds_only_what_was_approved(database: Database, performance: Performance) -> None:
    database.write(lambda c: fill(c, performance))
    with database.reading() as connection:
        files = export_files(connection, performance)
    assert {row[1] for row in rows(files["contributions.csv"])[1:]} == {"approved"}
    assert not any("Rude" in content.decode("utf-8-sig") for content in files.values())
    assert "contributions.csv" in files["about.txt"].decode("utf-8-sig")
