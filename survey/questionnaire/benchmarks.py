"""Benchmarks: published figures that may stand beside an audience's answers; the file is checked once at the door."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from survey.model import Question, Questionnaire, Text
from survey.questionnaire.files import content_of
from survey.questionnaire.part import Part
from survey.questionnaire.question import NUMBERS
from survey.questionnaire.wrong import QuestionnaireWrong
from survey.settings import ROOT

BENCHMARKS = ROOT / "data" / "benchmarks.yaml"
KEYS = {
    *("id", "who", "year", "population", "fieldwork", "source", "licence", "wording", "wording_status"),
    *("scale", "reuse", "unsure_counted", "design_effect", "note", "figures"),
}
ROUNDING = 1.0
"""How far published percentages may miss 100 together, because each was rounded."""


class Reuse(StrEnum):
    """What a published figure may be used for."""

    IDENTICAL_OK = "identical_ok"
    """The same question, where an audience was asked in these words with this scale."""
    CLOSE = "close"
    """A similar question: figures beside each other, and no difference worked out."""
    CONTEXT = "context"
    """Background for whoever leads the talk: never beside an audience's answers."""


class WordingStatus(StrEnum):
    """How much of the survey's own words was read."""

    VERBATIM = "verbatim"
    AS_REPORTED = "as_reported"
    LABEL_ONLY = "label_only"
    SUMMARISED = "summarised"


@dataclass(frozen=True)
class Source:
    """Where a figure was read: the title of the work, its page, and its DOI ("" where it has none)."""

    title: str
    address: str
    doi: str = ""


@dataclass(frozen=True)
class Scale:
    """What people could choose from: ``answers`` in the order offered; of a 0-10 scale the digits, and its two sides."""

    answers: tuple[str, ...] = ()
    agree: tuple[str, ...] = ()
    disagree: tuple[str, ...] = ()

    @property
    def numbers(self) -> bool:
        """People gave a number from 0 to 10."""
        return self.answers == NUMBERS


@dataclass(frozen=True)
class Figure:
    """What one question, or one ``row`` of several, brought: percent of everybody who answered, never rebuilt.

    ``answers`` are percentages by answer; ``agree`` and ``disagree`` the two sides where only those were published.
    ``base`` is how many answered, None where it was not read.
    """

    row: str = ""
    base: int | None = None
    answers: Mapping[str, float] | None = None
    agree: float | None = None
    disagree: float | None = None


@dataclass(frozen=True)
class Benchmark:
    """One published survey question with its source. ``year`` is the year it was asked, else published."""

    id: str
    who: Text
    year: int
    population: Text
    source: Source
    licence: str
    wording: str
    wording_status: WordingStatus
    reuse: Reuse
    figures: tuple[Figure, ...]
    language: str
    scale: Scale | None = None
    fieldwork: Text | None = None
    design_effect: float | None = None
    note: Text | None = None
    unsure_counted: bool = False
    """Its figures are of everybody asked, also of those who said they did not know, which no answer of the scale says."""

    @property
    def name(self) -> str:
        """What to call it in a list: who, and when."""
        return f"{self.who}, {self.year}"

    def figure_of(self, question: Question) -> Figure | None:
        """Return the figure that belongs to a question: its row's, or the only one there is; None without."""
        return next(
            (each for each in self.figures if not each.row or plain(each.row) == _row(question)), None
        )


def plain(words: str) -> str:
    """Return words without what does not make another question: capitals, spaces, a last stop, American z for s."""
    return " ".join(words.casefold().replace("z", "s").split()).strip(" .?!")


def benchmarks() -> Mapping[str, Benchmark]:
    """Return every published figure by its id; none while their file is set aside."""
    try:
        return load_benchmarks()
    except QuestionnaireWrong:
        return {}


@cache
def load_benchmarks(path: Path = BENCHMARKS) -> Mapping[str, Benchmark]:
    """Return every published figure in a file by its id. Raises QuestionnaireWrong with what to do about it."""
    content = content_of(path)
    whole = Part(path.name, "", content)
    whole.allow({"languages", "benchmarks"})
    languages = whole.codes("languages")
    if not languages:
        raise whole.wrong("Add languages: [en].")
    whole = Part(path.name, "", content, languages)
    found: dict[str, Benchmark] = {}
    for number, each in enumerate(whole.parts("benchmarks"), start=1):
        made = _benchmark(whole, number, each)
        if made.id in found:
            raise whole.wrong(f"The benchmark {made.id!r} is there twice. Take one of them out.")
        found[made.id] = made
    return found


def benchmark_of(question: Question) -> Benchmark | None:
    """Return the published figure a question names; None when it names none, or one that is not kept any more."""
    return benchmarks().get(question.benchmark) if question.benchmark else None


def published_benchmarks(questionnaires: Iterable[Questionnaire], path: Path = BENCHMARKS) -> None:
    """Check that every figure a questionnaire names is there, and is about what it asks. Raises QuestionnaireWrong."""
    known = load_benchmarks(path)
    whole = Part(path.name, "", {})
    for questionnaire in questionnaires:
        for question in questionnaire.questions:
            if question.benchmark is None:
                continue
            asked = f"The question {question.id!r} of {questionnaire.id}-{questionnaire.version}"
            if question.benchmark not in known:
                near = difflib.get_close_matches(question.benchmark, known, n=1)
                hint = f"Did you mean {near[0]!r}?" if near else "Add it here with its source."
                raise whole.wrong(
                    f"{asked} names the benchmark {question.benchmark!r}, which is not here. {hint}"
                )
            named = known[question.benchmark]
            if named.reuse is not Reuse.CONTEXT and named.figure_of(question) is None:
                rows = ", ".join(repr(each.row) for each in named.figures)
                raise whole.within(f"benchmark {named.id}", {}).wrong(
                    f"{asked} names it, but no row is {question.text.reference!r}. There are: {rows}."
                )


