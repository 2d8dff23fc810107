"""The demonstration is invented, plausible, complete, marked everywhere, and leaves without a trace."""

from collections import defaultdict
from collections.abc import Iterator
from random import Random

import pytest
from sqlalchemy import Connection, func, select

from survey.analysis.comparability import Reason, pair_questions
from survey.demonstration import (
    DemonstrationInUse,
    add_demonstration,
    demonstration,
    remove_demonstration,
)
from survey.demonstration.people import InventedPerson
from survey.demonstration.plan import FOLDER, read_plan
from survey.information import texts
from survey.model import (
    Answer,
    EventKind,
    Filled,
    Kind,
    Mode,
    Performance,
    Provenance,
    Standing,
    Wave,
)
from survey.publication import reveal_question
from survey.questionnaire import DATA, load_questionnaire, read_form
from survey.serving.publishing import publish_questionnaires
from survey.storage import tables
from survey.storage.counts import counts, pairs
from survey.storage.database import Database, open_database
from survey.storage.evidence import sources
from survey.storage.exports import comment_rows
from survey.storage.offers import find_offer
from survey.storage.performances import open_wave
from survey.storage.questionnaires import find_version, versions
from survey.storage.resources import resources
from survey.storage.responses import response_counts, save_response
from survey.storage.seats import new_seat
from tests.databases import add_nest_performance

NEST, _nest_content = load_questionnaire(DATA / "the-nest-1.yaml")
EARLIER, _earlier_content = load_questionnaire(FOLDER / "the-nest-2015-demonstration-1.yaml")
PLAN = read_plan()


@pytest.fixture
def shown(demonstration_url: str) -> Iterator[Database]:
    """A database that holds the demonstration."""
    opened = open_database(demonstration_url)
    yield opened
    opened.close()


@pytest.fixture
def there(shown: Database) -> list[Performance]:
    """The demonstration's performances, newest first."""
    with shown.reading() as connection:
        return demonstration(connection)


def contents(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in tables.metadata.sorted_tables
    }


def test_the_demonstration_is_2015_its_stream_and_two_evenings_in_2017(there: list[Performance]) -> None:
    assert [(found.when, found.kind, found.venue, found.standing) for found in there] == [
        ("25 April 2017", EventKind.PERFORMANCE, "53Two, Manchester", Standing.RUNNING),
        ("24 April 2017", EventKind.PERFORMANCE, "53Two, Manchester", Standing.FINISHED),
        *sorted(
            [
                ("October 2015", EventKind.STREAM, "Online", Standing.FINISHED),
                ("October 2015", EventKind.PERFORMANCE, "", Standing.FINISHED),
            ],
            key=lambda one: [found.kind for found in there[2:]].index(one[1]),
        ),
    ]
    assert {found.production for found in there} == {"The Nest (demonstration)"}
    assert {found.responsible for found in there} == {"Demonstration Theatre Trust (made up)"}
    assert all(found.open_wave is None for found in there)


def test_every_answer_and_total_says_that_it_is_a_demonstration(
    shown: Database, there: list[Performance]
) -> None:
    ids = [found.id for found in there]
    with shown.reading() as connection:
        assert {part.provenance for part in counts(connection, ids)} == {Provenance.DEMONSTRATION}
        assert {row.provenance for id in ids for row in comment_rows(connection, id)} == {
            Provenance.DEMONSTRATION
        }
        for _, provenance, note in sources(connection, ids):
            assert provenance is Provenance.DEMONSTRATION
            assert "Invented for demonstration" in note


