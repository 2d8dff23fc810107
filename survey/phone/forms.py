"""A form as a page shows it: numbered blocks of questions, what was given, what needs another look."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from survey.language import _, ngettext
from survey.model import Filled, Kind, Question, Questionnaire, Text, Wave
from survey.questionnaire import quote_field
from survey.questionnaire.length import minutes


@dataclass(frozen=True)
class Block:
    """One numbered block: a question by itself, or a battery with its stem and rows."""

    number: int
    questions: tuple[Question, ...]

    @property
    def stem(self) -> Text | None:
        """The words above the rows of a battery."""
        return self.questions[0].stem

    @property
    def note_title(self) -> Text | None:
        """What to tap for an explanation, if there is one."""
        return self.questions[0].note_title

    @property
    def note(self) -> Text | None:
        """The explanation to unfold."""
        return self.questions[0].note


@dataclass(frozen=True)
class Quote:
    """The tick under a comment."""

    name: str
    ticked: bool


@dataclass(frozen=True)
class Form:
    """The form of one wave, empty or filled."""

    questionnaire: Questionnaire
    version_id: str
    wave: Wave
    filled: Filled = field(default_factory=Filled)
    saved: bool = False
    """Some of what was just sent is stored."""
    unsent: bool = False
    """What is filled in is not stored, or not all of it."""
    nothing_given: bool = False
    """It was just sent without any answer."""
    sent_before: bool = False
    """This seat's answers to this wave are stored."""
    not_sent: str = ""
    """It was just sent, and the database could not take it now (why, in words): nothing is or will be stored."""
    unsure: bool = False
    """It was just sent, and nobody can tell yet whether it is stored."""
    code_gone: bool = False
    """It was just sent to change what a receipt code led to, and leads to no more."""
    asks_words: bool = True
    """Nothing is known of this phone from before: two words may join what it sends."""
    words: str = ""
    """What was typed as two words."""
    receipt: str | None = None
    """The receipt code by which these answers are being changed, where the phone's seat is not known."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of this wave, in order."""
        return self.questionnaire.asked_in(self.wave)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The questions in numbered blocks."""
        grouped = groupby(self.questions, key=lambda question: question.battery or question.id)
        return tuple(
            Block(number, tuple(questions)) for number, (_battery, questions) in enumerate(grouped, start=1)
        )

    @property
    def length(self) -> str:
        """How many questions there are, by their numbers, and how long they take, in words."""
        asked, takes = len(self.blocks), minutes(self.questions)
        return _("{questions}, {minutes}.").format(
            questions=ngettext("%(num)s question", "%(num)s questions", asked) % {"num": asked},
            minutes=ngettext("about %(num)s minute", "about %(num)s minutes", takes) % {"num": takes},
        )

    @property
    def problems(self) -> Mapping[str, str]:
        """Question id → what to do."""
        return self.filled.problems

    def given(self, question: Question) -> tuple[str, ...]:
        """Return what was typed or chosen for a question."""
        return tuple(self.filled.typed.get(question.id, ()))

    def quote(self, question: Question) -> Quote | None:
        """Return the tick under a comment; None for other questions."""
        if question.kind is not Kind.COMMENT:
            return None
        name = quote_field(question)
        return Quote(name, "yes" in self.filled.typed.get(name, ()))


@dataclass(frozen=True)
class Said:
    """One question and what was said to it, in words."""

    question: str
    answers: tuple[str, ...]
    comment: bool = False


def in_words(questionnaire: Questionnaire, wave: Wave, filled: Filled) -> Iterator[Said]:
    """Yield what was given to each question, as a person reads it; skipped questions are left out."""
    comments = {comment.question: comment for comment in filled.comments}
    chosen = {answer.question: answer.options for answer in filled.answers}
    for question in questionnaire.asked_in(wave):
        name = " ".join(str(text) for text in (question.stem, question.text) if text)
        if question.id in chosen:
            yield Said(name, tuple(str(question.option(value).label) for value in chosen[question.id]))
        elif question.id in comments:
            yield Said(name, (comments[question.id].text,), comment=True)
