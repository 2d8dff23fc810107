"""Answers: what one cell of a table says, in values of the question's options. Never guessed: one meaning, or a refusal."""

from survey.exchange.numbers import readings
from survey.model import Comment, Kind, Question
from survey.questionnaire import clean, read_answer
from survey.questionnaire.labels import options_called

SEVERAL = ";"
"""What stands between several answers in one cell of ours."""
BETWEEN = (SEVERAL, "\n", "|", ",", " ")
"""What other programs put between them."""
LONGEST_COMMENT = 10_000
"""Characters of an imported comment: nobody can be asked to make it shorter."""
FAR_BEYOND = 10
"""Times so much is refused unread: ordering thousands of combining marks takes quadratic time."""
NOT_GIVEN = frozenset({"na", "n/a", "#n/a", "<na>", "nan", "null", ".", "-", "–", "—"})
"""What programs write where nothing stands, in small letters. It is an answer where a question offers it."""
LABEL_SHOWN = 40


class NoAnswer(Exception):
    """A cell holds no answer to its question; the words say why, and what would be one."""


def read_cell(question: Question, said: str) -> tuple[str, ...]:
    """Return what a cell gives in answer to a closed question: values of its options; () for nothing. Raises NoAnswer."""
    if not said:
        return ()
    if _one(question, said):
        return checked(question, [single(question, said)])
    if said.casefold() in NOT_GIVEN:
        return ()
    several = question.kind is Kind.MANY
    found = {parts for between in BETWEEN if several and (parts := _parts(question, said, between))}
    if len(found) != 1:
        also = " Put a semicolon between several answers." if several else ""
        raise NoAnswer(f"{refused(question, said)} Leave it empty if nothing was answered.{also}")
    return checked(question, list(found.pop()))


def single(question: Question, said: str) -> str:
    """Return the value of the one option that some words mean. Raises NoAnswer."""
    meant = _one(question, said)
    if len(meant) > 1:
        raise NoAnswer(f"“{short(said)}” may be more than one answer. Write its code: {' or '.join(meant)}.")
    if not meant:
        raise NoAnswer(refused(question, said))
    return meant[0]


def read_comment(question: Question, said: str, quote: str) -> Comment | None:
    """Return a comment with its tick; None for an empty one. Raises NoAnswer for one beyond every limit."""
    text = said if len(said) > FAR_BEYOND * LONGEST_COMMENT else clean(said)
    if len(text) > LONGEST_COMMENT:
        raise NoAnswer(
            f"This comment has {len(text):,} characters. Up to {LONGEST_COMMENT:,} can be kept: divide it, or leave it out."
        )
    return Comment(question.id, text, quote_ok=quote.casefold() in ("yes", "true", "1")) if text else None


def checked(question: Question, options: list[str]) -> tuple[str, ...]:
    """Return options as the form would keep them: in the order offered, a ranking in its own. Raises NoAnswer."""
    given, problem = read_answer(question, {question.id: options})
    if problem:
        raise NoAnswer(f"“{short(SEVERAL.join(options))}”: {problem.rstrip('.')}.")
    return given


def refused(question: Question, said: str) -> str:
    """Say that words are no answer to a question, and list those that are."""
    return f"“{short(said)}” is none of the answers. {offered(question)}"


def offered(question: Question) -> str:
    """Return what can be written in answer to a question, codes with their labels."""
    if question.kind is Kind.NUMBER:
        return f"Write a whole number from {question.values[0]} to {question.values[-1]}."
    listed = ", ".join(f"{option.value} ({short(option.label.reference)})" for option in question.options)
    return f"Write one of: {listed}."


def short(words: str) -> str:
    """Return words on one line, cut where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= LABEL_SHOWN else f"{line[: LABEL_SHOWN - 1]}…"


def _one(question: Question, said: str) -> tuple[str, ...]:
    if meant := options_called(question, said):
        return meant
    numbers = readings(said)
    return tuple(value for value in question.values if value.isdecimal() and int(value) in numbers)


def _parts(question: Question, said: str, between: str) -> tuple[str, ...]:
    """Return the options that the parts of a cell mean; nothing unless each part means just one."""
    parts = [_one(question, part.strip()) for part in said.split(between) if part.strip()]
    plain = all(len(meant) == 1 for meant in parts)
    return tuple(dict.fromkeys(meant[0] for meant in parts)) if plain else ()
