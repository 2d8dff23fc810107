"""Cards beside a result: in words, at ten and more, settled only, and never in a bar."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection
from starlette.testclient import TestClient

from survey.model import Mode, Performance, Provenance, Wave
from survey.publication import counted_beside, public_result
from survey.questionnaire.cards import cards
from survey.questionnaire.poll import parse_poll, poll_content
from survey.room.acts import ask_now
from survey.storage.database import Database
from survey.storage.evidence import add_source, add_tally
from survey.storage.hand_counts import Raised, choose_count, count_block
from survey.storage.questionnaires import find_version
from tests.databases import add_nest_performance
from tests.phone.conftest import phone_app
from tests.phone.offering import people, reveal
from tests.phone.pages import words_of


@pytest.fixture
def performance(sqlite_database: Database) -> Performance:
    """A performance whose *after* questions are open."""
    return add_nest_performance(sqlite_database, wave=Wave.AFTER)


@pytest.fixture
def client(sqlite_database: Database) -> Iterator[TestClient]:
    """A phone in the room."""
    with TestClient(phone_app(sqlite_database)) as client:
        yield client


def said(
    database: Database, performance: Performance, id: str = "home_system", wave: Wave = Wave.AFTER
) -> tuple[str, ...]:
    with database.reading() as connection:
        question = find_version(connection, performance.version_id).question(id)
        return counted_beside(connection, performance, question, wave)


def count(
    database: Database,
    performance: Performance,
    *helpers: str,
    id: str = "home_system",
    mode: Mode = Mode.CARD,
    block: str = "Row A",
    **options: int,
) -> None:
    raised = Raised(performance.id, id, Wave.AFTER, mode)
    given = {name.replace("class_", "class:"): number for name, number in options.items()}
    for helper in helpers:
        database.write(lambda c: count_block(c, raised, block, helper=helper, counts=given))


def test_cards_counted_by_two_people_are_said_with_their_colours(
    sqlite_database: Database, performance: Performance
) -> None:
    count(sqlite_database, performance, "A", "B", acceptable=42, depends=0, not_acceptable=31)
    assert said(sqlite_database, performance) == (
        "Cards in the room, counted by two people: Not acceptable (red) 31 and Acceptable (blue) 42",
    )
    assert said(sqlite_database, performance, wave=Wave.BEFORE) == ()


def test_a_scale_is_said_by_its_classes(sqlite_database: Database, performance: Performance) -> None:
    count(
        sqlite_database,
        performance,
        "A",
        "B",
        id="research_nhs",
        class_agree=20,
        class_neutral=2,
        class_disagree=5,
    )
    assert said(sqlite_database, performance, "research_nhs") == (
        "Cards in the room, counted by two people: Very unlikely or fairly unlikely (red) 5, Not sure (yellow) 2"
        " and Fairly likely or very likely (blue) 20",
    )


def test_below_ten_nothing_is_said(sqlite_database: Database, performance: Performance) -> None:
    count(sqlite_database, performance, "A", "B", acceptable=9)
    assert said(sqlite_database, performance) == ()
    count(sqlite_database, performance, "A", "B", block="Row B", acceptable=1)
    assert said(sqlite_database, performance) != ()


def test_nothing_is_said_while_a_block_is_not_settled(
    sqlite_database: Database, performance: Performance
) -> None:
    count(sqlite_database, performance, "A", "B", acceptable=30)
    count(sqlite_database, performance, "A", block="Row B", acceptable=12)
    assert said(sqlite_database, performance) == ()

    raised = Raised(performance.id, "home_system", Wave.AFTER, Mode.CARD)
    sqlite_database.write(lambda c: choose_count(c, raised, "Row B", helper="A"))
    assert said(sqlite_database, performance) == ("Cards in the room: Acceptable (blue) 42",)


def test_hands_stand_apart_from_cards(sqlite_database: Database, performance: Performance) -> None:
    count(sqlite_database, performance, "A", "B", acceptable=30)
    count(sqlite_database, performance, "A", "B", mode=Mode.HANDS, acceptable=11, depends=4)
    assert said(sqlite_database, performance) == (
        "Cards in the room, counted by two people: Acceptable (blue) 30",
        "Hands in the room, counted by two people: It depends 4 and Acceptable 11",
    )


def test_an_imported_count_says_so_and_guesses_no_colour(
    sqlite_database: Database, performance: Performance
) -> None:
    def imported(connection: Connection) -> None:
        source = add_source(connection, performance.id, Provenance.IMPORTED, "2017", "sha")
        add_tally(
            connection,
            source,
            wave=Wave.AFTER,
            mode=Mode.CARD,
            question="home_system",
            counts={"acceptable": 20, "not_acceptable": 5},
            base=25,
        )

    sqlite_database.write(imported)
    assert said(sqlite_database, performance) == (
        "Cards in the room: Not acceptable 5 and Acceptable 20",
        "Imported answers",
    )


def test_a_poll_has_its_hands_beside_it(sqlite_database: Database, performance: Performance) -> None:
    poll = sqlite_database.write(lambda c: ask_now(c, performance, poll_content("Lights?", ["Up", "Down"])))
    count(
        sqlite_database,
        performance,
        "A",
        "B",
        id=poll.question.id,
        mode=Mode.HANDS,
        option_1=9,
        option_2=8,
    )
    with sqlite_database.reading() as connection:
        words = counted_beside(connection, performance, poll.question, Wave.AFTER)
    assert words == ("Hands in the room, counted by two people: Up 9 and Down 8",)


def test_phones_read_the_cards_beside_the_result_and_no_bar_grows(
    sqlite_database: Database, performance: Performance, client: TestClient
) -> None:
    people(sqlite_database, performance, "home_system", "depends", 30)
    reveal(sqlite_database, performance, "home_system")
    with sqlite_database.reading() as connection:
        question = find_version(connection, performance.version_id).question("home_system")
        alone = public_result(connection, performance, question, Wave.AFTER)
    count(sqlite_database, performance, "A", "B", acceptable=42, not_acceptable=31)

    words = words_of(client.get(f"/p/{performance.code}/results").text)
    assert (
        "Cards in the room, counted by two people: Not acceptable (red) 31 and Acceptable (blue) 42" in words
    )
    with sqlite_database.reading() as connection:
        assert public_result(connection, performance, question, Wave.AFTER) == alone
    assert "of the 30" in words


@pytest.mark.parametrize(
    ("options", "colours"), [(2, ["red", "blue"]), (3, ["red", "yellow", "blue"]), (4, [])]
)
def test_two_or_three_answers_have_a_card_each(options: int, colours: list[str]) -> None:
    question = parse_poll(poll_content("Who?", [f"Answer {n}" for n in range(options)]))
    assert [card.colour for card in cards(question, Mode.CARD)] == colours
    assert len(cards(question, Mode.HANDS)) == options
