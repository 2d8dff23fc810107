"""Change: only linked people, both ways, nothing counted out that is small, and what it cannot tell."""

from survey.model import Answer, Filled, Mode, Performance, Provenance, Role, Standing, Wave
from survey.storage.database import Database
from survey.storage.evidence import add_imported_response, add_pair_tally, add_source
from tests.databases import add_nest_performance
from tests.screen.audiences import Audiences
from tests.screen.conftest import OpenEvidence
from tests.screen.reading_pages import block, headings, page_source, pictures, table, words

NHS = "Research by the NHS"
YES, NO = "very_likely", "very_unlikely"


def moved(
    database: Database,
    cells: dict[tuple[str, str], int],
    *,
    only_after: int = 0,
    only_before: int = 0,
    still: Wave | None = None,
) -> Performance:
    """A finished performance whose linked people answered so before and after, and some only after.

    With a wave that ``still`` is open it is not finished.
    """
    standing = {} if still else {"standing": Standing.FINISHED}
    made = add_nest_performance(database, wave=still, **standing)

    def store(connection: object) -> None:
        origin = add_source(connection, made.id, Provenance.IMPORTED, "invented")  # type: ignore[arg-type]

        def say(wave: Wave, option: str, who: str | None = None) -> str:
            return add_imported_response(
                connection,  # type: ignore[arg-type]
                origin,
                performance_id=made.id,
                mode=Mode.PAPER,
                wave=wave,
                version_id=made.version_id,
                language="en",
                filled=Filled((Answer("research_nhs", (option,)),)),
                respondent_id=who,
            )

        for (before, after), people in cells.items():
            for _ in range(people):
                say(Wave.AFTER, after, say(Wave.BEFORE, before))
        for _ in range(only_after):
            say(Wave.AFTER, YES)
        for _ in range(only_before):
            say(Wave.BEFORE, NO)

    database.write(store)
    return made


def test_without_a_performance_it_says_what_to_do_first(evidence_page: OpenEvidence) -> None:
    assert "There is no performance yet." in words(evidence_page("change"))


def test_only_an_organiser_sees_change(audiences: Audiences, evidence_page: OpenEvidence) -> None:
    at = evidence_page("change", role=Role.FACILITATOR)
    assert [text.value for text in at.text] == ["This page is not part of your sign-in. Ask the organiser."]


def test_linked_people_move_both_ways(used_database: Database, evidence_page: OpenEvidence) -> None:
    moved(used_database, {(YES, YES): 31, (NO, YES): 17, (YES, NO): 6, (NO, NO): 40}, only_after=20)
    at = evidence_page("change")
    assert "94 people answered both before and after." in words(at)
    assert "Not linked, and left out here: 20 only after." in words(at)
    assert (
        "The room did not clearly move. Of the 94 people we could match, 17 said likely only after, 6 only before, 71 stayed. "
        "Net: 12 more in 100 (between 1 fewer and 24 more, allowing for the four questions compared)."
        in block(at, NHS)
    )
    assert "20 people answered this question only before or only after" in block(at, NHS)
    assert table(at, "94 linked people") == [
        ["", "After: said likely", "After: did not", "Together"],
        ["Before: said likely", "31", "6", "37"],
        ["Before: did not", "17", "40", "57"],
        ["Together", "48", "46", "94"],
    ]
    assert table(at, "For those who know the tests")[1] == ["McNemar, mid-P", ".023"]
    assert len(pictures(at)) == 1


def test_a_small_movement_is_fewer_than_five_and_has_no_net(
    used_database: Database, evidence_page: OpenEvidence
) -> None:
    moved(used_database, {(YES, YES): 31, (NO, YES): 17, (YES, NO): 3, (NO, NO): 40}, only_after=20)
    at = evidence_page("change")
    said = block(at, NHS)
    assert "17 said likely only after and fewer than 5 only before; the others stayed." in said
    assert "Net" not in said
    assert table(at, "91 linked people")[1:] == [
        ["said likely only after", "17"],
        ["said likely only before", "fewer than 5"],
    ]
    assert "For those who know the tests" not in page_source(at)


def test_with_a_few_unlinked_people_the_margins_are_not_shown(
    used_database: Database, evidence_page: OpenEvidence
) -> None:
    moved(used_database, {(YES, YES): 31, (NO, YES): 17, (YES, NO): 6, (NO, NO): 40}, only_after=4)
    at = evidence_page("change")
    assert table(at, "94 linked people")[1:] == [
        ["said likely only after", "5 or more"],  # both counted out, they would tell what the four said
        ["said likely only before", "5 or more"],
    ]
    assert "fewer than 10 only after" in words(at)
    for margin in ("37", "48"):
        assert margin not in words(at)


def test_a_few_unlinked_in_one_wave_hide_the_margins_however_many_are_in_the_other(
    used_database: Database, evidence_page: OpenEvidence
) -> None:
    cells = {(YES, YES): 31, (NO, YES): 17, (YES, NO): 6, (NO, NO): 40}
    moved(used_database, cells, only_after=30, only_before=4)
    rows = table(evidence_page("change"), "94 linked people")
    assert [row[0] for row in rows[1:]] == [
        "said likely only after",
        "said likely only before",
    ]


