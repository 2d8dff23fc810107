"""What the audience writes is shown as harmless characters: from the phone to the moderator, the stage and the log."""

import csv
import io
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.testclient import TestClient

from survey.exchange.cells import RUNS
from survey.exchange.contributions import contributions_table
from survey.model import ContributionStanding, Performance, Role, Wave
from survey.phone.contributing import LONGEST
from survey.questionnaire import clean
from survey.screen.room.scene import scene
from survey.screen.templating import rendered, stylesheet
from survey.settings import settings
from survey.storage.contributions import approve, contributions, pin
from survey.storage.database import Connection, Database
from survey.storage.rooms import show
from tests.databases import add_nest_performance
from tests.hostile import ELSEWHERE, HIT, HOSTILE, NO_TEXT, REAL, TEXTS, TOO_LONG
from tests.phone.conftest import served
from tests.phone.moderators import header, house_app, sent, signed_in, standing
from tests.phone.pages import Phone, form_to, words_of
from tests.phone.visitor import SIDEWAYS

WAITING, APPROVED, _REFUSED = ContributionStanding
KEPT = {name: clean(text) for name, text in TEXTS.items()}
WORDS = "() => [...document.querySelectorAll('bdi')].map(one => one.textContent)"
OUTSIDE = """() => [...document.querySelectorAll('bdi')].filter(one => {
    const range = document.createRange(); range.selectNodeContents(one)
    const box = range.getBoundingClientRect()
    return box.left < -1 || box.right > innerWidth + 1
}).map(one => one.textContent.slice(0, 40))"""


