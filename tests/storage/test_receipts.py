"""A receipt shows one's own answers or deletes them: from the tables, from the file, from its journal."""

import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from survey.model import Comment, Performance, Wave
from survey.storage.database import Database
from survey.storage.performances import finish_performance, open_wave
from survey.storage.responses import delete_by_receipt, responses_by_receipt
from survey.storage.tables import answer, comment, respondent, response
from tests.databases import add_nest_performance
from tests.storage.phones import again, code_of, filled, send, sent

CANARY = "a canary that nobody else would write"


def bytes_on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file())


def wait_until(true: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never became true"
        time.sleep(0.05)


def test_a_receipt_shows_both_waves_and_the_versions_they_were_given_under(
    database: Database, performance: Performance
) -> None:
    send(database, performance, "seat", filled(home_system="depends"))
    database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))
    send(database, again(database, performance), "seat", filled(home_system="acceptable"))

    with database.reading() as connection:
        found = responses_by_receipt(connection, code_of(performance, "seat").lower().replace("-", " "))

    assert found is not None
    assert found.performance_id == performance.id
    assert {wave: form.answers for wave, form in found.responses.items()} == {
        Wave.BEFORE: filled(home_system="depends").answers,
        Wave.AFTER: filled(home_system="acceptable").answers,
    }
    assert found.versions == {Wave.BEFORE: performance.version_id, Wave.AFTER: performance.version_id}


def test_a_receipt_still_works_when_the_performance_is_finished(
    database: Database, performance: Performance
) -> None:
    send(database, performance, "seat", filled(home_system="depends"))
    code = code_of(performance, "seat")
    database.write(lambda connection: finish_performance(connection, performance.id))

    with database.reading() as connection:
        assert responses_by_receipt(connection, code) is not None


def test_a_wrong_code_and_a_used_up_one_look_the_same(database: Database, performance: Performance) -> None:
    send(database, performance, "seat", filled(home_system="depends"))
    code = code_of(performance, "seat")
    assert database.write(lambda connection: delete_by_receipt(connection, code))

    with database.reading() as connection:
        assert responses_by_receipt(connection, code) is None
        assert responses_by_receipt(connection, "0000-0000-0000-0000") is None
        assert responses_by_receipt(connection, "") is None
    assert not database.write(lambda connection: delete_by_receipt(connection, code))


def test_deleting_leaves_no_row_and_nobody_else_loses_any(
    database: Database, performance: Performance
) -> None:
    send(database, performance, "mine", filled(Comment("differently", CANARY), home_system="depends"))
    send(database, performance, "other", filled(home_system="acceptable"))

    database.write(lambda connection: delete_by_receipt(connection, code_of(performance, "mine")))

    with database.reading() as connection:
        for table, left in ((respondent, 1), (response, 1), (answer, 1), (comment, 0)):
            assert connection.scalar(select(func.count()).select_from(table)) == left
    assert sent(database, performance, "other", Wave.BEFORE) == filled(home_system="acceptable")


def test_a_deleted_comment_is_in_no_file_of_the_database(sqlite_database: Database, tmp_path: Path) -> None:
    performance = add_nest_performance(sqlite_database, capacity=None)
    for n in range(300):
        words = f"{CANARY} {n:03} " + "and much more " * (n % 19)
        send(
            sqlite_database, performance, f"{n}", filled(Comment("differently", words), home_system="depends")
        )
    assert bytes_on_disk(tmp_path).count(CANARY.encode()) >= 300

    for n in range(0, 300, 2):
        code = code_of(performance, f"{n}")
        sqlite_database.write(lambda connection: delete_by_receipt(connection, code))

    # A page split earlier may keep a copy in its unused part until the file is written anew, a moment later.
    wait_until(
        lambda: not [n for n in range(0, 300, 2) if f"{CANARY} {n:03}".encode() in bytes_on_disk(tmp_path)]
    )
    left = bytes_on_disk(tmp_path)
    assert [n for n in range(1, 300, 2) if f"{CANARY} {n:03}".encode() not in left] == []


def test_a_deletion_leaves_the_disk_as_soon_as_a_reader_is_out_of_the_way(
    sqlite_database: Database, tmp_path: Path
) -> None:
    performance = add_nest_performance(sqlite_database)
    send(sqlite_database, performance, "seat", filled(Comment("differently", CANARY)))
    with sqlite_database.reading() as connection:
        connection.execute(select(func.count()).select_from(answer))
        code = code_of(performance, "seat")
        assert sqlite_database.write(lambda connection: delete_by_receipt(connection, code))
        assert CANARY.encode() in bytes_on_disk(tmp_path)

    wait_until(lambda: CANARY.encode() not in bytes_on_disk(tmp_path))


def test_someone_who_withdrew_may_answer_again(database: Database, performance: Performance) -> None:
    send(database, performance, "seat", filled(home_system="depends"))
    database.write(lambda connection: delete_by_receipt(connection, code_of(performance, "seat")))

    send(database, performance, "seat", filled(home_system="acceptable"))

    assert sent(database, performance, "seat", Wave.BEFORE) == filled(home_system="acceptable")
