"""What the stage shows in a discussion, picture by picture, without a browser."""

import re
from datetime import date

import pytest

from survey.model import Role, Wave
from survey.questionnaire.poll import poll_content
from survey.room.acts import ask_now, darken, reveal_on_stage
from survey.screen.room.pictures.codes import code_picture
from survey.screen.room.pictures.sizes import fitted
from survey.screen.room.stage import look
from survey.screen.signed_in import Person
from survey.storage.conclusions import write_conclusion
from survey.storage.contributions import add_contribution, approve, mark_answered, pin, set_support
from survey.storage.database import Connection, Database
from survey.storage.polls import vote
from survey.storage.seats import new_seat
from tests.databases import add_nest_performance
from tests.publication.comparing import an_audience, before_and_after, closed
from tests.publication.evening import Evening, an_evening
from tests.screen.looking_on import put, seen, words

RESTING = re.compile(r"The Nest talk\.theatre\.example/join \d{3} \d{3}")
"""What the stage says while it shows nothing else."""


@pytest.fixture
def evening(sqlite_database: Database) -> Evening:
    """One performance and its audience on a real SQLite file."""
    return an_evening(sqlite_database)


def contributed(evening: Evening, *texts: str) -> list[str]:
    """Let contributions through, in this order; return their ids."""

    def act(connection: Connection) -> list[str]:
        made = [add_contribution(connection, evening.id, text).id for text in texts]
        for id in made:
            approve(connection, evening.id, id)
        return made

    return evening.database.write(act)


def supported(evening: Evening, id: str, phones: int) -> None:
    for _phone in range(phones):
        seat = new_seat()
        evening.database.write(
            lambda connection: set_support(connection, evening.performance, id, seat=seat, wanted=True)
        )


def test_a_prompt_stands_alone_and_its_words_are_never_markup(evening: Evening) -> None:
    put(evening, view="prompt", text="Who decides, <b>Sean</b> or Sara?")
    picture = seen(evening).picture
    assert "Who decides, &lt;b&gt;Sean&lt;/b&gt; or Sara?" in picture
    assert '<bdi class="words" dir="auto"' in picture
    assert "talk.theatre.example/join" in words(picture)


def test_a_poll_is_asked_like_a_question_then_shown_like_a_result(evening: Evening) -> None:
    content = poll_content("Should Sara be told?", ["Yes", "No", "Only if she asks"])
    asked = evening.database.write(lambda connection: ask_now(connection, evening.performance, content))
    read = words(seen(evening).picture)
    assert (
        "Should Sara be told? Yes No Only if she asks Answer on your phone. Fewer than 10 have answered"
        in read
    )
    for phone in range(40):
        evening.database.write(
            lambda connection: vote(
                connection,
                evening.performance,
                asked.id,
                seat=new_seat(),
                options=[asked.question.values[0 if phone < 24 else 1]],
            )
        )
    more = read.replace("Fewer than 10", "More than 30")
    assert words(seen(evening).picture) == more, "the count moves, and nothing says for what"
    evening.database.write(lambda connection: reveal_on_stage(connection, evening.performance))
    assert "Yes 60 No 40 Only if she asks 0 in 100 of the 40 who answered" in words(seen(evening).picture)


def test_a_poll_of_another_evening_is_never_shown(evening: Evening) -> None:
    other = an_evening(evening.database)
    content = poll_content("Should Sara be told?", ["Yes", "No"])
    asked = other.database.write(lambda connection: ask_now(connection, other.performance, content))
    put(evening, view="poll", poll=asked.id)
    assert RESTING.fullmatch(words(seen(evening).picture))


def test_before_and_after_is_a_flow_with_every_number_printed(sqlite_database: Database) -> None:
    night = Evening(
        sqlite_database, add_nest_performance(sqlite_database, wave=Wave.BEFORE, capacity=None).id
    )
    before_and_after(night, (26, 17, 6, 45))
    put(night, view="change", question="home_system")
    assert "Talk to the person next to you." in words(seen(night).picture)  # nothing is stored yet
    picture = look(night.database, Person(Role.STAGE, night.id, ""), None, None).scene.picture
    read = words(picture)
    assert "Before 32 said acceptable 62 did not" in read
    assert "After 43 said acceptable 51 did not" in read
    assert re.findall(r'<b class="people[^>]*>(\d+)</b>', picture) == ["26", "45", "17", "6"]
    assert "Net: 12 more in 100" in read


