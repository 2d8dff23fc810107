"""Cards and hands: what a room can answer in public, and which colour stands for which answer."""

from dataclasses import dataclass

from survey.model import Kind, Mode, Question

COLOURS = {2: ("red", "blue"), 3: ("red", "yellow", "blue")}
"""From against to for, where answers have sides; else in the order they are offered."""
MOST_RAISED = 7
"""Hands are raised once for each answer: more than seven rounds nobody sits through."""
CLASSES = ("disagree", "neutral", "agree")
CLASS = "class:"
"""How the code of a counted class begins; no option's value does."""


@dataclass(frozen=True)
class Card:
    """One answer that can be counted in the room: the ``options`` it stands for, and its colour ("" for hands)."""

    value: str
    options: tuple[str, ...]
    colour: str = ""


def cards(question: Question, mode: Mode) -> tuple[Card, ...]:
    """Return what is counted when a question is answered by cards or hands; nothing where that cannot be done.

    Two or three answers have a card each. A scale, and any other question whose answers all lie for or against, is
    counted by its classes. Of several answers at once, of rankings and of comments nothing is counted.
    """
    if mode.private or question.kind not in (Kind.SCALE, Kind.ONE, Kind.NUMBER):
        return ()
    answers = _answers(question)
    if mode is Mode.HANDS:
        return answers if len(answers) <= MOST_RAISED else ()
    colours = COLOURS.get(len(answers), ())
    return tuple(Card(one.value, one.options, colour) for one, colour in zip(answers, colours, strict=False))


def counted_classes(question: Question) -> dict[str, tuple[str, ...]]:
    """Return the options of each class that may have been counted, by the class's code."""
    return {
        CLASS + name: tuple(value for value in question.values if value in getattr(question, name))
        for name in CLASSES
        if getattr(question, name)
    }


def _answers(question: Question) -> tuple[Card, ...]:
    if len(question.options) <= max(COLOURS):
        return tuple(Card(value, (value,)) for value in question.values)
    classes = counted_classes(question)
    if {value for options in classes.values() for value in options} == set(question.values):
        return tuple(Card(value, options) for value, options in classes.items())
    return tuple(Card(value, (value,)) for value in question.values)