@pytest.fixture(autouse=True)
def plain_http(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HOUSELIGHTS_PUBLIC_URL", "http://testserver")
    monkeypatch.setenv("HOUSELIGHTS_SECRET", "a secret only for these tests")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def evening(sqlite_database: Database) -> Performance:
    return add_nest_performance(sqlite_database, wave=Wave.AFTER)


@pytest.fixture
def phones(sqlite_database: Database) -> Iterator[TestClient]:
    with TestClient(house_app(sqlite_database), follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_typed_reaches_the_moderator_cleaned_and_escaped(
    phones: TestClient, sqlite_database: Database, evening: Performance, name: str
) -> None:
    phone = Phone(phones, evening.code)
    path = f"{phone.path}/room/contribute"
    fields = form_to(phone.get(path).text, path)
    assert phone.post(path, fields | {"text": TEXTS[name]}).status_code == 303
    (kept,) = standing(sqlite_database, evening, WAITING)
    assert kept.text == KEPT[name]
    assert 0 < len(kept.text) <= LONGEST
    cookies = header(signed_in(sqlite_database, Role.MODERATOR, evening))
    page = phones.get(f"/m/{evening.code}", headers=cookies).text
    assert " ".join(kept.text.split()) in words_of(page)
    assert phones.get(f"{phone.path}/room").text.count(HIT) == 0


@pytest.mark.parametrize("name", REAL)
def test_real_words_stay_whole(name: str) -> None:
    assert KEPT[name] == unicodedata.normalize("NFC", REAL[name])


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_invisible_and_no_flood_is_kept(name: str) -> None:
    kept = KEPT[name]
    hidden = [letter for letter in kept if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co")]
    assert set(hidden) <= {"\n"}
    assert "\n\n\n" not in kept
    assert not any(letter * 10 in kept for letter in set(kept))


@pytest.mark.parametrize("name", TOO_LONG)
def test_what_is_too_long_is_given_back_whole(
    phones: TestClient, sqlite_database: Database, evening: Performance, name: str
) -> None:
    phone = Phone(phones, evening.code)
    path = f"{phone.path}/room/contribute"
    answer = phone.post(path, form_to(phone.get(path).text, path) | {"text": TOO_LONG[name]})
    assert answer.status_code == 422
    assert "too long" in words_of(answer.text)
    assert form_to(answer.text, path)["text"] == [TOO_LONG[name]]
    assert standing(sqlite_database, evening, WAITING) == []


@pytest.mark.parametrize("name", NO_TEXT)
def test_what_is_no_text_is_refused_kindly(
    phones: TestClient, sqlite_database: Database, evening: Performance, name: str
) -> None:
    answer = phones.post(
        f"/p/{evening.code}/room/contribute",
        content=b"text=" + NO_TEXT[name],
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 422
    assert "We could not read that" in words_of(answer.text)
    assert standing(sqlite_database, evening, WAITING) == []


def test_no_cell_of_the_log_runs(sqlite_database: Database, evening: Performance) -> None:
    sent(sqlite_database, evening, *KEPT.values())
    with sqlite_database.reading() as connection:
        table = contributions_table(connection, evening).decode("utf-8-sig")
    cells = [row[0] for row in csv.reader(io.StringIO(table, newline=""))][1:]
    assert not [cell for cell in cells if cell[:1] in RUNS or cell.lstrip()[:1] in RUNS]
    assert sorted(cell.removeprefix("'") for cell in cells) == sorted(
        text.removeprefix("'") for text in KEPT.values()
    )
    begins = {name for name, text in KEPT.items() if text[0] in RUNS}
    assert begins >= {"formula", "formula in full width", "plus", "minus", "at sign", "tab before a formula"}


@contextmanager
def watching(chromium: Any, **options: Any) -> Iterator[Any]:
    """Give a page on which nothing may run and from which nobody else may be asked."""
    context = chromium.new_context(**options)
    page = context.new_page()
    asked: list[str] = []
    opened: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: opened.append(dialog.message))
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on("popup", lambda popup: opened.append(popup.url))
    try:
        yield page
        assert page.evaluate("window.hit") is None
        assert opened == []
        foreign = [url for url in asked if not url.startswith(("http://127.0.0.1", "data:", "about:"))]
        assert foreign == []
        assert not [url for url in asked if ELSEWHERE in url]
    finally:
        context.close()


def approve_all(connection: Connection, performance: Performance) -> None:
    for each in contributions(connection, performance.id, WAITING):
        approve(connection, performance.id, each.id)


def shown(page: Any, words: str = WORDS) -> list[str]:
    return sorted(text for text in page.evaluate(words) if text in set(KEPT.values()))


def test_moderator_and_phones_show_them_as_characters_and_ask_nobody(
    chromium: Any, sqlite_database: Database, evening: Performance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey.phone.moderating.MOST_SHOWN", 200)
    texts = sorted(KEPT.values())
    sent(sqlite_database, evening, *texts)
    with served(house_app(sqlite_database), sqlite_database) as site:
        cookies = [
            {"name": name, "value": value, "url": site.url}
            for name, value in signed_in(sqlite_database, Role.MODERATOR, evening).items()
        ]
        for width in (360, 1280):
            with watching(chromium, viewport={"width": width, "height": 740}) as page:
                page.context.add_cookies(cookies)
                page.goto(f"{site.url}/m/{evening.code}")
                assert shown(page) == texts
                assert page.evaluate(SIDEWAYS) <= 0
                assert page.evaluate(OUTSIDE) == []
                # A label somebody wrote stands in their words, never where ours stand.
                assert page.locator("#waiting > li").count() == len(texts)
                assert page.inner_text("#counts") == f"{len(texts)} waiting, 0 approved, 0 refused"
        with watching(chromium, viewport={"width": 360, "height": 740}) as page:
            page.context.add_cookies(cookies)
            page.goto(f"{site.url}/m/{evening.code}")
            for each in standing(sqlite_database, evening, WAITING):
                page.locator(f"#c-{each.id} [value=approve]").click()
                page.locator(f"#c-{each.id} .how").wait_for()
            assert sorted(each.text for each in standing(sqlite_database, evening, APPROVED)) == texts
            assert page.evaluate(SIDEWAYS) <= 0
        for scripts in (True, False):
            options = {"java_script_enabled": scripts, "viewport": {"width": 360, "height": 740}}
            with watching(chromium, **options) as page:
                page.goto(f"{site.url}/p/{evening.code}/room")
                assert shown(page) == texts
                assert page.evaluate(SIDEWAYS) <= 0
                assert page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("place", ["stage", "phone"])
def test_pinned_alone_each_is_characters_on_stage_and_on_phones(
    chromium: Any, sqlite_database: Database, evening: Performance, place: str
) -> None:
    sent(sqlite_database, evening, *KEPT.values())
    sqlite_database.write(lambda c: approve_all(c, evening))
    sqlite_database.write(lambda c: show(c, evening.id, {"view": "contributions"}))
    app = house_app(sqlite_database)
    with (
        watching(chromium, viewport={"width": 1280, "height": 720}) as page,
        TestClient(app, follow_redirects=False) as client,
    ):
        for each in standing(sqlite_database, evening, APPROVED):
            sqlite_database.write(lambda c: pin(c, evening.id, each.id))
            if place == "stage":
                with sqlite_database.reading() as connection:
                    markup = scene(connection, evening, "http://testserver").picture
                page.set_content(stylesheet("house.css", "stage_chrome.css") + markup)
                found = page.inner_text(".layer")
            else:
                markup = client.get(f"/p/{evening.code}/room").text
                page.set_content(markup)
                found = page.inner_text("#stage")
            assert "".join(each.text.split()).casefold() in "".join(found.split()).casefold()
            assert f"<script>{HIT}" not in markup


def test_on_the_desk_each_is_characters(
    chromium: Any, sqlite_database: Database, evening: Performance
) -> None:
    sent(sqlite_database, evening, *KEPT.values())
    sqlite_database.write(lambda c: approve_all(c, evening))
    listed = standing(sqlite_database, evening, APPROVED)
    with watching(chromium, viewport={"width": 1280, "height": 720}) as page:
        page.set_content("".join(rendered("desk/contribution.html", said=each, support=0) for each in listed))
        assert shown(page) == sorted(KEPT.values())
