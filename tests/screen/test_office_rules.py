"""The office's rules, without a page: addresses, dates, details, what an audience can show."""

from dataclasses import replace
from datetime import date

import pytest

from survey.model import EventKind, Purpose, Standing, Wave
from survey.screen.office.address import (
    CAUSES,
    LOCAL_NAME,
    NO_NETWORK,
    ONLY_HERE,
    SAME_NETWORK,
    address_warning,
)
from survey.screen.office.audience import audience_sentences
from survey.screen.office.dates import DateUnclear, read_date, written
from survey.screen.office.details import (
    DetailsUnclear,
    Typed,
    read_count,
    read_details,
    typed_of,
)
from survey.screen.office.words import KINDS, standing_words, wave_word
from tests.databases import UNSTORED

TODAY = date(2026, 4, 1)
TYPED = Typed(production="The Nest", when="25 April 2026", version_id="the-nest-1")
STORED = replace(
    UNSTORED,
    standing=Standing.RUNNING,
    open_wave=Wave.BEFORE,
    join_number="481700",
    seat_key=b"key",
    families=True,
)


@pytest.mark.parametrize(
    ("public_url", "warning"),
    [
        ("http://127.0.0.1:8501", ONLY_HERE),
        ("http://127.8.9.1", ONLY_HERE),
        ("http://[::1]:8501", ONLY_HERE),
        ("http://0.0.0.0:8501", ONLY_HERE),
        ("http://[::ffff:127.0.0.1]", ONLY_HERE),
        ("http://localhost:8501", ONLY_HERE),
        ("http://LOCALHOST.", ONLY_HERE),
        ("http://desk.localhost", ONLY_HERE),
        ("http://169.254.10.20:8501", NO_NETWORK),
        ("http://[fe80::1%25eth0]:8501", NO_NETWORK),
        ("http://192.168.1.20:8501", SAME_NETWORK),
        ("http://10.1.2.3", SAME_NETWORK),
        ("http://172.16.0.9:8501", SAME_NETWORK),
        ("http://172.31.255.255", SAME_NETWORK),
        ("http://100.64.3.2", SAME_NETWORK),
        ("http://[fd12:3456::1]:8501", SAME_NETWORK),
        ("http://laptop.local:8501", LOCAL_NAME),
        ("http://laptop:8501", LOCAL_NAME),
        ("http://venue.test", LOCAL_NAME),
        ("http://172.32.0.1", None),
        ("https://8.8.8.8", None),
        ("https://[2606:4700::1111]", None),
        ("https://talk.theatre.example", None),
        ("https://localhost.theatre.example", None),
    ],
)
def test_an_address_phones_cannot_reach_warns(public_url: str, warning: str | None) -> None:
    assert address_warning(public_url) == warning


def test_four_causes_are_named_with_what_to_do() -> None:
    assert [cause for cause, _ in CAUSES] == [
        "A private address",
        "Guest Wi-Fi that keeps devices apart",
        "A firewall on this computer",
        "A sleeping laptop",
    ]
    assert all(advice.endswith(".") for _, advice in CAUSES)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("25 April 2026", date(2026, 4, 25), "day"),
        (" saturday 25th  Apr, 2026 ", date(2026, 4, 25), "day"),
        ("Sat 25 April 2026", date(2026, 4, 25), "day"),
        ("April 25, 2026", date(2026, 4, 25), "day"),
        ("2026-04-25", date(2026, 4, 25), "day"),
        ("4/5/2026", date(2026, 5, 4), "day"),
        ("29.2.2028", date(2028, 2, 29), "day"),
        ("October 2015", date(2015, 10, 1), "month"),
        ("sept 2015", date(2015, 9, 1), "month"),
        ("may 2017", date(2017, 5, 1), "month"),
        ("2015-10", date(2015, 10, 1), "month"),
        ("2015", date(2015, 1, 1), "year"),
        ("٢٠٢٦", date(2026, 1, 1), "year"),
    ],
)
def test_a_date_is_read_as_finely_as_it_is_known(text: str, day: date, precision: str) -> None:
    assert read_date(text) == (day, precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "tomorrow",
        "25 April",
        "April",
        "31 February 2026",
        "29 2 2026",
        "13/13/2026",
        "25 4 26",
        "ma 2017",
        "1 2 3 2026",
        "99",
        "0",
        "April May 2026",
        "²⁰²⁶",
    ],
)
def test_what_is_no_date_says_how_to_write_one(text: str) -> None:
    with pytest.raises(DateUnclear, match="25 April 2026, April 2026 or 2026"):
        read_date(text)


def test_a_day_is_written_without_a_leading_nought() -> None:
    assert written(date(2026, 5, 4)) == "4 May 2026"


def test_production_date_and_questionnaire_are_enough_to_begin() -> None:
    details = read_details(TYPED, today=TODAY)

    assert (details.production, details.starts_on, details.date_precision) == (
        "The Nest",
        date(2026, 4, 25),
        "day",
    )
    assert (details.capacity, details.youngest_age, details.keep_until) == (None, None, None)


def test_everything_unclear_is_said_at_once_each_beside_its_field() -> None:
    typed = Typed(
        when="soon",
        capacity="many",
        youngest_age="-3",
        keep_until="2027",
        purpose=Purpose.RESEARCH,
        venue="ab" * 61,
    )

    with pytest.raises(DetailsUnclear) as unclear:
        read_details(typed, today=TODAY)

    assert unclear.value.problems == {
        "when": "Write a date such as 25 April 2026, April 2026 or 2026.",
        "venue": "Write at most 120 characters; these are 122.",
        "capacity": "Write a whole number from 1 to 100,000, or leave it empty if nobody knows.",
        "youngest_age": "Write a whole number from 0 to 120, or leave it empty if nobody knows.",
        "keep_until": "Write the day answers are deleted, such as 25 April 2027.",
        "production": "Choose a production, or type the name of a new one.",
        "version_id": "Choose a questionnaire.",
        "approved": "Tick that the research is approved, or choose another purpose.",
    }


