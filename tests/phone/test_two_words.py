"""Two words on phones: shown before, typed after, in any language; wrong ones cost no answer and show nothing."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from survey.model import Performance, Provenance, Wave
from survey.phone.two_words import WRONG
from survey.storage.counts import pairs
from survey.storage.database import Connection, Database
from survey.storage.evidence import add_source
from survey.storage.performances import close_wave, finish_performance, open_wave, rehearse_wave
from survey.storage.responses import responses_count
from survey.storage.seats import card_pairs, sheet_pairs
from survey.storage.sheets import add_sheet_response
from survey.words import Pair, read_pair
from tests.databases import add_nest_performance
from tests.phone.conftest import BEFORE_ANSWERS
from tests.phone.pages import Phone, form_to, receipt_on, words_of
from tests.storage.phones import filled

AFTER = {"home_system": "depends"}


def shown_on(page: str) -> str:
    """The two words on a thank-you page; nothing where it shows none."""
    found = re.search(r'<p class="receipt words"[^>]*>(.*?)</p>', page, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split()) if found else ""


def linked(database: Database, performance: Performance) -> int:
    """How many people's answers from before and after are joined."""
    with database.reading() as connection:
        return max((sum(each.counts.values()) for each in pairs(connection, [performance.id])), default=0)


def people(database: Database, performance: Performance, wave: Wave = Wave.AFTER) -> int:
    with database.reading() as connection:
        return responses_count(connection, performance.id, wave)


def asked_on(page: str, phone: Phone) -> dict[str, list[str]]:
    """What the thank-you page's form for two words would send."""
    return form_to(page, f"{phone.path}/words")


@pytest.fixture
def shown(client: TestClient, sqlite_database: Database, before: Performance) -> str:
    """The words a phone was shown before; *after* is open now."""
    words = shown_on(Phone(client, before.code).answer(BEFORE_ANSWERS))
    sqlite_database.write(lambda connection: open_wave(connection, before.id, Wave.AFTER))
    return words


def test_before_the_thank_you_page_shows_two_words_the_same_each_time(
    client: TestClient, before: Performance
) -> None:
    phone = Phone(client, before.code)
    thanks = phone.answer(BEFORE_ANSWERS)
    assert read_pair(shown_on(thanks)) is not None
    assert shown_on(phone.get(f"{phone.path}/thanks").text) == shown_on(thanks)
    assert shown_on(Phone(client, before.code).answer(BEFORE_ANSWERS)) != shown_on(thanks)


def test_whoever_comes_only_after_is_shown_no_words(client: TestClient, after: Performance) -> None:
    thanks = Phone(client, after.code).answer(AFTER)
    assert shown_on(thanks) == ""
    assert "Answered before, on another phone, on paper or with a card?" in words_of(thanks)


def test_typed_on_another_phone_the_words_join_before_and_after(
    client: TestClient, sqlite_database: Database, before: Performance, shown: str
) -> None:
    thanks = Phone(client, before.code).answer(AFTER | {"_words": shown})
    assert "now belong together" in words_of(thanks)
    assert "Answered before" not in words_of(thanks)
    assert (linked(sqlite_database, before), people(sqlite_database, before)) == (1, 1)


@pytest.mark.parametrize("language", ["pl", "ur", "ar", "zh-Hans"])
def test_the_words_may_be_typed_in_another_language(
    client: TestClient, sqlite_database: Database, before: Performance, shown: str, language: str
) -> None:
    pair = read_pair(shown)
    assert pair is not None
    Phone(client, before.code).answer(AFTER | {"_words": pair.shown(language)})
    assert linked(sqlite_database, before) == 1


def test_the_words_may_be_typed_the_other_way_round_in_capitals_with_a_comma(
    client: TestClient, sqlite_database: Database, before: Performance, shown: str
) -> None:
    typed = ", ".join(reversed(shown.upper().split()))
    Phone(client, before.code).answer(AFTER | {"_words": typed})
    assert linked(sqlite_database, before) == 1