def _row(question: Question) -> str:
    return plain(question.text.reference)


def _benchmark(whole: Part, number: int, content: object) -> Benchmark:
    part = whole.within(f"benchmark {number}", content)
    id = part.code("id")
    part = whole.within(f"benchmark {id}", content)
    part.allow(KEYS)
    year = part.number("year", lowest=1900, highest=2100)
    if year is None:
        raise part.wrong("'year' is missing. Write the year people were asked, or else of publication.")
    scale = _scale(part)
    return Benchmark(
        id=id,
        who=part.text("who"),
        year=year,
        population=part.text("population"),
        source=_source(part),
        licence=_words(part, "licence"),
        wording=_words(part, "wording"),
        wording_status=WordingStatus(_one_of(part, "wording_status", WordingStatus)),
        reuse=Reuse(_one_of(part, "reuse", Reuse)),
        figures=_figures(part, scale),
        language=whole.languages[0],
        scale=scale,
        fieldwork=part.optional_text("fieldwork"),
        design_effect=_design_effect(part),
        note=part.optional_text("note"),
        unsure_counted=part.flag("unsure_counted"),
    )


def _source(whole: Part) -> Source:
    part = whole.within(f"source of {whole.place}", whole.content.get("source"))
    part.allow({"title", "address", "doi"})
    address = _words(part, "address")
    web = urlsplit(address)
    if web.scheme not in ("http", "https") or not web.hostname:
        raise part.wrong(f"{address!r} is no address of a page. Begin it with https://.")
    return Source(_words(part, "title"), address, str(part.content.get("doi") or ""))


def _scale(whole: Part) -> Scale | None:
    if "scale" not in whole.content:
        return None
    part = whole.within(f"scale of {whole.place}", whole.content["scale"])
    part.allow({"answers", "numbers"})
    if ("answers" in part.content) == ("numbers" in part.content):
        raise part.wrong("Write either 'answers' or 'numbers'.")
    if "answers" in part.content:
        answers = part.codes("answers")
        if len(set(answers)) != len(answers) or len(answers) < 2:
            raise part.wrong("'answers' must be two or more different answers, in the order offered.")
        return Scale(answers)
    sides = part.within(f"numbers of {whole.place}", part.content["numbers"])
    sides.allow({"agree", "disagree"})
    agree, disagree = sides.codes("agree"), sides.codes("disagree")
    if not agree or set(agree) & set(disagree) or not {*agree, *disagree} <= set(NUMBERS):
        raise sides.wrong("'agree' and 'disagree' must name different numbers from 0 to 10.")
    return Scale(NUMBERS, agree, disagree)


def _figures(part: Part, scale: Scale | None) -> tuple[Figure, ...]:
    found = tuple(
        _figure(part.within(f"{part.place}, figure {number}", content), scale)
        for number, content in enumerate(part.parts("figures"), start=1)
    )
    rows = [plain(each.row) for each in found]
    if len(set(rows)) != len(rows) or (len(found) > 1 and "" in rows):
        raise part.wrong("Where there are several figures, give each a 'row' of its own.")
    return found


def _figure(part: Part, scale: Scale | None) -> Figure:
    part.allow({"row", "n", "answers", "agree", "disagree"})
    base = part.number("n", lowest=1, highest=100_000_000)
    row = str(part.content.get("row") or "")
    if "answers" not in part.content:
        agree, disagree = (_percent(part, key, part.content.get(key)) for key in ("agree", "disagree"))
        if agree is None:
            raise part.wrong("Add 'answers' (percent of each), or 'agree' (percent of the published side).")
        if agree + (disagree or 0) > 100 + ROUNDING:
            raise part.wrong("The two sides come to more than 100. Look at the source again.")
        return Figure(row, base, None, agree, disagree)
    given = part.parts("answers")
    if scale is None or scale.numbers or len(given) != len(scale.answers):
        raise part.wrong("'answers' must hold one percentage for each answer of the scale, in its order.")
    percents = [_percent(part, "answers", each) or 0.0 for each in given]
    if abs(sum(percents) - 100) > ROUNDING:
        raise part.wrong(f"The answers come to {sum(percents):g}, not to 100. Look at the source again.")
    return Figure(row, base, dict(zip(scale.answers, percents, strict=True)))


def _percent(part: Part, key: str, given: object) -> float | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not 0 <= given <= 100:
        raise part.wrong(f"{given!r} under {key!r} is no percentage. Write a number from 0 to 100.")
    return float(given)


def _design_effect(part: Part) -> float | None:
    given = part.content.get("design_effect")
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not 0.5 <= given <= 20:
        raise part.wrong("'design_effect' must be a number such as 1.4, as the source gives it, or left out.")
    return float(given)


def _words(part: Part, key: str) -> str:
    given = part.content.get(key)
    if not isinstance(given, str) or not given.strip():
        raise part.wrong(
            f"{key!r} is missing. Write it in words, as the source has it, or that it was not read."
        )
    return " ".join(given.split())


def _one_of(part: Part, key: str, known: type[StrEnum]) -> str:
    given = part.content.get(key)
    if not isinstance(given, str) or given not in set(known):
        raise part.wrong(f"{key!r} is {given!r}. Use one of: {', '.join(known)}.")
    return given