def test_a_page_to_look_only_needs_the_age_it_is_offered_below() -> None:
    with pytest.raises(DetailsUnclear, match="Write the youngest age to answer"):
        read_details(replace(TYPED, families=True), today=TODAY)
    with pytest.raises(DetailsUnclear, match="Write the youngest age to answer"):
        read_details(replace(TYPED, families=True, youngest_age="0"), today=TODAY)

    assert read_details(replace(TYPED, families=True, youngest_age="14"), today=TODAY).families


def test_approved_research_may_be_the_purpose() -> None:
    details = read_details(replace(TYPED, purpose=Purpose.RESEARCH, approved=True), today=TODAY)

    assert details.purpose is Purpose.RESEARCH


def test_a_keeping_date_lies_in_the_future() -> None:
    with pytest.raises(DetailsUnclear, match="Choose a day in the future"):
        read_details(replace(TYPED, keep_until="1 April 2026"), today=TODAY)

    assert read_details(replace(TYPED, keep_until="2 April 2026"), today=TODAY).keep_until == date(2026, 4, 2)


def test_a_keeping_date_people_were_told_only_comes_sooner() -> None:
    typed = typed_of(STORED)

    with pytest.raises(DetailsUnclear, match="The audience was told 25 April 2027"):
        read_details(replace(typed, keep_until="26 April 2027"), today=TODAY, told=STORED)
    sooner = read_details(replace(typed, keep_until="1 May 2026"), today=TODAY, told=STORED)

    assert sooner.keep_until == date(2026, 5, 1)


def test_details_survive_the_way_into_the_form_and_out_again() -> None:
    details = read_details(typed_of(STORED), today=TODAY, told=STORED)

    for field in ("production", "starts_on", "date_precision", "venue", "kind", "capacity", "responsible"):
        assert getattr(details, field) == getattr(STORED, field)
    for field in (
        "contact",
        "purpose",
        "lawful_basis",
        "youngest_age",
        "families",
        "keep_until",
        "version_id",
    ):
        assert getattr(details, field) == getattr(STORED, field)


def test_names_are_cleaned_and_stay_on_one_line() -> None:
    details = read_details(
        replace(TYPED, production="  The\u202e\n Nest\u200b ", venue="Łódź  Theatre"), today=TODAY
    )

    assert (details.production, details.venue) == ("The Nest", "Łódź Theatre")


@pytest.mark.parametrize(
    ("text", "count"), [("", None), ("  ", None), ("120", 120), ("1,200", 1200), ("1 200", 1200)]
)
def test_a_count_is_read_as_people_write_it(text: str, count: int | None) -> None:
    assert read_count(text, 1, 100_000) == count


@pytest.mark.parametrize("text", ["0", "-5", "12.5", "about 20", "100001", "9" * 30, "²", "١٢"])
def test_what_is_no_count_says_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="Write a whole number from 1 to 100,000"):
        read_count(text, 1, 100_000)


def test_a_small_room_is_told_what_it_can_show() -> None:
    sentences = audience_sentences(25)

    assert sentences[0] == "With 25 seats expect totals only; before and after needs about 60 people."
    assert sentences[-1].startswith("If all 25 people answer, you know what the room thinks.")


def test_a_large_room_is_told_what_half_of_it_can_show() -> None:
    assert [sentence.split(",")[0] for sentence in audience_sentences(120)] == [
        "If 60 of 120 people answer",
        "If all 120 people answer",
    ]


def test_counted_people_decide_over_seats() -> None:
    assert [sentence.split(",")[0] for sentence in audience_sentences(400, 100)] == [
        "If 50 of 100 people answer",
        "If all 100 people answer",
    ]


def test_a_handful_of_people_is_told_that_nothing_shows() -> None:
    assert audience_sentences(9) == [
        "With fewer than 10 people nothing is shown: a total could point at someone. Talk instead."
    ]


def test_an_arena_costs_no_more_to_describe_than_a_theatre() -> None:
    assert len(audience_sentences(100_000)) == 1


def test_a_room_of_unknown_size_asks_for_its_seats() -> None:
    assert audience_sentences(None) == [
        "Tell us how many seats there are: rooms of unknown size are treated as small ones."
    ]


def test_every_kind_of_event_has_words() -> None:
    assert set(KINDS) == set(EventKind)
    assert wave_word(EventKind.JURY, Wave.BEFORE) == "start"
    assert wave_word(EventKind.PERFORMANCE, Wave.AFTER) == "after"


@pytest.mark.parametrize(
    ("standing", "wave", "words"),
    [
        (Standing.REHEARSAL, None, "In rehearsal"),
        (Standing.REHEARSAL, Wave.BEFORE, "In rehearsal, “before” is open"),
        (Standing.RUNNING, Wave.AFTER, "“After” is open"),
        (Standing.RUNNING, None, "Closed for now"),
        (Standing.FINISHED, None, "Finished"),
    ],
)
def test_a_standing_is_said_in_words(standing: Standing, wave: Wave | None, words: str) -> None:
    assert standing_words(replace(STORED, standing=standing, open_wave=wave)) == words
