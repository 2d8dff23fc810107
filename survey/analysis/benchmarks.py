"""Benchmarks: an audience's answers beside a published survey's, and the difference where both asked the same question."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from survey.analysis.differences import Verdict, judge, margin_at, mover
from survey.analysis.ranges import Interval, critical, wilson
from survey.analysis.shares import Share, Tally
from survey.analysis.suppression import Part, classes
from survey.model import Kind, Question
from survey.questionnaire.benchmarks import (
    Benchmark,
    Figure,
    Reuse,
    WordingStatus,
    benchmark_of,
    plain,
)

DESIGN_EFFECT = 1.5
"""What a published base is divided by where the survey gives no design effect of its own: it was no simple random sample."""


class Unlike(StrEnum):
    """Why a published question is a similar one only."""

    WORDS = "words"
    ANSWERS = "answers"
    BASE = "base"
    TRANSLATED = "translated"


@dataclass(frozen=True)
class Line:
    """One class of answers: the share here, and as published, each with its range. No base published: no range there."""

    part: Part
    options: tuple[str, ...]
    here: Share
    here_range: Interval
    there: float
    there_range: Interval | None


@dataclass(frozen=True)
class Beside:
    """An audience beside a published figure. ``lines`` are the classes that were published, in the order offered.

    ``difference`` is the share agreeing here minus there, wide enough for all the questions ``compared``; it decides the
    ``verdict``. Both are None where the question was only similar, or where nobody knows how many the survey asked.
    """

    question: Question
    benchmark: Benchmark
    figure: Figure
    unlike: tuple[Unlike, ...]
    lines: tuple[Line, ...]
    compared: int = 1
    difference: Interval | None = None
    verdict: Verdict | None = None
    margin: float = 0.0

    @property
    def clear(self) -> bool:
        """The share here differs clearly from the published one."""
        return self.verdict is Verdict.CLEAR

    @property
    def small(self) -> bool:
        """It differs clearly, but by less than the ``margin`` inside which shares are about the same."""
        return self.clear and self.difference is not None and self.difference.within(self.margin)

    @property
    def same(self) -> bool:
        """Both were asked the same question, with the same answers to choose from."""
        return not self.unlike

    @property
    def agreeing(self) -> Line:
        """The class whose share is followed."""
        return next(line for line in self.lines if line.part is Part.AGREE)

    @property
    def unpublished(self) -> tuple[tuple[str, ...], ...]:
        """Classes of answers for which nothing was published."""
        shown = {line.part for line in self.lines}
        return tuple(
            options for part, options in classes(self.question).items() if options and part not in shown
        )


def beside_benchmark(
    tally: Tally, benchmark: Benchmark, *, translated: bool = False, compared: int = 1
) -> Beside | None:
    """Return an audience's answers beside a benchmark; None where nothing published can stand beside them.

    ``translated``: some answers were given to a translation. Raises ValueError for cards and hands.
    """
    question = tally.question
    figure = comparable_figure(question, benchmark)
    if figure is None or not tally.base:
        return None
    if not tally.private:
        raise ValueError(f"Cards and hands raised in public are not compared (question {question.id}).")
    differs = unlike(question, benchmark, translated=translated)
    lines = tuple(_lines(tally, benchmark, figure))
    difference = verdict = None
    margin = 0.0
    base = effective_base(figure, benchmark)
    if not differs and base is not None and figure.base is not None:
        followed = next(line for line in lines if line.part is Part.AGREE)
        difference = from_benchmark(followed.here, followed.there, base, comparisons=compared)
        margin = margin_at((followed.here.count + base * followed.there) / (followed.here.base + base))
        verdict = judge(min(figure.base, tally.base), difference, margin=margin)
    return Beside(question, benchmark, figure, differs, lines, compared, difference, verdict, margin)


def from_benchmark(here: Share, there: float, base: float, *, comparisons: int = 1) -> Interval:
    """Return the interval of a share here minus a published one of so large an effective base.

    MOVER (Zou & Donner 2008, Stat Med 27:1693) of two Wilson intervals; where the published base counts whole it is
    Newcombe's method 10 (1998, Stat Med 17:873). At 95 %, or wider for several ``comparisons`` (Bonferroni).
    """
    z = critical(comparisons=comparisons)
    return mover(here.share, wilson(here.share, here.base, z=z), there, wilson(there, base, z=z))


def effective_base(figure: Figure, benchmark: Benchmark) -> float | None:
    """Return how many answers of a simple random sample a published base is worth; None where it is not known."""
    return None if figure.base is None else figure.base / (benchmark.design_effect or DESIGN_EFFECT)


def comparable_figure(question: Question, benchmark: Benchmark) -> Figure | None:
    """Return the published figure that may stand beside a question's answers, followed by those who agree."""
    if benchmark.reuse is Reuse.CONTEXT or question.kind not in (Kind.SCALE, Kind.ONE, Kind.NUMBER):
        return None
    figure = benchmark.figure_of(question)
    if figure is None or not question.agree:
        return None
    return figure if published(question, figure, Part.AGREE, question.agree) is not None else None


