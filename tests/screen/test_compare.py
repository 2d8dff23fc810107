"""Compare: like with like, one verdict, what is left out and why; a page that can be sent."""

from datetime import date
from typing import Any

import pytest

from survey.model import Answer, EventKind, Filled, Mode, Performance, Provenance, Role, Standing, Wave
from survey.screen.evidence.naming import called, side_names
from survey.screen.evidence.pickers import two_sides
from survey.screen.evidence.reading import read_evidence
from survey.screen.evidence.sides import Side
from survey.settings import settings
from survey.storage.database import Database
from survey.storage.evidence import add_imported_response, add_source
from survey.storage.performances import open_wave, performances
from survey.storage.questionnaires import find_version
from survey.storage.responses import save_response
from survey.storage.seats import new_seat
from tests.databases import add_nest_performance
from tests.screen.audiences import Audiences
from tests.screen.conftest import OpenEvidence, rerun
from tests.screen.reading_pages import block, headings, pictures, table, words


def store(database: Database, performance: Performance, question: str, *options: str) -> None:
    """Store one imported response after the performance for each option given."""

    def all_of_them(connection: object) -> None:
        origin = add_source(connection, performance.id, Provenance.IMPORTED, "invented")  # type: ignore[arg-type]
        for option in options:
            add_imported_response(
                connection,  # type: ignore[arg-type]
                origin,
                performance_id=performance.id,
                mode=Mode.PAPER,
                wave=Wave.AFTER,
                version_id=performance.version_id,
                language="en",
                filled=Filled((Answer(question, (option,)),)),
            )

    database.write(all_of_them)


def night(database: Database, day: date, yes: int, no: int, **details: Any) -> Performance:
    """A finished performance with answers to one question."""
    made = add_nest_performance(database, wave=None, starts_on=day, standing=Standing.FINISHED, **details)
    store(database, made, "heard_of_optout", *["yes"] * yes, *["no"] * no)
    return made


def test_with_one_performance_it_says_what_a_comparison_needs(
    used_database: Database, evidence_page: OpenEvidence
) -> None:
    add_nest_performance(used_database, wave=None)
    assert "A comparison needs two performances." in words(evidence_page("compare"))


def test_only_an_organiser_compares(audiences: Audiences, evidence_page: OpenEvidence) -> None:
    at = evidence_page("compare", role=Role.FACILITATOR)
    assert [text.value for text in at.text] == ["This page is not part of your sign-in. Ask the organiser."]


def test_each_side_says_where_its_answers_come_from(
    audiences: Audiences, evidence_page: OpenEvidence
) -> None:
    at = evidence_page("compare", a=audiences.older.code, b=audiences.newer.code)
    assert block(at, "Where the answers come from") == (
        "Where the answers come from 24 October 2015, Science Festival; 25 April 2017, Contact, Manchester: Invented."
        " 25 April 2017, Contact, Manchester: Counted by row from the balcony."
    )


def test_questions_that_differ_are_left_out_with_their_reason(
    audiences: Audiences, evidence_page: OpenEvidence
) -> None:
    at = evidence_page("compare", a=audiences.older.code, b=audiences.newer.code)
    assert table(at, "Questions left out") == [
        ["Question", "Asked in", "Why it is left out"],
        [
            "A home system that learns your routine",
            "both",
            "Reworded: the question was put in other words, so its answers are not compared.",
        ],
        [
            "Free websites with targeted adverts",
            "both",
            "Options differ: people chose from other answers, so they are not compared.",
        ],
        ["Reading the terms", "2015", "Asked once: only one of the two audiences was asked this."],
    ]


