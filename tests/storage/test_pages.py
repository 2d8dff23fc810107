"""Order is a trace, also inside a file: where a row lies in its page tells when it came, until the file is rebuilt."""

import math
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from survey.model import Comment, Performance, Wave
from survey.questionnaire.poll import poll_content
from survey.room.acts import ask_now
from survey.storage.contacts import add_contact
from survey.storage.contributions import add_contribution
from survey.storage.copies import backup
from survey.storage.database import Database, open_database
from survey.storage.places import place_of
from survey.storage.polls import vote
from survey.storage.rolling import renew_copy, rolling_copy
from survey.storage.tables import poll_answer, response
from survey.storage.waves import close_wave, finish_performance, open_wave
from tests.databases import add_nest_performance
from tests.storage.pages import emptied, order_told
from tests.storage.phones import filled, send

PEOPLE = 48
HARDLY = 4 * math.sqrt(2 * (2 * PEOPLE + 5) / (9 * PEOPLE * (PEOPLE - 1)))
"""Kendall's tau of an order that tells nothing is below this but once in 16,000 (4 standard errors)."""

Marks = Mapping[str, list[bytes]]


@pytest.fixture
def house(sqlite_url: str) -> tuple[Path, Performance, Marks]:
    """A file with an evening in it, and for each table what its rows can be known by, in the order of sending."""
    database = open_database(sqlite_url)
    performance = add_nest_performance(database)
    poll = database.write(lambda c: ask_now(c, performance, poll_content("Call the doctor?", ["Yes", "No"])))
    database.close()  # opening for the first time asks for a rebuilt file: the evening begins after it
    database = open_database(sqlite_url)
    marks: dict[str, list[bytes]] = {
        name: [] for name in ("answer", "comment", "contribution", "contact", "vote")
    }
    for n in range(PEOPLE):
        words = {name: f"{name} number {n:03}." for name in ("comment", "contribution", "contact")}
        send(
            database,
            performance,
            f"seat {n}",
            filled(Comment("differently", words["comment"]), home_system="depends"),
        )
        database.write(partial(take_part, performance, poll.id, f"seat {n}", words))
        for name, said in words.items():
            marks[name].append(said.encode())
        new(database, marks)
    database.close()
    file = place_of(sqlite_url).file
    assert file is not None
    return file, performance, marks


def take_part(
    performance: Performance, poll_id: str, seat: str, words: Mapping[str, str], connection: Connection
) -> None:
    """One person sends a question, leaves an address and votes."""
    add_contribution(connection, performance.id, words["contribution"])
    add_contact(connection, performance, words["contact"])
    vote(connection, performance, poll_id, seat=seat, options=["option_1"])


def new(database: Database, marks: dict[str, list[bytes]]) -> None:
    """Note the random keys of the newest response and vote."""
    for name, key in (("answer", response.c.id), ("vote", poll_answer.c.voter_hash)):
        with database.reading() as connection:
            now = {str(id).encode() for id in connection.scalars(select(key))}
        marks[name] += now - set(marks[name])


def told(file: Path, marks: Marks) -> dict[str, float]:
    content = emptied(file)
    return {name: order_told(content, order) for name, order in marks.items()}


def hardly_told(file: Path, marks: Marks) -> bool:
    return max(map(abs, told(file, marks).values())) < HARDLY


def test_while_people_send_the_file_itself_still_tells_and_no_copy_of_it_does(
    house: tuple[Path, Performance, Marks], sqlite_url: str, tmp_path: Path
) -> None:
    """The first line is what the test would find in a copy made page by page."""
    file, _performance, marks = house
    assert min(told(file, marks).values()) > HARDLY
    backup(sqlite_url, tmp_path / "copy.db")
    assert hardly_told(tmp_path / "copy.db", marks)
    assert renew_copy(sqlite_url)
    assert hardly_told(rolling_copy(file), marks)


@pytest.mark.parametrize(
    "act",
    [close_wave, lambda connection, id: open_wave(connection, id, Wave.AFTER), finish_performance],
    ids=["closed", "the other wave opened", "finished"],
)
def test_once_a_wave_closes_the_file_no_longer_tells(
    house: tuple[Path, Performance, Marks], sqlite_url: str, act: Callable[[Connection, str], None]
) -> None:
    file, performance, marks = house
    database = open_database(sqlite_url)
    database.write(lambda connection: act(connection, performance.id))
    database.close()
    assert hardly_told(file, marks)
