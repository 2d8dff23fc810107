"""The office's pages, driven as an organiser does, on a real database."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from survey.demonstration import add_demonstration, demonstration
from survey.model import Answer, Filled, Mode, Performance, Provenance, Role, Standing, Wave
from survey.questionnaire import DATA, load_questionnaire
from survey.settings import ROOT, settings
from survey.storage import current
from survey.storage.database import Connection, Database
from survey.storage.evidence import add_source, add_tally
from survey.storage.performances import (
    PerformanceUnknown,
    change_performance,
    find_performance,
    mark_reached,
    performances,
    rehearse_wave,
)
from survey.storage.productions import productions
from survey.storage.questionnaires import find_version, publish
from survey.storage.responses import held_count, responses_count, save_response
from survey.storage.seats import new_seat
from survey.storage.sign_ins import ABSOLUTE, acts, find_sign_in
from tests.databases import add_nest_performance, publish_nest

HOSTILE = "![x](http://evil.example/p.png) <img src=x onerror=alert(1)> **bold**"


@pytest.fixture
def house(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The database the pages use, with settings of its own."""
    monkeypatch.setenv("HOUSELIGHTS_PUBLIC_URL", "http://192.168.1.20:8501")
    monkeypatch.setenv("HOUSELIGHTS_SECRET", "a secret for tests only, not for any house")
    monkeypatch.setenv("HOUSELIGHTS_RESPONSIBLE", "Example Theatre")
    monkeypatch.setenv("HOUSELIGHTS_CONTACT", "hello@theatre.example")
    settings.cache_clear()
    current.use(sqlite_database)
    publish_nest(sqlite_database)
    yield sqlite_database
    current.use(None)
    settings.cache_clear()


Open = Callable[..., AppTest]


@pytest.fixture
def office(house: Database) -> Open:
    """Open a page of the office as an organiser: ``office("performances", performance=code)``."""

    def opened(page: str, *, role: Role = Role.ORGANISER, **query: str) -> AppTest:
        at = AppTest.from_file(ROOT / "pages" / f"{page}.py", default_timeout=20)
        signed_in(at, minutes_ago=1, role=role)
        for name, value in query.items():
            at.query_params[name] = value
        return run(at)

    return opened


def signed_in(at: AppTest, *, minutes_ago: int, role: Role = Role.ORGANISER) -> AppTest:
    """Let somebody have signed in so many minutes ago."""
    expires = datetime.now(UTC) - timedelta(minutes=minutes_ago) + ABSOLUTE
    at.user = {"role": role.value, "account": "organiser", "expires": expires.isoformat()}
    return at


def run(at: AppTest) -> AppTest:
    """Run a page and let nothing go wrong silently."""
    at.run()
    assert [str(wrong.value) for wrong in at.exception] == []
    return at


def words(at: AppTest) -> str:
    """All our own markup on a page."""
    return "\n".join(part.proto.body for part in at.get("html"))


def press(at: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    (button,) = [button for button in at.button if button.label == label]
    button.click()
    return run(at)


def buttons(at: AppTest) -> set[str]:
    """The labels of all buttons."""
    return {button.label for button in at.button}


def fill(at: AppTest, label: str, value: str) -> None:
    """Type into the field with this label."""
    (field,) = [field for field in at.text_input if field.label == label]
    field.input(value)


def name(at: AppTest, production: str) -> None:
    """Type the name of a production."""
    fill(at, "Production", production)


def now(house: Database, performance: Performance) -> Performance:
    """The performance as it is stored."""
    with house.reading() as connection:
        return find_performance(connection, performance.code)


def answer(house: Database, performance: Performance, wave: Wave, times: int) -> None:
    """Let so many phones answer one question."""
    filled = Filled(answers=(Answer("home_system", ("depends",)),))
    for _ in range(times):
        house.write(
            lambda connection: save_response(
                connection,
                performance,
                seat=new_seat(),
                wave=wave,
                version_id=performance.version_id,
                language="en",
                filled=filled,
            )
        )


def logged(house: Database) -> list[tuple[str, str]]:
    """The log of acts, newest first, as (act, about)."""
    with house.reading() as connection:
        return [(line.act, line.about) for line in acts(connection)]


@pytest.mark.parametrize("page", ["performances", "questionnaires", "poster"])
@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.STAGE])
def test_the_office_is_the_organisers(office: Open, page: str, role: Role) -> None:
    at = office(page, role=role)

    assert [text.value for text in at.text] == ["This page is not part of your sign-in. Ask the organiser."]
    assert words(at) == ""
    assert not at.button


