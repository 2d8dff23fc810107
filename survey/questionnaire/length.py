"""How long a form takes: an estimate from its words, the same in every language."""

from collections.abc import Iterable

from survey.model import Kind, Question, Text

WORDS_A_MINUTE = 238
"""Silent reading of adults in English (Brysbaert 2019, J Mem Lang 109:104047)."""
CHOOSING, WRITING = 4.0, 20.0
"""Seconds to make up one's mind and tap, and to write a line: our own figures, no survey's."""


def minutes(questions: Iterable[Question]) -> int:
    """Return how many minutes it takes to read these questions with all their answers and to answer them, at least 1."""
    words, seconds, before = 0, 0.0, None
    for question in questions:
        seconds += WRITING if question.kind is Kind.COMMENT else CHOOSING
        words += _words(question.text)
        if (
            question.battery is None or question.battery != before
        ):  # the rows of a battery share words and answers
            words += _words(question.stem) + _words(question.low_label) + _words(question.high_label)
            if question.kind is not Kind.NUMBER:
                words += sum(_words(option.label) for option in question.options)
        before = question.battery
    return max(1, round(words / WORDS_A_MINUTE + seconds / 60))


def _words(text: Text | None) -> int:
    return len(text.reference.split()) if text else 0
