"""Links for a facilitator's and a moderator's phone: made in the office and on the desk, counted, ended."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from survey.model import Performance, Role
from survey.screen.office.links import people_words
from survey.settings import ROOT, settings
from survey.storage import current
from survey.storage.database import Database
from survey.storage.performances import finish_performance
from survey.storage.sign_ins import (
    ABSOLUTE,
    LinkUsed,
    LinkWrong,
    acts,
    add_link,
    add_stage_link,
    find_sign_in,
    people_signed_in,
    use_link,
)
from survey.storage.waves import PerformanceFinished
from tests.databases import add_nest_performance

MAKE = "Make a sign-in link for a {}"
END = "End all sign-ins for this performance"


@pytest.fixture
def house(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Performance]:
    """The performance of the page, in the database the pages use."""
    monkeypatch.setenv("HOUSELIGHTS_PUBLIC_URL", "http://192.168.1.20:8501")
    monkeypatch.setenv("HOUSELIGHTS_SECRET", "a secret for tests only, not for any house")
    settings.cache_clear()
    current.use(sqlite_database)
    yield add_nest_performance(sqlite_database)
    current.use(None)
    settings.cache_clear()


@pytest.fixture(params=["performances", "desk"])
def page(request: pytest.FixtureRequest, house: Performance) -> Callable[[], AppTest]:
    """Open the office's or the desk's page of the performance."""

    def opened() -> AppTest:
        at = AppTest.from_file(ROOT / "pages" / f"{request.param}.py", default_timeout=20)
        expires = datetime.now(UTC) + ABSOLUTE - timedelta(minutes=1)
        at.user = {"role": "organiser", "expires": expires.isoformat(), "account": "an organiser"}
        at.query_params["performance"] = house.code
        at.run()
        assert not at.exception
        return at

    return opened


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    at.run()
    assert not at.exception
    return at


@pytest.mark.parametrize(("role", "leads"), [("facilitator", "/d/{}"), ("moderator", "/m/{}")])
def test_a_link_signs_one_person_in_for_this_performance_only(
    page: Callable[[], AppTest],
    house: Performance,
    sqlite_database: Database,
    role: str,
    leads: str,
) -> None:
    at = press(page(), MAKE.format(role))
    url = next(code.value for code in at.code if "link=" in code.value)
    shape = rf"http://192\.168\.1\.20:8501/sign-in\?link=([\w-]+)&next={leads.format(house.code)}"
    found = re.fullmatch(shape, url)
    assert found
    cookie = sqlite_database.write(lambda connection: use_link(connection, found[1]))
    with sqlite_database.reading() as connection:
        signed_in = find_sign_in(connection, cookie)
        logged = acts(connection)[0]
    assert signed_in is not None
    assert (signed_in.role, signed_in.performance_id, signed_in.code) == (Role(role), house.id, house.code)
    assert (logged.act, logged.about) == (f"made a sign-in link for a {role}", house.code)
    with pytest.raises(LinkUsed):
        sqlite_database.write(lambda connection: use_link(connection, found[1]))


def test_how_many_are_signed_in_is_said_by_role_and_ends_with_one_press(
    page: Callable[[], AppTest], house: Performance, sqlite_database: Database
) -> None:
    def let_in(role: Role) -> str:
        return sqlite_database.write(
            lambda connection: use_link(connection, add_link(connection, role, performance_id=house.id))
        )

    people = [let_in(role) for role in (Role.FACILITATOR, Role.MODERATOR, Role.MODERATOR)]
    stage = sqlite_database.write(lambda connection: add_stage_link(connection, house.id))
    everywhere = sqlite_database.write(lambda c: use_link(c, add_link(c, Role.FACILITATOR)))
    unused = sqlite_database.write(lambda c: add_link(c, Role.FACILITATOR, performance_id=house.id))
    at = page()
    assert any("1 facilitator, 2 moderators" in html for html in bodies(at))
    at = press(at, END)
    with sqlite_database.reading() as connection:
        assert [find_sign_in(connection, token) for token in people] == [None, None, None]
        assert find_sign_in(connection, stage) is not None
        assert find_sign_in(connection, everywhere) is not None
        assert people_signed_in(connection, house.id) == {}
    with pytest.raises(LinkUsed):
        sqlite_database.write(lambda connection: use_link(connection, unused))
    assert any("Signed in now: <strong>nobody</strong>" in html for html in bodies(at))


def bodies(at: AppTest) -> list[str]:
    """Return the markup of a page, piece by piece."""
    return [str(element.proto.body) for element in at.get("html")]


def test_a_finished_performance_has_no_links_to_make(
    page: Callable[[], AppTest], house: Performance, sqlite_database: Database
) -> None:
    sqlite_database.write(lambda connection: finish_performance(connection, house.id))
    at = page()
    assert [button.label for button in at.button if "sign-in" in button.label] == []


def test_who_signs_in_how_is_held_where_links_are_made(house: Performance, sqlite_database: Database) -> None:
    for role, performance in ((Role.MODERATOR, None), (Role.ORGANISER, house.id)):
        with pytest.raises(LinkWrong):
            sqlite_database.write(lambda c: add_link(c, role, performance_id=performance))
    sqlite_database.write(lambda connection: finish_performance(connection, house.id))
    with pytest.raises(PerformanceFinished):
        sqlite_database.write(lambda c: add_link(c, Role.FACILITATOR, performance_id=house.id))


@pytest.mark.parametrize(
    ("here", "words"),
    [
        ({}, ""),
        ({Role.FACILITATOR: 1}, "1 facilitator"),
        ({Role.FACILITATOR: 2, Role.MODERATOR: 1}, "2 facilitators, 1 moderator"),
    ],
)
def test_people_are_counted_in_words(here: dict[Role, int], words: str) -> None:
    assert people_words(here) == words
