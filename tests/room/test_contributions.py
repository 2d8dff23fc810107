"""What the audience sends to the discussion: a person decides before anybody else sees it."""

import pytest
from sqlalchemy import select

from survey.model import Contribution, ContributionStanding, Performance
from survey.storage import contributions as stored
from survey.storage.contributions import (
    ContributionUnknown,
    Order,
    QueueFull,
    Reason,
    add_contribution,
    approve,
    board,
    contributions,
    find_contribution,
    mark_answered,
    pin,
    reconsider,
    refuse,
    remove_contributions,
    set_support,
    supported_by,
)
from survey.storage.database import Database
from survey.storage.rooms import room
from survey.storage.tables import support


def sent(database: Database, performance: Performance, text: str) -> Contribution:
    return database.write(lambda c: add_contribution(c, performance.id, text))


def on_board(database: Database, performance: Performance, order: Order = Order.SUPPORT) -> list[str]:
    with database.reading() as connection:
        return [each.contribution.text for each in board(connection, performance.id, order)]


def test_nothing_reaches_the_room_before_a_person_approves_it(
    database: Database, performance: Performance
) -> None:
    first = sent(database, performance, "Who owns the house?")
    assert on_board(database, performance) == []
    with database.reading() as connection:
        before = room(connection, performance.id).revision
    assert database.write(lambda c: approve(c, performance.id, first.id))
    assert on_board(database, performance) == ["Who owns the house?"]
    with database.reading() as connection:
        assert room(connection, performance.id).revision > before


def test_several_moderators_make_one_decision(database: Database, performance: Performance) -> None:
    one = sent(database, performance, "Who owns the house?")
    assert database.write(lambda c: refuse(c, performance.id, one.id, Reason.OFF_TOPIC))
    assert not database.write(lambda c: approve(c, performance.id, one.id))
    with database.reading() as connection:
        found = find_contribution(connection, performance.id, one.id)
    assert (found.standing, found.reason) == (ContributionStanding.REFUSED, "off topic")


def test_a_decision_can_be_taken_back(database: Database, performance: Performance) -> None:
    one = sent(database, performance, "Who owns the house?")
    database.write(lambda c: approve(c, performance.id, one.id))
    database.write(lambda c: pin(c, performance.id, one.id))
    database.write(lambda c: reconsider(c, performance.id, one.id))
    assert on_board(database, performance) == []
    with database.reading() as connection:
        assert contributions(connection, performance.id, ContributionStanding.WAITING) == [one]


def test_one_is_pinned_at_a_time_and_an_answered_one_goes_last(
    database: Database, performance: Performance
) -> None:
    texts = ["one", "two", "three"]
    ids = {text: sent(database, performance, text).id for text in texts}
    for text in texts:
        database.write(lambda c: approve(c, performance.id, ids[text]))
    assert on_board(database, performance, Order.NEWEST) == ["three", "two", "one"]
    for text in ("one", "three"):
        database.write(lambda c: pin(c, performance.id, ids[text]))
    with database.reading() as connection:
        pinned = [
            each.contribution.text for each in board(connection, performance.id) if each.contribution.pinned
        ]
    assert pinned == ["three"]
    database.write(lambda c: mark_answered(c, performance.id, ids["three"]))
    assert on_board(database, performance, Order.NEWEST) == ["two", "one", "three"]
    with database.reading() as connection:
        assert not find_contribution(connection, performance.id, ids["three"]).pinned
    database.write(lambda c: pin(c, performance.id, None))


def test_a_phone_supports_once_and_may_take_it_back(database: Database, performance: Performance) -> None:
    ids = [sent(database, performance, text).id for text in ("one", "two")]
    with pytest.raises(ContributionUnknown):
        database.write(lambda c: set_support(c, performance, ids[0], seat="seat", wanted=True))
    for id in ids:
        database.write(lambda c: approve(c, performance.id, id))
    for seat in ("seat", "seat", "other"):
        database.write(lambda c: set_support(c, performance, ids[1], seat=seat, wanted=True))
    with database.reading() as connection:
        assert supported_by(connection, performance, ids, seat="seat") == {ids[1]}
        assert [each.support for each in board(connection, performance.id) if each.support] == [2]
    database.write(lambda c: set_support(c, performance, ids[1], seat="seat", wanted=False))
    with database.reading() as connection:
        assert [each.support for each in board(connection, performance.id) if each.support] == [1]
        assert len(set(connection.scalars(select(support.c.voter_hash)))) == 1


def test_support_moves_nothing_while_it_is_too_little_to_be_told(
    database: Database, performance: Performance
) -> None:
    texts = ["one", "two", "three", "four"]
    ids = {text: sent(database, performance, text).id for text in texts}
    for id in ids.values():
        database.write(lambda c: approve(c, performance.id, id))
    mixed = on_board(database, performance)
    last = mixed[-1]

    def supports(number: int) -> None:
        database.write(lambda c: set_support(c, performance, ids[last], seat=f"seat {number}", wanted=True))

    for number in range(4):
        supports(number)
        assert on_board(database, performance) == mixed
    supports(4)
    assert on_board(database, performance) == [last, *mixed[:-1]]


def test_another_performance_decides_nothing_here(database: Database, performance: Performance) -> None:
    one = sent(database, performance, "Who owns the house?")
    assert not database.write(lambda c: approve(c, "elsewhere", one.id))
    with pytest.raises(ContributionUnknown):
        database.write(lambda c: reconsider(c, "elsewhere", one.id))


def test_a_flood_stops_and_everything_can_go(
    database: Database, performance: Performance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "MOST_WAITING", 2)
    sent(database, performance, "one")
    sent(database, performance, "two")
    with pytest.raises(QueueFull):
        sent(database, performance, "three")
    database.write(lambda c: remove_contributions(c, performance.id))
    with database.reading() as connection:
        assert contributions(connection, performance.id, ContributionStanding.WAITING) == []