def test_an_empty_first_start_offers_two_ways_to_begin(office: Open) -> None:
    at = office("performances")

    assert buttons(at) == {"Set up your first performance", "Look around with demonstration answers"}


def test_looking_around_adds_the_demonstration_and_says_it_is_invented(office: Open, house: Database) -> None:
    at = press(office("performances"), "Look around with demonstration answers")

    with house.reading() as connection:
        there = demonstration(connection)
    assert there
    shown = words(at)
    assert all(performance.code in shown for performance in there)
    assert "invented answers" in shown
    assert logged(house)[0] == ("added", "demonstration")

    at = press(at, "Remove the demonstration")
    with house.reading() as connection:
        assert demonstration(connection) == []
    assert "Set up your first performance" in buttons(at)


def test_setting_up_a_first_performance_leads_to_it(office: Open, house: Database) -> None:
    at = press(office("performances"), "Set up your first performance")
    name(at, "The Nest")
    fill(at, "Date", "April 2026")
    fill(at, "Venue", HOSTILE)
    at = press(at, "Set up this performance")

    with house.reading() as connection:
        (made,) = performances(connection)
    assert (made.production, made.date_precision, made.starts_on) == ("The Nest", "month", date(2026, 4, 1))
    assert (made.responsible, made.contact) == ("Example Theatre", "hello@theatre.example")
    assert made.standing is Standing.REHEARSAL
    assert at.query_params["performance"] == made.code
    assert made.code in words(at)
    assert logged(house) == [("set up a performance", "The Nest")]


def test_nothing_typed_is_lost_when_something_needs_another_look(office: Open, house: Database) -> None:
    at = office("performances", new="yes")
    fill(at, "Date", "soon")
    fill(at, "Venue", "53Two")
    fill(at, "Seats", "many")
    at = press(at, "Set up this performance")

    assert {field.label: field.value for field in at.text_input if field.value} == {
        "Date": "soon",
        "Venue": "53Two",
        "Seats": "many",
        "Responsible body": "Example Theatre",
        "Contact": "hello@theatre.example",
    }
    shown = words(at)
    assert "Look again at: Production, Date, Seats." in shown
    assert "Write a date such as 25 April 2026" in shown
    with house.reading() as connection:
        assert performances(connection) == []


def test_a_new_performance_of_the_real_nest_stays_out_of_the_demonstration(
    office: Open, house: Database
) -> None:
    invented = house.write(add_demonstration)[0]
    at = office("performances", new="yes")
    assert invented.responsible not in [field.value for field in at.text_input]
    name(at, invented.production)
    fill(at, "Date", "2026")
    press(at, "Set up this performance")

    with house.reading() as connection:
        made = next(found for found in performances(connection) if found.starts_on == date(2026, 1, 1))
        assert len(productions(connection)) == 2
    assert made.production_id != invented.production_id
    assert made.responsible == "Example Theatre"


def test_words_people_typed_are_never_markup(office: Open, house: Database) -> None:
    made = add_nest_performance(house)
    house.write(lambda connection: change_performance(connection, replace(made, venue=HOSTILE)))

    for at in (office("performances"), office("performances", performance=made.code)):
        assert HOSTILE not in words(at)
        assert "&lt;img src=x onerror=alert(1)&gt; **bold**" in words(at)
        assert not [text for text in (*at.markdown, *at.caption) if "evil.example" in text.value]


def test_an_unknown_code_leads_home_kindly(office: Open, house: Database) -> None:
    add_nest_performance(house)
    at = office("performances", performance="zzzzzzzz")

    assert "There is no performance with this code" in words(at)
    assert "New performance" in buttons(at)


def test_what_is_missing_before_opening_is_listed_and_nothing_opens(office: Open, house: Database) -> None:
    made = add_nest_performance(house, wave=None, youngest_age=None, contact="")
    at = office("performances", performance=made.code)

    assert "<li>the youngest age expected</li>" in words(at)
    assert "<li>how to contact them</li>" in words(at)
    assert not [label for label in buttons(at) if label.startswith("Open ")]


def test_details_are_saved_and_shown_as_stored(office: Open, house: Database) -> None:
    made = add_nest_performance(house, wave=None, youngest_age=None)
    at = office("performances", performance=made.code)
    fill(at, "Youngest age expected", "14")
    fill(at, "Date", "25/4/2026")
    at = press(at, "Save details")

    assert (now(house, made).youngest_age, now(house, made).starts_on) == (14, date(2026, 4, 25))
    assert [field.value for field in at.text_input if field.label == "Date"] == ["25 April 2026"]
    assert "The details are saved." in words(at)
    assert ("changed details", made.code) in logged(house)
    assert "Open “before” for the audience" in buttons(at)


