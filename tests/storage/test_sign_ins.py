"""Sign-ins: opaque, stored as hashes, used once where they are links, ended when idle, old or revoked."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from survey.model import Performance, Role
from survey.storage.database import Database
from survey.storage.sign_ins import (
    LinkUsed,
    acts,
    add_link,
    add_sign_in,
    add_stage_link,
    find_sign_in,
    record,
    revoke,
    revoke_stages,
    touch,
    use_link,
)
from survey.storage.tables import sign_in


def signed_in(database: Database, token: str) -> bool:
    with database.reading() as connection:
        return find_sign_in(connection, token) is not None


def set_back(database: Database, **moments: datetime) -> None:
    database.write(lambda connection: connection.execute(update(sign_in).values(**moments)))


def test_a_link_signs_one_browser_in(database: Database) -> None:
    link = database.write(lambda connection: add_link(connection, Role.ORGANISER))
    token = database.write(lambda connection: use_link(connection, link))

    with database.reading() as connection:
        found = find_sign_in(connection, token)
    assert found is not None
    assert found.role is Role.ORGANISER
    with pytest.raises(LinkUsed):
        database.write(lambda connection: use_link(connection, link))


def test_a_link_is_no_cookie(database: Database) -> None:
    link = database.write(lambda connection: add_link(connection, Role.FACILITATOR))

    assert not signed_in(database, link)


def test_an_old_link_and_an_invented_one_look_the_same(database: Database) -> None:
    link = database.write(lambda connection: add_link(connection, Role.ORGANISER, minutes=60))
    set_back(database, expires=datetime.now(UTC) - timedelta(seconds=1))

    for token in (link, "invented"):
        with pytest.raises(LinkUsed):
            database.write(lambda connection: use_link(connection, token))


def test_no_token_stands_in_the_database(database: Database, performance: Performance) -> None:
    tokens = [
        database.write(lambda connection: add_link(connection, Role.ORGANISER)),
        database.write(lambda connection: add_sign_in(connection, Role.ORGANISER)),
        database.write(lambda connection: add_stage_link(connection, performance.id)),
    ]

    with database.reading() as connection:
        rows = str([tuple(row) for row in connection.execute(select(sign_in))])
    assert [token for token in tokens if token in rows] == []
    assert all(len(token) >= 43 for token in tokens)


def test_a_browser_is_signed_out_after_four_idle_hours(database: Database) -> None:
    token = database.write(lambda connection: add_sign_in(connection, Role.ORGANISER))
    set_back(database, last_seen=datetime.now(UTC) - timedelta(hours=3, minutes=59))
    assert signed_in(database, token)
    set_back(database, last_seen=datetime.now(UTC) - timedelta(hours=4, seconds=1))
    assert not signed_in(database, token)


def test_using_it_keeps_a_browser_signed_in(database: Database) -> None:
    token = database.write(lambda connection: add_sign_in(connection, Role.ORGANISER))
    set_back(database, last_seen=datetime.now(UTC) - timedelta(hours=3))
    database.write(lambda connection: touch(connection, token))

    with database.reading() as connection:
        found = find_sign_in(connection, token)
    assert found is not None
    assert found.last_seen is not None
    assert datetime.now(UTC) - found.last_seen < timedelta(minutes=5)


def test_after_twelve_hours_a_browser_signs_in_again_whatever_it_did(database: Database) -> None:
    token = database.write(lambda connection: add_sign_in(connection, Role.ORGANISER))
    with database.reading() as connection:
        found = find_sign_in(connection, token)
    assert found is not None
    assert found.expires is not None
    assert timedelta(hours=11, minutes=55) < found.expires - datetime.now(UTC) <= timedelta(hours=12)

    set_back(database, expires=datetime.now(UTC) - timedelta(seconds=1))
    database.write(lambda connection: touch(connection, token))
    assert not signed_in(database, token)


def test_signing_out_is_at_once(database: Database) -> None:
    token = database.write(lambda connection: add_sign_in(connection, Role.FACILITATOR))
    database.write(lambda connection: revoke(connection, token))

    assert not signed_in(database, token)


def test_a_stage_is_never_idle_and_ends_when_its_links_are_ended(
    database: Database, performance: Performance
) -> None:
    stage = database.write(lambda connection: add_stage_link(connection, performance.id))
    organiser = database.write(lambda connection: add_sign_in(connection, Role.ORGANISER))
    with database.reading() as connection:
        found = find_sign_in(connection, stage)
    assert found is not None
    assert (found.role, found.performance_id, found.expires) == (Role.STAGE, performance.id, None)

    database.write(lambda connection: revoke_stages(connection, performance.id))
    assert not signed_in(database, stage)
    assert signed_in(database, organiser)


def test_the_log_tells_what_organisers_did_newest_first(database: Database) -> None:
    for act in ("opened after", "closed after"):
        database.write(lambda connection: record(connection, None, act, "performance x"))

    with database.reading() as connection:
        assert [(line.act, line.about) for line in acts(connection)] == [
            ("closed after", "performance x"),
            ("opened after", "performance x"),
        ]
