"""Sent twice at the same moment: counted once and never a page of trouble, by one process or by two, on either database."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import func, select

from survey.model import ContributionStanding, Performance, PollStanding, Wave
from survey.questionnaire.poll import poll_content
from survey.storage.contributions import contributions
from survey.storage.database import Database
from survey.storage.performances import open_wave, performance_by_id
from survey.storage.polls import add_poll, votes
from survey.storage.responses import known_by_seat, responses_count
from survey.storage.seats import receipt, words_of
from survey.storage.tables import other_seat, respondent, response
from tests.databases import add_nest_performance
from tests.phone.doubles import Send, Sending, another_process, at_once, phones_of, seat

PAIRS = 20
"""Before acts held what they look at, every second pair went wrong; 200 pairs of each were run once."""
FORM = {"home_system": "depends", "research_nhs": "not_sure"}
AGAIN = {"home_system": "acceptable", "research_nhs": "very_likely"}
STORED = {(303, 303): PAIRS}


@pytest.fixture
def big_house(database: Database) -> Performance:
    """A performance without a limit of seats, its *before* wave open."""
    return add_nest_performance(database, capacity=None)


@pytest.fixture(params=["one process", "two processes"])
def both(
    request: pytest.FixtureRequest, database: Database, database_url: str
) -> Iterator[tuple[Send, Send]]:
    """Two that send to one database."""
    os.environ["HOUSELIGHTS_PUBLIC_URL"] = "http://testserver"
    with ExitStack() as stack:
        one = stack.enter_context(phones_of(database))
        two = request.param == "two processes"
        yield one, stack.enter_context(another_process(database_url)) if two else one


def forms(performance: Performance, wave: Wave) -> list[tuple[Sending, Sending]]:
    """Return each phone's form twice, with different answers."""
    hidden = {"_wave": wave.value, "_version": performance.version_id}
    where = f"/p/{performance.code}"
    return [((seat(n), where, FORM | hidden), (seat(n), where, AGAIN | hidden)) for n in range(PAIRS)]


def opened(database: Database, performance: Performance, wave: Wave) -> Performance:
    def act(connection: object) -> Performance:
        open_wave(connection, performance.id, wave)  # type: ignore[arg-type]
        return performance_by_id(connection, performance.id)  # type: ignore[arg-type]

    return database.write(act)


def count(database: Database, performance: Performance, wave: Wave) -> int:
    with database.reading() as connection:
        return responses_count(connection, performance.id, wave)


def people(database: Database) -> int:
    with database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(respondent)) or 0


def test_a_form_sent_twice_at_once_is_one_response_before_and_after(
    database: Database, big_house: Performance, both: tuple[Send, Send]
) -> None:
    for wave in Wave:
        performance = opened(database, big_house, wave)
        assert Counter(at_once(*both, forms(performance, wave))) == STORED
        assert count(database, performance, wave) == PAIRS
    assert people(database) == PAIRS


def test_a_phone_that_votes_twice_at_once_counts_once(
    database: Database, big_house: Performance, both: tuple[Send, Send]
) -> None:
    content = poll_content("Should the house call the doctor?", ["Yes", "No", "Only if Sean agrees"])
    poll = database.write(lambda c: add_poll(c, big_house.id, content, standing=PollStanding.OPEN))
    yes, no, _agrees = poll.question.options
    where = f"/p/{big_house.code}/room/poll"

    def choosing(one: str, other: str) -> list[tuple[Sending, Sending]]:
        fields = [{"_poll": poll.id, "poll": chosen} for chosen in (one, other)]
        return [((seat(n), where, fields[0]), (seat(n), where, fields[1])) for n in range(PAIRS)]

    for one, other in ((yes.value, yes.value), (yes.value, no.value), (no.value, yes.value)):
        assert Counter(at_once(*both, choosing(one, other))) == STORED
        with database.reading() as connection:
            found = votes(connection, poll.id)
        assert (found.base, sum(found.counts.values())) == (PAIRS, PAIRS)


def test_a_contribution_sent_twice_at_once_waits_once(
    database: Database, big_house: Performance, both: tuple[Send, Send]
) -> None:
    where = f"/p/{big_house.code}/room/contribute"
    sendings: list[Sending] = [(seat(n), where, {"text": f"Who asked {n}?"}) for n in range(PAIRS)]

    assert Counter(at_once(*both, [(each, each) for each in sendings])) == STORED
    with database.reading() as connection:
        waiting = contributions(connection, big_house.id, ContributionStanding.WAITING)
    assert len(waiting) == PAIRS


def test_deleting_while_the_form_is_sent_again_leaves_one_response_or_none(
    database: Database, big_house: Performance, both: tuple[Send, Send]
) -> None:
    assert big_house.seat_key is not None
    sendings = forms(big_house, Wave.BEFORE)
    for first, _second in sendings:
        both[0](first)
    codes = [receipt(big_house.seat_key, seat(n)) for n in range(PAIRS)]
    deletions = [("", "/receipt/delete", {"code": code, "sure": "yes"}) for code in codes]

    said = at_once(*both, [(gone, again) for gone, (_, again) in zip(deletions, sendings, strict=True)])

    assert set(said) == {(303, 303)}
    left = count(database, big_house, Wave.BEFORE)
    assert left == people(database) <= PAIRS
    for _first, second in sendings:  # and each phone can still answer, once
        assert both[1](second) == 303
    assert count(database, big_house, Wave.BEFORE) == people(database) == PAIRS


def test_two_words_sent_twice_at_once_join_one_response(
    database: Database, big_house: Performance, both: tuple[Send, Send]
) -> None:
    key = big_house.seat_key
    assert key is not None
    for first, _second in forms(big_house, Wave.BEFORE):
        both[0](first)
    with database.reading() as connection:
        known = [known_by_seat(connection, big_house, seat=seat(n)) for n in range(PAIRS)]
    given = [words_of(key, seat(n), each.words_hash or "") for n, each in enumerate(known)]
    performance = opened(database, big_house, Wave.AFTER)
    pairs: list[tuple[Sending, Sending]] = []
    for n, (first, second) in enumerate(forms(performance, Wave.AFTER)):
        words = given[n]
        assert words is not None
        fields = {"_words": words.shown("en")}
        twice = [(seat(PAIRS + n), where, dict(sent) | fields) for _, where, sent in (first, second)]
        pairs.append((twice[0], twice[1]))

    assert Counter(at_once(*both, pairs)) == STORED

    assert count(database, performance, Wave.AFTER) == PAIRS
    with database.reading() as connection:
        whose = select(func.count(response.c.respondent_id.distinct()))
        assert connection.scalar(whose.where(response.c.wave == Wave.AFTER.value)) == PAIRS
        assert connection.scalar(select(func.count()).select_from(other_seat)) == PAIRS
    assert people(database) == PAIRS
