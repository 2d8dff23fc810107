"""The moderator's page: who may read it, one decision by several people, everything logged and nothing said."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from starlette.testclient import TestClient

from survey.model import ContributionStanding, Performance, Role, Wave
from survey.phone import moderating
from survey.phone.moderating import MODERATE_SCRIPT, REASONS, SAID
from survey.storage.contributions import (
    Reason,
    board,
    pin,
    remove_contributions,
    set_support,
)
from survey.storage.database import Database
from survey.storage.rooms import room, show
from survey.storage.sign_ins import acts
from tests.databases import add_nest_performance
from tests.phone.moderators import header, house_app, sent, signed_in, standing
from tests.phone.pages import title_of, words_of

WAITING, APPROVED, REFUSED = ContributionStanding


@dataclass(frozen=True)
class Person:
    """Somebody signed in, with the moderator's page open."""

    client: TestClient
    cookies: dict[str, str]
    path: str

    def look(self) -> str:
        answer = self.client.get(self.path, headers=header(self.cookies))
        assert answer.status_code == 200
        return answer.text

    def press(self, act: str, id: str = "") -> str:
        """Press a button; return the page it leads to."""
        answer = self.client.post(self.path, data={"id": id, "act": act}, headers=header(self.cookies))
        assert answer.status_code == 303, answer.text
        return self.client.get(answer.headers["location"], headers=header(self.cookies)).text


@pytest.fixture
def house(sqlite_database: Database) -> Iterator[TestClient]:
    """The house with its guard."""
    with TestClient(house_app(sqlite_database), follow_redirects=False) as client:
        yield client


@pytest.fixture
def moderator(house: TestClient, sqlite_database: Database, after: Performance) -> Person:
    return Person(house, signed_in(sqlite_database, Role.MODERATOR, after), f"/m/{after.code}")


@pytest.fixture
def another(house: TestClient, sqlite_database: Database, after: Performance) -> Person:
    return Person(house, signed_in(sqlite_database, Role.MODERATOR, after), f"/m/{after.code}")


def on_board(database: Database, performance: Performance) -> list[str]:
    with database.reading() as connection:
        return [each.contribution.text for each in board(connection, performance.id)]


def logged(database: Database) -> list[str]:
    with database.reading() as connection:
        return [f"{each.act}, {each.about}" for each in acts(connection)]


@pytest.mark.parametrize(
    ("role", "own", "status"),
    [
        (Role.ORGANISER, False, 200),
        (Role.FACILITATOR, False, 200),
        (Role.FACILITATOR, True, 200),
        (Role.MODERATOR, True, 200),
        (Role.STAGE, True, 403),
        (None, False, 401),
    ],
)
def test_the_queue_is_read_by_moderators_facilitators_and_organisers_only(
    house: TestClient,
    sqlite_database: Database,
    after: Performance,
    role: Role | None,
    own: bool,
    status: int,
) -> None:
    (one,) = sent(sqlite_database, after, "Who owns the house?")
    cookies = header(signed_in(sqlite_database, role, after if own else None)) if role else {}
    answer = house.get(f"/m/{after.code}", headers=cookies)
    assert answer.status_code == status
    assert ("Who owns the house?" in answer.text) == (status == 200)
    told = house.post(f"/m/{after.code}", data={"id": one.id, "act": "approve"}, headers=cookies)
    assert told.status_code == (303 if status == 200 else status)
    assert on_board(sqlite_database, after) == (["Who owns the house?"] if status == 200 else [])


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.FACILITATOR])
def test_a_sign_in_for_another_performance_reads_and_decides_nothing_here(
    house: TestClient, sqlite_database: Database, after: Performance, role: Role
) -> None:
    elsewhere = add_nest_performance(sqlite_database, version_id=after.version_id, wave=Wave.AFTER)
    (one,) = sent(sqlite_database, after, "Who owns the house?")
    cookies = header(signed_in(sqlite_database, role, elsewhere))
    for path in (f"/m/{after.code}", f"/m/{after.code.upper()}", f"/m/{after.code}/", "/m/zzzzzzzz"):
        assert house.get(path, headers=cookies).status_code in (403, 404)
        data = {"id": one.id, "act": "approve"}
        assert house.post(path, data=data, headers=cookies).status_code in (403, 404)
    own = Person(house, signed_in(sqlite_database, role, elsewhere), f"/m/{elsewhere.code}")
    assert SAID["gone"] in words_of(own.press("approve", one.id))
    assert SAID["gone"] in words_of(own.press("reconsider", one.id))
    assert on_board(sqlite_database, after) == []


