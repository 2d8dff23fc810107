"""Notes: what a facilitator or a scribe writes down while people talk, tied to what was on stage."""

from dataclasses import dataclass

from survey.model import Note, Performance
from survey.questionnaire import clean
from survey.room.words import showing_words
from survey.storage.database import Connection
from survey.storage.notes import add_note
from survey.storage.polls import polls
from survey.storage.questionnaires import find_version
from survey.storage.rooms import room

LONGEST = 500
LONGEST_SPEAKER = 80
LONGEST_CUE = 200
QUOTES = (*zip("“\"„„«‘'「", "”\"“”»’'」", strict=True),)
"""Quotation marks that people put around what somebody said, by pairs."""


class NoteWrong(ValueError):
    """A note cannot be kept as it is; the words say what to do."""

    def __init__(self, words: str) -> None:
        super().__init__(words)


@dataclass(frozen=True)
class Written:
    """A note as it was typed and cleaned. ``speaker`` is empty unless it was typed on purpose."""

    text: str
    quotation: bool = False
    speaker: str = ""


def written(text: str, *, quotation: bool = False, speaker: str = "") -> Written:
    """Return a note cleaned and checked. Raises NoteWrong with what to do."""
    said = clean(text)
    kept = Written(unquoted(said) if quotation else said, quotation, clean(speaker))
    if not kept.text:
        raise NoteWrong("Type the note first.")
    if len(kept.text) > LONGEST:
        raise NoteWrong(
            f"The note has {len(kept.text)} characters. Shorten it to {LONGEST}, or write two notes."
        )
    if len(kept.speaker) > LONGEST_SPEAKER:
        raise NoteWrong(f"The speaker's name is too long. Use at most {LONGEST_SPEAKER} characters.")
    return kept


def unquoted(said: str) -> str:
    """Return somebody's words without the quotation marks around them: every place that shows them sets its own."""
    for opening, closing in QUOTES:
        inside = said.removeprefix(opening).removesuffix(closing)
        if len(inside) == len(said) - 2 and opening not in inside and closing not in inside:
            return inside.strip()
    return said


def mark(connection: Connection, performance: Performance, note: Written) -> Note:
    """Store a note with what is on stage at this moment, in words, and return it."""
    showing = room(connection, performance.id).showing
    version = find_version(connection, performance.version_id)
    words = str(showing_words(showing, version, polls(connection, performance.id)))
    cue = words if len(words) <= LONGEST_CUE else words[: LONGEST_CUE - 1] + "…"
    return add_note(
        connection, performance.id, note.text, quotation=note.quotation, speaker=note.speaker, cue=cue
    )
