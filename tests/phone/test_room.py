"""The discussion on a phone: what is on stage in words, a poll answered, what others say."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient

from survey.model import Contribution, Kind, Performance, Poll, PollStanding, Wave
from survey.publication import hide_poll, reveal_poll
from survey.questionnaire.poll import poll_content
from survey.room.acts import ask_now, clear_stage, darken
from survey.storage.contributions import add_contribution, approve, board, mark_answered, pin, set_support
from survey.storage.database import Database
from survey.storage.performances import (
    close_wave,
    finish_performance,
    open_wave,
    performance_by_id,
    rehearse_wave,
)
from survey.storage.polls import set_poll, vote, vote_of, votes
from survey.storage.rooms import show, touch_room
from survey.storage.seats import new_seat
from survey.storage.waves import wipe_rehearsal
from tests.databases import add_nest_performance
from tests.phone.offering import OFFER, offer, people, reveal
from tests.phone.pages import Phone, words_of

ASKED = poll_content("Should the house call the doctor?", ["Yes", "No", "Only if Sean agrees"])
SEVERAL = poll_content("Who may know?", ["The surgery", "The family"], kind=Kind.MANY)
NUMBER = poll_content("How safe?", kind=Kind.NUMBER, low="Not at all", high="Entirely")
IN = "Your answer is in. You can change it until the poll closes."
MARKUP = '<img src=x onerror="alert(1)">'


class Room:
    """One performance's room in a test: what organisers do, and phones that look."""

    def __init__(self, client: TestClient, database: Database, performance: Performance) -> None:
        self.client, self.database, self.performance = client, database, performance
        self.path = f"/p/{performance.code}/room"

    def act(self, function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Let somebody of the house act."""
        return self.database.write(lambda c: function(c, self.performance, *arguments, **named))

    def do(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """The same for what asks for the performance's id."""
        return self.database.write(lambda c: function(c, self.performance.id, *arguments))

    def phone(self, *, cookies: bool = True) -> Phone:
        return Phone(self.client, self.performance.code, cookies=cookies)

    def page(self, phone: Phone | None = None) -> str:
        answer = (phone or self.phone()).get(self.path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def words(self, phone: Phone | None = None) -> str:
        return words_of(self.page(phone))

    def approved(self, text: str, supporters: int = 0) -> Contribution:
        made: Contribution = self.do(add_contribution, text)
        self.do(approve, made.id)
        for _ in range(supporters):
            self.act(set_support, made.id, seat=new_seat(), wanted=True)
        return made

    def voted(self, poll: Poll, value: str, number: int) -> None:
        def votes_in(connection: Any) -> None:
            for _ in range(number):
                vote(connection, self.performance, poll.id, seat=new_seat(), options=[value])

        self.database.write(votes_in, timeout=60)

    def counts(self, poll: Poll) -> Mapping[str, int]:
        with self.database.reading() as connection:
            return votes(connection, poll.id).counts


@pytest.fixture
def room(client: TestClient, sqlite_database: Database, after: Performance) -> Room:
    """A room whose questions are open."""
    return Room(client, sqlite_database, after)


def hidden(page: str, form: str) -> dict[str, str]:
    """The hidden fields that go along with a form, wherever on the page they stand."""
    found = re.findall(rf'<input type="hidden" name="(\w+)" value="([^"]*)" form="{form}">', page)
    return dict(found) | dict(re.findall(r'<input type="hidden" name="(_poll)" value="([^"]*)">', page))


def chosen(page: str) -> list[str]:
    return re.findall(r'name="poll" value="(\w+)" checked', page)


def send(room: Room, phone: Phone, *values: str, page: str | None = None) -> Any:
    """Choose and press the button."""
    fields: dict[str, Any] = dict(hidden(page or room.page(phone), "voting"))
    return phone.post(f"{room.path}/poll", fields | {"poll": list(values)})


def support(room: Room, phone: Phone, id: str, way: str = "on") -> Any:
    return phone.post(f"{room.path}/support", hidden(room.page(phone), "supporting") | {way: id})


def test_before_anything_is_on_stage_the_page_is_calm_and_leads_to_the_questions(room: Room) -> None:
    page = room.page()
    assert "What the stage shows will stand here too." in words_of(page)
    assert f'<a class="button" href="/p/{room.performance.code}">Go to the questions</a>' in page
    assert 'action="/p/' + room.performance.code + '/room/poll"' not in page


def test_a_phone_that_has_answered_is_led_to_its_answers_not_to_the_questions(room: Room) -> None:
    phone = room.phone()
    phone.answer({"home_system": "depends"})
    words = room.words(phone)
    assert "Go to the questions" not in words
    assert "Your own answers" in words


def test_looking_leaves_nothing_on_the_phone_voting_does(room: Room) -> None:
    room.act(ask_now, ASKED)
    phone = room.phone()
    room.page(phone)
    assert phone.jar == {}
    send(room, phone, "option_1")
    assert list(phone.jar) == ["seat"]


def test_a_prompt_stands_in_its_own_words_and_harmless(room: Room) -> None:
    room.do(show, {"view": "prompt", "text": f"Who owns the house? {MARKUP}"})
    page = room.page()
    assert "Who owns the house?" in words_of(page)
    assert "Talk to the person next to you." in words_of(page)
    assert "<img" not in page


def test_a_question_stands_alone_until_its_result_is_revealed(room: Room) -> None:
    people(room.database, room.performance, "home_system", "depends", 30)
    room.do(show, {"view": "question", "question": "home_system", "wave": "after"})
    assert "Talk to the person next to you." in room.words()
    assert "<table" not in room.page()
    reveal(room.database, room.performance, "home_system")
    room.do(touch_room)
    page = room.page()
    assert page.count("<table") == 1
    assert "Nearly everyone who answered" in words_of(page)
    assert "What the room said" in words_of(page)


def test_a_dark_stage_shows_nothing_of_the_audience_either(room: Room) -> None:
    room.approved("Who owns the house?")
    room.do(show, {"view": "prompt", "text": "A prompt"})
    assert "Who owns the house?" in room.words()
    for act in (darken, clear_stage):
        room.act(act)
        words = room.words()
        assert "The stage is dark." in words
        assert "A prompt" not in words
        assert "Who owns the house?" not in words


def test_a_poll_is_answered_changed_and_counted_once(room: Room) -> None:
    poll = room.act(ask_now, ASKED)
    phone = room.phone()
    answer = send(room, phone, "option_1")
    assert answer.headers["location"] == f"{room.path}#stage" or "k=" in answer.headers["location"]
    page = room.page(phone)
    assert IN in words_of(page)
    assert chosen(page) == ["option_1"]
    assert IN not in room.words(), "another phone is told nothing of it"
    send(room, phone, "option_2")
    assert chosen(room.page(phone)) == ["option_2"]
    assert room.counts(poll) == {"option_2": 1}


def test_a_double_tap_of_a_new_phone_is_one_vote(room: Room) -> None:
    poll = room.act(ask_now, ASKED)
    page = room.page()
    for phone in (room.phone(), room.phone()):
        send(room, phone, "option_1", page=page)
    assert room.counts(poll) == {"option_1": 1}


def test_several_answers_and_a_number_can_be_given(room: Room) -> None:
    several = room.act(ask_now, SEVERAL)
    phone = room.phone()
    send(room, phone, "option_1", "option_2")
    assert room.counts(several) == {"option_1": 1, "option_2": 1}
    send(room, phone)
    assert room.counts(several) == {}, "unticking everything takes the vote back"
    number = room.act(ask_now, NUMBER)
    page = room.page(phone)
    assert "Entirely" in words_of(page)
    send(room, phone, "10")
    assert room.counts(number) == {"10": 1}


def test_nothing_chosen_and_what_cannot_be_are_said_and_stored_nowhere(room: Room) -> None:
    poll = room.act(ask_now, ASKED)
    phone = room.phone()
    empty = send(room, phone)
    assert (empty.status_code, "You have not answered anything yet." in words_of(empty.text)) == (422, True)
    for given, what in (
        (["option_1", "option_2"], "Choose one answer only."),
        (["other"], "Choose one of the answers offered."),
    ):
        answer = send(room, phone, *given)
        assert answer.status_code == 422
        assert what in words_of(answer.text)
        assert "<title>Error:" in answer.text
    assert room.counts(poll) == {}


def test_a_vote_after_the_poll_has_closed_is_told_kindly(room: Room) -> None:
    poll = room.act(ask_now, ASKED)
    phone = room.phone()
    page = room.page(phone)
    room.database.write(lambda c: set_poll(c, poll.id, PollStanding.CLOSED))
    room.do(touch_room)
    answer = send(room, phone, "option_1", page=page)
    assert answer.status_code == 409
    assert "The poll closed before your answer came. It was not stored." in words_of(answer.text)
    assert "This poll has closed." in words_of(answer.text)
    assert room.counts(poll) == {}


def test_no_poll_of_another_room_is_answered_here(room: Room) -> None:
    other = add_nest_performance(room.database, wave=Wave.AFTER)
    poll = room.database.write(lambda c: ask_now(c, other, ASKED))
    room.act(ask_now, ASKED)
    phone = room.phone()
    fields: dict[str, Any] = hidden(room.page(phone), "voting") | {"_poll": poll.id, "poll": ["option_1"]}
    for id in (poll.id, "no-such-poll"):
        assert phone.post(f"{room.path}/poll", fields | {"_poll": id}).status_code == 409
    assert room.counts(poll) == {}


def test_a_revealed_poll_is_a_sentence_and_a_table(room: Room) -> None:
    poll = room.act(ask_now, ASKED)
    room.voted(poll, "option_1", 12)
    assert "<table" not in room.page()
    room.act(reveal_poll, poll)
    room.do(touch_room)
    page = room.page()
    assert page.count("<table") == 1
    assert 'action="/p/' + room.performance.code + '/room/poll"' not in page
    room.act(hide_poll, poll)
    room.do(touch_room)
    assert "<table" not in room.page()


def test_without_cookies_a_phone_still_has_one_vote(room: Room) -> None:
    poll = room.act(ask_now, ASKED)
    phone = room.phone(cookies=False)
    there = phone.follow(send(room, phone, "option_1"))
    assert IN in words_of(there)
    assert chosen(there) == ["option_1"]
    send(room, phone, "option_2", page=there)
    assert room.counts(poll) == {"option_2": 1}


def test_a_phone_that_took_the_cookie_is_not_left_with_a_seal_in_its_address(room: Room) -> None:
    room.act(ask_now, ASKED)
    phone = room.phone()
    sealed = send(room, phone, "option_1").headers["location"]
    assert "k=" in sealed
    answer = phone.get(sealed.partition("#")[0])
    assert (answer.status_code, answer.headers["location"]) == (303, room.path)


def test_only_what_was_approved_is_on_the_list_and_nothing_of_it_is_markup(room: Room) -> None:
    room.approved(MARKUP)
    room.do(add_contribution, "an unapproved canary")
    page = room.page()
    assert "<img" not in page
    assert "&lt;img" in page
    assert "canary" not in page


def test_support_counts_once_is_taken_back_and_is_no_number_below_five(room: Room) -> None:
    one = room.approved("Who owns the house?", supporters=3)
    phone = room.phone()
    for _ in range(2):
        answer = support(room, phone, one.id)
    assert answer.headers["location"].endswith(f"#said-{one.id}")
    assert f'name="off" value="{one.id}"' in room.page(phone)
    assert f'name="on" value="{one.id}"' in room.page()
    assert "support this" in room.words()
    assert "people support this" not in room.words()
    support(room, room.phone(), one.id)
    room.do(touch_room)
    assert "5 people support this" in room.words()
    support(room, phone, one.id, "off")
    room.do(touch_room)
    assert "people support this" not in room.words()
    with room.database.reading() as connection:
        assert [each.support for each in board(connection, room.performance.id)] == [4]


def test_what_left_the_list_is_supported_no_more_and_nobody_is_blamed(room: Room) -> None:
    one = room.approved("Who owns the house?")
    waiting = room.do(add_contribution, "an unapproved canary")
    phone = room.phone()
    page = hidden(room.page(phone), "supporting")
    for id in (waiting.id, "nothing"):
        answer = phone.post(f"{room.path}/support", page | {"on": id})
        assert (answer.status_code, answer.headers["location"].endswith("#board")) == (303, True)
    with room.database.reading() as connection:
        assert [(each.contribution.id, each.support) for each in board(connection, room.performance.id)] == [
            (one.id, 0)
        ]


def test_what_was_talked_about_says_so_and_what_is_pinned_stands_on_stage(room: Room) -> None:
    one, other = room.approved("Who owns the house?"), room.approved("Is Sean asked?")
    room.do(pin, other.id)
    room.do(mark_answered, one.id)
    room.do(show, {"view": "contributions"})
    page = room.page()
    assert '<h2 class="words"><bdi dir="auto">Is Sean asked?</bdi></h2>' in page
    assert words_of(page).index("Talked about") > words_of(page).index("I support this")
    assert f'value="{one.id}"' not in page


def test_information_on_stage_leads_to_all_of_it_where_it_is_offered(room: Room) -> None:
    room.do(show, {"view": "information", "text": "patient_data"})
    link = f'href="/p/{room.performance.code}/information#patient_data"'
    page = room.page()
    assert page.count("<li>") >= 3
    assert link not in page
    offer(room.database, room.performance, OFFER)
    room.do(touch_room)
    assert link in room.page()


def test_once_finished_the_list_stays_and_nothing_can_be_sent(room: Room) -> None:
    poll = room.act(ask_now, ASKED)
    one = room.approved("Who owns the house?")
    phone = room.phone()
    vote_page, support_page = hidden(room.page(phone), "voting"), hidden(room.page(phone), "supporting")
    room.do(finish_performance)
    page = room.page(phone)
    assert "This is finished" in words_of(page)
    assert "Who owns the house?" in words_of(page)
    assert "<button" not in page
    late: dict[str, Any] = {**vote_page, "poll": ["option_1"]}
    assert phone.post(f"{room.path}/poll", late).status_code == 409
    assert phone.post(f"{room.path}/support", support_page | {"on": one.id}).status_code == 303
    assert phone.jar == {}
    assert room.counts(poll) == {}


def test_a_rehearsal_says_so_and_leaves_nothing_but_what_was_prepared(
    client: TestClient, sqlite_database: Database
) -> None:
    performance = add_nest_performance(sqlite_database, wave=None)
    sqlite_database.write(lambda c: rehearse_wave(c, performance.id, Wave.AFTER))
    with sqlite_database.reading() as connection:
        room = Room(client, sqlite_database, performance_by_id(connection, performance.id))
    poll = room.act(ask_now, ASKED)
    room.approved("Who owns the house?")
    phone = room.phone()
    assert "This is a rehearsal." in room.words(phone)
    send(room, phone, "option_1")
    room.do(wipe_rehearsal)
    assert room.counts(poll) == {}
    assert "Who owns the house?" not in room.words(phone)
    with sqlite_database.reading() as connection:
        assert vote_of(connection, room.performance, poll.id, seat=phone.jar["seat"]) == ()


def test_the_thank_you_page_and_closed_questions_lead_to_the_room_and_back(room: Room) -> None:
    phone = room.phone()
    link = f'href="{room.path}"'
    assert link in phone.answer({"home_system": "depends"})
    assert f'href="/p/{room.performance.code}/thanks"' in room.page(phone)
    room.do(close_wave)
    assert link in phone.get(phone.path).text
    assert link in room.phone().get(phone.path).text
    room.do(finish_performance)
    assert link not in phone.get(phone.path).text


def test_before_only_phones_are_not_called_away_from_the_performance(room: Room) -> None:
    room.do(open_wave, Wave.BEFORE)
    phone = room.phone()
    assert f'href="{room.path}"' not in phone.answer({"home_system": "depends"})


def test_an_address_in_capitals_and_an_unknown_one(room: Room) -> None:
    answer = room.client.get(f"/p/{room.performance.code.upper()}/room")
    assert (answer.status_code, answer.headers["location"]) == (303, room.path)
    for end in ("room", "room/now"):
        assert room.client.get(f"/p/zzzzzzzz/{end}").status_code == 404
