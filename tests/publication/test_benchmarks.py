"""A published survey beside an audience: never while it could sway anybody, by the rules on the audience, like with like."""

from datetime import date

import pytest

from survey.model import Answer, Filled, Wave
from survey.publication import PublicBenchmark, benchmark_due, public_benchmark, write_benchmark
from survey.publication.benchmarks import ASKED_AGAIN, NO_BENCHMARK, STILL_OPEN, TOO_FEW
from survey.storage.database import Connection, Database
from survey.storage.performances import finish_performance
from survey.storage.responses import save_response
from survey.storage.seats import new_seat
from tests.publication.comparing import an_audience, closed
from tests.publication.evening import Evening
from tests.screen.audiences import two_audiences

DAY = date(2026, 4, 24)
LIKELY, HOME, TRUST, ADS, HEARD = (
    "aggarwal_2021_likely",
    "pew_2015_smart_thermostat",
    "rss_ipsos_2014_trust_data",
    "ico_ofcom_adtech_2019",
    "atkin_2021_optout_aware",
)
SCALE = {"very_unlikely": 12, "fairly_unlikely": 18, "not_sure": 24, "fairly_likely": 36, "very_likely": 30}


def seen(
    evening: Evening, named: str, question: str = "research_nhs", wave: Wave = Wave.AFTER
) -> PublicBenchmark:
    """The stage looks: a step that is due is stored, then the room sees both."""
    asked = evening.question(question)
    evening.database.write(lambda c: write_benchmark(c, evening.performance, asked, wave, named))
    with evening.database.reading() as connection:
        assert not benchmark_due(connection, evening.performance, asked, wave, named)
        return public_benchmark(connection, evening.performance, asked, wave, named)


def test_the_same_question_has_rows_ranges_and_one_difference(sqlite_database: Database) -> None:
    found = seen(an_audience(sqlite_database, "research_nhs", SCALE, DAY), LIKELY)
    assert [(row.label, row.here, row.there) for row in found.rows] == [
        ("Very unlikely or fairly unlikely", 25, 8),
        ("Not sure", 20, 14),
        ("Fairly likely or very likely", 55, 78),
    ]
    assert [(row.here_range, row.there_range) for row in found.rows] == [
        ((18, 33), (6, 12)),
        ((14, 28), (10, 18)),
        ((46, 64), (73, 82)),
    ]
    assert found.spoken == (
        "23 fewer in 100 said likely here than in the published survey (somewhere between 11 and 35 fewer, allowing for the"
        " three questions compared)."
    )
    assert (found.same, found.base, found.people) == (True, 120, "408 people")
    assert found.notes[0].startswith("The survey asked the same question")
    assert "A difference describes this audience" in found.notes[-1]


def test_who_when_how_many_and_where_go_with_every_figure(sqlite_database: Database) -> None:
    found = seen(an_audience(sqlite_database, "research_nhs", SCALE, DAY), LIKELY)
    assert found.benchmark is not None
    assert (found.benchmark.who.reference, found.benchmark.year) == (
        "Patients and public, London hospital",
        2021,
    )
    assert [fact.name for fact in found.facts][:3] == ["Who was asked", "When", "How many answered"]
    assert found.facts[-1].address == found.benchmark.source.address


@pytest.mark.parametrize(
    ("question", "named", "counts", "there"),
    [
        ("home_system", HOME, {"not_acceptable": 30, "depends": 30, "acceptable": 60}, [55, 17, 27]),
        ("targeted_ads", ADS, {"very_unacceptable": 40, "neither": 20, "fairly_acceptable": 60}, [14, 63]),
        ("heard_of_optout", HEARD, {"no": 60, "not_sure": 10, "yes": 50}, [32]),
    ],
)
def test_a_similar_question_has_both_figures_and_no_difference(
    sqlite_database: Database, question: str, named: str, counts: dict[str, int], there: list[int]
) -> None:
    found = seen(an_audience(sqlite_database, question, counts, DAY), named, question)
    assert [row.there for row in found.rows] == there
    assert not found.same
    assert found.spoken.endswith(
        "It was a similar question, not the same one, so we do not work out a difference."
    )


def test_a_middle_that_was_not_published_is_said_and_not_drawn(sqlite_database: Database) -> None:
    counts = {str(number): 10 for number in range(11)}
    found = seen(an_audience(sqlite_database, "trust_nhs", counts, DAY), TRUST, "trust_nhs")
    assert [(row.label, row.there) for row in found.rows] == [("0 to 4", 17), ("8 to 10", 36)]
    assert "The survey’s figure for “5 to 7” was not published." in found.notes


def test_a_survey_whose_base_is_not_known_has_no_range(sqlite_database: Database) -> None:
    found = seen(
        an_audience(sqlite_database, "heard_of_optout", {"no": 30, "yes": 30}, DAY), HEARD, "heard_of_optout"
    )
    assert [row.there_range for row in found.rows] == [None]
    assert found.people == "how many answered is not known"


