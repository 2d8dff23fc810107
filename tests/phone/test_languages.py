"""Other languages: offered once a person has read every word, chosen by the phone or its holder, kept from page to page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from survey.model import Performance
from survey.storage.database import Database
from survey.storage.questionnaires import find_version
from survey.storage.translations import withdraw
from tests.languages import (
    approved,
    forget_catalogues,
    invented_catalogues,
    nest_in,
    translated,
    write_catalogue,
)
from tests.phone.conftest import Site
from tests.phone.pages import Phone, form_to, receipt_on, words_of
from tests.phone.states import filled
from tests.phone.visitor import SIDEWAYS, SMALL_TARGETS, visiting

URDU = '<html lang="ur" dir="rtl"'
ENGLISH = '<html lang="en" dir="ltr"'


@pytest.fixture(autouse=True)
def catalogues(tmp_path: Path) -> Iterator[Path]:
    """Invented words in every language."""
    folder = tmp_path / "locale"
    folder.mkdir()
    with invented_catalogues(folder) as there:
        yield there


def in_urdu(client: TestClient, path: str) -> str:
    """The page a phone set to Urdu gets."""
    return client.get(path, headers={"accept-language": "ur-PK,ur;q=0.9"}).text


# --- offered -----------------------------------------------------------------------------------------------------


def test_a_translation_nobody_has_approved_is_not_offered(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    translated(sqlite_database, after.version_id, "ur")
    page = in_urdu(client, f"/p/{after.code}?lang=ur")
    assert ENGLISH in page
    assert "اردو" not in page


def test_an_approved_language_is_offered_by_its_own_name(
    client: TestClient, sqlite_database: Database
) -> None:
    performance = nest_in(sqlite_database, "ur", "zh-Hans")
    page = Phone(client, performance.code).open()
    assert ENGLISH in page
    assert f'formaction="/p/{performance.code}?lang=ur" lang="ur">اردو</button>' in page
    assert f'formaction="/p/{performance.code}?lang=zh-Hans" lang="zh-Hans">简体中文</button>' in page


def test_a_withdrawn_language_is_offered_no_more(client: TestClient, sqlite_database: Database) -> None:
    performance = nest_in(sqlite_database, "ur")
    assert URDU in in_urdu(client, f"/p/{performance.code}")
    sqlite_database.write(lambda connection: withdraw(connection, performance.version_id, "ur"))
    page = in_urdu(client, f"/p/{performance.code}")
    assert ENGLISH in page
    assert "hreflang" not in page


def test_a_language_whose_questions_have_changed_waits_until_they_are_read_again(
    client: TestClient, sqlite_database: Database
) -> None:
    performance = nest_in(sqlite_database, "ur")
    assert URDU in in_urdu(client, f"/p/{performance.code}")
    translated(sqlite_database, performance.version_id, "ur", changed=" (new)")
    assert ENGLISH in in_urdu(client, f"/p/{performance.code}")
    approved(sqlite_database, performance.version_id, "ur")
    page = in_urdu(client, f"/p/{performance.code}")
    assert URDU in page
    assert "Not acceptable (new)" in page


def test_a_language_whose_interface_has_changed_waits_until_it_is_read_again(
    client: TestClient, sqlite_database: Database, catalogues: Path
) -> None:
    performance = nest_in(sqlite_database, "ur")
    write_catalogue(catalogues, "ur", {"Send my answers": "بھیجیں"})
    forget_catalogues()
    assert ENGLISH in in_urdu(client, f"/p/{performance.code}")
    approved(sqlite_database, performance.version_id, "ur")
    assert ">بھیجیں</button>" in in_urdu(client, f"/p/{performance.code}")


def test_words_that_only_the_stage_says_can_change_without_a_second_reading(
    client: TestClient, sqlite_database: Database, catalogues: Path
) -> None:
    performance = nest_in(sqlite_database, "ur")
    write_catalogue(catalogues, "ur", {"A code that opens {address}": "{address}"})
    forget_catalogues()
    assert URDU in in_urdu(client, f"/p/{performance.code}")


# --- chosen ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        ("ur-PK,ur;q=0.9,en;q=0.5", "ur"),
        ("en-GB,ur;q=0.2", "en"),
        ("en;q=0.1,pl;q=0.2", "pl"),
        ("fr,de;q=0.8,ar-EG;q=0.1", "ar"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "en"),
        ("zh-HK", "en"),
        ("ur;q=0", "en"),
        ("fr", "en"),
        ("", "en"),
        ("*", "en"),
        (",;q=,=,ur", "ur"),
    ],
)
def test_a_phone_is_greeted_in_the_language_it_prefers(
    client: TestClient, sqlite_database: Database, wishes: str, language: str
) -> None:
    performance = nest_in(sqlite_database, "ar", "pl", "ur", "zh-Hans")
    page = client.get(f"/p/{performance.code}", headers={"accept-language": wishes}).text
    assert f'<html lang="{language}"' in page


def test_a_language_nobody_offers_is_the_first_one(client: TestClient, after: Performance) -> None:
    assert ENGLISH in client.get(f"/p/{after.code}?lang=tlh").text


def test_the_language_chosen_goes_along_and_is_kept_with_the_answers(
    client: TestClient, sqlite_database: Database
) -> None:
    phone = Phone(client, nest_in(sqlite_database, "ur").code)
    page = phone.get(f"{phone.path}?lang=ur").text
    assert URDU in page
    assert "اردو Sara&#39;s" in page
    assert form_to(page, phone.path)["_lang"] == ["ur"]
    sent = phone.send({"closer_to": "sara"}, page)
    assert sent.headers["location"] == f"{phone.path}/thanks?lang=ur"
    assert URDU in phone.follow(sent)
    with sqlite_database.reading() as connection:
        assert connection.exec_driver_sql("SELECT language FROM response").scalar() == "ur"


def test_english_can_be_chosen_on_a_phone_that_speaks_urdu(
    client: TestClient, sqlite_database: Database
) -> None:
    performance = nest_in(sqlite_database, "ur")
    path = f"/p/{performance.code}"
    page = in_urdu(client, path)
    assert URDU in page
    assert f'formaction="{path}?lang=en" lang="en">English</button>' in page
    page = in_urdu(client, f"{path}?lang=en")
    sent = client.post(
        path, data=form_to(page, path) | {"closer_to": "sara"}, headers={"accept-language": "ur"}
    )
    assert sent.headers["location"].startswith(f"{path}/thanks?lang=en")
    assert f'formaction="{path}" lang="ur">اردو</button>' in page


def test_a_filled_form_offers_no_link_that_would_lose_what_was_typed(
    client: TestClient, sqlite_database: Database
) -> None:
    phone = Phone(client, nest_in(sqlite_database, "ur").code)
    again = phone.send({"trust_nhs": "eleven"})
    assert again.status_code == 422
    assert "hreflang" not in again.text


# --- every page --------------------------------------------------------------------------------------------------


def pages_of(client: TestClient, performance: Performance) -> dict[str, str]:
    """Every page a phone that prefers Urdu can come to in one evening, by its address."""
    path = f"/p/{performance.code}"
    said = {"accept-language": "ur"}
    page = in_urdu(client, path)
    client.cookies.clear()
    sent = client.post(path, data=form_to(page, path) | {"closer_to": "sara"}, headers=said)
    client.cookies.clear()
    thanks = client.get(sent.headers["location"], headers=said).text
    code = receipt_on(thanks)
    client.cookies.clear()
    gets = ["", "/kept", "/thanks"]
    pages = {end or "the form": in_urdu(client, path + end) for end in gets} | {"thanks": thanks}
    pages |= {address: in_urdu(client, address) for address in ("/join", "/receipt", f"/receipt/{code}")}
    pages |= {address: in_urdu(client, address) for address in ("/receipt/deleted", "/p/unknown", "/p/x/y")}
    for address, fields in {
        "/join": {"code": "nothing"},
        "/receipt": {"code": "nothing"},
        "/receipt/delete": {"code": code},
        path: {"trust_nhs": "eleven"},
    }.items():
        pages[f"POST {address}"] = client.post(address, data=fields, headers=said).text
    pages["own answers"] = client.post("/receipt", data={"code": code}, headers=said).text
    pages["too much"] = client.post(path, content=b"x" * 3_000_000, headers=said).text
    pages["not text"] = in_urdu(client, "/p/%00")
    return pages


def test_every_page_speaks_the_language_of_the_phone_and_says_so(
    client: TestClient, sqlite_database: Database
) -> None:
    pages = pages_of(client, nest_in(sqlite_database, "ur"))
    assert [address for address, page in pages.items() if URDU not in page] == []
    assert [address for address, page in pages.items() if "اردو" not in page] == []


def test_every_page_speaks_english_while_no_language_is_approved(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    translated(sqlite_database, after.version_id, "ur")
    pages = pages_of(client, after)
    assert [address for address, page in pages.items() if ENGLISH not in page] == []
    assert [address for address, page in pages.items() if "اردو" in page] == []


def test_own_answers_are_shown_in_a_language_their_questions_have(
    client: TestClient, sqlite_database: Database
) -> None:
    phone = Phone(client, nest_in(sqlite_database, "ur").code)
    code = receipt_on(phone.answer({"closer_to": "sara"}))
    shown = client.post("/receipt", data={"code": code}, headers={"accept-language": "ur"}).text
    assert URDU in shown
    assert "اردو Sara's" in words_of(shown)
    assert "مارچ، 2026" in shown, "the performance's date is in Urdu too"


def test_the_language_chosen_goes_along_to_the_receipt_page(
    client: TestClient, sqlite_database: Database
) -> None:
    phone = Phone(client, nest_in(sqlite_database, "ur").code)
    page = phone.get(f"{phone.path}?lang=ur").text
    thanks = phone.follow(phone.send({"closer_to": "sara"}, page))
    code = receipt_on(thanks)
    asking = client.get(f"/receipt/{code}?lang=ur").text
    assert URDU in asking
    shown = client.post("/receipt?lang=ur", data=form_to(asking, "/receipt?lang=ur"))
    assert URDU in shown.text
    assert "اردو Sara's" in words_of(shown.text)


def test_a_text_without_words_in_the_language_says_which_language_it_speaks(
    client: TestClient, sqlite_database: Database
) -> None:
    from survey.language import speaking
    from survey.model import Text
    from survey.phone.forms import Said
    from survey.phone.pages import rendered

    question: Any = Text({"en": "How <likely>?"})
    answer: Any = Text({"en": "Likely", "ur": "ممکن"})
    said = Said(question, (answer,))
    with speaking("ur"):
        page = rendered("said.html", said=[said])
    assert '<span lang="en" dir="ltr">How &lt;likely&gt;?</span>' in page
    assert "<dd>ممکن</dd>" in page


def test_right_to_left_the_form_is_as_usable(chromium: Any, site: Site) -> None:
    performance = nest_in(site.database, "ur")
    with visiting(
        chromium, site, performance, bypass_csp=True, viewport={"width": 320, "height": 740}
    ) as visitor:
        filled(visitor)
        visitor.open(f"/p/{performance.code}?lang=ur")
        assert visitor.page.evaluate(SIDEWAYS) == 0
        assert visitor.page.evaluate(SMALL_TARGETS) == []
        circle = visitor.page.locator("input[name=home_system]").first.bounding_box()
        assert circle["x"] > 160, "the circle stands at the right, where reading begins"


def test_a_version_speaks_only_what_is_approved(sqlite_database: Database, after: Performance) -> None:
    translated(sqlite_database, after.version_id, "ur", "pl")
    approved(sqlite_database, after.version_id, "pl")
    with sqlite_database.reading() as connection:
        version = find_version(connection, after.version_id)
        assert version.languages == ("en", "pl")
        assert list(version.question("trust_nhs").text.by_language) == ["en", "pl"]
        assert find_version(connection, after.version_id) is version
