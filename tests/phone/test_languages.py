"""Other languages: the form, its direction, and the language an answer is stored with."""

from collections.abc import Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient

from survey.model import Performance, Wave
from survey.questionnaire import DATA, load_questionnaire, parse_questionnaire
from survey.storage.database import Database
from survey.storage.questionnaires import publish
from tests.databases import add_nest_performance
from tests.phone.conftest import Site
from tests.phone.pages import Phone, form_to
from tests.phone.test_in_a_browser import SIDEWAYS, SMALL_TARGETS, filled, visiting


def also_in_urdu(content: Any) -> Any:
    """Return a questionnaire's content with invented Urdu beside the English."""
    if isinstance(content, Mapping):
        if set(content) == {"en"}:
            return {"en": content["en"], "ur": f"اردو {content['en']}"}
        return {key: also_in_urdu(value) for key, value in content.items()}
    return [also_in_urdu(each) for each in content] if isinstance(content, list) else content


def in_two_languages(database: Database) -> Performance:
    _, content = load_questionnaire(DATA / "the-nest-1.yaml")
    content = also_in_urdu(content) | {"id": "two-languages", "languages": ["en", "ur"]}
    version_id = database.write(lambda c: publish(c, parse_questionnaire(content), content))
    return add_nest_performance(database, version_id=version_id, wave=Wave.AFTER)


def test_the_form_offers_its_other_languages_and_keeps_the_one_chosen(
    client: TestClient, sqlite_database: Database
) -> None:
    performance = in_two_languages(sqlite_database)
    phone = Phone(client, performance.code)
    assert f'<a href="{phone.path}?lang=ur" lang="ur" hreflang="ur">اردو</a>' in phone.open()
    page = phone.get(f"{phone.path}?lang=ur").text
    assert '<html lang="ur" dir="rtl">' in page
    assert "اردو Sara&#39;s" in page
    assert form_to(page, phone.path)["_lang"] == ["ur"]
    sent = phone.send({"closer_to": "sara"}, page)
    assert sent.headers["location"] == f"{phone.path}/thanks?lang=ur"
    assert '<html lang="ur" dir="rtl">' in phone.follow(sent)
    with sqlite_database.reading() as connection:
        assert connection.exec_driver_sql("SELECT language FROM response").scalar() == "ur"


@pytest.mark.parametrize(
    ("preferred", "language"),
    [
        ("ur-PK,ur;q=0.9,en;q=0.5", "ur"),
        ("en-GB,ur;q=0.2", "en"),
        ("fr,de;q=0.8", "en"),
        ("", "en"),
        ("*", "en"),
    ],
)
def test_a_phone_is_greeted_in_a_language_it_prefers(
    client: TestClient, sqlite_database: Database, preferred: str, language: str
) -> None:
    performance = in_two_languages(sqlite_database)
    page = client.get(f"/p/{performance.code}", headers={"accept-language": preferred}).text
    assert f'<html lang="{language}"' in page


def test_a_language_nobody_offers_is_the_first_one(client: TestClient, after: Performance) -> None:
    assert '<html lang="en"' in client.get(f"/p/{after.code}?lang=tlh").text


def test_right_to_left_the_form_is_as_usable(chromium: Any, site: Site) -> None:
    performance = in_two_languages(site.database)
    with visiting(
        chromium, site, performance, bypass_csp=True, viewport={"width": 320, "height": 740}
    ) as visitor:
        filled(visitor)
        visitor.open(f"/p/{performance.code}?lang=ur")
        assert visitor.page.evaluate(SIDEWAYS) == 0
        assert visitor.page.evaluate(SMALL_TARGETS) == []
        circle = visitor.page.locator("input[name=home_system]").first.bounding_box()
        assert circle["x"] > 160, "the circle stands at the right, where reading begins"