def test_families_are_expected_once_the_organiser_says_so(office: Open, house: Database) -> None:
    made = add_nest_performance(house)
    at = office("performances", performance=made.code)
    (tick,) = [box for box in at.checkbox if box.label.startswith("Children below the youngest age")]
    assert not tick.value
    tick.check()
    press(at, "Save details")
    assert now(house, made).families


def test_what_the_audience_was_told_stays_after_opening(office: Open, house: Database) -> None:
    made = add_nest_performance(house)
    at = office("performances", performance=made.code)

    assert {box.label for box in at.selectbox} == {"Kind of event"}
    for label in ("Questionnaire", "Purpose", "Lawful basis"):
        assert f'<div class="office-locked"><span>{label}</span>' in words(at)
    fill(at, "Answers are kept until", "1 January 2100")
    at = press(at, "Save details")
    assert "The audience was told 20 March 2099" in words(at)
    assert now(house, made).keep_until == date(2099, 3, 20)


def test_a_rehearsal_is_wiped_when_it_opens_for_real(office: Open, house: Database) -> None:
    made = add_nest_performance(house, wave=None)
    at = press(office("performances", performance=made.code), "Rehearse “before”")
    assert now(house, made).standing is Standing.REHEARSAL
    answer(house, made, Wave.BEFORE, 3)

    at = run(at)
    (wipe,) = [box for box in at.checkbox if box.label.startswith("First wipe")]
    assert (wipe.label, wipe.value) == ("First wipe the 3 rehearsal answers", True)
    at = press(at, "Open “before” for the audience")

    assert (now(house, made).standing, now(house, made).open_wave) == (Standing.RUNNING, Wave.BEFORE)
    with house.reading() as connection:
        assert responses_count(connection, made.id, Wave.BEFORE) == 0
    assert "rehearsal" not in words(at).lower()  # nothing of it is left, and nothing says it were
    assert not [label for label in buttons(at) if label.startswith("Rehearse")]
    assert [act for act, about in logged(house) if about == made.code] == [
        "opened before",
        "rehearsed before",
    ]


def test_opening_after_closes_before_and_closing_keeps_the_answers(office: Open, house: Database) -> None:
    made = add_nest_performance(house)
    answer(house, made, Wave.BEFORE, 2)
    at = press(office("performances", performance=made.code), "Open “after” for the audience")
    assert now(house, made).open_wave is Wave.AFTER
    at = press(at, "Close “after”")

    assert now(house, made).open_wave is None
    assert now(house, made).join_number == made.join_number, "one number for the whole evening"
    with house.reading() as connection:
        assert responses_count(connection, made.id, Wave.BEFORE) == 2
    assert "Closed for now" in words(at)


def test_a_jury_starts_and_ends(office: Open, house: Database) -> None:
    from survey.model import EventKind

    made = add_nest_performance(house, wave=None, kind=EventKind.JURY)
    at = office("performances", performance=made.code)

    assert {"Rehearse “start”", "Open “start” for the audience"} <= buttons(at)


def test_no_phone_yet_names_the_four_causes_until_one_comes(office: Open, house: Database) -> None:
    made = add_nest_performance(house)
    at = office("performances", performance=made.code)
    assert "No phone has reached this address yet" in words(at)
    assert "A sleeping laptop" in words(at)
    assert "Only phones on the same network as this computer" in words(at)
    assert f"http://192.168.1.20:8501/p/{made.code}" in words(at)

    house.write(lambda connection: mark_reached(connection, made.id))
    at = run(at)
    assert "No phone has reached this address yet" not in words(at)
    assert "A phone from outside has opened this address." in words(at)


def test_attendance_is_counted_by_a_person(office: Open, house: Database) -> None:
    made = add_nest_performance(house)
    at = office("performances", performance=made.code)
    fill(at, "Attendance", "most")
    at = press(at, "Save attendance")
    assert "Write a whole number from 1 to 100,000" in words(at)
    assert now(house, made).attendance is None

    fill(at, "Attendance", "84")
    next(box for box in at.checkbox if box.label.startswith("About")).check()
    at = press(at, "Save attendance")
    assert (now(house, made).attendance, now(house, made).attendance_about) == (84, True)
    assert "about 84" in words(at)


