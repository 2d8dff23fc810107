"""Diverging stacked bars: one row per question, the middle answers centred on zero (Heiberger & Robbins 2014)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from survey.analysis.figures import LEAST, enough, suppressed
from survey.analysis.shares import Share, Tally, agreeing, disagreeing, sided
from survey.analysis.suppression import Part, classes
from survey.charts.picture import Picture
from survey.charts.shapes.stack import LINE_HEIGHT, stack_shape
from survey.charts.theme import (
    AGAINST,
    FOR,
    RATHER_AGAINST,
    RATHER_FOR,
    ink_on,
    lift,
    lines,
    steps,
)
from survey.model import Kind

GENERAL = {
    2: ("against", "for"),
    3: ("against", "in between", "for"),
    4: ("strongly against", "against", "for", "strongly for"),
    5: ("strongly against", "against", "in between", "for", "strongly for"),
}
"""What the colours are called when the questions of one picture name their answers differently."""


@dataclass(frozen=True)
class Piece:
    """One answer's piece of a row: where it begins and ends, in whole people in 100, and the number on it."""

    row: int
    answer: str
    begins: float
    middle: float
    ends: float
    number: str
    ink: str
    said: str


@dataclass(frozen=True)
class Row:
    """What stands beside a bar: the question, three numbers with their words, or why there is no bar."""

    row: int
    label: str
    lift: float
    against: str
    against_word: str
    in_favour: str
    in_favour_word: str
    answers: str
    answers_word: str
    instead: str


def stack(tallies: Sequence[Tally]) -> Picture:
    """Return ordered questions as diverging bars with the columns against, in favour and answers.

    Below 10 answers a row says so instead; below 30 the columns are counts. Each question must follow a share.
    """
    colours = _colours(tallies)
    rows = tuple(_row(place, tally) for place, tally in enumerate(tallies))
    pieces = tuple(
        piece
        for place, tally in enumerate(tallies)
        for piece in _pieces(place, tally, tuple(colours.items()))
    )
    furthest = max((max(-piece.begins, piece.ends) for piece in pieces), default=0)
    reach = next(size for size in (60, 80, 100) if furthest <= size or size == 100)
    shape = stack_shape(len(rows), tuple(colours.items()), reach)
    return Picture(shape, {"rows": rows, "pieces": pieces}, _words(tallies))


def ordered(tally: Tally) -> bool:
    """Return whether a question's answers lie for and against something, so that it can stand in a stack."""
    return sided(tally.question)


def _answers(tally: Tally) -> list[tuple[str, int]]:
    """Return the pieces of one bar in scale order: label and count; a number question by its three classes."""
    question = tally.question
    if question.kind is not Kind.NUMBER:
        return [(str(question.option(value).label), tally.counts[value]) for value in question.values]
    found = []
    for options in classes(question).values():
        if options:
            name = f"{options[0]} to {options[-1]}" if len(options) > 1 else options[0]
            found.append((name, sum(tally.counts[option] for option in options)))
    return found


def _sides(tally: Tally) -> tuple[int, int, int]:
    parts = classes(tally.question)
    sizes = tuple(len(parts[part]) for part in (Part.DISAGREE, Part.NEUTRAL, Part.AGREE))
    if tally.question.kind is Kind.NUMBER:
        return min(sizes[0], 1), min(sizes[1], 1), min(sizes[2], 1)
    return sizes[0], sizes[1], sizes[2]


def _colours(tallies: Sequence[Tally]) -> dict[str, str]:
    """Return each answer's name in the legend with its colour: the answers' own names if all questions share them."""
    named = {tuple(label for label, _ in _answers(tally)): _sides(tally) for tally in tallies}
    if len(named) == 1:
        names, sides = next(iter(named.items()))
        return dict(zip(names, steps(*sides), strict=True))
    longest = max(named, key=len)
    return dict(zip(GENERAL.get(len(longest), longest), steps(*named[longest]), strict=True))


def _pieces(place: int, tally: Tally, colours: tuple[tuple[str, str], ...]) -> Iterator[Piece]:
    if suppressed(tally.base):
        return
    answers = _answers(tally)
    shares = [Share(label, count, tally.base).in_100 for label, count in answers]
    against, between, _in_favour = _sides(tally)
    begins = -float(sum(shares[:against])) - sum(shares[against : against + between]) / 2
    for (name, colour), share, (label, count) in zip(
        _named(tally, dict(colours)), shares, answers, strict=True
    ):
        ends = begins + share
        told = Share(label, count, tally.base).said + (" in 100" if enough(tally.base) else "")
        said = f"{tally.question.name}: {told} {label}"
        number = str(share) if share >= 5 and enough(tally.base) else ""
        yield Piece(place, name, begins, (begins + ends) / 2, ends, number, ink_on(colour), said)
        begins = ends


def _named(tally: Tally, colours: dict[str, str]) -> list[tuple[str, str]]:
    """Return each answer's name and colour in the legend; where names differ, one alone on its side is not strong."""
    labels = [label for label, _ in _answers(tally)]
    if labels == list(colours):
        return list(colours.items())
    against, between, in_favour = _sides(tally)
    own = steps(against, between, in_favour)
    milder = {AGAINST: RATHER_AGAINST} if against == 1 else {}
    milder |= {FOR: RATHER_FOR} if in_favour == 1 else {}
    names = {colour: name for name, colour in colours.items()}
    return [(names[milder.get(colour, colour)], milder.get(colour, colour)) for colour in own]


def _row(place: int, tally: Tally) -> Row:
    question = tally.question
    label = lines(question.name, 30)
    shown = not suppressed(tally.base)
    numbers = [share.said if shown else "" for share in (disagreeing(tally), agreeing(tally))]
    said = [str(word or "") if shown else "" for word in (question.disagree_word, question.agree_word)]
    return Row(
        place,
        label,
        lift(label, LINE_HEIGHT),
        numbers[0],
        lines(said[0], 14),
        numbers[1],
        lines(said[1], 14),
        str(tally.base) if shown else "",
        "answers" if shown else "",
        "" if shown else f"fewer than {LEAST} answers",
    )


def _words(tallies: Sequence[Tally]) -> str:
    said = []
    for tally in tallies:
        question = tally.question
        if suppressed(tally.base):
            said.append(f"{question.name}: fewer than {LEAST} answers.")
            continue
        unit = " in 100" if enough(tally.base) else ""
        said.append(
            f"{question.name}: {agreeing(tally).said}{unit} {question.agree_word}, "
            f"{disagreeing(tally).said}{unit} {question.disagree_word}, {tally.base} answers."
        )
    return " ".join(said)