def test_below_ten_linked_people_there_are_no_figures(
    used_database: Database, evidence_page: OpenEvidence
) -> None:
    moved(used_database, {(YES, YES): 4, (NO, YES): 5}, only_after=40)
    at = evidence_page("change")
    assert "Fewer than 10 people answered both before and after." in words(at)
    assert "Fewer than 10 people could be matched, so no figures are shown." in block(at, NHS)
    assert pictures(at) == []


def test_nothing_is_tested_while_answers_are_still_coming_in(
    used_database: Database, evidence_page: OpenEvidence
) -> None:
    moved(used_database, {(YES, YES): 31, (NO, YES): 17, (YES, NO): 6, (NO, NO): 40}, still=Wave.AFTER)
    at = evidence_page("change")
    assert "Answers are still coming in: The Nest, 20 March 2026" in words(at)
    assert "Net" not in page_source(at)
    assert pictures(at) == []


def test_every_caution_is_said(audiences: Audiences, evidence_page: OpenEvidence) -> None:
    said = words(evidence_page("change", performance=audiences.newer.code))
    for caution in (
        "People who stay to answer again differ from people who leave.",
        "Being asked twice in one evening moves answers, and also invites people to repeat themselves",
        "This does not tell what caused any movement.",
        "A move away counts as much as a move towards. No change is a result too.",
    ):
        assert caution in said


def test_only_questions_asked_both_times_are_followed(
    audiences: Audiences, evidence_page: OpenEvidence
) -> None:
    asked = headings(evidence_page("change", performance=audiences.newer.code))
    assert asked[:4] == [
        "A home system that learns your routine",
        "Research by the NHS",
        "Research by universities",
        "Research by companies",
    ]
    assert len(asked) == 7  # and the cautions, where the answers come from, and the method


def test_a_run_is_followed_together(used_database: Database, evidence_page: OpenEvidence) -> None:
    cells = {(YES, YES): 20, (NO, YES): 10, (YES, NO): 5, (NO, NO): 20}
    first, second = moved(used_database, cells), moved(used_database, cells)
    at = evidence_page("change", performance=f"{first.code},{second.code}")
    assert table(at, "110 linked people")[-1] == ["Together", "60", "50", "110"]


def test_a_small_audience_is_not_told_apart_by_adding_it_to_a_large_one(
    used_database: Database, evidence_page: OpenEvidence
) -> None:
    large = moved(used_database, {(YES, YES): 20, (NO, YES): 10, (YES, NO): 5, (NO, NO): 20})
    small = moved(used_database, {(YES, YES): 6, (NO, YES): 2, (YES, NO): 0, (NO, NO): 7})
    alone = evidence_page("change", performance=large.code)
    both = evidence_page("change", performance=f"{large.code},{small.code}")
    assert table(both, "55 linked people") == table(alone, "55 linked people")
    assert f"({small.code}). Added to the others, a few of its people could be told apart." in block(
        both, NHS
    )
    assert "Left out here" not in words(alone)


def test_two_small_audiences_may_join_a_large_one_when_together_they_hide_nothing(
    used_database: Database, evidence_page: OpenEvidence
) -> None:
    large = moved(used_database, {(YES, YES): 20, (NO, YES): 10, (YES, NO): 5, (NO, NO): 20})
    small = {(YES, YES): 6, (NO, YES): 3, (YES, NO): 3, (NO, NO): 7}
    first, second = moved(used_database, small), moved(used_database, small)
    at = evidence_page("change", performance=",".join((large.code, first.code, second.code)))
    assert table(at, "93 linked people")[-1] == ["Together", "48", "45", "93"]
    assert "Left out here" not in words(at)


def test_small_audiences_join_only_all_of_a_production_together(
    used_database: Database, evidence_page: OpenEvidence
) -> None:
    large = moved(used_database, {(YES, YES): 20, (NO, YES): 10, (YES, NO): 5, (NO, NO): 20})
    small = {(YES, YES): 6, (NO, YES): 3, (YES, NO): 3, (NO, NO): 7}
    first, second, _third = (moved(used_database, small) for _night in range(3))
    at = evidence_page("change", performance=",".join((large.code, first.code, second.code)))
    assert table(at, "55 linked people")[-1] == ["Together", "30", "25", "55"]


def test_totals_kept_after_purging_still_show_the_movement(
    used_database: Database, evidence_page: OpenEvidence
) -> None:
    made = add_nest_performance(used_database, wave=None, standing=Standing.FINISHED)

    def keep(connection: object) -> None:
        origin = add_source(connection, made.id, Provenance.IMPORTED, "kept as totals")  # type: ignore[arg-type]
        counts = {((YES,), (YES,)): 31, ((NO,), (YES,)): 17, ((YES,), (NO,)): 6, ((NO,), (NO,)): 40}
        add_pair_tally(connection, origin, question="research_nhs", counts=counts)  # type: ignore[arg-type]

    used_database.write(keep)
    at = evidence_page("change")
    assert "Only totals are kept of these answers." in words(at)
    assert "17 said likely only after, 6 only before" in block(at, NHS)


def test_the_print_view_has_the_flow_the_table_and_the_cautions(
    audiences: Audiences, evidence_page: OpenEvidence
) -> None:
    at = evidence_page("change", performance=audiences.newer.code, print="1")
    said = words(at)
    assert "Before you quote this People who stay" in said
    assert "Demonstration: these answers are invented." in said
    assert '<img src="data:image/svg+xml;base64,' in page_source(at)
    assert len(at.multiselect) == 0