def test_every_followed_share_has_a_verdict_and_a_sentence(
    audiences: Audiences, evidence_page: OpenEvidence
) -> None:
    at = evidence_page("compare", a=audiences.older.code, b=audiences.newer.code)
    rows = table(at, "Every share compared")
    assert rows[0] == ["", "2015", "2017", "Difference", "Range", "Verdict"]
    assert [row[0] for row in rows[1:]] == [
        "Research by the NHS",
        "Research by universities",
        "Research by companies",
        "Trust in the NHS",
        "Trust in internet companies",
        "Had heard that you can say no",
    ]
    for name, *_shares, verdict in rows[1:]:
        assert block(at, name).startswith(f"{name} {verdict}")
    assert "allowing for the ten questions compared," in words(at)


def test_the_expert_table_has_plain_ranges_tests_and_superiority(
    audiences: Audiences, evidence_page: OpenEvidence
) -> None:
    at = evidence_page("compare", a=audiences.older.code, b=audiences.newer.code)
    head, *rows = table(at, "For those who know the tests")
    assert head == ["", "Plain 95 % range", "P(2017 > 2015) + ½P(=)", "Test", "p", "Cramér's V"]
    assert [row[3] for row in rows] == ["Brunner-Munzel over all 5 answers"] * 3 + [
        "Brunner-Munzel over all 11 answers"
    ] * 2 + ["χ² over all 3 answers"]


def test_one_audience_is_not_a_year(audiences: Audiences, evidence_page: OpenEvidence) -> None:
    said = words(evidence_page("compare", a=audiences.older.code, b=audiences.newer.code))
    assert "Audiences differ from night to night anyway" in said
    assert "Say “this audience and that audience”." in said
    assert "What these audiences could have seen: with 86 and 142 answers" in said
    for never in ("significant", "the public", "no difference", "changed minds"):
        assert never not in said.lower()


def test_a_clear_difference_is_said_with_its_widened_range(
    used_database: Database, evidence_page: OpenEvidence
) -> None:
    a = night(used_database, date(2015, 10, 24), 80, 20)
    b = night(used_database, date(2017, 4, 25), 30, 70)
    at = evidence_page("compare", a=a.code, b=b.code)
    assert table(at, "Every share compared")[1][1:] == [
        "80 (80 of 100)",
        "30 (30 of 100)",
        "−50",
        "−64 to −30",
        "Clear difference",
    ]
    assert "In the 2017 audience 50 fewer in 100 had heard of it than in the 2015 audience" in words(at)


def test_too_few_answers_are_too_few_to_tell(used_database: Database, evidence_page: OpenEvidence) -> None:
    a = night(used_database, date(2015, 10, 24), 9, 6)
    b = night(used_database, date(2017, 4, 25), 8, 14)
    at = evidence_page("compare", a=a.code, b=b.code)
    assert table(at, "Every share compared")[1][1:] == ["9 of 15", "8 of 22", "", "", "Too few to tell"]
    assert "Too few to tell: 15 and 22 answers find a difference of 62 in 100 four times in five" in words(at)


def test_all_against_none_is_clear_even_with_few_answers(
    used_database: Database, evidence_page: OpenEvidence
) -> None:
    a = night(used_database, date(2015, 10, 24), 12, 0)
    b = night(used_database, date(2017, 4, 25), 0, 30)
    at = evidence_page("compare", a=a.code, b=b.code)
    assert table(at, "Every share compared")[1][-1] == "Clear difference"
    assert "This is from only 12 answers." in words(at)


def test_below_ten_answers_a_question_is_listed_without_figures(
    audiences: Audiences, evidence_page: OpenEvidence
) -> None:
    at = evidence_page("compare", a=audiences.newer.code, b=audiences.small.code)
    assert pictures(at) == []
    left_out = table(at, "Questions left out")[1:]
    assert len(left_out) == 12
    assert {row[2] for row in left_out} == {"Fewer than 10 answers in one audience, so no figures are shown."}
    assert "7 people" not in words(at)


