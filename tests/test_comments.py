"""Words without the tick are quoted nowhere: every place that can reach them has decided, and every page is looked at."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pandas
import pytest
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from survey.exchange import export_files
from survey.model import Comment, Kind, Performance, Questionnaire, Role, Wave
from survey.phone.routes import phone_routes
from survey.phone.ways import OF_ONE_PERFORMANCE
from survey.questionnaire import published_questionnaires, quote_field
from survey.screen import PAGES
from survey.settings import ROOT, settings
from survey.storage import current
from survey.storage.database import Database
from survey.storage.exports import comment_rows
from survey.storage.questionnaires import publish
from survey.storage.rooms import show
from tests.databases import add_nest_performance
from tests.phone.conftest import phone_app
from tests.phone.pages import Phone
from tests.storage.phones import code_of, filled, send

QUOTABLE, PRIVATE = "Owls may be quoted.", "Otters may not."
REACHES_WORDS = re.compile(
    r"\bcomment_rows\b|\bcomments_of\b|\bshow_comments\b|\bCommentRow\b|\.comments\b|\beach\.comment\b"
    r"|\bCOMMENTS_OF\b|\bcomment\.c\.text\b|select\(comment\b|\bfilled_of\(|forms import .*\bin_words\b"
)
DECIDED = {
    "pages/results.py": "the organiser's own reading: each comment says whether it may be quoted",
    "survey/demonstration/evening.py": "writes invented comments, reads none",
    "survey/commands/imports.py": "says how many words an import brought, not the words",
    "survey/exchange/exporting.py": "with the tick; without it only when asked for, in a file that says so",
    "survey/exchange/importing.py": "compares a table's rows with those taken in before, shows none",
    "survey/model.py": "says whether a form is empty",
    "survey/phone/forms.py": "puts a person's own words before the same person",
    "survey/phone/keeping.py": "says to a phone how many comments it sent and which may be quoted, not the words",
    "survey/phone/not_now.py": "gives back to a phone what it has just sent in vain",
    "survey/phone/opening.py": "puts a person's own words back into the same person's form",
    "survey/phone/receipts.py": "shows their own words to whoever has the code",
    "survey/phone/templates/said.html": "a person's own words, on the two pages above",
    "survey/screen/evidence/reading.py": "the organiser's own reading, with the tick",
    "survey/screen/evidence/showing.py": "the organiser's own reading: “Do not quote” beside the words",
    "survey/screen/templates/evidence/paper.html": "says how many there are, prints none",
    "survey/storage/evidence.py": "stores imported comments; one without the tick has none",
    "survey/storage/exports.py": "hands every comment over with its tick",
    "survey/storage/filled.py": "stores, and hands a person's own form back",
    "survey/storage/forgetting.py": "blanks words before they are deleted, reads none",
    "survey/storage/known.py": "hands a phone its own form back",
    "survey/storage/own_record.py": "tells a phone which of its comments may be quoted, not the words",
    "survey/storage/receipts.py": "hands a code's own answers over",
}
"""Every file that can reach a comment's words → what it does with words that may not be quoted."""


def test_every_place_that_reaches_comments_has_decided_about_the_tick() -> None:
    files = [ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "survey").rglob("*.py")]
    files += (ROOT / "survey").rglob("*.html")
    reaching = {
        file.relative_to(ROOT).as_posix()
        for file in files
        if REACHES_WORDS.search(file.read_text(encoding="utf-8"))
    }
    assert reaching == set(DECIDED)


