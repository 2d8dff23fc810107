"""Sign-ins: opaque tokens for staff, stored as hashes only, revocable. And the log of what organisers did."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from survey.model import Role, Standing
from survey.storage.clock import LINE
from survey.storage.keys import new_key
from survey.storage.performance_rows import performance_by_id
from survey.storage.tables import audit, performance, sign_in
from survey.storage.waves import PerformanceFinished

IDLE = timedelta(hours=4)
ABSOLUTE = timedelta(hours=12)
LINK = "link"
BROWSER = "browser"
STAGE = "stage"
SIGNED_IN = (
    select(sign_in, performance.c.code)
    .join_from(sign_in, performance, isouter=True)
    .where(sign_in.c.hash == bindparam("token"), sign_in.c.kind != LINK, sign_in.c.revoked.is_(False))
)


class LinkUsed(Exception):
    """The link has been used, is too old, or never existed: all three look the same."""

    def __init__(self) -> None:
        super().__init__("This sign-in link has been used or is too old. Ask for a new one.")


class LinkWrong(ValueError):
    """Nobody with this role signs in like that; the words say how they do."""


@dataclass(frozen=True)
class SignIn:
    """Someone signed in. A stage belongs to one performance; ``expires`` and ``last_seen`` are None for it.

    A person with a ``performance_id`` signed in for that performance only; ``code`` is how its addresses name it.
    """

    role: Role
    kind: str
    account_id: str | None
    performance_id: str | None
    expires: datetime | None
    last_seen: datetime | None
    code: str | None = None


@dataclass(frozen=True)
class Act:
    """One line of the log of organisers' acts."""

    at: datetime
    account_id: str | None
    act: str
    about: str


def add_link(
    connection: Connection, role: Role, *, performance_id: str | None = None, minutes: int = 60
) -> str:
    """Return the token of a new one-time sign-in link: for one performance only, or for every one.

    Raises LinkWrong for a moderator without a performance and an organiser with one, PerformanceFinished, and
    PerformanceUnknown.
    """
    if role is Role.MODERATOR and performance_id is None:
        raise LinkWrong("A moderator signs in for one performance. Say which: --performance CODE.")
    if role is Role.ORGANISER and performance_id is not None:
        raise LinkWrong("An organiser signs in for every performance. Leave the performance out.")
    if performance_id and performance_by_id(connection, performance_id).standing is Standing.FINISHED:
        raise PerformanceFinished
    expires = datetime.now(UTC) + timedelta(minutes=minutes)
    return _add(connection, LINK, role, performance_id=performance_id, expires=expires)


def use_link(connection: Connection, token: str) -> str:
    """Use a one-time link; return the token for the browser's cookie. Raises LinkUsed."""
    now = datetime.now(UTC)
    fresh = (sign_in.c.hash == _hash(token), sign_in.c.kind == LINK, sign_in.c.revoked.is_(False))
    found = connection.execute(select(sign_in).where(*fresh, sign_in.c.expires > now)).one_or_none()
    if found is None or connection.execute(update(sign_in).where(*fresh).values(revoked=True)).rowcount != 1:
        raise LinkUsed
    role = Role(found.role)
    return add_sign_in(connection, role, account_id=found.account_id, performance_id=found.performance_id)


def add_sign_in(
    connection: Connection, role: Role, *, account_id: str | None = None, performance_id: str | None = None
) -> str:
    """Sign a browser in (after a password, say); return the token for its cookie."""
    now = datetime.now(UTC)
    connection.execute(delete(sign_in).where(sign_in.c.expires < now - ABSOLUTE))
    return _add(
        connection,
        BROWSER,
        role,
        account_id=account_id,
        performance_id=performance_id,
        expires=now + ABSOLUTE,
        last_seen=now,
    )


def add_stage_link(connection: Connection, performance_id: str) -> str:
    """Return the token of a stage: for link and cookie alike, until the performance is finished or it is revoked."""
    return _add(connection, STAGE, Role.STAGE, performance_id=performance_id)


def find_sign_in(connection: Connection, token: str) -> SignIn | None:
    """Return who a cookie's token stands for; None when it is unknown, revoked or too old."""
    found = connection.execute(SIGNED_IN, {"token": _hash(token)}).one_or_none()
    if found is None:
        return None
    now = datetime.now(UTC)
    if found.kind == BROWSER and (found.expires <= now or found.last_seen <= now - IDLE):
        return None
    return SignIn(
        role=Role(found.role),
        kind=found.kind,
        account_id=found.account_id,
        performance_id=found.performance_id,
        expires=found.expires,
        last_seen=found.last_seen,
        code=found.code,
    )


def touch(connection: Connection, token: str) -> None:
    """Remember that a browser was used now, so that it is not idle."""
    connection.execute(
        update(sign_in)
        .where(sign_in.c.hash == _hash(token), sign_in.c.kind == BROWSER)
        .values(last_seen=datetime.now(UTC))
    )


def revoke(connection: Connection, token: str) -> None:
    """End a sign-in, a link or a stage at once."""
    connection.execute(update(sign_in).where(sign_in.c.hash == _hash(token)).values(revoked=True))


def revoke_stages(connection: Connection, performance_id: str) -> None:
    """End every stage link of a performance."""
    stages = (sign_in.c.performance_id == performance_id, sign_in.c.kind == STAGE)
    connection.execute(update(sign_in).where(*stages).values(revoked=True))


def people_signed_in(connection: Connection, performance_id: str) -> dict[Role, int]:
    """Return how many people are signed in for this performance only, by role; who they are nobody knows."""
    now = datetime.now(UTC)
    rows = connection.execute(
        select(sign_in.c.role, func.count().label("people"))
        .where(
            sign_in.c.performance_id == performance_id,
            sign_in.c.kind == BROWSER,
            sign_in.c.revoked.is_(False),
            sign_in.c.expires > now,
            sign_in.c.last_seen > now - IDLE,
        )
        .group_by(sign_in.c.role)
    )
    found = {Role(row.role): int(row.people) for row in rows}
    return {role: found[role] for role in Role if role in found}


def revoke_people(connection: Connection, performance_id: str) -> None:
    """End every person's sign-in for this performance only, and the links nobody has used yet. Stages stay."""
    people = (sign_in.c.performance_id == performance_id, sign_in.c.kind != STAGE)
    connection.execute(update(sign_in).where(*people).values(revoked=True))


def record(connection: Connection, account_id: str | None, act: str, about: str) -> None:
    """Write one line in the log of organisers' acts. Never an answer, never an address."""
    connection.execute(
        insert(audit).values(id=new_key(), at=datetime.now(UTC), account_id=account_id, act=act, about=about)
    )


def acts(connection: Connection, *, newest: int = 100) -> list[Act]:
    """Return the newest lines of the log, newest first."""
    rows = connection.execute(
        select(audit).where(audit.c.id != LINE).order_by(audit.c.at.desc()).limit(newest)
    )
    return [Act(row.at, row.account_id, row.act, row.about) for row in rows]


def _add(
    connection: Connection,
    kind: str,
    role: Role,
    *,
    account_id: str | None = None,
    performance_id: str | None = None,
    expires: datetime | None = None,
    last_seen: datetime | None = None,
) -> str:
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(sign_in).values(
            hash=_hash(token),
            account_id=account_id,
            kind=kind,
            role=role.value,
            performance_id=performance_id,
            expires=expires,
            last_seen=last_seen,
            revoked=False,
        )
    )
    return token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