def test_wrong_words_cost_no_answer_and_can_be_tried_again(
    client: TestClient, sqlite_database: Database, before: Performance, shown: str
) -> None:
    phone = Phone(client, before.code)
    thanks = phone.answer(AFTER | {"_words": "rivver lump"})
    assert "did not match any answers" in words_of(thanks)
    assert "Your answers are in all the same" in words_of(thanks)
    assert (linked(sqlite_database, before), people(sqlite_database, before)) == (0, 1)

    # They are still in their field, so that one letter can be mended; a refresh keeps them there.
    assert asked_on(thanks, phone)["_words"] == ["rivver lump"]
    other = phone.post(f"{phone.path}/words", asked_on(thanks, phone) | {"_words": "river lump <b>"})
    assert "river" not in other.headers["location"]
    assert asked_on(phone.follow(other), phone)["_words"] == ["river lump <b>"]

    again = phone.follow(phone.post(f"{phone.path}/words", asked_on(thanks, phone) | {"_words": shown}))
    assert "now belong together" in words_of(again)
    assert "did not match" not in words_of(again)
    assert (linked(sqlite_database, before), people(sqlite_database, before)) == (1, 1)


def test_words_too_long_to_be_carried_are_typed_again(client: TestClient, after: Performance) -> None:
    phone = Phone(client, after.code)
    thanks = phone.answer(AFTER | {"_words": "river " * 20})
    assert "did not match any answers" in words_of(thanks)
    assert asked_on(thanks, phone)["_words"] == [""]


def test_a_seal_of_typed_words_is_no_seal_of_a_seat_nor_the_other_way_round(
    client: TestClient, after: Performance
) -> None:
    seat = "a-seat-that-somebody-typed"
    typing, victim = Phone(client, after.code), Phone(client, after.code, cookies=False)
    sent = typing.send(AFTER | {"_words": seat})
    sealed = parse_qs(urlsplit(sent.headers["location"]).query)["t"][0]
    page = typing.open()
    victim.post(victim.path, form_to(page, victim.path) | AFTER | {"_seat": seat})
    for name in ("k", "r"):
        client.cookies.clear()
        assert "Your answers are in." not in client.get(f"{victim.path}/thanks?{name}={sealed}").text
    carried = parse_qs(urlsplit(victim.send(AFTER).headers["location"]).query)["k"][0]
    own = typing.get(f"{typing.path}/thanks?words=unknown&t={carried}").text
    assert asked_on(own, typing)["_words"] == [""]


def test_words_that_are_used_up_say_so_and_join_nothing(
    client: TestClient, sqlite_database: Database, before: Performance, shown: str
) -> None:
    Phone(client, before.code).answer(AFTER | {"_words": shown})
    thanks = Phone(client, before.code).answer({"home_system": "acceptable", "_words": shown})
    assert "already in use" in words_of(thanks)
    assert (linked(sqlite_database, before), people(sqlite_database, before)) == (1, 2)


def test_the_words_may_come_with_changed_answers(
    client: TestClient, sqlite_database: Database, before: Performance, shown: str
) -> None:
    phone = Phone(client, before.code)
    thanks = phone.answer(AFTER)
    form = phone.follow(phone.post(f"{phone.path}/change", form_to(thanks, f"{phone.path}/change")))
    assert "now belong together" in words_of(phone.follow(phone.send({"_words": shown}, form)))
    assert (linked(sqlite_database, before), people(sqlite_database, before)) == (1, 1)
    assert "_words" not in form_to(phone.open(), phone.path)


def test_the_words_are_still_in_their_field_when_an_answer_needs_another_look(
    client: TestClient, sqlite_database: Database, before: Performance, shown: str
) -> None:
    wrong = {"trust_nhs": "eleven", "_words": shown}
    page = Phone(client, before.code).send(wrong)
    assert page.status_code == 422
    assert form_to(page.text, f"/p/{before.code}")["_words"] == [shown]

    page = Phone(client, before.code).send(wrong | AFTER)
    assert page.status_code == 422
    assert "_words" not in form_to(page.text, f"/p/{before.code}")  # stored and joined
    assert linked(sqlite_database, before) == 1