@pytest.fixture
def house(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database that pages and phones use."""
    monkeypatch.setenv("HOUSELIGHTS_PUBLIC_URL", "http://testserver")
    monkeypatch.setenv("HOUSELIGHTS_SECRET", "a secret only for these tests")
    settings.cache_clear()
    current.use(sqlite_database)
    yield sqlite_database
    current.use(None)
    settings.cache_clear()


@pytest.fixture
def evening(house: Database) -> Performance:
    """A performance of which twelve people have answered; one may be quoted, one may not; their question is on stage."""
    performance = add_nest_performance(house, wave=Wave.AFTER, families=True)
    said = {0: Comment("differently", QUOTABLE, True), 1: Comment("differently", PRIVATE)}
    for n in range(12):
        words = (said[n],) if n in said else ()
        send(house, performance, f"seat {n}", filled(*words, closer_to="sara"))
    house.write(
        lambda connection: show(
            connection, performance.id, {"view": "question", "question": "differently", "wave": "after"}
        )
    )
    return performance


def phone_pages(database: Database, performance: Performance) -> list[str]:
    """Return the address of every page that phones can open of a performance."""
    paths = [
        route.path.replace("{code}", performance.code)
        for route in phone_routes(lambda: database)
        if isinstance(route, Route) and "GET" in (route.methods or ())
    ]
    return [path for path in paths if "{" not in path]


def everything_on(page: AppTest) -> str:
    """Return all a page sends to a browser: every element's message, and what is in its tables."""
    assert [str(wrong.value) for wrong in page.exception] == []
    sent = [str(getattr(element, "proto", "")) for element in page._tree]
    return "\n".join((*sent, *(frame.value.to_csv() for frame in page.dataframe)))


def opened(page: str, code: str, **choices: str) -> AppTest:
    """Return a page as an organiser opens it for one performance."""
    at = AppTest.from_file(ROOT / "pages" / f"{page}.py", default_timeout=60)
    at.user = {"role": Role.ORGANISER.value, "account": "organiser"}
    for name, value in ({"performance": code} | choices).items():
        at.query_params[name] = value
    return at.run()


@pytest.mark.parametrize("page", [page.path for page in PAGES])
@pytest.mark.parametrize("choices", [{}, {"print": "1"}], ids=["screen", "print"])
def test_no_page_but_the_organisers_reading_list_shows_comments(
    evening: Performance, page: str, choices: dict[str, str]
) -> None:
    at = opened(page, evening.code, **choices)
    shown = everything_on(at)
    if (page, choices) == ("results", {}):
        (table,) = [frame.value for frame in at.dataframe if "What people wrote" in frame.value.columns]
        assert dict(zip(table["What people wrote"], table["May be quoted"], strict=True)) == {
            QUOTABLE: "Yes, without a name",
            PRIVATE: "Do not quote",
        }
    else:
        assert PRIVATE not in shown
        assert QUOTABLE not in shown


def test_no_page_of_a_phone_shows_what_somebody_else_wrote(house: Database, evening: Performance) -> None:
    looked_at = phone_pages(house, evening)
    assert {f"/p/{evening.code}", f"/p/{evening.code}/look", "/receipt"} <= set(looked_at)
    with TestClient(phone_app(house), follow_redirects=False) as client:
        Phone(client, evening.code).answer({"closer_to": "sean"})
        for path in looked_at:
            shown = client.get(path).text
            assert PRIVATE not in shown, path
            assert QUOTABLE not in shown, path


def test_their_own_words_are_shown_to_whoever_has_the_code(house: Database, evening: Performance) -> None:
    with TestClient(phone_app(house), follow_redirects=False) as client:
        own = client.post("/receipt", data={"code": code_of(evening, "seat 1")})
        assert PRIVATE in own.text
        assert QUOTABLE not in own.text


def test_an_export_leaves_out_what_may_not_be_quoted_unless_it_is_asked_for(
    house: Database, evening: Performance
) -> None:
    with house.reading() as connection:
        shared = export_files(connection, evening)
        asked_for = export_files(connection, evening, all_comments=True)
    assert [name for name, content in shared.items() if QUOTABLE.encode() in content] == ["comments.csv"]
    assert [name for name, content in shared.items() if PRIVATE.encode() in content] == []
    places = [name for name, content in asked_for.items() if PRIVATE.encode() in content]
    assert places == ["comments-not-to-quote.csv"]
    table = pandas.read_csv(io.BytesIO(asked_for[places[0]]))
    assert list(table["may_be_quoted"]) == ["no"]


def test_taking_the_tick_back_takes_the_permission_back(database: Database, performance: Performance) -> None:
    def permissions() -> list[tuple[str, bool]]:
        with database.reading() as connection:
            return [(row.text, row.quote_ok) for row in comment_rows(connection, performance.id)]

    for tick in (True, False, True):
        send(database, performance, "seat", filled(Comment("differently", "Ask first.", tick)))
        assert permissions() == [("Ask first.", tick)]
    send(database, performance, "seat", filled(Comment("differently", "Ask me first.")))
    assert permissions() == [("Ask me first.", False)]


def ticks_on(markup: str) -> dict[str, str]:
    """Return the name and the whole tag of every box to tick on a page."""
    tags = re.findall(r'<input[^>]*type="?checkbox[^>]*>', markup)
    return {re.findall(r'name="([^"]+)"', tag)[0]: tag for tag in tags}


@pytest.mark.parametrize("wave", Wave)
@pytest.mark.parametrize("published", published_questionnaires(), ids=lambda found: found[0].id)
def test_the_only_tick_of_consent_stands_at_the_comment_box_and_nobody_ticks_it_first(
    house: Database, published: tuple[Questionnaire, dict[str, Any]], wave: Wave
) -> None:
    asked = published[0].asked_in(wave)
    version = house.write(lambda connection: publish(connection, *published))
    performance = add_nest_performance(house, version_id=version, wave=wave)
    with TestClient(phone_app(house), follow_redirects=False) as client:
        page = Phone(client, performance.code).open()
    ticks = ticks_on(page)
    several = {question.id for question in asked if question.kind is Kind.MANY}
    quotes = {quote_field(question) for question in asked if question.kind is Kind.COMMENT}
    assert set(ticks) == several | quotes
    assert not [tag for tag in ticks.values() if "checked" in tag]
    assert page.count("You may quote this without my name") == len(quotes)


def test_no_other_page_of_a_phone_has_anything_to_tick(house: Database, evening: Performance) -> None:
    with TestClient(phone_app(house), follow_redirects=False) as client:
        phone = Phone(client, evening.code)
        assert ticks_on(phone.answer({"closer_to": "sean"})) == {}
        for path in phone_pages(house, evening):
            if path != phone.path and not path.startswith(OF_ONE_PERFORMANCE):
                assert ticks_on(phone.get(path).text) == {}, path
