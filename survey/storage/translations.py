"""Translations of published questionnaires: a language is offered to phones only after a named person has read all of it.

The reader's approval covers every sentence a phone says in that language: the questionnaire's and the interface's. It is
kept as the marks of what was read. When a word changes, the new sentence is not among them, and the offer ends until
somebody has read it.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, select, update

from survey.language.catalogues import Sentence, interface
from survey.model import Questionnaire
from survey.questionnaire import Words, digest, sentences_of
from survey.storage.insertion import insert_or_change
from survey.storage.tables import translation


class TranslationIncomplete(Exception):
    """Some sentences have no words yet, so nobody can have read them all; says what to do."""


class TranslationUnknown(LookupError):
    """This questionnaire has no translation into that language; says which there are."""


@dataclass(frozen=True)
class Approval:
    """Who has read a translation, and when."""

    by: str
    on: date


@dataclass(frozen=True)
class StoredTranslation:
    """One translation of one version, with all a phone says in its language."""

    language: str
    words: Words
    questions: tuple[Sentence, ...]
    around: tuple[Sentence, ...]
    """What the phone says around the questions: buttons, notices, what is kept."""
    approval: Approval | None = None
    read: frozenset[str] = frozenset()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Everything a phone says in this language."""
        return self.questions + self.around

    @property
    def missing(self) -> tuple[Sentence, ...]:
        """The sentences without words."""
        return tuple(sentence for sentence in self.sentences if sentence.missing)

    @property
    def unread(self) -> tuple[Sentence, ...]:
        """The sentences that were not among those the named person read."""
        return tuple(sentence for sentence in self.sentences if sentence.mark not in self.read)

    @property
    def offered(self) -> bool:
        """Phones may speak it: a named person has read every word as it stands."""
        return self.approval is not None and not self.missing and not self.unread


def publish_translation(connection: Connection, version_id: str, language: str, words: Words) -> None:
    """Store a translation's words, or the words as they stand now; an approval stays with the words that were read."""
    values = {"content": dict(words), "words": digest(words)}
    insert_or_change(
        connection, translation, change=values, version_id=version_id, language=language, **values
    )


def drop_translations(connection: Connection, version_id: str, *, but: Collection[str]) -> list[str]:
    """Drop a version's translations but these, with whatever was approved; return the languages phones no longer speak.

    Put back, such a translation is a draft again: nobody can know that it is what was read.
    """
    gone = (translation.c.version_id == version_id) & translation.c.language.not_in(but)
    spoken = select(translation.c.language).where(gone, translation.c.approved_by.is_not(None))
    silent = sorted(connection.scalars(spoken))
    connection.execute(delete(translation).where(gone))
    return silent


def translations(
    connection: Connection, version_id: str, questionnaire: Questionnaire
) -> list[StoredTranslation]:
    """Return all translations of a version, by language. ``questionnaire`` is that version."""
    table = translation.c
    rows = connection.execute(
        select(table.language, table.content, table.approved_by, table.approved_on, table.read)
        .where(table.version_id == version_id)
        .order_by(table.language)
    )
    return [
        StoredTranslation(
            row.language,
            row.content,
            sentences_of(questionnaire, row.content),
            interface(row.language),
            Approval(row.approved_by, row.approved_on) if row.approved_by else None,
            frozenset(row.read or ()),
        )
        for row in rows
    ]


def translation_into(
    connection: Connection, version_id: str, questionnaire: Questionnaire, language: str
) -> StoredTranslation:
    """Return one translation. Raises TranslationUnknown."""
    found = {each.language: each for each in translations(connection, version_id, questionnaire)}
    if language not in found:
        there = ", ".join(found) or "none"
        raise TranslationUnknown(f"{version_id} is not translated into {language!r}. There are: {there}.")
    return found[language]


def approve(
    connection: Connection,
    version_id: str,
    language: str,
    *,
    name: str,
    on: date,
    sentences: Sequence[Sentence],
) -> None:
    """Note that a named person has read these sentences, which are all there are. Raises TranslationIncomplete."""
    missing = sum(sentence.missing for sentence in sentences)
    if missing:
        raise TranslationIncomplete(
            f"{missing} {'sentence has' if missing == 1 else 'sentences have'} no words yet. "
            "Have them translated, then read and approve again."
        )
    marks = sorted(sentence.mark for sentence in sentences)
    _change(
        connection,
        version_id,
        language,
        approved_by=name,
        approved_on=on,
        approved_words=_digest_of(marks),
        read=marks,
    )


def withdraw(connection: Connection, version_id: str, language: str) -> None:
    """Take an approval back: phones no longer offer the language."""
    _change(
        connection, version_id, language, approved_by=None, approved_on=None, approved_words=None, read=None
    )


def _change(connection: Connection, version_id: str, language: str, **values: object) -> None:
    this = (translation.c.version_id == version_id) & (translation.c.language == language)
    connection.execute(update(translation).where(this).values(**values))


def _digest_of(marks: Iterable[str]) -> str:
    return hashlib.sha256("".join(marks).encode()).hexdigest()
