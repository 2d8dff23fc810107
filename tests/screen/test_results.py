"""Results: who answered, both ranges in words, a table beside each picture, nothing of fewer than ten."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from survey.model import Answer, Comment, Filled, Mode, Performance, Provenance, Role, Standing, Wave
from survey.settings import settings
from survey.storage.database import Connection, Database
from survey.storage.evidence import add_imported_response, add_source, add_tally
from survey.storage.hand_counts import HELPERS, Raised, count_block
from survey.storage.notes import add_note
from survey.storage.performances import open_wave
from survey.storage.retention import purge_due
from survey.storage.rooms import start_discussion
from tests.databases import add_nest_performance
from tests.screen.audiences import Audiences
from tests.screen.conftest import OpenEvidence, rerun
from tests.screen.reading_pages import block, headings, markup, page_source, pictures, table, words

LEFT_OUT = "Fewer than 10 people answered, so no figures are shown."


def store(
    database: Database,
    performance: Performance,
    question: str,
    *options: str,
    mode: Mode = Mode.PHONE,
    provenance: Provenance = Provenance.IMPORTED,
    comment: Comment | None = None,
    note: str = "invented",
) -> None:
    """Store one response after the performance for each option given."""

    def all_of_them(connection: object) -> None:
        origin = add_source(connection, performance.id, provenance, note)  # type: ignore[arg-type]
        for option in options:
            add_imported_response(
                connection,  # type: ignore[arg-type]
                origin,
                performance_id=performance.id,
                mode=mode,
                wave=Wave.AFTER,
                version_id=performance.version_id,
                language="en",
                filled=Filled((Answer(question, (option,)),), (comment,) if comment else ()),
            )

    database.write(all_of_them)


@pytest.fixture
def evening(used_database: Database) -> Performance:
    """A performance of 50 people that nobody has answered yet."""
    return add_nest_performance(used_database, wave=None, attendance=50)


def test_without_a_performance_it_says_what_to_do_first(evidence_page: OpenEvidence) -> None:
    at = evidence_page("results")
    assert words(at) == (
        "Results There is no performance yet. Set one up first; its results will stand here. Go to Performances"
    )
    assert '<a href="/performances"' in markup(at)


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.STAGE])
def test_only_an_organiser_sees_results(
    role: Role, audiences: Audiences, evidence_page: OpenEvidence
) -> None:
    at = evidence_page("results", role=role)
    assert [text.value for text in at.text] == ["This page is not part of your sign-in. Ask the organiser."]
    assert pictures(at) == []


def test_the_address_chooses_performance_and_wave(audiences: Audiences, evidence_page: OpenEvidence) -> None:
    at = evidence_page("results", performance=audiences.newer.code, wave="before")
    assert "25 April 2017, Contact, Manchester · before the performance" in words(at)
    assert "120 of about 240 people answered (50 in 100). Answered 16 on paper and 104 on phones" in words(at)


def test_a_choice_is_written_into_the_address(audiences: Audiences, evidence_page: OpenEvidence) -> None:
    at = evidence_page("results")
    at.selectbox[0].set_value(audiences.older.code)
    rerun(at)
    assert at.query_params["performance"] == audiences.older.code
    assert "wave" not in at.query_params, "the usual one needs no step for Back"
    assert "24 October 2015, Science Festival · after the performance" in words(at)


def test_an_address_that_names_no_performance_shows_the_newest(
    audiences: Audiences, evidence_page: OpenEvidence
) -> None:
    at = evidence_page("results", performance="nonsense", wave="sometimes")
    assert "26 April 2017" in words(at)
    assert at.query_params["wave"] == "after"


def test_demonstration_answers_say_so(audiences: Audiences, evidence_page: OpenEvidence) -> None:
    assert "Demonstration: these answers are invented." in words(
        evidence_page("results", performance=audiences.newer.code)
    )


def test_every_question_has_its_words_a_picture_a_sentence_and_a_table(
    audiences: Audiences, evidence_page: OpenEvidence
) -> None:
    at = evidence_page("results", performance=audiences.newer.code)
    asked = headings(at)[9:-3]  # without comments, where the answers come from, and the method
    assert headings(at)[:3] == ["Who answered", "At a glance", "Beside published surveys"]
    assert headings(at)[3:9] == [
        "Adults in the US, 2015",
        "Patients and public, London hospital, 2021",
        "Adults in Britain aged 16 to 75, 2014",
        "Adults in the UK, online, 2019",
        "Patients, carers and staff, West Midlands, 2021",
        "Adults in the UK, 2015",
    ]
    assert asked[0] == "A home system that learns your routine"
    assert len(asked) == 12
    assert table(at, "Who answered")[1:] == [
        ["there", "about 240", "100"],
        ["answered before", "120", "50"],
        ["answered after", "142", "59"],
        ["answered both times", "100", "42"],
    ]
    assert [row[0] for row in table(at, "At a glance")[1:]][:2] == asked[:2]
    assert len(pictures(at)) == 15
    for heading in asked:
        assert "of those who answered" in block(at, heading)
        assert table(at, f"{heading}: 142 answers")[-1][:2] == ["Answers", "142"]


def test_every_picture_has_words_for_those_who_cannot_see_it(
    audiences: Audiences, evidence_page: OpenEvidence
) -> None:
    at = evidence_page("results", performance=audiences.newer.code)
    assert all(picture.alt.endswith(".") and any(map(str.isdigit, picture.alt)) for picture in pictures(at))


def test_published_surveys_stand_beside_the_answers_with_their_sources(
    used_database: Database, evening: Performance, evidence_page: OpenEvidence
) -> None:
    store(used_database, evening, "research_nhs", *["very_likely"] * 20, *["not_sure"] * 20)
    store(used_database, evening, "heard_of_optout", *["yes"] * 28, *["no"] * 12)
    store(used_database, evening, "research_company", *["very_likely"] * 15)
    store(used_database, evening, "trust_nhs", *["9"] * 15)
    store(used_database, evening, "trust_internet", *["9"] * 9)
    at = evidence_page("results")
    said = block(at, "Beside published surveys")
    assert (
        "Research by the NHS: 28 fewer in 100 said likely here than in the published survey (somewhere"
        in said
    )
    assert "allowing for the three questions compared" in said
    assert "Research by companies: 15 of the 15 people who answered here said likely" in said
    assert "Trust in the NHS: 15" not in said, "the survey also counted those who did not know"
    assert "Had heard that you can say no: 70" not in said, (
        "a similar question has no sentence of a difference"
    )
    assert "Trust in internet companies" not in said, "nine answers are nobody's figures"
    assert "A difference describes this audience; it does not show what the performance did." in said
    assert table(at, "Beside published surveys")[1:] == [
        ["Research by the NHS: said likely", "50", "78", "408", "28 in 100 below (9 to 46)"],
        ["Research by companies: said likely", "15 of 15", "26", "405", "too few to tell"],
        ["Trust in the NHS: gave 8 to 10", "15 of 15", "36", "2,019", "a similar question"],
        ["Had heard that you can say no: had heard of it", "70", "32", "not known", "a similar question"],
    ]
    patients = block(at, "Patients and public, London hospital, 2021")
    assert (
        "Beside Research by the NHS and Research by companies The survey asked the same question" in patients
    )
    assert "Read in: Patient Perceptions on Data Sharing" in patients
    assert "https://pmc.ncbi.nlm.nih.gov/articles/PMC8430862/table/table2" in patients
    assert "A similar question, not the same one. The survey put it in other words." in block(
        at, "Patients, carers and staff, West Midlands, 2021"
    )
    assert "Background only, to Who a health monitor may share with" in block(at, "Adults in the UK, 2015")


def test_no_survey_stands_beside_answers_that_are_still_coming_in(
    used_database: Database, evening: Performance, evidence_page: OpenEvidence
) -> None:
    store(used_database, evening, "research_nhs", *["very_likely"] * 20, *["not_sure"] * 20)
    assert "Beside published surveys" in headings(evidence_page("results"))
    used_database.write(lambda connection: open_wave(connection, evening.id, Wave.AFTER))
    assert "Beside published surveys" not in headings(evidence_page("results"))


def test_both_ranges_of_the_room_are_said(
    used_database: Database, evening: Performance, evidence_page: OpenEvidence
) -> None:
    store(used_database, evening, "heard_of_optout", *["yes"] * 28, *["no"] * 12)
    said = block(evidence_page("results"), "Had heard that you can say no")
    assert "70 in 100 of those who answered had heard of it (28 of 40)." in said
    assert (
        "If the others think like those who answered, it is between 63 and 76 in 100 of the whole room."
        in said
    )
    assert (
        "10 people did not answer. If they all thought the same, it could be anything from 56 to 76 in 100."
        in said
    )


def test_below_ten_answers_a_question_has_no_figure_anywhere_in_the_page(
    used_database: Database, evening: Performance, evidence_page: OpenEvidence
) -> None:
    store(used_database, evening, "heard_of_optout", *["yes"] * 8, "no")
    at = evidence_page("results")
    assert LEFT_OUT in block(at, "Had heard that you can say no")
    assert "Fewer than 10 people answered." in words(at)
    assert pictures(at) == []
    assert "8" not in block(at, "Had heard that you can say no")


def test_ten_answers_are_shown_as_counts(
    used_database: Database, evening: Performance, evidence_page: OpenEvidence
) -> None:
    store(used_database, evening, "heard_of_optout", *["yes"] * 8, *["no"] * 2)
    at = evidence_page("results")
    assert "8 of the 10 people who answered had heard of it." in block(at, "Had heard that you can say no")
    assert table(at, "Had heard")[0] == ["Answer", "People"]


def test_cards_stand_beside_and_are_never_added(audiences: Audiences, evidence_page: OpenEvidence) -> None:
    at = evidence_page("results", performance=audiences.newer.code, wave="before")
    assert table(at, "With coloured cards, counted by eye in the room: in public, not added")[1:] == [
        ["Not acceptable", "31"],
        ["It depends", "0"],
        ["Acceptable", "60"],
        ["Counted", "91"],
    ]
    assert table(at, "A home system that learns your routine: 120 answers")[-1][1] == "120"
    assert "Counted: somebody counted these by eye." in words(at)


def test_fewer_than_ten_cards_are_not_counted_out(
    used_database: Database, evening: Performance, evidence_page: OpenEvidence
) -> None:
    def raise_cards(connection: object) -> None:
        origin = add_source(connection, evening.id, Provenance.COUNTED, "by row")  # type: ignore[arg-type]
        counts = {"not_acceptable": 4, "depends": 0, "acceptable": 5}
        add_tally(
            connection,  # type: ignore[arg-type]
            origin,
            wave=Wave.AFTER,
            mode=Mode.CARD,
            question="home_system",
            counts=counts,
            base=9,
        )

    used_database.write(raise_cards)
    at = evidence_page("results")
    assert table(at, "With coloured cards")[1:] == [["Counted", "fewer than 10"]]


def test_phones_and_paper_stand_apart_only_where_that_points_at_nobody(
    used_database: Database, evening: Performance, evidence_page: OpenEvidence
) -> None:
    store(used_database, evening, "heard_of_optout", *["yes"] * 10, *["no"] * 6, *["not_sure"] * 5)
    store(
        used_database,
        evening,
        "heard_of_optout",
        *["yes"] * 6,
        *["no"] * 5,
        *["not_sure"] * 5,
        mode=Mode.PAPER,
    )
    assert table(evidence_page("results"), "Had heard")[0] == [
        "Answer",
        "People",
        "In 100",
        "On phones",
        "On paper",
    ]
    store(used_database, evening, "ask_first", *["always"] * 12, *["no_need"] * 6)
    store(used_database, evening, "ask_first", *["always"] * 10, *["no_need"] * 2, mode=Mode.PAPER)
    assert table(evidence_page("results"), "Asking before")[0] == ["Answer", "People", "In 100"]


def test_comments_stand_apart_and_show_who_may_be_quoted(
    used_database: Database, evening: Performance, evidence_page: OpenEvidence
) -> None:
    hostile = "![x](http://evil.example/p.png) <b>bold</b>"
    store(used_database, evening, "heard_of_optout", "yes", comment=Comment("differently", hostile, True))
    store(
        used_database,
        evening,
        "heard_of_optout",
        "yes",
        comment=Comment("differently", "No, thank you.", False),
    )
    at = evidence_page("results")
    frame = at.dataframe[0].value
    assert list(frame.columns) == ["What people wrote", "May be quoted"]
    assert dict(zip(frame["What people wrote"], frame["May be quoted"], strict=True)) == {
        hostile: "Yes, without a name",
        "No, thank you.": "Do not quote",
    }
    assert "evil" not in markup(at)


def test_a_rehearsal_says_so(
    used_database: Database, evening: Performance, evidence_page: OpenEvidence
) -> None:
    store(used_database, evening, "heard_of_optout", *["yes"] * 12, provenance=Provenance.REHEARSAL)
    assert "Rehearsal: these answers are not from an audience." in words(evidence_page("results"))


def test_an_open_wave_says_that_answers_still_come_in(
    used_database: Database, evening: Performance, evidence_page: OpenEvidence
) -> None:
    assert "still coming in" not in words(evidence_page("results"))
    used_database.write(lambda connection: open_wave(connection, evening.id, Wave.AFTER))
    assert "Answers are still coming in." in words(evidence_page("results"))


def test_nobody_counted_the_audience(used_database: Database, evidence_page: OpenEvidence) -> None:
    evening = add_nest_performance(
        used_database, wave=None, starts_on=date(2026, 3, 21), standing=Standing.FINISHED
    )
    store(used_database, evening, "heard_of_optout", *["yes"] * 20, *["no"] * 20)
    at = evidence_page("results", performance=evening.code)
    assert "40 people answered. Nobody counted the audience." in words(at)
    assert "Nobody counted the audience, so we cannot speak for the whole room." in words(at)
    assert "strip" not in page_source(at)


def test_the_print_view_is_one_document_without_comments(
    audiences: Audiences, evidence_page: OpenEvidence
) -> None:
    at = evidence_page("results", performance=audiences.newer.code, print="1")
    said = words(at)
    assert said.startswith("The Nest 25 April 2017, Contact, Manchester · after the performance")
    assert "12 people left a comment. Comments are not printed here." in said
    assert "I had not thought about my watch" not in page_source(at)
    assert (
        f"from {settings().public_url}/results?performance={audiences.newer.code}. Demonstration: these answers are invented."
        in said
    )
    assert "Method Shares are of the people who answered that question" in said
    assert markup(at).count('<img src="data:image/svg+xml;base64,') == 15
    assert pictures(at) == []
    assert len(at.selectbox) == 0


def test_the_print_view_says_the_same_as_the_screen(
    audiences: Audiences, evidence_page: OpenEvidence
) -> None:
    screen = evidence_page("results", performance=audiences.newer.code)
    paper = evidence_page("results", performance=audiences.newer.code, print="1")
    caption = "Research by the NHS: 142 answers"
    assert table(paper, caption) == table(screen, caption)
    assert [picture.alt for picture in pictures(screen)] == images(paper)


def images(at: AppTest) -> list[str]:
    """The words of the still pictures."""
    return [part.split('"')[0].replace("&#39;", "'") for part in markup(at).split('alt="')[1:]]


def test_a_question_counted_by_classes_says_which_answers_are_in_each(
    used_database: Database, evening: Performance, evidence_page: OpenEvidence
) -> None:
    raised = Raised(evening.id, "research_nhs", Wave.AFTER, Mode.HANDS)
    counted = {"class:disagree": 4, "class:neutral": 0, "class:agree": 19}
    used_database.write(lambda c: open_wave(c, evening.id, Wave.AFTER))
    for helper in HELPERS:
        used_database.write(lambda c: count_block(c, raised, "Row A", helper=helper, counts=counted))
    at = evidence_page("results")

    assert table(at, "By raised hands, counted by eye in the room: in public, not added")[1:] == [
        ["Very unlikely or fairly unlikely", "4"],
        ["Not sure", "0"],
        ["Fairly likely or very likely", "19"],
        ["Counted", "23"],
    ]


def test_imported_cards_say_that_they_were_imported(
    used_database: Database, evening: Performance, evidence_page: OpenEvidence
) -> None:
    def bring(connection: object) -> None:
        origin = add_source(connection, evening.id, Provenance.IMPORTED, "by row")  # type: ignore[arg-type]
        add_tally(
            connection,  # type: ignore[arg-type]
            origin,
            wave=Wave.AFTER,
            mode=Mode.CARD,
            question="home_system",
            counts={"not_acceptable": 14, "acceptable": 5},
            base=19,
        )

    used_database.write(bring)
    caption = "With coloured cards, counted elsewhere and imported: in public, not added to the answers above"
    at = evidence_page("results")
    assert table(at, caption)[1:] == [
        ["Not acceptable", "14"],
        ["It depends", "not counted"],
        ["Acceptable", "5"],
        ["Counted", "19"],
    ]
    assert (
        "Nobody answered in private, on a phone, on paper or in a web form. What was counted in public stands"
        in words(at)
    )


@pytest.mark.parametrize("choices", [{}, {"print": "1"}])
def test_what_was_noted_on_where_answers_come_from_stands_on_screen_and_on_paper(
    used_database: Database, evening: Performance, evidence_page: OpenEvidence, choices: dict[str, str]
) -> None:
    store(used_database, evening, "heard_of_optout", *["yes"] * 20, note="paper forms of 2015 <keyed twice>")
    at = evidence_page("results", performance=evening.code, **choices)
    assert block(at, "Where the answers come from") == (
        "Where the answers come from Paper forms of 2015 <keyed twice>."
    )


def test_what_stays_after_the_keeping_date_says_that_it_is_kept_as_totals(
    used_database: Database, evidence_page: OpenEvidence
) -> None:
    evening = add_nest_performance(used_database, wave=None, keep_until=date(2026, 5, 1))
    store(used_database, evening, "heard_of_optout", *["yes"] * 20, *["no"] * 14)
    assert used_database.write(lambda connection: purge_due(connection, date(2026, 5, 1))) == [evening.code]
    at = evidence_page("results", performance=evening.code)
    assert "59 in 100 of those who answered had heard of it (20 of 34)." in words(at)
    assert "Kept as totals; answers sent after the result was shown are not in them." in block(
        at, "Where the answers come from"
    )


def test_answers_of_phones_here_need_no_note(
    used_database: Database, evening: Performance, evidence_page: OpenEvidence
) -> None:
    store(used_database, evening, "heard_of_optout", *["yes"] * 20, note="")
    assert "Where the answers come from" not in words(evidence_page("results"))


def test_an_attendance_that_was_not_counted_says_so_of_the_ranges(
    audiences: Audiences, evidence_page: OpenEvidence
) -> None:
    said = "the ranges of the whole room are not exact either"
    assert said in words(evidence_page("results", performance=audiences.newer.code))
    assert said not in words(evidence_page("results", performance=audiences.older.code))


@pytest.mark.parametrize("choices", [{}, {"print": "1"}])
def test_notes_of_the_discussion_stand_beside_the_results_on_screen_and_on_paper(
    used_database: Database, evening: Performance, evidence_page: OpenEvidence, choices: dict[str, str]
) -> None:
    hostile = "<script>alert(1)</script>![x](https://elsewhere.example/x.png)"

    def note(connection: Connection) -> None:
        add_note(connection, evening.id, hostile, cue="How to join")
        start_discussion(connection, evening.id)
        add_note(connection, evening.id, "Ask me first", quotation=True, cue="Prompt: Who decides?")
        add_note(connection, evening.id, "I would too", quotation=True, speaker="Ada Example")

    used_database.write(note)
    at = evidence_page("results", performance=evening.code, **choices)

    assert table(at, "3 notes, in the order of the evening") == [
        ["Since the start", "What was said", "On stage then"],
        ["before the start", f"Note: {hostile}", "How to join"],
        ["0 min", "Quotation: “ Ask me first ”", "Prompt: Who decides?"],
        ["0 min", "Quotation: “ I would too ” – Ada Example , quoted by name with permission", ""],
    ]
    assert "<script" not in markup(at)
    assert "<img src=x" not in markup(at)
    assert '<bdi dir="auto">Ask me first</bdi>' in markup(at)


def test_without_notes_nothing_is_said_of_them(
    used_database: Database, evening: Performance, evidence_page: OpenEvidence
) -> None:
    assert "Notes of the discussion" not in words(evidence_page("results", performance=evening.code))