def test_phones_paper_and_counted_cards_are_there_with_unequal_bases(
    shown: Database, there: list[Performance]
) -> None:
    answered: dict[str, int] = defaultdict(int)
    modes: dict[str, set[Mode]] = defaultdict(set)
    with shown.reading() as connection:
        for found in there:
            for part in response_counts(connection, [found.id]):
                modes[found.id].add(part.mode)
                answered[found.id] += part.count if part.wave is Wave.AFTER else 0
            modes[found.id] |= {counted.mode for counted in counts(connection, [found.id])}
        for found in there:
            if found.attendance is not None:
                assert answered[found.id] < found.attendance
                assert found.attendance_about
    evenings = [found.id for found in there if found.kind is EventKind.PERFORMANCE]
    assert len({answered[id] for id in evenings}) == 3
    assert min(answered[id] for id in evenings) >= 60
    for found in there:
        expected = {
            EventKind.STREAM: {Mode.OTHER},
            EventKind.PERFORMANCE: {Mode.PHONE, Mode.PAPER}
            | ({Mode.CARD} if found.starts_on.year == 2017 else set()),
        }[found.kind]
        assert modes[found.id] == expected


def test_at_least_two_hundred_people_are_linked_once(shown: Database, there: list[Performance]) -> None:
    linked = {}
    with shown.reading() as connection:
        for found in there:
            parts = pairs(connection, [found.id], questions=["research_company"])
            linked[found.id] = sum(sum(part.counts.values()) for part in parts)
    assert max(linked.values()) >= 200


def test_people_move_in_both_directions_and_most_stay(shown: Database, there: list[Performance]) -> None:
    agree = set(NEST.question("research_nhs").agree)
    moves = {"to": 0, "away": 0, "stayed": 0}
    with shown.reading() as connection:
        for part in pairs(connection, [there[1].id], questions=["research_nhs"]):
            for (before, after), people in part.counts.items():
                was, now = before[0] in agree, after[0] in agree
                moves["stayed" if was == now else "to" if now else "away"] += people
    assert moves["to"] >= 5
    assert moves["away"] >= 5
    assert moves["stayed"] > 3 * (moves["to"] + moves["away"])


def test_the_two_questionnaires_differ_in_the_three_ways_compare_tells_apart() -> None:
    reasons = {pairing.question.id: pairing.reason for pairing in pair_questions(EARLIER, NEST)}
    assert {id: reason for id, reason in reasons.items() if reason is not Reason.SAME} == {
        "home_system": Reason.REWORDED,
        "targeted_ads": Reason.OPTIONS,
        "hashtag": Reason.ONCE,
    }
    assert sum(reason is Reason.SAME for reason in reasons.values()) >= 9
    assert "invented" in str(EARLIER.title)


def test_adding_twice_changes_nothing(shown: Database, there: list[Performance]) -> None:
    with shown.reading() as connection:
        before = contents(connection)
    again = shown.write(add_demonstration, timeout=60)
    with shown.reading() as connection:
        assert contents(connection) == before
        assert again == there == demonstration(connection)


def test_the_demonstration_is_the_same_every_time(shown: Database) -> None:
    def everything() -> list[object]:
        with shown.reading() as connection:
            return [
                [
                    (part.question, part.wave, part.mode, part.counts)
                    for part in counts(connection, [found.id])
                ]
                for found in sorted(demonstration(connection), key=lambda one: (one.when, one.kind))
            ]

    first = everything()
    shown.write(remove_demonstration, timeout=60)
    shown.write(add_demonstration, timeout=60)
    assert everything() == first


def test_removing_leaves_the_database_as_it_was(sqlite_database: Database) -> None:
    publish_questionnaires(sqlite_database)
    own = add_nest_performance(sqlite_database)
    with sqlite_database.reading() as connection:
        before = contents(connection)
    sqlite_database.write(add_demonstration, timeout=60)
    assert sqlite_database.write(remove_demonstration, timeout=60) == 4
    with sqlite_database.reading() as connection:
        assert contents(connection) == before
        assert demonstration(connection) == []
        assert find_version(connection, own.version_id).id == "the-nest"
    assert sqlite_database.write(remove_demonstration) == 0


def test_a_version_somebody_else_uses_stays_when_the_demonstration_goes(shown: Database) -> None:
    add_nest_performance(shown, version_id="the-nest-2015-demonstration-1", wave=None)
    shown.write(remove_demonstration, timeout=60)
    with shown.reading() as connection:
        assert "the-nest-2015-demonstration-1" in {id for id, _ in versions(connection)}


