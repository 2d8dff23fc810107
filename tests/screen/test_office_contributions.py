"""In the office: how much the audience sent, the log to take along, and deleting all of it. Never the words themselves."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from survey.model import ContributionStanding, Performance, Role
from survey.screen.office.contributions import contributions_log
from survey.screen.office.seen import see
from survey.settings import ROOT, settings
from survey.storage import current
from survey.storage.contributions import add_contribution, approve, contributions
from survey.storage.database import Database
from survey.storage.debts import OWED
from survey.storage.sign_ins import ABSOLUTE, acts
from survey.storage.tables import debt
from tests.databases import add_nest_performance

CANARY = "canary <b>words</b>"
BUTTON = "Delete everything from the audience"
Open = Callable[..., AppTest]


@pytest.fixture
def house(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The database the pages use, with settings of its own."""
    monkeypatch.setenv("HOUSELIGHTS_PUBLIC_URL", "http://192.168.1.20:8501")
    monkeypatch.setenv("HOUSELIGHTS_SECRET", "a secret for tests only, not for any house")
    settings.cache_clear()
    current.use(sqlite_database)
    yield sqlite_database
    current.use(None)
    settings.cache_clear()


@pytest.fixture
def evening(house: Database) -> Performance:
    """A performance with one contribution waiting and one approved."""
    performance = add_nest_performance(house)
    house.write(lambda c: add_contribution(c, performance.id, CANARY))
    other = house.write(lambda c: add_contribution(c, performance.id, "=1+1"))
    house.write(lambda c: approve(c, performance.id, other.id))
    return performance


def opened(performance: Performance, *, minutes_ago: int = 1) -> AppTest:
    at = AppTest.from_file(ROOT / "pages" / "performances.py", default_timeout=20)
    expires = datetime.now(UTC) - timedelta(minutes=minutes_ago) + ABSOLUTE
    at.user = {"role": Role.ORGANISER.value, "account": "organiser", "expires": expires.isoformat()}
    at.query_params["performance"] = performance.code
    return run(at)


def run(at: AppTest) -> AppTest:
    at.run()
    assert [str(wrong.value) for wrong in at.exception] == []
    return at


def words(at: AppTest) -> str:
    return "\n".join(part.proto.body for part in at.get("html"))


def logged(house: Database) -> list[str]:
    with house.reading() as connection:
        return [each.act for each in acts(connection)]


def test_the_office_counts_and_leads_to_the_moderators_page(evening: Performance) -> None:
    at = opened(evening)
    assert "1 approved, 0 refused, 1 waiting to be read." in words(at)
    assert f'href="/m/{evening.code}"' in words(at)
    assert "canary" not in words(at)
    assert len(at.get("download_button")) == 1


def test_before_anything_was_sent_the_office_says_nothing_of_it(house: Database) -> None:
    at = opened(add_nest_performance(house))
    assert "From the audience" not in words(at)
    assert not at.get("download_button")


def test_both_acts_ask_for_a_fresh_sign_in(evening: Performance) -> None:
    at = opened(evening, minutes_ago=11)
    assert not at.get("download_button")
    assert BUTTON not in {button.label for button in at.button}
    assert "To download or delete it" in words(at)


def test_the_log_runs_nothing_and_taking_it_is_logged(evening: Performance, house: Database) -> None:
    with house.reading() as connection:
        seen = see(connection, evening.code)
    lines = contributions_log("organiser", seen).decode("utf-8-sig").splitlines()
    assert sorted(lines[1:]) == ["'=1+1,approved,,,no", f"{CANARY},waiting,,,no"]
    assert logged(house) == ["downloaded the contributions"]


def test_deleting_asks_for_the_code_then_deletes_all_of_it(evening: Performance, house: Database) -> None:
    for typed, left in (("another", 1), (evening.code, 0)):
        at = opened(evening)
        (field,) = [each for each in at.text_input if each.label == f"Type {evening.code} to delete them"]
        field.input(typed)
        (button,) = [each for each in at.button if each.label == BUTTON]
        button.click()
        run(at)
        with house.reading() as connection:
            waiting = contributions(connection, evening.id, ContributionStanding.WAITING)
        assert len(waiting) == left
    assert "Everything the audience sent to the discussion is deleted." in words(at)
    assert logged(house) == ["deleted the contributions"]


def test_the_office_says_what_is_still_owed_to_people_until_it_is_paid(
    evening: Performance, house: Database
) -> None:
    def said() -> str:
        return " ".join(str(each.proto) for each in opened(evening).main if "has not left" in str(each.proto))

    assert said() == ""
    house.write(lambda c: c.execute(debt.insert().values(id="owed", deleted_by=1)))
    assert OWED.partition(":")[0].replace("'", "&#39;") in said()
