"""Copies are whole, and one put back brings nothing with it that people took back."""

import os
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from survey.commands.backup import in_words
from survey.model import Comment, Wave
from survey.storage.contacts import add_contact, contacts, remove_contact, remove_contacts
from survey.storage.copies import TakenBack, backup, restore
from survey.storage.database import Database, DatabaseWrong, open_database
from survey.storage.migrations import migrate
from survey.storage.pledges import Pledges, join_pledge, pledges, take_pledge_back
from survey.storage.responses import delete_by_receipt, responses_count
from survey.storage.tombstones import tombstone_file, tombstones
from tests.databases import add_nest_performance
from tests.storage.phones import code_of, filled, send, sent

CANARY = "a canary that nobody else would write"


def withdraw(database: Database, code: str) -> None:
    assert database.write(lambda connection: delete_by_receipt(connection, code))


def test_a_copy_made_while_people_send_is_whole(sqlite_database: Database, tmp_path: Path) -> None:
    performance = add_nest_performance(sqlite_database)
    send(sqlite_database, performance, "seat", filled(home_system="depends"))
    copy = tmp_path / "copy.db"
    backup(sqlite_database.url, copy)
    send(sqlite_database, performance, "later", filled(home_system="depends"))
    backup(sqlite_database.url, copy)

    copied = open_database(f"sqlite:///{copy}")
    assert sent(copied, performance, "later", Wave.BEFORE) == filled(home_system="depends")
    copied.close()
    assert copy.stat().st_mode & 0o077 == 0


def test_nothing_but_an_earlier_copy_is_replaced(sqlite_url: str, tmp_path: Path) -> None:
    thesis = tmp_path / "thesis.txt"
    thesis.write_text("four years of work " * 20)

    with pytest.raises(DatabaseWrong, match="is not a database"):
        backup(sqlite_url, thesis)
    assert thesis.read_text().startswith("four years of work")


def test_a_restored_copy_brings_no_withdrawn_answer_with_it(
    sqlite_database: Database, tmp_path: Path
) -> None:
    performance = add_nest_performance(sqlite_database)
    for seat in ("leaves", "stays", "returns"):
        send(sqlite_database, performance, seat, filled(Comment("differently", f"{CANARY} {seat}")))
    copy = tmp_path / "copy.db"
    withdraw(sqlite_database, code_of(performance, "returns"))
    send(sqlite_database, performance, "returns", filled(home_system="acceptable"))
    backup(sqlite_database.url, copy)
    withdraw(sqlite_database, code_of(performance, "leaves"))
    sqlite_database.close()

    assert restore(copy, sqlite_database.url) == TakenBack(answers=1)

    back = open_database(sqlite_database.url)
    assert sent(back, performance, "leaves", Wave.BEFORE) is None
    assert sent(back, performance, "stays", Wave.BEFORE) is not None
    assert sent(back, performance, "returns", Wave.BEFORE) == filled(home_system="acceptable")
    back.close()
    assert f"{CANARY} leaves".encode() not in (tmp_path / "houselights.db").read_bytes()


def test_the_tombstones_hold_keys_that_stand_nowhere_else(sqlite_database: Database, tmp_path: Path) -> None:
    performance = add_nest_performance(sqlite_database)
    for n in range(5):
        send(sqlite_database, performance, f"{n}", filled(home_system="depends"))
        withdraw(sqlite_database, code_of(performance, f"{n}"))
    sqlite_database.close()

    file = tmp_path / "houselights.db"
    lines = tombstone_file(file).read_text().split()
    assert lines == sorted(tombstones(file))
    assert len(lines) == 10  # five respondents, five responses
    assert [line for line in lines if line.encode() in file.read_bytes()] == []


