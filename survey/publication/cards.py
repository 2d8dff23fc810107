"""Cards and hands beside a result: everybody in the room saw them raised. Said in words, never added to a bar."""

from collections.abc import Callable, Iterator, Mapping

from survey.analysis.figures import suppressed
from survey.analysis.shares import Tally, beside
from survey.language import _
from survey.language.punctuation import all_of
from survey.model import Mode, Performance, Provenance, Question, Wave
from survey.publication.wording import label_of
from survey.questionnaire.cards import Card, cards, counted_classes
from survey.storage.database import Connection
from survey.storage.hand_counts import Raised, blocks, by_two_people, total
from survey.storage.tallies import public_tallies

COLOURS: Mapping[str, Callable[[], str]] = {
    "red": lambda: _("red"),
    "yellow": lambda: _("yellow"),
    "blue": lambda: _("blue"),
}


def counted_beside(
    connection: Connection, performance: Performance, question: Question, wave: Wave
) -> tuple[str, ...]:
    """Return what to say of cards and hands beside a question's result; nothing below 10, or while two counts differ."""
    asked = [question.id, *([question.was] if question.was else [])]
    found = public_tallies(connection, performance.id, asked, wave)
    return tuple(
        sentence
        for tally in beside(question, found, wave=wave)
        for sentence in _sentences(connection, performance, tally, wave)
    )


def _sentences(connection: Connection, performance: Performance, tally: Tally, wave: Wave) -> Iterator[str]:
    (mode,) = tally.modes
    counted = blocks(connection, Raised(performance.id, tally.question.id, wave, mode))
    if mode not in IN_THE_ROOM or suppressed(tally.base) or any(block.settled is None for block in counted):
        return
    here = sum(total(counted).values()) == tally.base
    yield IN_THE_ROOM[mode](here and by_two_people(counted)).format(counts=_answers(tally, mode, here))
    if Provenance.DEMONSTRATION in tally.provenances:
        yield _("Demonstration: invented answers")
    if Provenance.IMPORTED in tally.provenances:
        yield _("Imported answers")


def _answers(tally: Tally, mode: Mode, here: bool) -> str:
    """Return each answer that was raised and by how many; its colour only where all cards were counted here."""
    question = tally.question
    offered = cards(question, mode) if here else ()
    if not offered:
        every = {value: (value,) for value in question.values} | counted_classes(question)
        offered = tuple(Card(value, options) for value, options in every.items())
    return all_of(
        [
            f"{label_of(question, card.options)}"
            f"{f' ({COLOURS[card.colour]()})' if card.colour else ''} {tally.counts[card.value]}"
            for card in offered
            if tally.counts.get(card.value)
        ]
    )


def _cards(twice: bool) -> str:
    if twice:
        return _("Cards in the room, counted by two people: {counts}")
    return _("Cards in the room: {counts}")


def _hands(twice: bool) -> str:
    if twice:
        return _("Hands in the room, counted by two people: {counts}")
    return _("Hands in the room: {counts}")


IN_THE_ROOM: Mapping[Mode, Callable[[bool], str]] = {Mode.CARD: _cards, Mode.HANDS: _hands}
