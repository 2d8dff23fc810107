"""Questions and counts to analyse."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from survey.analysis.shares import Tally, tally
from survey.model import Counts, Kind, Mode, Option, Provenance, Question, Questionnaire, Text, Wave


def say(text: str) -> Text:
    """A text in English."""
    return Text({"en": text})


def question(
    kind: Kind, *values: str, id: str = "asked", text: str = "What do you think?", **more: Any
) -> Question:
    """A question with these option values, labelled by them."""
    options = tuple(Option(value, say(value.replace("_", " ").capitalize())) for value in values)
    return dataclasses.replace(Question(id, kind, say(text), options), **more)


SCALE = question(
    Kind.SCALE,
    *("strongly_disagree", "disagree", "neither", "agree", "strongly_agree"),
    disagree=("strongly_disagree", "disagree"),
    neutral=("neither",),
    agree=("agree", "strongly_agree"),
)
LIKELY = question(
    Kind.SCALE,
    *("very_unlikely", "fairly_unlikely", "not_sure", "fairly_likely", "very_likely"),
    disagree=("very_unlikely", "fairly_unlikely"),
    neutral=("not_sure",),
    agree=("fairly_likely", "very_likely"),
    disagree_word=say("said unlikely"),
    agree_word=say("said likely"),
)
NUMBER = question(
    Kind.NUMBER,
    *(str(number) for number in range(11)),
    disagree=("0", "1", "2", "3", "4"),
    neutral=("5", "6", "7"),
    agree=("8", "9", "10"),
    disagree_word=say("gave 0 to 4"),
    agree_word=say("gave 8 to 10"),
)
ACCEPTABLE = question(
    Kind.ONE,
    *("not_acceptable", "depends", "acceptable"),
    disagree=("not_acceptable",),
    neutral=("depends",),
    agree=("acceptable",),
    disagree_word=say("said not acceptable"),
    agree_word=say("said acceptable"),
)
ONE = question(Kind.ONE, "seans", "saras", "between", "neither")
MANY = question(Kind.MANY, "gp", "family", "employer", "none_of_these")


def named(asked: Question, given: tuple[int, ...]) -> dict[str, int]:
    """Counts by option value, from counts in the order offered."""
    return dict(zip(asked.values, given, strict=True))


def counted(
    asked: Question,
    *given: int,
    base: int | None = None,
    wave: Wave = Wave.AFTER,
    mode: Mode = Mode.PHONE,
    provenance: Provenance = Provenance.COLLECTED,
    after_reveal: bool = False,
) -> Counts:
    """Counts as storage hands them over, in the order the options are offered."""
    base = sum(given) if base is None else base
    counts: Mapping[str, int] = {option: count for option, count in named(asked, given).items() if count}
    return Counts("performance", "version", asked.id, wave, mode, provenance, after_reveal, base, counts)


def told(asked: Question, *given: int, base: int | None = None) -> Tally:
    """A tally of these counts."""
    return tally(asked, [counted(asked, *given, base=base)])


def asking(*questions: Question, version: int = 1) -> Questionnaire:
    """A questionnaire of these questions."""
    return Questionnaire("q", version, say("Q"), ("en",), questions)


NEWCOMBE_1998 = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0),
    ((10, 10), (0, 10), 0.6075, 1.0),
]
"""Newcombe 1998, Stat Med 17:873, table II, examples (a) to (h): two shares, and method 10's ends of the first minus the second."""
