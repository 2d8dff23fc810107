"""The form: complete in one response, small, plain, true."""

import gzip
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest
from starlette.testclient import TestClient

from survey.model import Performance, Wave
from survey.settings import settings
from survey.storage.database import Database
from survey.storage.performances import change_performance, rehearse_wave
from survey.storage.questionnaires import find_version
from tests.databases import add_nest_performance
from tests.languages import offer_every_translation
from tests.phone.pages import Phone, form_to

KILOBYTES_14 = 14 * 1024


def test_the_whole_form_with_its_head_fits_in_one_flight_in_every_language(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    languages = offer_every_translation(sqlite_database, after.version_id)
    assert languages[0] == "en"
    assert len(languages) > 1
    for language in languages:
        address = f"/p/{after.code}?lang={language}"
        with client.stream("GET", address, headers={"accept-encoding": "gzip"}) as answer:
            body = b"".join(answer.iter_raw())
            head = sum(len(name) + len(value) + len(": \r\n") for name, value in answer.headers.raw)
        page = gzip.decompress(body)
        assert f'<html lang="{language}"'.encode() in page
        assert b'id="send"' in page
        assert b"src=" not in page
        assert b"<link" not in page.replace(b'<link rel="icon" href="data:', b"")
        assert len(body) + head <= KILOBYTES_14, language


def test_the_form_asks_every_question_of_its_wave_and_no_other(
    client: TestClient, sqlite_database: Database, before: Performance
) -> None:
    with sqlite_database.reading() as connection:
        questionnaire = find_version(connection, before.version_id)
    page = Phone(client, before.code).open()
    names = set(re.findall(r'name="([a-z]\w*)"', page))
    assert names - {"viewport"} == {question.id for question in questionnaire.asked_in(Wave.BEFORE)}
    for question in questionnaire.asked_in(Wave.BEFORE):
        for option in question.options:
            assert f'name="{question.id}" value="{option.value}"' in page


def test_nothing_is_preselected_and_nothing_is_compulsory(client: TestClient, after: Performance) -> None:
    page = Phone(client, after.code).open()
    asked = {"_seat", "_wave", "_version", "_lang", "_shade", "_words", "differently"}
    assert set(form_to(page, f"/p/{after.code}")) == asked
    assert " required" not in page
    assert "maxlength" not in page


def test_the_form_says_its_wave_its_version_and_its_language(client: TestClient, after: Performance) -> None:
    page = Phone(client, after.code).open()
    fields = form_to(page, f"/p/{after.code}")
    assert (fields["_wave"], fields["_version"], fields["_lang"]) == (["after"], ["the-nest-1"], ["en"])
    assert '<html lang="en" dir="ltr">' in page


def test_every_phone_gets_a_seat_of_its_own(client: TestClient, after: Performance) -> None:
    seats = {form_to(Phone(client, after.code).open(), f"/p/{after.code}")["_seat"][0] for _ in range(20)}
    assert len(seats) == 20


def test_the_page_runs_its_own_script_only_and_asks_this_house_only(
    client: TestClient, after: Performance
) -> None:
    answer = client.get(f"/p/{after.code}")
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", answer.text)
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    (style,) = re.findall(r"<style[^>]*>(.*?)</style>", answer.text, re.DOTALL)
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", answer.text, re.DOTALL)
    hashes = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]
    assert policy == {
        "default-src": "'none'",
        "style-src": f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'",
        "script-src": " ".join(reversed(hashes)),
        "connect-src": "'self'",
        "img-src": "'self' data:",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_a_client_without_compression_reads_the_same_form(client: TestClient, after: Performance) -> None:
    plain = client.get(f"/p/{after.code}", headers={"accept-encoding": "identity"})
    small = client.get(f"/p/{after.code}", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    seat = re.compile(r'(_seat" value=")[^"]+')
    assert seat.sub(r"\1", plain.text) == seat.sub(r"\1", small.text)


def test_a_change_of_the_organiser_is_on_the_very_next_form(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    assert "Example Theatre Company asks" in Phone(client, after.code).open()
    changed = replace(after, responsible="Another House")
    sqlite_database.write(lambda connection: change_performance(connection, changed))
    assert "Another House asks" in Phone(client, after.code).open()


def test_a_rehearsal_says_so(client: TestClient, sqlite_database: Database) -> None:
    rehearsing = add_nest_performance(sqlite_database, wave=None)
    sqlite_database.write(lambda connection: rehearse_wave(connection, rehearsing.id, Wave.BEFORE))
    assert "This is a rehearsal." in Phone(client, rehearsing.code).open()


def test_words_of_organisers_stay_words(client: TestClient, sqlite_database: Database) -> None:
    shady = add_nest_performance(sqlite_database, responsible="<b onload=x>Tom & Co</b>", wave=Wave.AFTER)
    page = Phone(client, shady.code).open()
    assert "<b onload" not in page
    assert "&lt;b onload=x&gt;Tom &amp; Co&lt;/b&gt; asks" in page


def test_the_cookie_is_one_seat_for_this_performance_only(client: TestClient, after: Performance) -> None:
    cookie = client.get(f"/p/{after.code}").headers["set-cookie"]
    parts = {
        part.strip().partition("=")[0].lower(): part.strip().partition("=")[2] for part in cookie.split(";")
    }
    assert parts["path"] == f"/p/{after.code}"
    assert "httponly" in parts
    assert parts["samesite"].lower() == "lax"
    assert "secure" not in parts
    assert "domain" not in parts


def test_the_cookie_is_secure_when_the_public_address_is_https(
    client: TestClient, after: Performance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOUSELIGHTS_PUBLIC_URL", "https://talk.example.org")
    settings.cache_clear()
    assert "; secure" in client.get(f"/p/{after.code}").headers["set-cookie"].lower()


def test_a_code_in_capitals_leads_to_the_one_address(client: TestClient, after: Performance) -> None:
    answer = client.get(f"/p/{after.code.upper()}")
    if after.code.upper() != after.code:
        assert (answer.status_code, answer.headers["location"]) == (303, f"/p/{after.code}")
