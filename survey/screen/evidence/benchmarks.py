"""Results beside published surveys: one picture of all of them, the sentences, and where every figure was read."""

from collections.abc import Iterator, Mapping

from survey.analysis.benchmarks import Beside, beside_benchmark, same_questions
from survey.analysis.figures import suppressed, whole_in_100
from survey.analysis.sentences.benchmarks import (
    allowance_sentence,
    beside_sentence,
    chosen_sentence,
    likeness_sentence,
)
from survey.analysis.sentences.phrases import agreed
from survey.analysis.shares import Tally
from survey.charts.benchmarks import benchmarks, verdict_of
from survey.language.punctuation import all_of
from survey.model import Question
from survey.questionnaire.benchmarks import Benchmark, Reuse, benchmark_of
from survey.screen.evidence.languages import answered_in_translation
from survey.screen.evidence.reading import Evidence
from survey.screen.evidence.sheet import Block, Table


def beside_surveys(tallies: Mapping[str, Tally], evidence: Evidence) -> Iterator[Block]:
    """Yield every question that a published survey asked too, then each survey; nothing while answers still come in."""
    if any(performance.open_wave is not None for performance in evidence.performances):
        return
    asked = [tally.question for tally in tallies.values()]
    translated = answered_in_translation(evidence) or _may_be_translated(evidence)
    compared = max(1, same_questions(asked))
    found = [
        made
        for tally in tallies.values()
        if not suppressed(tally.base) and (survey := benchmark_of(tally.question))
        if (made := beside_benchmark(tally, survey, translated=translated, compared=compared))
    ]
    if not found:
        return
    yield Block(
        "Beside published surveys",
        sentences=tuple(f"{one.question.name}: {beside_sentence(one)}" for one in found if one.same),
        picture=benchmarks(found),
        tables=(_figures(found),),
        wide=True,
        notes=(chosen_sentence(),),
    )
    yield from _sources(found)
    yield from _background(asked)


def _may_be_translated(evidence: Evidence) -> bool:
    """Return whether only totals are left, of a questionnaire that was offered in several languages."""
    return not evidence.languages and any(len(each.languages) > 1 for each in evidence.questionnaires)


def _figures(found: list[Beside]) -> Table:
    """Return the picture's figures as a table; counts where fewer than 30 answered."""
    rows = []
    for one in found:
        here, there = one.agreeing.here, one.agreeing.there
        people = f"{one.figure.base:,}" if one.figure.base else "not known"
        named = f"{one.question.name}: {agreed(one.question)}"
        rows.append((named, here.said, str(whole_in_100(there)), people, verdict_of(one)))
    heads = ("Question", "Here", "Survey", "Survey’s answers", "Difference")
    return Table("Beside published surveys: in 100, or people below 30 answers", heads, tuple(rows))


def _sources(found: list[Beside]) -> Iterator[Block]:
    """Yield each survey once: beside which questions it stands, how like they were, who was asked, where it was read."""
    by_survey: dict[str, list[Beside]] = {}
    for one in found:
        by_survey.setdefault(one.benchmark.id, []).append(one)
    for several in by_survey.values():
        survey, first = several[0].benchmark, several[0]
        beside = f"Beside {all_of([one.question.name for one in several])}"
        like, allowed = likeness_sentence(first), allowance_sentence(survey, first.figure)
        yield Block(survey.name, beside, notes=(f"{like} {allowed}", *_read_in(survey)))


def _background(asked: list[Question]) -> Iterator[Block]:
    """Yield the published figures that are background only: told with their source, never beside the answers."""
    for question in asked:
        survey = benchmark_of(question)
        if survey is None or survey.reuse is not Reuse.CONTEXT:
            continue
        figures = [
            f"{each.row or 'all'} {each.agree:g} in 100" for each in survey.figures if each.agree is not None
        ]
        told = f"“{survey.wording}”: {', '.join(figures)}."
        yield Block(survey.name, f"Background only, to {question.name}", notes=(told, *_read_in(survey)))


def _read_in(survey: Benchmark) -> tuple[str, ...]:
    when = f" Asked {survey.fieldwork}." if survey.fieldwork else ""
    note = f" {survey.note}" if survey.note else ""
    return (
        f"Asked of {survey.population}.{when}{note}",
        f"Read in: {survey.source.title}, {survey.source.address}",
    )