def test_the_field_is_not_there_for_a_phone_that_is_known_from_before(
    client: TestClient, sqlite_database: Database, before: Performance
) -> None:
    known = Phone(client, before.code)
    assert "I have a card or a sheet with two words" in words_of(known.open())
    known.answer(BEFORE_ANSWERS)
    assert "_words" not in form_to(known.open(), known.path)
    sqlite_database.write(lambda connection: open_wave(connection, before.id, Wave.AFTER))
    assert "_words" not in form_to(known.open(), known.path)
    assert "_words" in form_to(Phone(client, before.code).open(), known.path)


def test_the_other_phone_never_sees_what_was_sent_before(
    client: TestClient, before: Performance, shown: str
) -> None:
    phone = Phone(client, before.code)
    code = receipt_on(phone.answer(AFTER | {"_words": shown}))
    own = words_of(client.post("/receipt", data={"code": code}).text)
    assert "After the performance" in own
    assert "Before the performance" not in own
    kept = words_of(phone.get(f"{phone.path}/kept").text)
    assert "After the performance 1 answer" in kept
    assert "Before the performance" not in kept
    assert "join them to what was given before, on another phone or on paper" in kept


def test_without_cookies_words_work_and_the_page_says_that_only_they_can(
    client: TestClient, sqlite_database: Database, before: Performance
) -> None:
    first = Phone(client, before.code, cookies=False)
    thanks = first.answer(BEFORE_ANSWERS)
    assert "This phone refuses cookies: only the two words can do that." in words_of(thanks)
    sqlite_database.write(lambda connection: open_wave(connection, before.id, Wave.AFTER))
    second = Phone(client, before.code, cookies=False)
    wrong = second.answer(AFTER | {"_words": "river"})
    done = second.follow(
        second.post(f"{second.path}/words", asked_on(wrong, second) | {"_words": shown_on(thanks)})
    )
    assert "now belong together" in words_of(done)
    assert linked(sqlite_database, before) == 1


def test_words_typed_after_answers_were_changed_by_their_code(
    client: TestClient, sqlite_database: Database, before: Performance, shown: str
) -> None:
    code = receipt_on(Phone(client, before.code).answer(AFTER))
    other = Phone(client, before.code)
    form = other.follow(other.post(f"{other.path}/change", {"_receipt": code}))
    thanks = other.follow(other.send({}, form))
    joined = other.follow(other.post(f"{other.path}/words", asked_on(thanks, other) | {"_words": shown}))
    assert "now belong together" in words_of(joined)
    assert (linked(sqlite_database, before), people(sqlite_database, before)) == (1, 1)


def test_in_rehearsal_words_work_too(client: TestClient, sqlite_database: Database) -> None:
    made = add_nest_performance(sqlite_database, wave=None)
    sqlite_database.write(lambda connection: rehearse_wave(connection, made.id, Wave.BEFORE))
    words = shown_on(Phone(client, made.code).answer(BEFORE_ANSWERS))
    sqlite_database.write(lambda connection: rehearse_wave(connection, made.id, Wave.AFTER))
    thanks = Phone(client, made.code).answer(AFTER | {"_words": words})
    assert "now belong together" in words_of(thanks)


def test_while_closed_words_still_join_and_once_finished_the_page_says_so(
    client: TestClient, sqlite_database: Database, before: Performance, shown: str
) -> None:
    phone, late = Phone(client, before.code), Phone(client, before.code)
    thanks, too_late = phone.answer(AFTER), late.answer(AFTER)
    sqlite_database.write(lambda connection: close_wave(connection, before.id))
    phone.post(f"{phone.path}/words", asked_on(thanks, phone) | {"_words": shown})
    assert linked(sqlite_database, before) == 1

    sqlite_database.write(lambda connection: finish_performance(connection, before.id))
    page = late.follow(late.post(f"{late.path}/words", asked_on(too_late, late) | {"_words": shown}))
    assert "This is finished" in words_of(page)


