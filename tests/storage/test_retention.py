"""On the keeping date rows, links and receipts go; totals stay, and comparisons go on working on them."""

from datetime import date

from sqlalchemy import func, select

from survey.model import Comment, Performance, Standing, Wave
from survey.storage.counts import counts, pairs
from survey.storage.database import Database
from survey.storage.evidence import sources
from survey.storage.exports import answer_rows, comment_rows
from survey.storage.performances import open_wave
from survey.storage.responses import responses_by_receipt
from survey.storage.retention import NOTE, purge_due
from survey.storage.sign_ins import add_stage_link, find_sign_in
from survey.storage.tables import respondent
from tests.databases import add_nest_performance
from tests.storage.phones import again, code_of, filled, import_people, send

DAY = date(2099, 3, 20)


def purge(database: Database, today: date = DAY) -> list[str]:
    return database.write(lambda connection: purge_due(connection, today))


def test_nothing_goes_before_its_day(database: Database, performance: Performance) -> None:
    send(database, performance, "seat", filled(home_system="depends"))

    assert purge(database, date(2099, 3, 19)) == []
    with database.reading() as connection:
        assert responses_by_receipt(connection, code_of(performance, "seat")) is not None


def test_rows_links_and_receipts_go_and_totals_stay(database: Database, performance: Performance) -> None:
    for n in range(12):
        send(database, performance, f"{n}", filled(Comment("differently", "Words."), home_system="depends"))
    stage = database.write(lambda connection: add_stage_link(connection, performance.id))
    with database.reading() as connection:
        (before,) = counts(connection, [performance.id])

    assert purge(database) == [performance.code]

    with database.reading() as connection:
        assert counts(connection, [performance.id]) == [before]
        assert connection.scalar(select(func.count()).select_from(respondent)) == 0
        assert responses_by_receipt(connection, code_of(performance, "0")) is None
        assert answer_rows(connection, performance.id) == []
        assert comment_rows(connection, performance.id) == []
        assert find_sign_in(connection, stage) is None
        assert (performance.id, before.provenance, NOTE) in sources(connection, [performance.id])
    now = again(database, performance)
    assert (now.standing, now.seat_key) == (Standing.FINISHED, None)
    assert purge(database) == []


def test_totals_of_fewer_than_ten_go_too(database: Database, performance: Performance) -> None:
    for n in range(12):
        form = (
            filled(home_system="depends", research_nhs="not_sure") if n < 9 else filled(home_system="depends")
        )
        send(database, performance, f"{n}", form)

    purge(database)

    with database.reading() as connection:
        assert [(kept.question, kept.base) for kept in counts(connection, [performance.id])] == [
            ("home_system", 12)
        ]


def test_flows_stay_only_where_none_is_small(database: Database, performance: Performance) -> None:
    stays = (filled(home_system="depends", trust_nhs="7"), filled(home_system="depends", trust_nhs="7"))
    moves = (filled(home_system="depends", trust_nhs="7"), filled(home_system="acceptable", trust_nhs="7"))
    one = (filled(trust_nhs="1"), filled(trust_nhs="9"))
    import_people(database, performance, *[stays] * 8, *[moves] * 5, one)

    purge(database)

    with database.reading() as connection:
        (kept,) = pairs(connection, [performance.id])
    assert kept.question == "home_system"
    assert kept.counts == {(("depends",), ("acceptable",)): 5, (("depends",), ("depends",)): 8}


def test_other_performances_keep_everything(database: Database, performance: Performance) -> None:
    later = add_nest_performance(database, version_id=performance.version_id, keep_until=date(2100, 1, 1))
    database.write(lambda connection: open_wave(connection, later.id, Wave.AFTER))
    for found in (performance, again(database, later)):
        send(database, found, "seat", filled(home_system="depends"))

    assert purge(database) == [performance.code]
    with database.reading() as connection:
        assert responses_by_receipt(connection, code_of(later, "seat")) is not None
