"""What all phones get alike: made once a second at most, known by its tag, and public through and through."""

import gzip
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from survey.model import CueKind, Performance, Wave
from survey.phone import room_state
from survey.phone.room_state import States
from survey.phone.visit import Visit
from survey.room.acts import ask_now, go_to
from survey.storage.contributions import Reason, add_contribution, mark_answered, pin, reconsider, refuse
from survey.storage.cues import add_cue
from survey.storage.database import Database
from survey.storage.performances import performance_by_id
from survey.storage.questionnaires import find_version
from survey.storage.rooms import show, touch_room
from tests.phone.offering import people, reveal
from tests.phone.pages import words_of
from tests.phone.test_room import ASKED, Room, send, support

NO_GZIP = {"accept-encoding": "identity"}


class Clock:
    """A clock that goes when told."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of every state in this test."""
    clock = Clock()
    made = States.__init__
    monkeypatch.setattr(States, "__init__", lambda states: made(states, clock=clock))
    return clock


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each look at the database for the sake of all phones."""
    found: list[str] = []
    look = room_state.look

    def counted(connection: Any, visit: Visit) -> Any:
        found.append(visit.language)
        return look(connection, visit)

    monkeypatch.setattr(room_state, "look", counted)
    return found


@pytest.fixture
def room(
    clock: Clock, looks: list[str], sqlite_database: Database, client: TestClient, after: Performance
) -> Room:
    """A room whose states go by the test's clock."""
    return Room(client, sqlite_database, after)


def told(room: Room, **headers: str) -> Any:
    return room.client.get(f"{room.path}/now?lang=en", headers=NO_GZIP | headers)


def test_a_phone_that_knows_is_told_nothing_again(room: Room, clock: Clock) -> None:
    first = told(room)
    assert first.status_code == 200
    tag = first.headers["etag"]
    assert re.fullmatch(r'"\w{20}"', tag), "strong"
    again = told(room, **{"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    room.do(show, {"view": "prompt", "text": "Who owns the house?"})
    clock.time += 1.1
    changed = told(room, **{"if-none-match": tag})
    assert changed.status_code == 200
    assert "Who owns the house?" in words_of(changed.text)
    assert changed.headers["etag"] != tag
    assert "set-cookie" not in changed.headers


def test_each_packing_has_a_tag_of_its_own(room: Room) -> None:
    room.do(show, {"view": "prompt", "text": "Who owns the house? " * 30})
    plain = told(room)
    packed = told(room, **{"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    assert packed.headers["etag"] != plain.headers["etag"]
    assert gzip.compress(plain.content, mtime=0) != plain.content


def test_however_many_ask_the_database_is_looked_at_once_a_second(
    room: Room, clock: Clock, looks: list[str]
) -> None:
    for _ in range(50):
        told(room)
    assert looks == ["en"]
    clock.time += 1.1
    for _ in range(50):
        told(room)
    assert looks == ["en"] * 2


def test_whoever_asks_while_one_looks_gets_the_state_before(room: Room, clock: Clock) -> None:
    states = States()
    with room.database.reading() as connection:
        performance = performance_by_id(connection, room.performance.id)
        visit = Visit(performance, find_version(connection, performance.version_id), "en")
        before = states.state(connection, visit)
    clock.time += 1.1
    assert states.fresh(performance.code, "en") is None
    assert states.fresh(performance.code, "en") is before


def test_a_whole_page_is_never_older_than_the_last_act(room: Room, looks: list[str]) -> None:
    room.page()
    room.page()
    assert looks == ["en"]
    room.do(show, {"view": "prompt", "text": "Who owns the house?"})
    assert "Who owns the house?" in room.words()


def test_a_state_holds_nothing_hidden_nothing_unapproved_nothing_of_one_phone_and_no_small_number(
    room: Room, clock: Clock
) -> None:
    performance = room.performance
    people(room.database, performance, "home_system", "depends", 23)
    people(room.database, performance, "home_system", "acceptable", 14)
    about = {"question": "home_system", "wave": Wave.AFTER.value}
    cue = room.database.write(
        lambda c: add_cue(
            c, performance.id, CueKind.QUESTION, about=about, notes="canary of the notes", minutes=7
        )
    )
    room.database.write(
        lambda c: add_cue(c, performance.id, CueKind.PROMPT, about={"text": "canary to come"})
    )
    few, many = room.approved("Four support this one", 4), room.approved("Six support this one", 6)
    refused, back = room.do(add_contribution, "canary refused"), room.approved("canary taken back")
    room.do(refuse, refused.id, Reason.HURTFUL)
    room.do(reconsider, back.id)
    room.do(add_contribution, "canary waiting")
    phone = room.phone()
    support(room, phone, many.id)
    room.act(ask_now, ASKED)
    send(room, phone, "option_2")

    def seen() -> str:
        clock.time += 1.1
        found: str = told(room).text
        assert "canary" not in found
        assert phone.jar["seat"] not in found
        assert "checked" not in found
        assert 'name="off"' not in found
        assert "hurtful" not in found
        return re.sub(r'(data-key|id|value|aria-describedby)="[^"]*"', "", found)

    poll = seen()
    assert "Should the house" not in poll, "a poll's form comes with the phone's own page"
    room.act(go_to, cue.id)
    hidden = seen()
    assert "<table" not in hidden
    assert re.findall(r"\d+", words_of(hidden)) == ["7"], "seven support one; four are no number"
    room.do(pin, few.id)
    room.do(mark_answered, many.id)
    assert re.findall(r"\d+", words_of(seen())) == ["7"]
    reveal(room.database, performance, "home_system")
    assert "<table" in seen()
    room.do(touch_room)


def test_languages_have_states_of_their_own_and_nonsense_makes_no_more(room: Room, looks: list[str]) -> None:
    for wished in ("en", "xx", "yy", "xx"):
        answer = room.client.get(f"{room.path}/now?lang={wished}")
        assert answer.status_code == 200
    assert set(looks) == {"en"}
    assert len(looks) <= 1


def test_the_page_and_the_state_agree_on_what_has_changed(room: Room, clock: Clock) -> None:
    """Else a phone would show the same thing as new, or miss what is."""
    room.approved("Who owns the house?", 6)
    for showing in ({"view": "join"}, {"view": "prompt", "text": "Talk"}, {"view": "contributions"}):
        room.do(show, showing)
        clock.time += 1.1
        keys = [
            re.findall(r'id="(\w+)" tabindex="-1" data-key="(\w+)"', text)
            for text in (room.page(), told(room).text)
        ]
        assert keys[0] == keys[1]
        assert [name for name, _ in keys[0]] == ["stage", "ways", "board"]
