"""A filled form read against its questionnaire. What is a valid answer is decided here only.

A ranking comes as its field once per place, best first: ``[first, second, third]`` with "" for a place left empty.
"""

from collections.abc import Iterable, Mapping, Sequence

from survey.language import _, ngettext
from survey.model import Answer, Comment, Filled, Kind, Question, Questionnaire, Wave
from survey.questionnaire.question import QUOTE
from survey.questionnaire.wording import clean

FAR_BEYOND = 10


class _NeedsAnotherLook(Exception):
    """One question's answer cannot be kept as it is. Says what to do."""


def quote_field(question: Question) -> str:
    """Return the name of the tick "You may quote this" under a comment; its value is ``yes``."""
    return question.id + QUOTE


def read_form(questionnaire: Questionnaire, wave: Wave, fields: Mapping[str, Sequence[str]]) -> Filled:
    """Return what a form holds: valid answers, what needs another look, and everything typed.

    A valid answer is kept even when another question has a problem. An empty field is a skip. Fields that are no
    question of this wave are left alone; those beginning with ``_`` belong to the form itself.
    """
    answers: list[Answer] = []
    comments: list[Comment] = []
    problems: dict[str, str] = {}
    typed: dict[str, tuple[str, ...]] = {}
    for question in questionnaire.asked_in(wave):
        given = _given(fields, question.id)
        quote = _given(fields, quote_field(question)) if question.kind is Kind.COMMENT else ()
        if quote:
            typed[quote_field(question)] = quote
        if not given:
            continue
        if question.kind is Kind.RANK:  # an empty place in front of a filled one is a gap, not nothing
            given = tuple(value.strip() for value in fields[question.id])
        typed[question.id] = given
        try:
            if question.kind is Kind.COMMENT:
                if text := _words(question, given):
                    comments.append(Comment(question.id, text, quote_ok="yes" in quote))
            else:
                answers.append(Answer(question.id, _READERS[question.kind](question, given)))
        except _NeedsAnotherLook as trouble:
            problems[question.id] = str(trouble)
    return Filled(tuple(answers), tuple(comments), problems, typed)


def read_answer(question: Question, fields: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], str]:
    """Return what was chosen in a question asked by itself, and what to do about it when it cannot be kept."""
    given = _given(fields, question.id)
    if given and question.kind is Kind.RANK:
        given = tuple(value.strip() for value in fields[question.id])
    try:
        return (_READERS[question.kind](question, given) if given else ()), ""
    except _NeedsAnotherLook as trouble:
        return (), str(trouble)


def _given(fields: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    return tuple(value for value in fields.get(name, ()) if value.strip())


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values))


def _chosen(question: Question, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values in the order they are offered, each once."""
    values = _once(values)
    if set(values) - set(question.values):
        raise _NeedsAnotherLook(_("Choose one of the answers offered."))
    return tuple(value for value in question.values if value in values)


def _single(question: Question, values: tuple[str, ...]) -> tuple[str, ...]:
    chosen = _chosen(question, values)
    if len(chosen) > 1:
        raise _NeedsAnotherLook(_("Choose one answer only."))
    return chosen


def _several(question: Question, values: tuple[str, ...]) -> tuple[str, ...]:
    chosen = _chosen(question, values)
    for option in question.options:
        if option.exclusive and option.value in chosen and len(chosen) > 1:
            raise _NeedsAnotherLook(
                _("Choose either “{answer}” or other answers, not both.").format(answer=option.label)
            )
    if question.at_most is not None and len(chosen) > question.at_most:
        raise _NeedsAnotherLook(_up_to(question.at_most))
    return chosen


def _number(question: Question, values: tuple[str, ...]) -> tuple[str, ...]:
    numbers = _once(
        str(int(value)) if value.isdecimal() and len(value) < 9 else value for value in _once(values)
    )
    if len(numbers) > 1:
        raise _NeedsAnotherLook(_("Choose one answer only."))
    if set(numbers) - set(question.values):
        raise _NeedsAnotherLook(_("Choose a whole number from 0 to 10."))
    return numbers


def _ranked(question: Question, places: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values in order of preference; places at the end may be empty."""
    chosen = tuple(value for value in places if value)
    _chosen(question, chosen)
    for value in chosen:
        if chosen.count(value) > 1:
            raise _NeedsAnotherLook(
                _("You chose “{answer}” twice. Change one of them, or leave the last one empty.").format(
                    answer=question.option(value).label
                )
            )
    if places[: len(chosen)] != chosen:
        raise _NeedsAnotherLook(_("Fill in your 1st choice first, then your 2nd, with no gap between them."))
    if len(chosen) > question.places:
        raise _NeedsAnotherLook(_up_to(question.places))
    return chosen


def _words(question: Question, given: tuple[str, ...]) -> str:
    if len(given) > 1:
        raise _NeedsAnotherLook(_("Write your comment in one box only."))
    # Words far beyond the limit are refused unread: ordering thousands of combining marks takes quadratic time.
    text = given[0] if len(given[0]) > FAR_BEYOND * question.limit else clean(given[0])
    over = len(text) - question.limit
    if over > 0:
        raise _NeedsAnotherLook(
            ngettext(
                "Your comment is {count} character too long. Make it a little shorter and send it again.",
                "Your comment is {count} characters too long. Make it shorter and send it again.",
                over,
            ).format(count=over)
        )
    return text


def _up_to(number: int) -> str:
    words = {
        1: _("Choose one answer only."),
        2: _("Choose up to two."),
        3: _("Choose up to three."),
        4: _("Choose up to four."),
        5: _("Choose up to five."),
    }
    return words.get(number) or _("Choose up to {number}.").format(number=number)


_READERS = {
    Kind.SCALE: _single,
    Kind.ONE: _single,
    Kind.MANY: _several,
    Kind.NUMBER: _number,
    Kind.RANK: _ranked,
}