def test_a_restored_copy_brings_back_no_comment_and_no_permission_that_was_taken_back(
    sqlite_database: Database, tmp_path: Path
) -> None:
    performance = add_nest_performance(sqlite_database)
    said = {seat: Comment("differently", f"{CANARY} {seat}", True) for seat in ("unsays", "silent", "quoted")}
    for seat, comment in said.items():
        send(sqlite_database, performance, seat, filled(comment, home_system="depends"))
    copy = tmp_path / "copy.db"
    backup(sqlite_database.url, copy)
    send(sqlite_database, performance, "unsays", filled(home_system="depends"))
    for seat, ticks in (("silent", (False,)), ("quoted", (False, True))):
        for quote_ok in ticks:
            changed = replace(said[seat], quote_ok=quote_ok)
            send(sqlite_database, performance, seat, filled(changed, home_system="depends"))
    sqlite_database.close()

    assert restore(copy, sqlite_database.url) == TakenBack(words=1, quotes=1)

    back = open_database(sqlite_database.url)
    for seat, left in (("unsays", ()), ("silent", (False,)), ("quoted", (True,))):
        found = sent(back, performance, seat, Wave.BEFORE)
        assert found is not None
        assert tuple(comment.quote_ok for comment in found.comments) == left
    back.close()
    assert f"{CANARY} unsays".encode() not in (tmp_path / "houselights.db").read_bytes()


def test_a_restored_copy_brings_back_no_address_and_no_pledge_that_was_taken_back(
    sqlite_database: Database, tmp_path: Path
) -> None:
    performance = add_nest_performance(sqlite_database)
    work = performance.production_id

    def leave(*addresses: str) -> None:
        for address in addresses:
            sqlite_database.write(lambda connection: add_contact(connection, performance, address))

    def pledge(seat: str) -> None:
        assert sqlite_database.write(lambda connection: join_pledge(connection, performance, seat))

    def take_back(name: str) -> None:
        address = f"{name.upper()}@example.org"
        assert sqlite_database.write(lambda connection: remove_contact(connection, work, address))
        sqlite_database.write(lambda connection: take_pledge_back(connection, performance, name))

    leave("early@example.org")
    assert sqlite_database.write(lambda connection: remove_contacts(connection, work)) == 1
    leave("early@example.org", "gone@example.org", "again@example.org", "stays@example.org")
    for seat in ("gone", "again", "stays"):
        send(sqlite_database, performance, seat, filled(home_system="depends"))
        pledge(seat)
    copy = tmp_path / "copy.db"
    take_back("again")
    leave("again@example.org")
    pledge("again")
    backup(sqlite_database.url, copy)
    take_back("gone")
    sqlite_database.close()

    assert restore(copy, sqlite_database.url) == TakenBack(pledges=1, addresses=1)

    back = open_database(sqlite_database.url)
    with back.reading() as connection:
        assert contacts(connection, work) == ["again@example.org", "early@example.org", "stays@example.org"]
        assert [pledges(connection, performance, seat) for seat in ("gone", "again", "stays")] == [
            Pledges(2, False),
            Pledges(2, True),
            Pledges(2, True),
        ]
    back.close()
    assert b"gone@example.org" not in (tmp_path / "houselights.db").read_bytes().lower()


def test_a_copy_from_before_there_were_pledges_is_put_back_all_the_same(
    sqlite_database: Database, tmp_path: Path
) -> None:
    performance = add_nest_performance(sqlite_database)
    send(sqlite_database, performance, "leaves", filled(home_system="depends"))
    copy = tmp_path / "copy.db"
    backup(sqlite_database.url, copy)
    with closing(sqlite3.connect(copy)) as older:
        for table in ("pledge", "contact"):
            older.execute(f"DROP TABLE {table}")
        older.commit()
    withdraw(sqlite_database, code_of(performance, "leaves"))
    sqlite_database.close()
    assert restore(copy, sqlite_database.url) == TakenBack(answers=1)


@pytest.mark.parametrize(
    ("taken_back", "said"),
    [
        (TakenBack(), ""),
        (TakenBack(answers=1), "the answers of 1 person"),
        (TakenBack(2, 1, 3), "the answers of 2 people, 1 comment, the permission to quote 3 comments"),
        (TakenBack(pledges=2, addresses=1), "2 pledges, 1 address to stay in touch"),
    ],
)
def test_what_was_not_brought_back_is_said_in_words(taken_back: TakenBack, said: str) -> None:
    assert in_words(taken_back) == said


