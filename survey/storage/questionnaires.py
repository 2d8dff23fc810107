"""Questionnaires as published: a version never changes."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, insert, select

from survey.language.catalogues import interface_mark
from survey.model import Questionnaire
from survey.questionnaire import digest, own_translations, parse_questionnaire, speaking_also
from survey.storage.tables import performance, questionnaire_version, response, translation
from survey.storage.translations import publish_translation, translations

STANDING = (
    select(
        questionnaire_version.c.sha256,
        translation.c.language,
        translation.c.words,
        translation.c.approved_words,
    )
    .select_from(
        questionnaire_version.outerjoin(
            translation,
            (translation.c.version_id == questionnaire_version.c.id)
            & translation.c.approved_words.is_not(None),
        )
    )
    .where(questionnaire_version.c.id == bindparam("id"))
    .order_by(translation.c.language)
)
"""What a version says now: its content, and each approved translation with what was approved."""
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
    for language, words in own_translations(questionnaire).items():
        publish_translation(connection, id, language, words)
    return id


def find_version(connection: Connection, version_id: str) -> Questionnaire:
    """Return a published version in its reference language and every language approved for phones as it stands now.

    Parsed once, until an approval or a word changes. Raises VersionUnknown.
    """
    rows = connection.execute(STANDING, {"id": version_id}).all()
    if not rows:
        raise VersionUnknown("There is no such version of a questionnaire.")
    approved = tuple((row.language, row.words, row.approved_words) for row in rows if row.language)
    key = (rows[0].sha256, tuple((*each, interface_mark(each[0])) for each in approved))
    found = _PARSED.get(key)
    if found is None:
        found = _PARSED.setdefault(key, _read_version(connection, version_id, offering=bool(approved)))
    return found


def _read_version(connection: Connection, version_id: str, *, offering: bool) -> Questionnaire:
    written = parse_questionnaire(connection.scalar(CONTENT, {"id": version_id}), source=version_id)
    offered = translations(connection, version_id, written) if offering else []
    return speaking_also(written, {each.language: each.words for each in offered if each.offered})


def versions(connection: Connection) -> list[tuple[str, Questionnaire]]:
    """Return all published versions with their ids: by questionnaire, newest version first."""
    table = questionnaire_version.c
    ids = connection.scalars(select(table.id).order_by(table.questionnaire, table.version.desc())).all()
    return [(id, find_version(connection, id)) for id in ids]


def languages_offered(connection: Connection) -> frozenset[str]:
    """Return every language that phones may speak for some version, beside English."""
    approved = select(translation.c.version_id).where(translation.c.approved_words.is_not(None)).distinct()
    ids = connection.scalars(approved).all()
    return frozenset(language for id in ids for language in find_version(connection, id).languages[1:])


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


_PARSED: dict[tuple[str, tuple[tuple[str, ...], ...]], Questionnaire] = {}
"""By the digests of all it says, so that two databases in one process never share a wrong one."""