@pytest.mark.parametrize("claim", ["organiser", "moderator"])
def test_a_role_claimed_in_a_header_opens_nothing_even_without_the_guard(
    client: TestClient, house: TestClient, sqlite_database: Database, after: Performance, claim: str
) -> None:
    sent(sqlite_database, after, "Who owns the house?")
    assert house.get(f"/m/{after.code}", headers={"X-Houselights-Role": claim}).status_code == 401
    assert client.get(f"/m/{after.code}").status_code == 404
    assert client.post(f"/m/{after.code}", data={"act": "clear"}).status_code == 404


def test_the_rules_and_the_reasons_stand_beside_the_queue(
    moderator: Person, sqlite_database: Database, after: Performance
) -> None:
    assert "Nothing waits to be read." in words_of(moderator.look())
    sent(sqlite_database, after, "Who owns the house?", "And who sleeps in it?")
    page = moderator.look()
    said = words_of(page)
    assert "Approve what fits the talk, whatever its opinion." in said
    assert "Refuse only what hurts, names someone, sells something or has nothing to do with tonight." in said
    assert "2 waiting, 0 approved, 0 refused" in said
    assert title_of(page).startswith("(2) ")
    for reason in Reason:
        assert page.count(f'value="{reason.value}"') == 2
    assert set(REASONS) == set(Reason)


@pytest.mark.parametrize("reason", list(Reason))
def test_each_reason_has_its_button_and_its_place_in_the_record(
    moderator: Person, sqlite_database: Database, after: Performance, reason: Reason
) -> None:
    (one,) = sent(sqlite_database, after, "Buy my album")
    said = words_of(moderator.press(reason.value, one.id))
    assert f"Refused: {reason.value}" in said
    assert "0 waiting, 0 approved, 1 refused" in said
    (found,) = standing(sqlite_database, after, REFUSED)
    assert found.reason == reason.value
    assert logged(sqlite_database) == [f"refused a contribution: {reason.value}, {after.code}"]


def test_the_log_of_acts_holds_no_word_of_the_audience(
    moderator: Person, sqlite_database: Database, after: Performance
) -> None:
    first, second = sent(sqlite_database, after, "Who owns the house?", "Who sleeps in it?")
    moderator.press("approve", first.id)
    moderator.press("hurtful", second.id)
    moderator.press("reconsider", first.id)
    moderator.press("clear")
    assert logged(sqlite_database) == [
        f"{act}, {after.code}"
        for act in (
            "cleared the stage",
            "reconsidered a contribution",
            "refused a contribution: hurtful",
            "approved a contribution",
        )
    ]
    with sqlite_database.reading() as connection:
        assert {len(each.account_id or "") for each in acts(connection)} == {16}


def test_of_two_moderators_the_first_decides_and_the_other_is_told(
    moderator: Person, another: Person, sqlite_database: Database, after: Performance
) -> None:
    first, second = sent(sqlite_database, after, "Who owns the house?", "Who sleeps in it?")
    moderator.press("approve", first.id)
    moderator.press("hurtful", second.id)
    assert SAID["approved"] in words_of(another.press("off topic", first.id))
    assert SAID["refused"] in words_of(another.press("approve", second.id))
    assert on_board(sqlite_database, after) == ["Who owns the house?"]
    assert len(logged(sqlite_database)) == 2


def test_undo_takes_it_off_every_screen_and_it_waits_again(
    moderator: Person, sqlite_database: Database, after: Performance
) -> None:
    (one,) = sent(sqlite_database, after, "Who owns the house?")
    moderator.press("approve", one.id)
    sqlite_database.write(lambda c: pin(c, after.id, one.id))
    said = words_of(moderator.press("reconsider", one.id))
    assert "1 waiting, 0 approved, 0 refused" in said
    assert on_board(sqlite_database, after) == []
    moderator.press("names a person", one.id)
    moderator.press("reconsider", one.id)
    moderator.press("approve", one.id)
    assert on_board(sqlite_database, after) == ["Who owns the house?"]