def test_an_audience_of_fewer_than_ten_cannot_be_told_from_a_run(
    used_database: Database, evidence_page: OpenEvidence
) -> None:
    a = night(used_database, date(2015, 10, 24), 40, 20)
    b = night(used_database, date(2017, 4, 25), 30, 30)
    few = night(used_database, date(2017, 4, 26), 6, 1)
    alone = evidence_page("compare", a=a.code, b=b.code)
    together = evidence_page("compare", a=a.code, b=f"{b.code},{few.code}")
    assert table(together, "Every share compared") == table(alone, "Every share compared")
    said = "Left out where fewer than 10 there answered a question: 26 April 2017, Upstairs Theatre."
    assert said in words(together)
    others = night(used_database, date(2017, 4, 27), 4, 2)
    more = evidence_page("compare", a=a.code, b=f"{b.code},{few.code},{others.code}")
    assert table(more, "Every share compared") == table(alone, "Every share compared")


def test_audiences_of_fewer_than_ten_join_only_all_of_a_production_together(
    used_database: Database,
) -> None:
    """Else the nights of 9, 9 and 30 against those of 9, 1, 9 and 30 show what one person said."""
    nights = [night(used_database, date(2017, 4, day), 6, 3) for day in (25, 26)]
    one = night(used_database, date(2017, 4, 27), 1, 0)
    large = night(used_database, date(2017, 4, 28), 20, 10)
    with used_database.reading() as connection:
        asked = find_version(connection, large.version_id).question("heard_of_optout")
        every, some = (
            Side("audience", read_evidence(connection, chosen, Wave.AFTER))
            for chosen in ([*nights, one, large], [*nights, large])
        )
    assert (every.tally(asked).base, every.apart(asked)) == (49, frozenset())
    assert (some.tally(asked).base, some.apart(asked)) == (30, frozenset(made.id for made in nights))


def test_answers_sent_after_the_room_saw_a_result_are_left_out_and_counted(
    used_database: Database, evidence_page: OpenEvidence
) -> None:
    from survey.model import RevealState
    from survey.storage.checkpoints import set_reveal
    from survey.storage.performances import close_wave, performance_by_id

    a = night(used_database, date(2015, 10, 24), 40, 20)
    b = add_nest_performance(used_database, wave=Wave.AFTER, starts_on=date(2017, 4, 25), capacity=200)

    def send(option: str) -> None:
        with used_database.reading() as connection:
            now = performance_by_id(connection, b.id)
        used_database.write(
            lambda connection: save_response(
                connection,
                now,
                seat=new_seat(),
                wave=Wave.AFTER,
                version_id=now.version_id,
                language="en",
                filled=Filled((Answer("heard_of_optout", (option,)),)),
            )
        )

    for _ in range(30):
        send("no")
    used_database.write(
        lambda connection: set_reveal(connection, b.id, Wave.AFTER, "heard_of_optout", RevealState.SHOWN, 0)
    )
    for _ in range(12):
        send("yes")
    used_database.write(lambda connection: close_wave(connection, b.id))
    at = evidence_page("compare", a=a.code, b=b.code)
    assert table(at, "Every share compared")[1][2] == "0 (0 of 30)"
    assert "12 answers are left out: they were sent after the result had been shown to the room." in words(at)


def test_nothing_is_compared_while_answers_come_in(
    used_database: Database, evidence_page: OpenEvidence
) -> None:
    a = night(used_database, date(2015, 10, 24), 40, 20)
    b = add_nest_performance(used_database, wave=Wave.AFTER, starts_on=date(2017, 4, 25))
    at = evidence_page("compare", a=a.code, b=b.code)
    assert "Answers are still coming in: The Nest, 25 April 2017, Upstairs Theatre." in words(at)
    assert headings(at) == []
    used_database.write(lambda connection: open_wave(connection, b.id, Wave.AFTER))
    assert headings(evidence_page("compare", a=a.code, b=b.code, wave="before")) != []


def test_cards_are_never_compared(audiences: Audiences, evidence_page: OpenEvidence) -> None:
    said = words(evidence_page("compare", a=audiences.small.code, b=audiences.newer.code, wave="before"))
    assert "31" not in said
    assert "coloured cards" not in said


