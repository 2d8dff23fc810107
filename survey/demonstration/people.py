"""Invented people: each has a leaning that colours all their answers, and mostly thinks *after* as *before*."""

from collections.abc import Mapping, Sequence
from random import Random
from statistics import NormalDist

from survey.demonstration.plan import PlannedPerformance, Shares
from survey.model import Answer, Comment, Filled, Kind, Question, Questionnaire, Wave

LEANING = 0.55
"""How much one leaning colours every answer (a correlation)."""
STEADY = 0.7
"""How alike the same person answers the same question before and after (a correlation)."""
SKIPS = 0.03
WRITES = 0.22
MAY_BE_QUOTED = 0.6
STANDARD = NormalDist()


class InventedPerson:
    """One invented person. What they answer depends on the random numbers alone."""

    def __init__(self, random: Random, planned: PlannedPerformance) -> None:
        self._random = random
        self._planned = planned
        self._leaning = random.gauss()
        self._before: dict[str, float] = {}

    def fill(self, questionnaire: Questionnaire, wave: Wave, comments: list[str]) -> Filled:
        """Return their form of one wave; a comment they write is taken from ``comments``."""
        answers: list[Answer] = []
        written: list[Comment] = []
        for question in questionnaire.asked_in(wave):
            if question.kind is Kind.COMMENT:
                if comments and self._random.random() < WRITES:
                    quote_ok = self._random.random() < MAY_BE_QUOTED
                    written.append(Comment(question.id, comments.pop(), quote_ok))
                continue
            by_wave = self._planned.answers[question.id]
            shares = by_wave.get(wave, by_wave[Wave.AFTER])
            options = self._options(question, shares)
            if options and self._random.random() >= SKIPS:
                answers.append(Answer(question.id, options))
        return Filled(tuple(answers), tuple(written))

    def _options(self, question: Question, shares: Shares) -> tuple[str, ...]:
        if question.kind is Kind.MANY:
            return self._several(question, shares)
        view = LEANING * self._leaning + (1 - LEANING**2) ** 0.5 * self._thought(question.id)
        if question.kind is Kind.NUMBER:
            number = round(shares["mean"] + shares["spread"] * view)
            return (str(min(10, max(0, number))),)
        return (question.values[_place(shares, STANDARD.cdf(view))],)

    def _thought(self, question: str) -> float:
        """Return where they stand on one question apart from their leaning; asked again it moves a little."""
        new = self._random.gauss()
        if question in self._before:
            moved: float = STEADY * self._before[question] + (1 - STEADY**2) ** 0.5 * new
            return moved
        self._before[question] = new
        return new

    def _several(self, question: Question, shares: Mapping[str, float]) -> tuple[str, ...]:
        chosen: list[str] = []
        for option in question.options:
            if self._random.random() < shares[option.value] / 100:
                if option.exclusive:
                    return (option.value,)
                chosen.append(option.value)
        if question.at_most and len(chosen) > question.at_most:
            kept = self._random.sample(chosen, question.at_most)
            chosen = [value for value in chosen if value in kept]
        return tuple(chosen)


def _place(shares: Sequence[float], point: float) -> int:
    """Return which option a point from 0 to 1 falls on."""
    reached = 0.0
    for place, share in enumerate(shares):
        reached += share / 100
        if point < reached:
            return place
    return len(shares) - 1