def test_what_was_there_stays_beside_the_restored_copy(sqlite_database: Database, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(sqlite_database.url, copy)
    performance = add_nest_performance(sqlite_database)
    send(sqlite_database, performance, "seat", filled(home_system="depends"))
    sqlite_database.close()

    for number in (1, 2):
        restore(copy, sqlite_database.url)
        assert (tmp_path / f"houselights.db.replaced-{number}").exists()

    replaced = open_database(f"sqlite:///{tmp_path / 'houselights.db.replaced-1'}")
    with replaced.reading() as connection:
        assert responses_count(connection, performance.id, Wave.BEFORE) == 1
    replaced.close()


def test_nothing_is_restored_while_houselights_is_running(sqlite_database: Database, tmp_path: Path) -> None:
    performance = add_nest_performance(sqlite_database)
    copy = tmp_path / "copy.db"
    backup(sqlite_database.url, copy)

    with pytest.raises(DatabaseWrong, match="Stop Houselights first"):
        restore(copy, sqlite_database.url)
    assert {file.name for file in tmp_path.iterdir()} - {"copy.db"} == {
        "houselights.db",
        "houselights.db-mark",
        "houselights.db-shm",
        "houselights.db-wal",
    }

    send(sqlite_database, performance, "seat", filled(home_system="depends"))
    assert sent(sqlite_database, performance, "seat", Wave.BEFORE) == filled(home_system="depends")


def test_a_copy_takes_the_place_of_a_damaged_database(sqlite_url: str, tmp_path: Path) -> None:
    file, copy = tmp_path / "houselights.db", tmp_path / "copy.db"
    backup(sqlite_url, copy)
    file.write_text("this is not a database " * 100)

    restore(copy, sqlite_url)

    open_database(sqlite_url).close()
    assert (tmp_path / "houselights.db.replaced-1").read_text().startswith("this is not")


def test_a_damaged_copy_is_not_put_in_place(sqlite_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(sqlite_url, copy)
    copy.write_bytes(copy.read_bytes()[:8192])

    for wrong, words in (
        (copy, "half copied. Choose another copy"),
        (tmp_path / "none.db", "There is no file"),
    ):
        with pytest.raises(DatabaseWrong, match=words):
            restore(wrong, sqlite_url)
    open_database(sqlite_url).close()


def test_another_programs_database_is_neither_restored_nor_replaced(sqlite_url: str, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE tickets (seat)")
    before = other.read_bytes()

    with pytest.raises(DatabaseWrong, match=r"another program\. Choose another copy"):
        restore(other, sqlite_url)
    with pytest.raises(DatabaseWrong, match=r"another program\. Choose another name"):
        backup(sqlite_url, other)
    with pytest.raises(DatabaseWrong, match=r"another program\. Correct HOUSELIGHTS_DATABASE_URL"):
        migrate(f"sqlite:///{other}")

    assert other.read_bytes() == before
    open_database(sqlite_url).close()


def test_a_server_is_copied_by_its_own_tools(tmp_path: Path) -> None:
    with pytest.raises(DatabaseWrong, match="pg_dump"):
        backup("postgresql://server/houselights", tmp_path / "copy.db")
    with pytest.raises(DatabaseWrong, match="pg_restore"):
        restore(tmp_path / "copy.db", "postgresql://server/houselights")


def test_copies_set_aside_go_after_fourteen_days(sqlite_url: str, tmp_path: Path) -> None:
    for name, days in (("before-first", 15), ("replaced-1", 15), ("replaced-2", 13)):
        copy = tmp_path / f"houselights.db.{name}"
        copy.write_text("a copy")
        then = time.time() - days * 24 * 3600
        os.utime(copy, (then, then))

    migrate(sqlite_url)

    assert sorted(file.name for file in tmp_path.iterdir()) == ["houselights.db", "houselights.db.replaced-2"]