def test_a_performance_cannot_stand_on_both_sides(audiences: Audiences, evidence_page: OpenEvidence) -> None:
    at = evidence_page("compare", a=audiences.newer.code, b=f"{audiences.newer.code},{audiences.older.code}")
    assert at.query_params["b"] == audiences.older.code
    assert at.multiselect[1].value == [audiences.older.code]


def test_choices_are_written_into_the_address(audiences: Audiences, evidence_page: OpenEvidence) -> None:
    at = evidence_page("compare")
    assert at.query_params["a"] == audiences.older.code
    at.multiselect[1].set_value([audiences.newer.code])
    rerun(at)
    assert (at.query_params["a"], at.query_params["b"]) == (audiences.older.code, audiences.newer.code)


def test_one_empty_side_is_asked_for(audiences: Audiences, evidence_page: OpenEvidence) -> None:
    assert "Choose at least one performance on each side." in words(
        evidence_page("compare", a=audiences.older.code, b="")
    )


def test_a_comparison_begins_with_the_last_two_years_of_one_kind(used_database: Database) -> None:
    older = night(used_database, date(2015, 10, 24), 1, 1)
    night(used_database, date(2015, 10, 25), 1, 1, kind=EventKind.STREAM)
    newer = night(used_database, date(2017, 4, 25), 1, 1)
    with used_database.reading() as connection:
        assert two_sides(performances(connection)) == ([older.code], [newer.code])
    assert two_sides([]) == ([], [])
    assert two_sides([newer]) == ([], [newer.code])


def test_audiences_of_different_kinds_say_so(used_database: Database, evidence_page: OpenEvidence) -> None:
    a = night(used_database, date(2015, 10, 24), 40, 20)
    b = night(used_database, date(2015, 10, 24), 30, 30, kind=EventKind.STREAM)
    said = words(evidence_page("compare", a=a.code, b=b.code))
    assert "These audiences are not of one kind" in said
    assert "the online audience of a stream" in said


@pytest.mark.parametrize(
    ("day_a", "day_b", "venue_b", "named"),
    [
        (date(2015, 1, 1), date(2017, 1, 1), "Bar", ("2015", "2017")),
        (date(2017, 4, 24), date(2017, 4, 25), "Bar", ("24 April 2017", "25 April 2017")),
        (date(2017, 4, 24), date(2017, 4, 24), "Foyer", ("Bar", "Foyer")),
        (date(2017, 4, 24), date(2017, 4, 24), "Bar", ("first", "second")),
    ],
)
def test_two_sides_have_the_shortest_names_that_tell_them_apart(
    used_database: Database, day_a: date, day_b: date, venue_b: str, named: tuple[str, str]
) -> None:
    a = add_nest_performance(used_database, wave=None, starts_on=day_a, venue="Bar")
    b = add_nest_performance(used_database, wave=None, starts_on=day_b, venue=venue_b)
    assert side_names([a], [b]) == named


def test_two_performances_that_look_alike_show_their_codes(used_database: Database) -> None:
    a = add_nest_performance(used_database, wave=None)
    b = add_nest_performance(used_database, wave=None)
    other = add_nest_performance(used_database, wave=None, venue="Bar")
    assert called(a, [a, b, other]) == f"20 March 2026, Upstairs Theatre ({a.code})"
    assert called(other, [a, b, other]) == "20 March 2026, Bar"


def test_the_print_view_keeps_the_choices_and_says_why_questions_are_left_out(
    audiences: Audiences, evidence_page: OpenEvidence
) -> None:
    at = evidence_page("compare", a=audiences.older.code, b=audiences.newer.code, print="1")
    assert len(table(at, "Questions left out")) == 4
    assert table(at, "For those who know the tests")[1][3] == "Brunner-Munzel over all 5 answers"
    assert (
        f"from {settings().public_url}/compare?a={audiences.older.code}&b={audiences.newer.code}."
        in words(at)
    )
    assert len(at.multiselect) == 0
