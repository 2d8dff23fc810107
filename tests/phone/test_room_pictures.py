"""What the stage shows in a discussion stands on phones too, as words and tables, under the same rules."""

import re
from datetime import date

import pytest
from starlette.testclient import TestClient

from survey.information import texts
from survey.model import Mode, Wave
from survey.publication import public_beside, public_change
from survey.screen.room.due import write_due
from survey.storage.conclusions import write_conclusion
from survey.storage.database import Database
from survey.storage.hand_counts import Raised, count_block
from survey.storage.rooms import show, touch_room
from tests.databases import add_nest_performance
from tests.phone.pages import words_of
from tests.publication.comparing import an_audience, before_and_after, closed
from tests.publication.evening import Evening

HOME = "home_system"
TALK = "Talk to the person next to you."


@pytest.fixture
def evening(sqlite_database: Database) -> Evening:
    """One performance of The Nest and its audience."""
    return Evening(sqlite_database, add_nest_performance(sqlite_database, wave=Wave.AFTER, capacity=None).id)


def on_stage(evening: Evening, **showing: str) -> None:
    """The facilitator puts something on stage, and the stage looks."""
    evening.database.write(lambda connection: show(connection, evening.id, showing))
    evening.database.write(lambda connection: write_due(connection, evening.performance))


def looks_again(evening: Evening) -> None:
    """Let phones look at once, not up to a second later: what all get alike is that old at most."""
    evening.database.write(lambda connection: touch_room(connection, evening.id))


def stage_part(client: TestClient, evening: Evening) -> str:
    """Return what a phone shows of the stage."""
    page = client.get(f"/p/{evening.performance.code}/room").text
    return page[page.index('<section id="stage"') : page.index('<p id="new"')]


def cells(markup: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", markup)
    return [[words_of(cell) for cell in re.findall(r"<t[hd][^>]*>.*?</t[hd]>", row)] for row in rows]


def test_before_and_after_stand_on_phones_as_the_stage_tells_them(
    client: TestClient, evening: Evening
) -> None:
    before_and_after(evening, (40, 12, 6, 30))
    on_stage(evening, view="change", question=HOME)
    with evening.database.reading() as connection:
        found = public_change(connection, evening.performance, evening.question(HOME))
    assert found.flow is not None
    seen = stage_part(client, evening)
    assert found.spoken in words_of(seen)
    assert "This does not tell what caused any movement." in words_of(seen)
    assert cells(seen) == [
        ["", "Before", "After"],
        ["said acceptable", "46", "52"],
        ["did not", "42", "36"],
    ]


def test_a_change_that_could_point_at_someone_is_told_on_phones_as_carefully_as_on_stage(
    client: TestClient, evening: Evening
) -> None:
    before_and_after(evening, (40, 12, 2, 30))
    on_stage(evening, view="change", question=HOME)
    seen = stage_part(client, evening)
    assert "fewer than 5" in words_of(seen)
    assert [row[1] for row in cells(seen)] == ["5 or more", "fewer than 5"]


def test_while_questions_are_open_phones_show_no_change(client: TestClient, evening: Evening) -> None:
    before_and_after(evening, (40, 12, 6, 30))
    on_stage(evening, view="change", question=HOME)
    evening.open(Wave.AFTER)
    assert TALK in words_of(stage_part(client, evening))
    assert "could match" not in stage_part(client, evening)


def test_two_audiences_stand_beside_each_other_on_phones(client: TestClient, evening: Evening) -> None:
    other = an_audience(evening.database, HOME, {"acceptable": 40, "not_acceptable": 60}, date(2015, 10, 29))
    evening.answers(HOME, {"acceptable": 30, "depends": 10, "not_acceptable": 10})
    on_stage(evening, view="beside", question=HOME, wave="after", code=other.performance.code)
    assert TALK in words_of(stage_part(client, evening))
    closed(evening)
    on_stage(evening, view="beside", question=HOME, wave="after", code=other.performance.code)
    with evening.database.reading() as connection:
        found = public_beside(
            connection, evening.performance, other.performance, evening.question(HOME), Wave.AFTER
        )
    seen = stage_part(client, evening)
    assert found.spoken in words_of(seen)
    assert found.there is not None
    assert found.here is not None
    assert cells(seen) == [
        ["", found.there.name, found.here.name],
        *([row.label, str(row.there), str(row.here)] for row in found.rows),
    ]
    assert f"{found.there.name}: in 100 of 100" in words_of(seen)


def test_two_small_audiences_have_their_sentences_on_phones(client: TestClient, evening: Evening) -> None:
    other = an_audience(evening.database, HOME, {"acceptable": 9, "not_acceptable": 9}, date(2015, 10, 29))
    evening.answers(HOME, {"acceptable": 8, "not_acceptable": 12})
    closed(evening)
    on_stage(evening, view="beside", question=HOME, wave="after", code=other.performance.code)
    seen = stage_part(client, evening)
    assert cells(seen) == []
    assert "29 October 2015" in words_of(seen)
    assert "8 of the 20 people who answered" in words_of(seen)


def test_cards_raised_in_the_room_stand_beside_a_result_on_phones(
    client: TestClient, evening: Evening
) -> None:
    evening.answers(HOME, {"acceptable": 30, "depends": 10, "not_acceptable": 10})
    raised = Raised(evening.id, HOME, Wave.AFTER, Mode.CARD)
    given = {"not_acceptable": 7, "depends": 2, "acceptable": 5}
    for helper in ("A", "B"):
        evening.database.write(
            lambda connection: count_block(connection, raised, "row C", helper=helper, counts=given)
        )
    on_stage(evening, view="question", question=HOME, wave="after")
    assert "Cards in the room" not in stage_part(client, evening)
    evening.reveal(HOME)
    looks_again(evening)
    assert (
        "Cards in the room, counted by two people: Not acceptable (red) 7, It depends (yellow) 2 and Acceptable (blue) 5"
        in words_of(stage_part(client, evening))
    )


def test_conclusions_stand_on_phones_line_by_line_as_characters(client: TestClient, evening: Evening) -> None:
    on_stage(evening, view="conclusions")
    assert "What the stage shows will stand here too." in stage_part(client, evening)
    evening.database.write(
        lambda connection: write_conclusion(connection, evening.id, "Ask <b>first</b>.\n\nTell us after.", 0)
    )
    looks_again(evening)
    seen = stage_part(client, evening)
    assert re.findall(r'<p><bdi dir="auto">(.*?)</bdi></p>', seen) == [
        "Ask &lt;b&gt;first&lt;/b&gt;.",
        "Tell us after.",
    ]


@pytest.mark.parametrize("named", ["patient_data", "patient_data/why", "Your own GP can tell you more."])
def test_information_on_stage_stands_on_phones_however_its_cue_names_it(
    client: TestClient, evening: Evening, named: str
) -> None:
    on_stage(evening, view="information", text=named)
    seen = words_of(stage_part(client, evening))
    told = texts().get(named.partition("/")[0])
    assert (str(told.layers[0].line) if told else named) in seen
    assert "What the stage shows will stand here too." not in seen
