"""Sign-ins: opaque tokens for staff, stored as hashes only, revocable. And the log of what organisers did."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from survey.model import Role
from survey.storage.keys import new_key
from survey.storage.tables import audit, sign_in

IDLE = timedelta(hours=4)
ABSOLUTE = timedelta(hours=12)
LINK = "link"
BROWSER = "browser"
STAGE = "stage"
SIGNED_IN = select(sign_in).where(
    sign_in.c.hash == bindparam("token"), sign_in.c.kind != LINK, sign_in.c.revoked.is_(False)
)


class LinkUsed(Exception):
    """The link has been used, is too old, or never existed: all three look the same."""

    def __init__(self) -> None:
        super().__init__("This sign-in link has been used or is too old. Ask for a new one.")


@dataclass(frozen=True)
class SignIn:
    """Someone signed in. A stage belongs to one performance; ``expires`` and ``last_seen`` are None for it."""

    role: Role
    kind: str
    account_id: str | None
    performance_id: str | None
    expires: datetime | None
    last_seen: datetime | None


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
    """Return the token of a new one-time sign-in link."""
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
        Role(found.role), found.kind, found.account_id, found.performance_id, found.expires, found.last_seen
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


def record(connection: Connection, account_id: str | None, act: str, about: str) -> None:
    """Write one line in the log of organisers' acts. Never an answer, never an address."""
    connection.execute(
        insert(audit).values(id=new_key(), at=datetime.now(UTC), account_id=account_id, act=act, about=about)
    )


def acts(connection: Connection, *, newest: int = 100) -> list[Act]:
    """Return the newest lines of the log, newest first."""
    rows = connection.execute(select(audit).order_by(audit.c.at.desc()).limit(newest))
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