def test_a_moderator_clears_the_stage(
    moderator: Person, sqlite_database: Database, after: Performance
) -> None:
    sqlite_database.write(lambda c: show(c, after.id, {"view": "contributions"}))
    assert SAID["cleared"] in words_of(moderator.press("clear"))
    with sqlite_database.reading() as connection:
        assert room(connection, after.id).showing == {"view": "black"}


def test_what_is_gone_or_no_decision_is_said_kindly(
    moderator: Person, sqlite_database: Database, after: Performance
) -> None:
    (one,) = sent(sqlite_database, after, "Who owns the house?")
    assert SAID["unknown"] in words_of(moderator.press("set on fire", one.id))
    assert SAID["unknown"] in words_of(moderator.press(""))
    sqlite_database.write(lambda c: remove_contributions(c, after.id))
    for act in ("approve", "advert", "reconsider"):
        assert SAID["gone"] in words_of(moderator.press(act, one.id))
    answer = moderator.client.post(
        moderator.path, data={"id": "a\0b", "act": "approve"}, headers=header(moderator.cookies)
    )
    assert answer.status_code == 422
    assert (
        "nonsense"
        not in moderator.client.get(f"{moderator.path}?said=nonsense", headers=header(moderator.cookies)).text
    )
    assert logged(sqlite_database) == []


def test_support_is_shown_from_five_on(
    moderator: Person, sqlite_database: Database, after: Performance
) -> None:
    first, second = sent(sqlite_database, after, "Who owns the house?", "Who sleeps in it?")
    for one, people in ((first, 5), (second, 4)):
        moderator.press("approve", one.id)
        for seat in range(people):
            sqlite_database.write(lambda c: set_support(c, after, one.id, seat=str(seat), wanted=True))
    said = words_of(moderator.look())
    assert "Approved · 5 people support this" in said
    assert said.count("support") == 1


def test_no_order_tells_who_came_first_and_two_moderators_read_in_different_orders(
    moderator: Person, another: Person, sqlite_database: Database, after: Performance
) -> None:
    texts = [f"Question {chr(65 + number)}" for number in range(20)]
    sent(sqlite_database, after, *texts)

    def order(person: Person) -> list[str]:
        page = person.look()
        return sorted(texts, key=page.index)

    assert order(moderator) == order(moderator)
    assert order(moderator) != order(another)
    assert texts not in (order(moderator), order(another))


def test_a_flood_is_shown_in_parts(
    moderator: Person, sqlite_database: Database, after: Performance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moderating, "MOST_SHOWN", 3)
    sent(sqlite_database, after, *(f"Question {number}" for number in range(5)))
    page = moderator.look()
    assert "5 waiting" in words_of(page)
    assert "And 2 more: they move up as you decide." in words_of(page)
    assert page.count('value="approve"') == 3


def test_a_script_that_knows_the_page_is_told_nothing(
    moderator: Person, sqlite_database: Database, after: Performance
) -> None:
    def ask(tag: str) -> tuple[int, str]:
        answer = moderator.client.get(
            moderator.path, headers=header(moderator.cookies) | {"If-None-Match": tag}
        )
        return answer.status_code, answer.headers["etag"]

    status, tag = ask("")
    assert status == 200
    assert ask(tag) == (304, tag)
    sent(sqlite_database, after, "Who owns the house?")
    assert ask(tag)[0] == 200


def test_the_moderator_sees_the_queue_and_nothing_else(
    moderator: Person, house: TestClient, sqlite_database: Database, after: Performance
) -> None:
    cookies = header(moderator.cookies)
    for path in ("/desk", "/performances", "/results", "/stage", f"/d/{after.code}"):
        assert house.get(path, headers=cookies).status_code in (403, 404)
    page = moderator.look()
    assert not any(f'href="/{path}' in page for path in ("desk", "performances", "results", "d/"))


def test_another_site_decides_nothing(
    moderator: Person, sqlite_database: Database, after: Performance
) -> None:
    (one,) = sent(sqlite_database, after, "Who owns the house?")
    answer = moderator.client.post(
        moderator.path,
        data={"id": one.id, "act": "approve"},
        headers=header(moderator.cookies) | {"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 403
    assert on_board(sqlite_database, after) == []


def test_the_script_is_small() -> None:
    assert len(MODERATE_SCRIPT.encode()) <= 1536