def test_while_anybody_may_answer_nothing_is_shown(sqlite_database: Database) -> None:
    evening = an_audience(sqlite_database, "research_nhs", SCALE, DAY)
    for wave in (Wave.BEFORE, Wave.AFTER):
        evening.open(wave)
        found = seen(evening, LIKELY)
        assert (found.shown, found.why, found.rows, found.spoken, found.facts) == (
            False,
            STILL_OPEN,
            (),
            "",
            (),
        )
        closed(evening)
        assert seen(evening, LIKELY).shown


def test_answers_before_wait_until_the_same_is_asked_after(sqlite_database: Database) -> None:
    """Between the two waves the figure would sway the second one."""
    evening = an_audience(sqlite_database, "closer_to", {}, DAY)
    evening.open(Wave.BEFORE)
    evening.answers("research_nhs", SCALE)
    closed(evening)
    assert seen(evening, LIKELY, wave=Wave.BEFORE).why == ASKED_AGAIN
    evening.open(Wave.AFTER)
    evening.answers("closer_to", {"sean": 3})
    closed(evening)
    assert seen(evening, LIKELY, wave=Wave.BEFORE).shown


def test_after_the_last_act_answers_before_need_not_wait(sqlite_database: Database) -> None:
    evening = an_audience(sqlite_database, "closer_to", {}, DAY)
    evening.open(Wave.BEFORE)
    evening.answers("research_nhs", SCALE)
    closed(evening)
    evening.database.write(lambda connection: finish_performance(connection, evening.id))
    assert seen(evening, LIKELY, wave=Wave.BEFORE).shown


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("closer_to", LIKELY),
        ("research_nhs", TRUST),
        ("research_nhs", "gone"),
        ("share_with", "kpmg_2015_wearable"),
    ],
)
def test_a_question_without_a_figure_of_its_own_says_so(
    sqlite_database: Database, question: str, named: str
) -> None:
    evening = an_audience(sqlite_database, question, {}, DAY)
    assert seen(evening, named, question).why == NO_BENCHMARK


@pytest.mark.parametrize("people", [0, 1, 9])
def test_fewer_than_ten_answers_show_nothing_of_either(sqlite_database: Database, people: int) -> None:
    found = seen(an_audience(sqlite_database, "research_nhs", {"not_sure": people}, DAY), LIKELY)
    assert (found.shown, found.why) == (False, TOO_FEW)


@pytest.mark.parametrize(("people", "drawn"), [(10, False), (29, False), (30, True)])
def test_a_small_audience_has_its_own_sentence_and_nothing_is_compared(
    sqlite_database: Database, people: int, drawn: bool
) -> None:
    counts = {"fairly_unlikely": 4, "not_sure": people - 8, "fairly_likely": 4}
    found = seen(an_audience(sqlite_database, "research_nhs", counts, DAY), LIKELY)
    assert (bool(found.rows), bool(found.spoken)) == (drawn, drawn)
    assert found.there == "In the published survey 78 in 100 said likely and 8 said unlikely."
    if not drawn:
        assert found.here == f"4 of the {people} people who answered said likely."


def test_nearly_everyone_stays_nearly_everyone(sqlite_database: Database) -> None:
    found = seen(
        an_audience(sqlite_database, "research_nhs", {"very_likely": 39, "not_sure": 1}, DAY), LIKELY
    )
    assert (found.rows, found.here) == ((), "Nearly everyone who answered said likely.")


def test_one_answer_in_another_language_makes_it_a_similar_question(sqlite_database: Database) -> None:
    evening = an_audience(sqlite_database, "research_nhs", SCALE, DAY)
    assert seen(evening, LIKELY).same
    evening.open(Wave.AFTER)
    performance = evening.performance

    def answer(connection: Connection) -> None:
        save_response(
            connection,
            performance,
            seat=new_seat(),
            wave=Wave.AFTER,
            version_id=performance.version_id,
            language="pl",
            filled=Filled(answers=(Answer("research_nhs", ("not_sure",)),)),
        )

    evening.database.write(answer)
    closed(evening)
    found = seen(evening, LIKELY)
    assert not found.same
    assert "in another language" in found.notes[0]
    assert found.base == 120, "one more answer is no step of its own"


def test_figures_move_by_stored_steps_only(sqlite_database: Database) -> None:
    """A late answer, once the figure has been seen, never shows alone."""
    evening = an_audience(sqlite_database, "research_nhs", SCALE, DAY)
    first = seen(evening, LIKELY)
    evening.open(Wave.AFTER)
    evening.answers("research_nhs", {"very_likely": 2})
    closed(evening)
    assert seen(evening, LIKELY).rows == first.rows


def test_imported_answers_are_stored_as_a_step_and_say_what_they_are(sqlite_database: Database) -> None:
    evening = Evening(sqlite_database, two_audiences(sqlite_database).newer.id)
    asked = evening.question("research_nhs")
    with sqlite_database.reading() as connection:
        assert benchmark_due(connection, evening.performance, asked, Wave.AFTER, LIKELY)
        assert not public_benchmark(connection, evening.performance, asked, Wave.AFTER, LIKELY).shown
    found = seen(evening, LIKELY)
    assert found.shown
    assert "Demonstration: invented answers" in found.marks
