"""A form filled elsewhere, on the web: private like a phone, so it counts, compares and says how it was given."""

from collections.abc import Callable

from survey.analysis.comparability import pair_questions
from survey.analysis.shares import agreeing, apart, tally
from survey.exchange import Given, read_import, store_import
from survey.model import Mode, Performance, Wave
from survey.screen.evidence.reading import read_evidence
from survey.screen.evidence.results import results_sheet
from survey.storage.database import Database
from tests.databases import add_nest_performance

MakeGiven = Callable[..., Given]


def table_of(agree: int, people: int) -> bytes:
    """Return a table of people who said how likely they were."""
    answers = ["very_likely" if number < agree else "not_sure" for number in range(people)]
    return ("research_nhs\n" + "\n".join(answers) + "\n").encode()


def test_a_web_form_counts_in_results_and_in_compare_and_says_so(
    sqlite_database: Database, past: Performance, given: MakeGiven
) -> None:
    other = add_nest_performance(sqlite_database, wave=None)
    for performance, mode, agree in ((past, "web", 40), (other, "phone", 10)):
        told = given(performance=performance.code, wave="after", mode=mode)
        table = read_import(table_of(agree, 50), told, name="form.csv")
        sqlite_database.write(lambda connection: store_import(connection, table))
    with sqlite_database.reading() as connection:
        here, there = (read_evidence(connection, [one], Wave.AFTER) for one in (past, other))
        sheet = results_sheet(here, alone={}, comments=())
    assert "Answered in a web form." in sheet.lead
    (pairing,) = (
        one
        for one in pair_questions(here.questionnaires, there.questionnaires)
        if one.question.id == "research_nhs"
    )
    tallies = [tally(pairing.question, evidence.of(pairing.question)) for evidence in (there, here)]
    assert [(one.base, dict(one.modes)) for one in tallies] == [(50, {Mode.PHONE: 50}), (50, {Mode.WEB: 50})]
    assert [(one.private, agreeing(one).count) for one in tallies] == [(True, 10), (True, 40)]


def test_three_private_ways_count_together_and_stand_apart_in_the_office(
    sqlite_database: Database, past: Performance, given: MakeGiven
) -> None:
    for mode, agree in (("web", 11), ("paper", 12), ("phone", 10)):
        table = read_import(table_of(agree, 12), given(wave="after", mode=mode), name=f"{mode}.csv")
        sqlite_database.write(lambda connection: store_import(connection, table))
    with sqlite_database.reading() as connection:
        evidence = read_evidence(connection, [past], Wave.AFTER)
    (question,) = (one for one in evidence.questionnaires[0].questions if one.id == "research_nhs")
    assert tally(question, evidence.of(question)).base == 36
    assert [dict(one.modes) for one in apart(question, evidence.of(question))] == [
        {Mode.PHONE: 12},
        {Mode.PAPER: 12},
        {Mode.WEB: 12},
    ]


def test_every_mode_is_private_or_public_and_only_the_private_ones_are_compared() -> None:
    assert [mode.value for mode in Mode if mode.private] == ["phone", "paper", "web"]


def test_single_people_in_the_mode_other_are_answered_with_advice(given: MakeGiven) -> None:
    other = read_import(b"home_system\ndepends\n", given(wave="after", mode="other"), name="form.csv")
    assert other.advice == (
        "1 response of single people came in the mode other, which stands apart as said in public and is compared with "
        "nothing. A form that people filled in on their own is web."
    )
    assert read_import(b"home_system\ndepends\n", given(wave="after", mode="web"), name="x.csv").advice == ""
