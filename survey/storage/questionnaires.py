"""Questionnaires as published: a version never changes."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, insert, select

from survey.model import Questionnaire
from survey.questionnaire import digest, parse_questionnaire
from survey.storage.tables import performance, questionnaire_version, response

SHA = select(questionnaire_version.c.sha256).where(questionnaire_version.c.id == bindparam("id"))
CONTENT = select(questionnaire_version.c.content).where(questionnaire_version.c.id == bindparam("id"))


class VersionChanged(Exception):
    """A published version was changed; the words say which and what to do."""


class VersionUnknown(LookupError):
    """There is no such version."""


def publish(connection: Connection, questionnaire: Questionnaire, content: Mapping[str, Any]) -> str:
    """Store a version once and return its id; publishing the same again is harmless. Raises VersionChanged."""
    sha = digest(content)
    id = f"{questionnaire.id}-{questionnaire.version}"
    there = connection.scalar(select(questionnaire_version.c.sha256).where(questionnaire_version.c.id == id))
    if there is None:
        connection.execute(
            insert(questionnaire_version).values(
                id=id,
                questionnaire=questionnaire.id,
                version=questionnaire.version,
                content=dict(content),
                sha256=sha,
                published=True,
            )
        )
    elif there != sha:
        raise VersionChanged(
            f"Version {questionnaire.version} of the questionnaire {questionnaire.id!r} was published with other words. "
            f"Put the file back, or give the new words version {questionnaire.version + 1}."
        )
    return id


def find_version(connection: Connection, version_id: str) -> Questionnaire:
    """Return a published version, parsed once. Raises VersionUnknown."""
    sha = connection.scalar(SHA, {"id": version_id})
    if sha is None:
        raise VersionUnknown("There is no such version of a questionnaire.")
    parsed = _PARSED.get(sha)
    if parsed is None:
        content = connection.scalar(CONTENT, {"id": version_id})
        parsed = _PARSED.setdefault(sha, parse_questionnaire(content, source=version_id))
    return parsed


def versions(connection: Connection) -> list[tuple[str, Questionnaire]]:
    """Return all published versions with their ids: by questionnaire, newest version first."""
    table = questionnaire_version.c
    ids = connection.scalars(select(table.id).order_by(table.questionnaire, table.version.desc())).all()
    return [(id, find_version(connection, id)) for id in ids]


def latest_version(connection: Connection, questionnaire_id: str) -> str | None:
    """Return the id of a questionnaire's newest version, or None."""
    table = questionnaire_version.c
    wanted = (
        select(table.id)
        .where(table.questionnaire == questionnaire_id)
        .order_by(table.version.desc())
        .limit(1)
    )
    return connection.scalar(wanted)


def withdraw_version(connection: Connection, version_id: str) -> bool:
    """Delete a version no performance and no response has ever used; False when one has, or there is none."""
    used = exists().where(performance.c.version_id == version_id) | exists().where(
        response.c.version_id == version_id
    )
    unused = delete(questionnaire_version).where(questionnaire_version.c.id == version_id, ~used)
    return connection.execute(unused).rowcount == 1


_PARSED: dict[str, Questionnaire] = {}
"""By the hash of the content, so that two databases in one process never share a wrong one."""