def test_a_movement_of_a_few_is_said_in_words(sqlite_database: Database) -> None:
    night = Evening(
        sqlite_database, add_nest_performance(sqlite_database, wave=Wave.BEFORE, capacity=None).id
    )
    before_and_after(night, (20, 14, 3, 30))
    put(night, view="change", question="home_system")
    picture = look(night.database, Person(Role.STAGE, night.id, ""), None, None).scene.picture
    assert "said acceptable only before fewer than 5" in words(picture)
    assert "ribbon" not in picture


def test_another_audience_stands_beside_this_one_once_nobody_answers(evening: Evening) -> None:
    there = an_audience(
        evening.database,
        "home_system",
        {"not_acceptable": 52, "depends": 15, "acceptable": 33},
        date(2017, 4, 25),
    )
    evening.answers("home_system", {"not_acceptable": 30, "depends": 30, "acceptable": 60})
    put(evening, view="beside", question="home_system", wave="after", code=there.performance.code)
    projector = Person(Role.STAGE, evening.id, "")
    waits = words(look(evening.database, projector, None, None).scene.picture)
    assert waits.split("or not?")[1].strip().startswith("Talk to the person next to you.")
    closed(evening)
    read = words(look(evening.database, projector, None, None).scene.picture)
    assert "Not acceptable 52 25 It depends 15 25 Acceptable 33 50" in read
    assert "25 April 2017: in 100 of 100 20 March 2026: in 100 of 120" in read
    assert "No clear difference in the share who said acceptable" in read
    assert "This compares one audience with another." in read


def test_a_published_survey_stands_beside_this_audience_once_nobody_answers(evening: Evening) -> None:
    evening.answers("research_nhs", {"fairly_unlikely": 30, "not_sure": 24, "very_likely": 66})
    survey = {"question": "research_nhs", "wave": "after", "benchmark": "aggarwal_2021_likely"}
    put(evening, view="beside", **survey)
    projector = Person(Role.STAGE, evening.id, "")
    waits = look(evening.database, projector, None, None).scene.picture
    assert "Talk to the person next to you." in words(waits)
    assert "78" not in re.sub(r"join \d{3} \d{3}", "", words(waits))
    assert "survey" not in words(waits)
    closed(evening)
    picture = look(evening.database, projector, None, None).scene.picture
    read = words(picture)
    assert "23 fewer in 100 said likely here than in the published survey" in read
    assert "Fairly likely or very likely 55 78" in read
    assert "This audience: in 100 of 120 Patients and public, London hospital, 2021: 408 people" in read
    assert "This does not tell what caused any difference." in read
    assert (picture.count('class="band"'), picture.count('class="range"'), picture.count('class="dot"')) == (
        3,
        3,
        3,
    )


def test_a_survey_whose_base_is_not_known_has_no_band(evening: Evening) -> None:
    evening.answers("heard_of_optout", {"no": 30, "yes": 30})
    closed(evening)
    put(evening, view="beside", question="heard_of_optout", benchmark="atkin_2021_optout_aware")
    picture = look(evening.database, Person(Role.STAGE, evening.id, ""), None, None).scene.picture
    assert 'class="band"' not in picture
    assert "West Midlands, 2021: how many answered is not known" in words(picture)


def test_a_small_audience_beside_a_survey_is_two_sentences(evening: Evening) -> None:
    evening.answers("research_nhs", {"fairly_unlikely": 5, "not_sure": 6, "very_likely": 8})
    closed(evening)
    put(evening, view="beside", question="research_nhs", benchmark="aggarwal_2021_likely")
    picture = look(evening.database, Person(Role.STAGE, evening.id, ""), None, None).scene.picture
    assert "This audience 8 of the 19 people who answered said likely." in words(picture)
    assert "In the published survey 78 in 100 said likely and 8 said unlikely." in words(picture)
    assert "dot" not in picture


