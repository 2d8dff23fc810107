"""Comparability: which questions of two questionnaires may be compared, and why the others may not."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from survey.model import Kind, Question, Questionnaire, Wave


class Reason(StrEnum):
    """Why two questions may or may not be compared."""

    SAME = "same question"
    REWORDED = "reworded"
    OPTIONS = "options differ"
    ONCE = "asked once"


_SENTENCES = {
    Reason.SAME: "The same words and the same answers to choose from.",
    Reason.REWORDED: "Reworded: the question was put in other words, so its answers are not compared.",
    Reason.OPTIONS: "Options differ: people chose from other answers, so they are not compared.",
    Reason.ONCE: "Asked once: only one of the two audiences was asked this.",
}


@dataclass(frozen=True)
class Pairing:
    """One question as each side asked it (None: not asked there), and whether its answers may be compared."""

    question_a: Question | None
    question_b: Question | None
    reason: Reason

    @property
    def comparable(self) -> bool:
        """Answers to the two may be compared."""
        return self.reason is Reason.SAME

    @property
    def question(self) -> Question:
        """The question as the second side asked it, else as the first did."""
        question = self.question_b or self.question_a
        assert question is not None
        return question

    @property
    def sentence(self) -> str:
        """The reason in plain words."""
        return _SENTENCES[self.reason]


def pair_questions(
    a: Questionnaire | Iterable[Questionnaire], b: Questionnaire | Iterable[Questionnaire]
) -> list[Pairing]:
    """Return every countable question of two sides in order, paired by id (or former id), each with its reason.

    A side may hold several versions: a question is comparable only if all of them ask it alike. Questions are the
    same when reference-language text (with stem) and option values are the same. Comments are not paired.
    """
    sides_a, sides_b = _asked(a), _asked(b)
    pairings = []
    taken: set[int] = set()
    for variants_b in sides_b:
        place = next(
            (i for i, other in enumerate(sides_a) if i not in taken and _known(other, variants_b)), None
        )
        if place is None:
            pairings.append(Pairing(None, variants_b[-1], Reason.ONCE))
            continue
        taken.add(place)
        variants_a = sides_a[place]
        pairings.append(Pairing(variants_a[-1], variants_b[-1], _reason([*variants_a, *variants_b])))
    once = [Pairing(other[-1], None, Reason.ONCE) for i, other in enumerate(sides_a) if i not in taken]
    return pairings + once


def questions_compared(pairings: Iterable[Pairing], wave: Wave) -> int:
    """Return how many questions a reader could compare in a wave, at least 1: whatever was answered, whatever is shown.

    Every interval and verdict allows for so many, on every surface.
    """
    asked = (
        one
        for one in pairings
        if one.comparable
        and all(question and wave in question.asked for question in (one.question_a, one.question_b))
    )
    return max(1, sum(1 for _ in asked))


def compare_wording(a: Question, b: Question) -> Reason:
    """Return whether two questions with the same id are the same question, and if not why not."""
    if _words(a) != _words(b):
        return Reason.REWORDED
    if (a.kind, a.values, a.at_most) != (b.kind, b.values, b.at_most):
        return Reason.OPTIONS
    return Reason.SAME


def _asked(side: Questionnaire | Iterable[Questionnaire]) -> list[list[Question]]:
    """Return each question of a side as the list of its variants, the newest version's last."""
    versions = (
        [side] if isinstance(side, Questionnaire) else sorted(side, key=lambda one: (one.id, one.version))
    )
    asked: list[list[Question]] = []
    for version in versions:
        for question in version.questions:
            if question.kind is Kind.COMMENT:
                continue
            known = next((variants for variants in asked if _known(variants, [question])), None)
            if known is None:
                asked.append([question])
            else:
                known.append(question)
    return asked


def _known(some: list[Question], others: list[Question]) -> bool:
    return bool(_names(some) & _names(others))


def _names(variants: list[Question]) -> set[str]:
    return {name for question in variants for name in (question.id, question.was) if name}


def _reason(variants: list[Question]) -> Reason:
    found = {compare_wording(variants[-1], other) for other in variants}
    return next(reason for reason in (Reason.REWORDED, Reason.OPTIONS, Reason.SAME) if reason in found)


def _words(question: Question) -> tuple[str, ...]:
    texts = (question.stem, question.text)
    return tuple(" ".join(text.reference.split()) if text else "" for text in texts)
