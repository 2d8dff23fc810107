"""Results beside published surveys: one picture of all of them, the sentences, and where every figure was read."""

from collections.abc import Iterator, Mapping

from survey.analysis.benchmarks import Beside, beside_benchmark, same_questions
from survey.analysis.sentences.benchmarks import (
    allowance_sentence,
    beside_sentence,
    chosen_sentence,
    likeness_sentence,
    source_words,
)
from survey.analysis.shares import Tally
from survey.analysis.suppression import LEAST
from survey.charts.benchmarks import benchmarks
from survey.model import Question
from survey.questionnaire.benchmarks import Benchmark, Reuse, benchmark_of
from survey.screen.evidence.languages import answered_in_translation
from survey.screen.evidence.reading import Evidence
from survey.screen.evidence.sheet import Block, Table


def beside_surveys(tallies: Mapping[str, Tally], evidence: Evidence) -> Iterator[Block]:
    """Yield a block with every question that a published survey asked too; nothing while answers still come in."""
    if any(performance.open_wave is not None for performance in evidence.performances):
        return
    asked = [tally.question for tally in tallies.values()]
    translated = answered_in_translation(evidence) or _may_be_translated(evidence)
    compared = max(1, same_questions(asked))
    found = [
        made
        for tally in tallies.values()
        if tally.base >= LEAST and (survey := benchmark_of(tally.question))
        if (made := beside_benchmark(tally, survey, translated=translated, compared=compared))
    ]
    if not found:
        return
    yield Block(
        "Beside published surveys",
        sentences=tuple(f"{one.question.name}: {beside_sentence(one)}" for one in found if one.same),
        picture=benchmarks(found),
        tables=(_sources(found, _background(asked)),),
        wide=True,
        notes=(chosen_sentence(),),
    )


def _may_be_translated(evidence: Evidence) -> bool:
    """Return whether only totals are left, of a questionnaire that was offered in several languages."""
    return not evidence.languages and any(len(each.languages) > 1 for each in evidence.questionnaires)


def _background(asked: list[Question]) -> list[tuple[Question, Benchmark]]:
    """Return the published figures that are background only: told with their source, never beside the answers."""
    named = [(question, benchmark_of(question)) for question in asked]
    return [(question, survey) for question, survey in named if survey and survey.reuse is Reuse.CONTEXT]


def _sources(found: list[Beside], background: list[tuple[Question, Benchmark]]) -> Table:
    rows = [
        (
            one.question.name,
            source_words(one.benchmark, one.figure),
            f"{likeness_sentence(one)} {allowance_sentence(one.benchmark, one.figure)}",
            _read_in(one.benchmark),
        )
        for one in found
    ]
    rows += [
        (question.name, survey.name, f"Background only. {_told(survey)}", _read_in(survey))
        for question, survey in background
    ]
    return Table(
        "The surveys: who was asked, how like the question was, and where it was read",
        ("Question", "Survey", "How like", "Source"),
        tuple(rows),
    )


def _told(survey: Benchmark) -> str:
    said = [
        f"{figure.row or 'all'} {figure.agree:g} in 100"
        for figure in survey.figures
        if figure.agree is not None
    ]
    return f"“{survey.wording}”: {', '.join(said)}."


def _read_in(survey: Benchmark) -> str:
    when = f" Asked {survey.fieldwork}." if survey.fieldwork else ""
    note = f" {survey.note}" if survey.note else ""
    return f"{survey.population}.{when}{note} {survey.source.title}. {survey.source.address}"