def test_the_board_shows_what_was_let_through_most_supported_first(evening: Evening) -> None:
    put(evening, view="contributions")
    assert "What would you like to ask, or to say?" in words(seen(evening).picture)
    first, second, third = contributed(evening, "Who owns it?", "Who sees <i>it</i>?", "Is it safe?")
    evening.database.write(lambda connection: add_contribution(connection, evening.id, "CANARY"))
    supported(evening, second, 12)
    supported(evening, third, 4)
    picture = seen(evening).picture
    top, others = (
        "From the audience Who sees &lt;i&gt;it&lt;/i&gt;? 12 ask this too",
        ("Is it safe?", "Who owns it?"),
    )
    assert words(picture).startswith(tuple(f"{top} {' '.join(each)} talk" for each in (others, others[::-1])))
    assert "CANARY" not in picture
    assert picture.count('<bdi dir="auto"') == 3
    evening.database.write(lambda connection: mark_answered(connection, evening.id, second))
    assert "Who sees" not in seen(evening).picture
    evening.database.write(lambda connection: pin(connection, evening.id, first))
    assert words(seen(evening).picture).startswith("From the audience Who owns it? talk.theatre.example")


def test_information_is_one_layer_or_three_lines_or_its_own_words(evening: Evening) -> None:
    put(evening, view="information", text="patient_data/risks")
    one = words(seen(evening).picture)
    assert one.startswith(
        "What could go wrong No use of data is free of risk, and some things have gone wrong."
    )
    put(evening, view="information", text="patient_data")
    for title in ("Why patient data is used", "What could go wrong", "What safeguards there are"):
        assert title in words(seen(evening).picture)
    put(evening, view="information", text="The opt-out number is free.")
    assert words(seen(evening).picture).startswith("The opt-out number is free.")


def test_conclusions_stand_line_by_line(evening: Evening) -> None:
    put(evening, view="conclusions")
    assert RESTING.fullmatch(words(seen(evening).picture))
    evening.database.write(
        lambda connection: write_conclusion(connection, evening.id, "Ask first.\nSay why.", 0)
    )
    assert seen(evening).picture.count('<span class="line">') == 2


def test_the_goodbye_says_where_to_read_on(evening: Evening) -> None:
    put(evening, view="goodbye")
    closed(evening)
    number = evening.performance.join_number or ""
    assert words(seen(evening).picture) == (
        f"Thank you. Read on, on your way home. Scan, or type talk.theatre.example/join {number[:3]} {number[3:]}"
    )


def test_black_waits_in_front_of_any_picture(evening: Evening) -> None:
    put(evening, view="prompt", text="Who decides?")
    evening.database.write(lambda connection: darken(connection, evening.performance))
    assert words(seen(evening).picture) == "The stage is dark."


@pytest.mark.parametrize(
    ("words_said", "most"),
    [("Who decides?", 10.5), ("word " * 60, 8), ("w" * 300, 6), ("语" * 300, 5.4), ("كلمة " * 60, 7)],
)
def test_long_words_are_set_smaller_but_never_too_small_to_read(words_said: str, most: float) -> None:
    fit = fitted(words_said, most=10.5, height=66)
    assert 3.6 <= fit.narrow <= fit.wide <= most


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (0, "Fewer than 10 have answered"),
        (7, "Fewer than 10 have answered"),
        (10, "More than 9 have answered"),
        (45, "More than 40 have answered"),
    ],
)
def test_an_open_poll_asks_the_room_to_vote_with_code_number_and_a_count_in_steps(
    evening: Evening, people: int, said: str
) -> None:
    asked = evening.database.write(
        lambda c: ask_now(c, evening.performance, poll_content("Call?", ["Yes", "No"]))
    )
    first = seen(evening)
    for _phone in range(people):
        seat = new_seat()
        evening.database.write(
            lambda c: vote(c, evening.performance, asked.id, seat=seat, options=["option_1"])
        )
    now = seen(evening)
    assert f"Answer on your phone. {said}" in words(now.picture)
    assert re.search(r"talk\.theatre\.example/join \d{3} \d{3}", words(now.picture))
    code = code_picture(f"https://talk.theatre.example/p/{evening.performance.code}")
    assert code in now.picture, "the same code as the way to join, which cameras read (tests/test_codes.py)"
    assert now.same_as(first) is (people < 10)
