"""Whatever people answered comes back from a table: any answers, any words, any spreadsheet, tried by the hundred."""

import io
from collections import Counter

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from survey.exchange import Given, Import, Occasion, read_import
from survey.exchange.cells import RUNS, guarded, unguarded
from survey.exchange.exporting import answers_table
from survey.exchange.numbers import readings
from survey.model import Kind, Mode, Provenance, Question, Wave
from survey.questionnaire import DATA, load_questionnaire
from survey.storage.exports import ExportRow
from tests.databases import UNSTORED

NEST, _ = load_questionnaire(DATA / "the-nest-1.yaml")
SAFEGUARDS, _ = load_questionnaire(DATA / "safeguards-1.yaml")
VERSIONS = {"the-nest-1": NEST, "safeguards-1": SAFEGUARDS}
STEADY = settings(max_examples=60, deadline=None, derandomize=True, database=None)
PRIVATE = [mode for mode in Mode if mode.private]


@some.composite
def answered(draw: some.DrawFn, question: Question) -> tuple[str, ...]:
    """What one person may give to a question: nothing, one answer, several, an order."""
    if question.kind is Kind.RANK:
        return tuple(draw(some.permutations(question.values)))[: draw(some.integers(0, question.places))]
    if question.kind is not Kind.MANY:
        return draw(some.sampled_from([(), *((value,) for value in question.values)]))
    alone = [option.value for option in question.options if option.exclusive]
    others = [value for value in question.values if value not in alone]
    chosen = draw(some.sets(some.sampled_from(others), max_size=question.at_most or len(others)))
    return tuple(value for value in others if value in chosen) or draw(
        some.sampled_from([(), *((value,) for value in alone)])
    )


@some.composite
def rows(draw: some.DrawFn) -> list[ExportRow]:
    """What an export is made of: some people, before, after or both."""
    found: list[ExportRow] = []
    for pair in range(draw(some.integers(1, 5))):
        version = draw(some.sampled_from(sorted(VERSIONS)))
        note = draw(some.text(some.characters(categories=["L", "N", "P", "Zs"]), max_size=8)).strip()
        for wave in draw(some.sampled_from([[Wave.BEFORE], [Wave.AFTER], list(Wave)])):
            about = (draw(some.sampled_from(PRIVATE)), draw(some.sampled_from(["en", "ur", "zh-Hans"])))
            for question in VERSIONS[version].asked_in(wave):
                late = draw(some.booleans())
                options = draw(answered(question)) if question.options else ()
                found.extend(
                    ExportRow(
                        pair,
                        wave,
                        about[0],
                        Provenance.IMPORTED,
                        note,
                        about[1],
                        version,
                        question.id,
                        option,
                        late,
                    )
                    for option in options
                )
    return found


def reading(table: bytes) -> Import:
    occasion = Occasion(UNSTORED, NEST, VERSIONS)
    return read_import(table, Given(find=lambda code: occasion if code == UNSTORED.code else None), name="x")


def people(given_: list[ExportRow]) -> Counter[tuple[object, ...]]:
    """What each person gave in each wave, whoever they are."""
    found: dict[tuple[int, Wave], list[ExportRow]] = {}
    for row in given_:
        found.setdefault((row.pair, row.wave), []).append(row)
    return Counter(
        (
            *(wave, parts[0].mode, parts[0].language, parts[0].version_id),
            frozenset(
                (row.question, tuple(each.option for each in parts if each.question == row.question))
                for row in parts
            ),
            frozenset(row.question for row in parts if row.after_reveal),
        )
        for (_, wave), parts in found.items()
    )


def read_people(read: Import) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            *(one.place.wave, one.place.mode, one.place.language, one.place.version_id),
            frozenset((answer.question, answer.options) for answer in one.filled.answers),
            one.after_reveal,
        )
        for one in read.responses
    )


@STEADY
@given(rows())
def test_any_answers_come_back_from_their_table_and_from_pandas(given_: list[ExportRow]) -> None:
    if not given_:
        return
    table = answers_table(UNSTORED, given_, VERSIONS)
    text = io.StringIO()
    pandas.read_csv(io.BytesIO(table)).to_csv(text, index=False)
    for content in (table, text.getvalue().encode()):
        read = reading(content)
        assert read_people(read) == people(given_)
        assert read.digest == reading(table).digest
        assert read.people == len({row.pair for row in given_})


@STEADY
@given(rows(), some.randoms(use_true_random=False))
def test_the_order_in_which_people_are_stored_is_in_no_table(given_: list[ExportRow], chance: object) -> None:
    pairs = sorted({row.pair for row in given_})
    moved = dict(zip(pairs, reversed(pairs), strict=True))
    other = [
        ExportRow(**{**vars(row), "pair": moved[row.pair]})
        for pair in reversed(pairs)
        for row in given_
        if row.pair == pair
    ]
    assert answers_table(UNSTORED, other, VERSIONS) == answers_table(UNSTORED, given_, VERSIONS)


@STEADY
@given(
    some.text(some.sampled_from(sorted(RUNS)) | some.sampled_from("'’ ab1") | some.characters(), max_size=12)
)
def test_any_words_come_back_from_their_cell_and_none_run(words: str) -> None:
    assert unguarded(guarded(words)) == words
    assert guarded(words).lstrip()[:1] not in RUNS or not words.strip()


@STEADY
@given(some.integers(0, 10**9))
def test_any_number_is_read_as_it_is_written_and_with_decimals(number: int) -> None:
    assert readings(str(number)) == {number}
    assert readings(f"{number}.0") == readings(f"{number},00") == {number}
    assert number in readings(f"{number:,}")
    assert number in readings(f"{number:,}".replace(",", "\u202f"))


@pytest.mark.parametrize("version", sorted(VERSIONS))
def test_every_kind_of_closed_question_is_among_what_is_tried(version: str) -> None:
    kinds = {question.kind for questionnaire in VERSIONS.values() for question in questionnaire.questions}
    assert kinds >= {Kind.ONE, Kind.MANY, Kind.NUMBER, Kind.RANK, Kind.SCALE}
