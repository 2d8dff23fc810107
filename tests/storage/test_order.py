"""Order is a trace: who answered when can be read from no query and no dump."""

import itertools
from typing import Any

from sqlalchemy import Connection, Select, inspect, select, text
from sqlalchemy.types import DateTime

from survey.model import Comment, Performance
from survey.storage.database import Database, open_database
from survey.storage.performances import finish_performance
from survey.storage.tables import Moment, answer, comment, metadata, other_seat, respondent, response
from tests.databases import add_nest_performance
from tests.storage.phones import filled, send

PEOPLE = 60
UNTRACED = (respondent, other_seat, response, answer, comment)


def arrive_in_order(database: Database, performance: Performance) -> None:
    for n in range(PEOPLE):
        send(
            database,
            performance,
            f"seat {n}",
            filled(Comment("differently", f"{n:03}"), trust_nhs=str(n % 11)),
        )


def positions(said: list[str]) -> list[int]:
    """Return the order in which people come out, by what they said."""
    return [int(words) for words in said]


def is_a_trace(order: list[int]) -> bool:
    """Whether an order tells anything of the order of arrival: far more neighbours in place than chance gives."""
    assert sorted(order) == list(range(PEOPLE))
    rising = sum(after > before for before, after in itertools.pairwise(order))
    return not PEOPLE * 0.2 < rising < PEOPLE * 0.8


def test_a_trace_is_recognised() -> None:
    assert is_a_trace(list(range(PEOPLE)))
    assert is_a_trace(list(range(PEOPLE))[::-1])


def test_no_dump_tells_the_order_of_arrival(sqlite_database: Database) -> None:
    performance = add_nest_performance(sqlite_database)
    arrive_in_order(sqlite_database, performance)

    with sqlite_database.reading() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        dump = [line for line in driver.iterdump() if line.startswith('INSERT INTO "comment"')]
    assert not is_a_trace([int(line.split("'")[7]) for line in dump])


def test_no_plain_query_tells_the_order_of_arrival_once_finished(
    database: Database, performance: Performance
) -> None:
    arrive_in_order(database, performance)
    database.write(lambda connection: finish_performance(connection, performance.id))
    assert database.forgotten(patience=10)

    with database.reading() as connection:
        assert not is_a_trace(positions(list(connection.scalars(select(comment.c.text)))))
        people = list(connection.scalars(select(respondent.c.id)))
        responses = list(connection.scalars(select(response.c.respondent_id)))
        answers = list(connection.scalars(select(answer.c.response_id)))
        said = {row[0]: row[1] for row in connection.execute(said_by_respondent())}
        of_response = {
            row[0]: row[1] for row in connection.execute(select(response.c.id, response.c.respondent_id))
        }
    assert not is_a_trace(positions([said[person] for person in people]))
    assert not is_a_trace(positions([said[person] for person in responses]))
    assert not is_a_trace(positions([said[of_response[id]] for id in answers]))


def test_sqlite_keeps_no_hidden_row_numbers(sqlite_database: Database) -> None:
    with sqlite_database.reading() as connection:
        tables = text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        made = {row.name: row.sql for row in connection.execute(tables)}
        assert [table.name for table in UNTRACED if "WITHOUT ROWID" not in made[table.name]] == []
        assert "AUTOINCREMENT" not in "".join(made.values()).upper()


def test_postgresql_keeps_no_transaction_numbers_or_places_once_finished(postgresql_url: str) -> None:
    database = open_database(postgresql_url)
    performance = add_nest_performance(database)
    arrive_in_order(database, performance)
    with database.reading() as connection:
        assert len(set(transactions(connection))) == PEOPLE

    database.write(lambda connection: finish_performance(connection, performance.id))
    assert database.forgotten(patience=10)

    with database.reading() as connection:
        assert len(set(transactions(connection))) == 1
        placed = [row.text for row in connection.execute(text("SELECT text FROM comment ORDER BY ctid"))]
        by_key = [
            row.text for row in connection.execute(text('SELECT text FROM comment ORDER BY id COLLATE "C"'))
        ]
        assert not is_a_trace(positions(placed))
        assert sorted(placed) == sorted(by_key)
        sequences = inspect(connection).get_sequence_names()
    assert sequences == []
    database.close()


def test_no_table_of_answers_has_a_time() -> None:
    timed = [
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Moment | DateTime)
    ]
    assert timed == ["audit.at", "room.started", "room.timer_ends", "sign_in.expires", "sign_in.last_seen"]


def transactions(connection: Connection) -> list[str]:
    return [row[0] for row in connection.execute(text("SELECT xmin::text FROM comment"))]


def said_by_respondent() -> Select[Any]:
    return select(response.c.respondent_id, comment.c.text).join(
        response, response.c.id == comment.c.response_id
    )