@pytest.mark.parametrize(("button", "counted"), [("Count them", 12), ("Set them aside", 10)])
def test_answers_beyond_the_seats_wait_for_the_organiser(
    office: Open, house: Database, button: str, counted: int
) -> None:
    made = add_nest_performance(house, capacity=10)
    answer(house, made, Wave.BEFORE, 12)
    at = office("performances", performance=made.code)
    assert "2 responses wait for you" in words(at)
    at = press(at, button)

    with house.reading() as connection:
        assert responses_count(connection, made.id, Wave.BEFORE) == counted
        assert held_count(connection, made.id) == 0
    assert button not in buttons(at)


def test_a_stage_link_is_made_copied_and_ended(office: Open, house: Database) -> None:
    made = add_nest_performance(house)
    at = press(office("performances", performance=made.code), "Make a stage link")
    (link,) = [code.value for code in at.code]
    assert link.startswith("http://192.168.1.20:8501/sign-in?stage=")
    token = link.split("=")[1]
    with house.reading() as connection:
        found = find_sign_in(connection, token)
    assert found is not None
    assert (found.role, found.performance_id) == (Role.STAGE, made.id)

    at = press(at, "End all stage links")
    assert not at.code
    with house.reading() as connection:
        assert find_sign_in(connection, token) is None


def test_finishing_asks_for_the_code_then_freezes(office: Open, house: Database) -> None:
    made = add_nest_performance(house)
    at = press(office("performances", performance=made.code), "Finish this performance")
    assert f"Type the code {made.code}, then press the button again." in words(at)
    assert now(house, made).standing is Standing.RUNNING

    fill(at, f"Type {made.code} to finish", f" {made.code.upper()} ")
    at = press(at, "Finish this performance")
    assert now(house, made).standing is Standing.FINISHED
    assert now(house, made).seat_key is None
    assert not [label for label in buttons(at) if label.startswith(("Open", "Close", "Rehearse", "Finish"))]
    assert ("finished", made.code) in logged(house)


def test_deleting_asks_for_the_code_then_leads_home(office: Open, house: Database) -> None:
    made = add_nest_performance(house)
    at = office("performances", performance=made.code)
    fill(at, f"Type {made.code} to delete", "another")
    at = press(at, "Delete this performance and its answers")
    assert now(house, made).code == made.code

    fill(at, f"Type {made.code} to delete", made.code)
    at = press(at, "Delete this performance and its answers")
    with pytest.raises(PerformanceUnknown):
        now(house, made)
    assert "is deleted, with everything that belonged to it" in words(at)
    assert ("deleted", made.code) in logged(house)


def test_deleting_needs_a_fresh_sign_in_however_long_the_page_stays_open(
    office: Open, house: Database
) -> None:
    made = add_nest_performance(house)
    at = office("performances", performance=made.code)
    fill(at, f"Type {made.code} to delete", made.code)
    at = press(signed_in(at, minutes_ago=11), "Delete this performance and its answers")
    assert now(house, made).code == made.code
    assert "Delete this performance and its answers" not in buttons(at)
    assert "You signed in more than ten minutes ago." in words(at)
    assert f'href="/sign-in?next=/performances%3Fperformance%3D{made.code}"' in words(at)


def test_a_facilitators_opening_meanwhile_is_seen_not_overwritten(office: Open, house: Database) -> None:
    made = add_nest_performance(house, wave=None)
    at = office("performances", performance=made.code)
    house.write(lambda connection: rehearse_wave(connection, made.id, Wave.AFTER))
    at = run(at)

    assert "In rehearsal, “after” is open" in words(at)
    assert "Rehearse “after”" not in buttons(at)


def test_the_list_is_newest_first_with_everything_in_words(office: Open, house: Database) -> None:
    older = add_nest_performance(house, starts_on=date(2015, 10, 1), date_precision="month", wave=None)
    newer = add_nest_performance(house, attendance=84, attendance_about=True)
    answer(house, newer, Wave.BEFORE, 2)

    shown = words(office("performances"))
    assert shown.index(newer.code) < shown.index(older.code)
    for part in (
        "October 2015",
        "20 March 2026",
        "A performance",
        "“Before” is open",
        "about 84",
        "In rehearsal",
    ):
        assert part in shown