def test_real_answers_are_never_removed_unasked(shown: Database, there: list[Performance]) -> None:
    running = there[0]
    shown.write(lambda connection: open_wave(connection, running.id, Wave.AFTER))
    shown.write(
        lambda connection: save_response(
            connection,
            running,
            seat=new_seat(),
            wave=Wave.AFTER,
            version_id=running.version_id,
            language="en",
            filled=Filled((Answer("home_system", ("depends",)),)),
        )
    )
    with pytest.raises(DemonstrationInUse, match="Answers that are not invented"):
        shown.write(remove_demonstration)
    with shown.reading() as connection:
        assert [found.id for found in demonstration(connection)] == [found.id for found in there]
    assert shown.write(lambda connection: remove_demonstration(connection, with_answers=True)) == 4


def test_the_running_evening_can_be_shown_on_stage(shown: Database, there: list[Performance]) -> None:
    question = NEST.question("research_company")
    step = shown.write(lambda connection: reveal_question(connection, there[0], question, Wave.AFTER))
    assert step >= 1


@pytest.mark.parametrize("version", [NEST, EARLIER], ids=lambda version: version.id)
def test_invented_forms_are_forms_a_phone_could_have_sent(version) -> None:  # type: ignore[no-untyped-def]
    planned = next(
        one for one in PLAN.performances if one.people and one.questionnaire.startswith(version.id)
    )
    random = Random(7)
    for _ in range(200):
        person = InventedPerson(random, planned)
        for wave in Wave:
            comments = list(PLAN.comments)
            filled = person.fill(version, wave, comments)
            fields = {answer.question: answer.options for answer in filled.answers} | {
                comment.question: (comment.text,) for comment in filled.comments
            }
            read = read_form(version, wave, fields)
            assert read.problems == {}
            assert read.answers == filled.answers
            assert [one.text for one in read.comments] == [one.text for one in filled.comments]


@pytest.mark.parametrize("planned", PLAN.performances, ids=lambda one: f"{one.starts_on} {one.kind}")
def test_every_plan_fits_its_questionnaire(planned) -> None:  # type: ignore[no-untyped-def]
    version = {"the-nest-1": NEST, "the-nest-2015-demonstration-1": EARLIER}[planned.questionnaire]
    for question in version.questions:
        for shares in planned.answers.get(question.id, {}).values():
            if question.kind in (Kind.SCALE, Kind.ONE):
                assert len(shares) == len(question.options), question.id
                assert sum(shares) == 100, question.id
            elif question.kind is Kind.MANY:
                assert list(shares) == list(question.values), question.id
    for totals in planned.totals:
        for id, found in totals.counts.items():
            assert set(found) <= set(version.question(id).values)
            assert totals.wave in version.question(id).asked


def test_the_demonstration_comes_and_goes_on_both_databases(database: Database) -> None:
    added = database.write(add_demonstration, timeout=60)
    assert len(added) == 4
    with database.reading() as connection:
        parts = pairs(connection, [added[1].id], questions=["research_company"])
        assert sum(sum(part.counts.values()) for part in parts) >= 200
    assert database.write(remove_demonstration, timeout=60) == 4
    with database.reading() as connection:
        assert contents(connection)["respondent"] == contents(connection)["tally"] == 0


def test_after_sending_it_offers_information_a_pledge_and_two_links_that_say_they_lead_nowhere(
    shown: Database, there: list[Performance]
) -> None:
    with shown.reading() as connection:
        offer = find_offer(connection, there[0].production_id)
        listed = resources(connection, there[0].production_id)
    assert offer.information == tuple(texts())
    assert "demonstration" in offer.pledge
    assert not offer.stay_in_touch, "nobody's address goes into a demonstration"
    assert [(one.host, "demonstration" in one.title) for one in listed] == [("example.org", True)] * 2