def test_a_cards_words_belong_to_one_person_and_join_after(
    client: TestClient, sqlite_database: Database, before: Performance
) -> None:
    assert before.seat_key is not None
    card = card_pairs(before.seat_key)[0].shown("en")
    thanks = Phone(client, before.code).answer(BEFORE_ANSWERS | {"_words": card})
    assert "The two words on your card or sheet belong to your answers now." in words_of(thanks)
    assert shown_on(thanks) == ""

    twice = Phone(client, before.code).answer(BEFORE_ANSWERS | {"_words": card})
    assert "already in use" in words_of(twice)
    assert read_pair(shown_on(twice)) is not None  # words of its own instead

    sqlite_database.write(lambda connection: open_wave(connection, before.id, Wave.AFTER))
    Phone(client, before.code).answer(AFTER | {"_words": card})
    assert linked(sqlite_database, before) == 1


def test_a_sheets_words_typed_after_are_noted_until_the_sheet_from_before_is_typed_in(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    assert after.seat_key is not None
    pair, other = sheet_pairs(after.seat_key)[:2]
    phone = Phone(client, after.code)
    noted = phone.answer(AFTER | {"_words": pair.shown("en")})
    assert "Your two words are noted." in words_of(noted)
    assert "Answered before" not in words_of(noted)
    assert "Two words belong to them." in words_of(phone.get(f"{phone.path}/kept").text)

    late = Phone(client, after.code)
    asked = late.answer(AFTER)
    for typed, said in ((pair, "already in use"), (other, "Your two words are noted.")):
        sent = late.post(f"{late.path}/words", asked_on(asked, late) | {"_words": typed.shown("pl")})
        assert said in words_of(late.follow(sent))

    for words in (pair, other):
        sqlite_database.write(lambda connection: type_in(connection, after, words))
    assert (linked(sqlite_database, after), people(sqlite_database, after)) == (2, 2)
    page = words_of(late.get(f"{late.path}/thanks").text)
    assert "Your answers from before and after now belong together." in page
    assert "are noted" not in page
    assert "Before the performance" not in words_of(late.get(f"{late.path}/kept").text)


def type_in(connection: Connection, performance: Performance, pair: Pair) -> None:
    """Type in the page from before of the sheet with these words."""
    add_sheet_response(
        connection,
        add_source(connection, performance.id, Provenance.IMPORTED, "Sheets"),
        performance=performance,
        wave=Wave.BEFORE,
        version_id=performance.version_id,
        language="en",
        filled=filled(home_system="acceptable"),
        pair=pair,
        sheet_number=None,
    )


def test_a_mistyped_card_is_told_before_the_performance_already(
    client: TestClient, before: Performance
) -> None:
    thanks = Phone(client, before.code).answer(BEFORE_ANSWERS | {"_words": "window wardrobe"})
    assert "did not match any answers" in words_of(thanks)


def test_guessing_words_slows_the_phone_that_guesses_and_nobody_else(
    client: TestClient, sqlite_database: Database, before: Performance, shown: str
) -> None:
    guesser = Phone(client, before.code)
    thanks = guesser.answer(AFTER)
    fields = asked_on(thanks, guesser) | {"_words": "river river"}
    told = [guesser.post(f"{guesser.path}/words", fields).headers["location"] for _ in range(WRONG + 5)]
    assert "words=unknown" in told[0]
    assert "words=too-many" in told[-1]

    assert (
        "words=too-many"
        in guesser.post(f"{guesser.path}/words", fields | {"_words": shown}).headers["location"]
    )
    assert (linked(sqlite_database, before), people(sqlite_database, before)) == (0, 1)
    Phone(client, before.code).answer(AFTER | {"_words": shown})
    assert (linked(sqlite_database, before), people(sqlite_database, before)) == (1, 2)


def test_words_of_another_performance_lead_nowhere(
    client: TestClient, sqlite_database: Database, shown: str
) -> None:
    elsewhere = add_nest_performance(sqlite_database, wave=Wave.AFTER)
    thanks = Phone(client, elsewhere.code).answer(AFTER | {"_words": shown})
    assert "did not match any answers" in words_of(thanks)


def test_a_message_about_words_cannot_be_made_up_in_the_address(
    client: TestClient, after: Performance
) -> None:
    phone = Phone(client, after.code)
    phone.answer(AFTER)
    page = phone.get(f"{phone.path}/thanks?words=%3Cb%3Ehello").text
    assert "hello" not in page