def published(question: Question, figure: Figure, part: Part, options: Iterable[str]) -> float | None:
    """Return the published share of a class of answers, 0 to 1; None where it was not published.

    Published answers add up to a class; a class nobody published is never worked out from the others.
    """
    if figure.answers is None:
        side = {Part.AGREE: figure.agree, Part.DISAGREE: figure.disagree}.get(part)
        return None if side is None else side / 100
    by_label = {plain(label): percent for label, percent in figure.answers.items()}
    found = [by_label.get(plain(question.option(value).label.reference)) for value in options]
    known = [percent for percent in found if percent is not None]
    return round(sum(known) / 100, 6) if known and len(known) == len(found) else None


def unlike(question: Question, benchmark: Benchmark, *, translated: bool = False) -> tuple[Unlike, ...]:
    """Return why a published question is a similar one only; nothing where it is the same."""
    figure = benchmark.figure_of(question)
    asked = " ".join(part for part in (benchmark.wording, figure.row if figure else "") if part)
    same_words = (
        benchmark.reuse is Reuse.IDENTICAL_OK
        and benchmark.wording_status is WordingStatus.VERBATIM
        and plain(asked) == plain(question.wording)
    )
    found = []
    if not same_words:
        found.append(Unlike.WORDS)
    if not _same_scale(question, benchmark):
        found.append(Unlike.ANSWERS)
    if benchmark.unsure_counted:
        found.append(Unlike.BASE)
    if translated:
        found.append(Unlike.TRANSLATED)
    return tuple(found)


def same_questions(questions: Iterable[Question]) -> int:
    """Return how many questions are the same as a published one with a known base: so many differences are worked out."""
    found = 0
    for question in questions:
        benchmark = benchmark_of(question)
        figure = comparable_figure(question, benchmark) if benchmark else None
        if benchmark and figure and figure.base and not unlike(question, benchmark):
            found += 1
    return found


def _same_scale(question: Question, benchmark: Benchmark) -> bool:
    scale = benchmark.scale
    if scale is None:
        return False
    if question.kind is Kind.NUMBER or scale.numbers:
        sides = (question.agree, question.disagree) == (scale.agree, scale.disagree)
        return question.kind is Kind.NUMBER and scale.numbers and sides
    offered = sorted(plain(option.label.reference) for option in question.options)
    return offered == sorted(map(plain, scale.answers))


def _lines(tally: Tally, benchmark: Benchmark, figure: Figure) -> Iterable[Line]:
    base = effective_base(figure, benchmark)
    for part, options in classes(tally.question).items():
        there = published(tally.question, figure, part, options) if options else None
        if there is None:
            continue
        here = Share(part.value, sum(tally.counts.get(value, 0) for value in options), tally.base)
        yield Line(
            part,
            options,
            here,
            wilson(here.share, here.base),
            there,
            None if base is None else wilson(there, base),
        )
