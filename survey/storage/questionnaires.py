"""Questionnaires as they are used. A version is published when a wave first opens for an audience, and then never changes.

A rehearsal does not publish it; answers do, a rehearsal's too until they are wiped. Until then it follows its file.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, or_, select

from survey.information import information_wrong
from survey.language.catalogues import interface_mark
from survey.model import Questionnaire, Standing
from survey.questionnaire import (
    DATA,
    TRANSLATIONS,
    QuestionnaireWrong,
    digest,
    own_translations,
    parse_questionnaire,
    speaking_also,
)
from survey.questionnaire.folder import Folder, Kept, read_folder
from survey.storage.insertion import insert_or_change
from survey.storage.sign_ins import record
from survey.storage.tables import performance, questionnaire_version, response, source, tally, translation
from survey.storage.translations import drop_translations, publish_translation, translations

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
USED = (
    exists().where(
        performance.c.version_id == questionnaire_version.c.id,
        performance.c.standing != Standing.REHEARSAL.value,
    ),
    exists().where(response.c.version_id == questionnaire_version.c.id),
    exists().where(
        performance.c.version_id == questionnaire_version.c.id,
        source.c.performance_id == performance.c.id,
        tally.c.source_id == source.c.id,
    ),
    exists().where(tally.c.version_id == questionnaire_version.c.id),
)
PUBLISHED = or_(*USED).label("published")
"""A performance of it was opened for its audience, or evidence stands under it."""
CONTENT = select(questionnaire_version.c.content).where(questionnaire_version.c.id == bindparam("id"))


class VersionUnknown(LookupError):
    """There is no such version."""


def publish(connection: Connection, questionnaire: Questionnaire, content: Mapping[str, Any]) -> str:
    """Store a version, or what its file says now, and return its id; storing the same again changes nothing.

    Raises QuestionnaireWrong when the version is published with other words.
    """
    id = f"{questionnaire.id}-{questionnaire.version}"
    check_unpublished(questionnaire, content, published(connection))
    insert_or_change(
        connection,
        questionnaire_version,
        change={"content": dict(content), "sha256": digest(content)},
        id=id,
        questionnaire=questionnaire.id,
        version=questionnaire.version,
        content=dict(content),
        sha256=digest(content),
    )
    for language, words in own_translations(questionnaire).items():
        publish_translation(connection, id, language, words)
    return id


def published(connection: Connection) -> dict[str, str]:
    """Return the digests of what the published versions say, by version id."""
    table = questionnaire_version.c
    rows = connection.execute(select(table.id, table.sha256).where(PUBLISHED))
    return {row.id: row.sha256 for row in rows}


def look_through(connection: Connection, folder: Path = DATA, translated: Path = TRANSLATIONS) -> Folder:
    """Return what a folder holds beside this database: what can be used, and what to do about all that is set aside.

    A file whose version is published with other words is set aside too, and so is a file of information.
    """
    fixed = published(connection)
    found = read_folder(folder, translated, published=fixed.values())
    kept: list[Kept] = []
    changed: list[QuestionnaireWrong] = []
    for each in found.kept:
        try:
            check_unpublished(each.questionnaire, each.content, fixed)
            kept.append(each)
        except QuestionnaireWrong as wrong:
            changed.append(wrong)
    return replace(found, kept=tuple(kept), set_aside=(*found.set_aside, *changed, *information_wrong()))


def check_unpublished(
    questionnaire: Questionnaire, content: Mapping[str, Any], published: Mapping[str, str]
) -> None:
    """Check that nobody was asked this version in other words. Raises QuestionnaireWrong."""
    version_id = f"{questionnaire.id}-{questionnaire.version}"
    if published.get(version_id, sha := digest(content)) != sha:
        raise QuestionnaireWrong(
            f"{version_id}.yaml",
            "",
            f"Version {questionnaire.version} is published: people were asked it in other words. Raise its version to "
            f"{questionnaire.version + 1}, in the file and in its name, or put the file back as it was.",
        )


def take_in(connection: Connection, folder: Folder) -> None:
    """Store what the files of a folder say. What is set aside stays as it was stored. Raises QuestionnaireWrong.

    A version that is not published follows its file, and goes with it unless a performance has chosen it; a translation
    whose file is gone is gone, with its approval.
    """
    for each in folder.kept:
        publish(connection, each.questionnaire, each.content)
        for found in each.translations:
            publish_translation(connection, each.version_id, found.language, found.words)
        there = {
            *own_translations(each.questionnaire),
            *(found.language for found in each.translations),
            *each.unreadable,
        }
        for language in drop_translations(connection, each.version_id, but=there):
            record(connection, None, f"withdrew {language}, whose file is gone", each.version_id)
    drop_versions(connection, but=folder.named)


def drop_versions(connection: Connection, *, but: Collection[str]) -> None:
    """Drop the versions whose files are gone, where no performance has chosen and no answer used them."""
    ids = connection.scalars(select(questionnaire_version.c.id)).all()
    for id in set(ids) - set(but):
        withdraw_version(connection, id)


def find_version(connection: Connection, version_id: str) -> Questionnaire:
    """Return a version in its reference language and every language approved for phones as it stands now.

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
    """Return all versions with their ids: by questionnaire, newest version first."""
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
    used = or_(*(exists().where(each.c.version_id == version_id) for each in (performance, response, tally)))
    unused = delete(questionnaire_version).where(questionnaire_version.c.id == version_id, ~used)
    return connection.execute(unused).rowcount == 1


_PARSED: dict[tuple[str, tuple[tuple[str, ...], ...]], Questionnaire] = {}
"""By the digests of all it says, so that two databases in one process never share a wrong one."""
