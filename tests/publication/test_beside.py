"""Two audiences as the public sees them: each by the rules on its own, like with like, never one still answering."""

from datetime import date

import pytest

from survey.model import Wave
from survey.publication import PublicBeside, beside_due, public_beside, write_beside
from survey.storage.database import Database
from tests.publication.comparing import an_audience, closed
from tests.publication.evening import Evening
from tests.screen.audiences import two_audiences

HERE, THERE = date(2026, 4, 24), date(2017, 4, 25)
COUNTS = {"not_acceptable": 30, "depends": 30, "acceptable": 60}


def looked(here: Evening, there: Evening, question: str = "home_system") -> PublicBeside:
    """The stage looks: steps that are due are stored, then the room sees both audiences."""
    asked = here.question(question)
    here.database.write(
        lambda connection: write_beside(connection, here.performance, there.performance, asked, Wave.AFTER)
    )
    with here.database.reading() as connection:
        return public_beside(connection, here.performance, there.performance, asked, Wave.AFTER)


def test_two_audiences_stand_side_by_side_with_one_sentence(sqlite_database: Database) -> None:
    here = an_audience(sqlite_database, "home_system", COUNTS, HERE)
    there = an_audience(
        sqlite_database, "home_system", {"not_acceptable": 52, "depends": 15, "acceptable": 33}, THERE
    )
    seen = looked(here, there)
    assert [(row.label, row.there, row.here) for row in seen.rows] == [
        ("Not acceptable", 52, 25),
        ("It depends", 15, 25),
        ("Acceptable", 33, 50),
    ]
    assert seen.there is not None
    assert seen.here is not None
    assert (seen.there.name, seen.there.base) == ("25 April 2017", 100)
    assert (seen.here.name, seen.here.base) == ("24 April 2026", 120)
    assert seen.spoken == (
        "No clear difference in the share who said acceptable: the two audiences could be the same, or differ by up to 34 "
        "in 100 one way and 2 the other."
    )
    assert seen.caution.startswith("This compares one audience with another.")


def test_a_clear_difference_allows_for_all_the_questions_a_reader_could_compare(
    sqlite_database: Database,
) -> None:
    """Newcombe's interval of 60 of 120 and 20 of 100 at z(1 − .025/12) = 2.865: 11 to 46; alone it would be 18 to 41."""
    here = an_audience(sqlite_database, "home_system", COUNTS, HERE)
    there = an_audience(
        sqlite_database, "home_system", {"not_acceptable": 65, "depends": 15, "acceptable": 20}, THERE
    )
    assert looked(here, there).spoken == (
        "In the 24 April 2026 audience 30 more in 100 said acceptable than in the 25 April 2017 audience "
        "(somewhere between 11 and 46 more, allowing for the twelve questions compared)."
    )


def test_figures_that_would_be_taken_away_wrongly_are_called_rounded(sqlite_database: Database) -> None:
    """46.67 and 40.34 in 100: 47, 40, and a difference of 6."""
    here = an_audience(
        sqlite_database, "home_system", {"not_acceptable": 40, "depends": 24, "acceptable": 56}, HERE
    )
    there = an_audience(
        sqlite_database, "home_system", {"not_acceptable": 40, "depends": 31, "acceptable": 48}, THERE
    )
    assert looked(here, there).caution.endswith("Figures are rounded.")


def test_a_question_answered_by_options_speaks_its_verdict_too(sqlite_database: Database) -> None:
    here = an_audience(sqlite_database, "closer_to", {"sean": 60, "sara": 20, "between": 20}, HERE)
    there = an_audience(sqlite_database, "closer_to", {"sean": 20, "sara": 60, "between": 20}, THERE)
    said = looked(here, there, "closer_to").spoken
    assert said.startswith("In the 24 April 2026 audience 40 more in 100 chose “Sean's” than")
    assert said.endswith("1 other answer differs clearly too.")


def test_an_audience_that_is_still_answering_is_not_shown(sqlite_database: Database) -> None:
    here = an_audience(sqlite_database, "home_system", COUNTS, HERE)
    there = an_audience(sqlite_database, "home_system", COUNTS, THERE)
    for open_one in (here, there):
        open_one.open(Wave.AFTER)
        assert not looked(here, there).shown
        closed(open_one)
    assert looked(here, there).shown


def test_a_small_audience_has_its_own_sentence_and_nothing_is_computed(sqlite_database: Database) -> None:
    here = an_audience(sqlite_database, "home_system", COUNTS, HERE)
    small = an_audience(
        sqlite_database, "home_system", {"not_acceptable": 4, "depends": 3, "acceptable": 7}, THERE
    )
    seen = looked(here, small)
    assert (seen.rows, seen.spoken) == ((), "")
    assert seen.there is not None
    assert seen.there.spoken == "7 of the 14 people who answered said acceptable."


def test_fewer_than_ten_answers_on_a_side_show_nothing(sqlite_database: Database) -> None:
    here = an_audience(sqlite_database, "home_system", COUNTS, HERE)
    few = an_audience(sqlite_database, "home_system", {"acceptable": 9}, THERE)
    assert not looked(here, few).shown


def test_a_question_put_in_other_words_is_not_compared(sqlite_database: Database) -> None:
    older = two_audiences(sqlite_database).older
    here = an_audience(sqlite_database, "home_system", COUNTS, HERE)
    seen = looked(here, Evening(sqlite_database, older.id))
    assert (seen.rows, seen.there, seen.here) == ((), None, None)
    assert "not asked the very same question" in seen.spoken


def test_imported_answers_are_stored_as_a_step_before_they_are_shown(sqlite_database: Database) -> None:
    newer = Evening(sqlite_database, two_audiences(sqlite_database).newer.id)
    here = an_audience(sqlite_database, "research_nhs", {"not_sure": 20, "fairly_likely": 20}, HERE)
    asked = here.question("research_nhs")
    with sqlite_database.reading() as connection:
        assert beside_due(connection, here.performance, newer.performance, asked, Wave.AFTER)
        assert not public_beside(connection, here.performance, newer.performance, asked, Wave.AFTER).shown
    seen = looked(here, newer, "research_nhs")
    assert seen.shown
    assert "Demonstration: invented answers" in seen.marks


@pytest.mark.parametrize("question", ["share_with", "matters_most"])
def test_of_many_answers_the_three_given_most_are_shown(sqlite_database: Database, question: str) -> None:
    here = an_audience(sqlite_database, question, {}, HERE)
    values = here.question(question).values
    counts = {value: 40 - 6 * place for place, value in enumerate(values[:5])}
    here = an_audience(sqlite_database, question, counts, HERE)
    there = an_audience(sqlite_database, question, counts, THERE)
    assert len(looked(here, there, question).rows) == 3