def test_past_evidence_is_no_rehearsal_and_its_totals_are_counted(office: Open, house: Database) -> None:
    past = add_nest_performance(house, starts_on=date(2015, 10, 1), wave=None)

    def bring(connection: Connection) -> None:
        origin = add_source(connection, past.id, Provenance.IMPORTED, "Cards of 2015")
        counts = {"not_acceptable": 41, "acceptable": 29}
        add_tally(
            connection,
            origin,
            wave=Wave.BEFORE,
            mode=Mode.CARD,
            question="home_system",
            counts=counts,
            base=70,
        )

    house.write(bring)
    for page in (office("performances"), office("performances", performance=past.code)):
        assert "totals of 70" in words(page)
        assert "Past evidence" in words(page)
        assert "In rehearsal" not in words(page)
    assert "nothing needs to open here" in words(office("performances", performance=past.code))


def test_a_long_history_shows_its_newest_part_until_all_is_asked(office: Open, house: Database) -> None:
    for day in range(1, 63):
        add_nest_performance(house, starts_on=date(2020 + day % 5, 1 + day % 12, 1 + day % 28), wave=None)

    assert words(office("performances")).count("/performances?performance=") == 60
    assert "Show all 62" in words(office("performances"))
    assert words(office("performances", all="yes")).count("/performances?performance=") == 62


def test_a_questionnaire_is_shown_as_its_audience_sees_it(office: Open) -> None:
    shown = words(office("questionnaires"))

    for part in (
        "learns your routine",
        "Very unlikely",
        "Commercial organisations",
        "Choose up to 3",
        "An insurance company",
        "for each: “0 do not trust at all” to “10 complete trust”",
        "Write up to 280 characters",
    ):
        assert part in shown
    assert not [label for label in buttons(office("questionnaires")) if "dit" in label]


def test_a_file_set_aside_says_in_the_office_what_to_do_and_all_files_are_read_again(
    office: Open, house: Database
) -> None:
    at = office("questionnaires")
    assert "set aside" not in words(at)
    assert "Not published yet: its file may change" in words(at)
    questionnaire, content = load_questionnaire(DATA / "the-nest-1.yaml")
    content["title"] = {"en": "Another title"}
    house.write(lambda connection: publish(connection, questionnaire, content))
    press(at, "Read the files again")
    with house.reading() as connection:
        assert str(find_version(connection, "the-nest-1").title) == "The Nest", "it followed its file"

    house.write(lambda connection: publish(connection, questionnaire, content))
    add_nest_performance(house, version_id="the-nest-1", wave=Wave.AFTER)
    shown = words(office("questionnaires", questionnaire="the-nest-1"))
    assert "One file is set aside" in shown
    assert "the-nest-1.yaml: Version 1 is published" in shown
    assert "Raise its version to 2" in shown
    assert "Another title" in str(office("questionnaires").selectbox[0].options)


def test_the_poster_page_offers_the_pdf_of_the_performance_in_the_address(
    office: Open, house: Database
) -> None:
    add_nest_performance(house, starts_on=date(2030, 1, 1))
    made = add_nest_performance(house)
    at = office("poster", performance=made.code)

    assert at.selectbox[0].value == made.code
    downloads = [download.proto.label for download in at.get("download_button")]
    assert downloads == [
        "Download the poster (PDF)",
        "Download the cards (PDF)",
        "Download the sheets (PDF)",
    ]
    assert len(at.get("image")) == 1 + 1 + 3  # the poster, ten cards, each page of one sheet
    assert at.number_input[0].value == made.capacity


def test_paper_sheets_are_offered_in_the_languages_that_phones_are_offered(
    office: Open, house: Database
) -> None:
    made = add_nest_performance(house)
    at = office("poster", performance=made.code)

    assert at.selectbox[1].options == ["English"]
    first, number = (field for field in at.number_input if "sheet" in (field.label or ""))
    assert (first.value, number.value, number.max) == (1, 20, 100)
    first.set_value(395).run()
    number = at.number_input[2]
    assert (number.value, number.max) == (6, 6)  # there are four hundred
    assert not at.exception


def test_letters_the_poster_cannot_print_are_said(office: Open, house: Database) -> None:
    made = add_nest_performance(house, venue="گھونسلا")
    at = office("poster", performance=made.code)

    assert "has no letters for some of these words" in words(at)
    assert not at.get("download_button")


def test_a_poster_without_any_performance_says_where_to_begin(office: Open) -> None:
    at = office("poster")
    assert "Set one up under Performances first" in words(at)
    assert [field.label for field in at.text_input] == []  # there is nothing yet to print a Wi-Fi name on
