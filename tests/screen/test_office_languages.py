"""The office's page of languages: nothing is offered to phones before a named person has read all of it."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from survey.model import Role
from survey.settings import ROOT
from survey.storage import current
from survey.storage.database import Database
from survey.storage.questionnaires import find_version
from survey.storage.sign_ins import acts
from survey.storage.translations import publish_translation, translation_into
from tests.databases import publish_nest
from tests.languages import (
    approved,
    forget_catalogues,
    invented_catalogues,
    translated,
    write_catalogue,
)

VERSION = "the-nest-1"
CHANGED = "Changed since Amina Khan read it"


@pytest.fixture
def catalogues(tmp_path: Path) -> Iterator[Path]:
    """Invented words in every language."""
    folder = tmp_path / "locale"
    folder.mkdir()
    with invented_catalogues(folder) as there:
        yield there


@pytest.fixture
def house(sqlite_database: Database, catalogues: Path) -> Iterator[Database]:
    """The database the pages use, with the questionnaire published."""
    current.use(sqlite_database)
    publish_nest(sqlite_database)
    yield sqlite_database
    current.use(None)


def opened(role: Role = Role.ORGANISER, **query: str) -> AppTest:
    """The page, as somebody signed in sees it."""
    at = AppTest.from_file(ROOT / "pages" / "languages.py", default_timeout=20)
    at.user = {"role": role.value, "account": "organiser"}
    for name, value in query.items():
        at.query_params[name] = value
    return run(at)


def run(at: AppTest) -> AppTest:
    """Run the page and let nothing go wrong silently."""
    at.run()
    assert [str(wrong.value) for wrong in at.exception] == []
    return at


def words(at: AppTest) -> str:
    """All our own markup on the page."""
    return unescape("\n".join(part.proto.body for part in at.get("html")))


def press(at: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    (button,) = [button for button in at.button if button.label == label]
    button.click()
    return run(at)


def offered(house: Database) -> tuple[str, ...]:
    """The languages phones are offered now."""
    with house.reading() as connection:
        return find_version(connection, VERSION).languages


def read_and_sign(at: AppTest, name: str = "Amina Khan", *, read: bool = True) -> AppTest:
    """Type a name, tick, and press the button."""
    at.text_input[0].input(name)
    at.checkbox[0].set_value(read)
    return press(at, "Offer Urdu to phones")


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.STAGE])
def test_only_an_organiser_approves_languages(house: Database, role: Role) -> None:
    at = opened(role)
    assert [text.value for text in at.text] == ["This page is not part of your sign-in. Ask the organiser."]
    assert words(at) == ""


def test_a_questionnaire_without_translations_says_where_to_put_one(house: Database) -> None:
    assert "data/questionnaires/translations" in words(opened())


def test_a_named_person_reads_both_columns_and_approves(house: Database) -> None:
    translated(house, VERSION, "ur")
    at = opened()
    shown = words(at)
    assert "Not offered yet. Read all of it" in shown
    assert '<td lang="ur" dir="rtl"><p>اردو Not acceptable</p></td>' in shown
    assert '<td lang="ur" dir="rtl"><p>اردو Send my answers</p></td>' in shown
    assert "اردو Please give this page back before it begins." in shown, "a paper sheet is read like a phone"
    assert "A code that opens" not in shown, "the poster's words are not the phone's"
    assert offered(house) == ("en",)

    at = read_and_sign(at)

    assert "Phones offer Urdu from now on." in words(at)
    assert "Offered to phones. Amina Khan approved every word on" in words(at)
    assert offered(house) == ("en", "ur")
    with house.reading() as connection:
        assert [(act.account_id, act.act, act.about) for act in acts(connection)] == [
            ("organiser", "approved Urdu", VERSION)
        ]


@pytest.mark.parametrize(
    ("name", "read", "problem"),
    [("  ", True, "Type your name."), ("Amina Khan", False, "Read it to the end, then tick")],
)
def test_neither_a_name_nor_the_tick_can_be_left_out(
    house: Database, name: str, read: bool, problem: str
) -> None:
    translated(house, VERSION, "ur")
    at = read_and_sign(opened(), name, read=read)
    assert problem in words(at)
    assert offered(house) == ("en",)


def test_an_approval_can_be_withdrawn(house: Database) -> None:
    translated(house, VERSION, "ur")
    approved(house, VERSION, "ur")
    at = press(opened(), "Withdraw the approval of Urdu")
    assert "Phones no longer offer Urdu." in words(at)
    assert offered(house) == ("en",)
    with house.reading() as connection:
        assert acts(connection)[0].act == "withdrew Urdu"


def test_only_what_has_changed_stands_first_when_words_change_after_the_approval(
    house: Database, catalogues: Path
) -> None:
    translated(house, VERSION, "ur")
    approved(house, VERSION, "ur")
    with house.reading() as connection:
        version = find_version(connection, VERSION)
        there = translation_into(connection, VERSION, version, "ur")
    house.write(
        lambda connection: publish_translation(
            connection, VERSION, "ur", {**there.words, "home_system.short": "گھر"}
        )
    )
    write_catalogue(catalogues, "ur", {"Send my answers": "بھیجیں"})
    forget_catalogues()

    at = opened()

    shown = words(at)
    assert "The words have changed since Amina Khan approved them on 25 April 2026: read them again." in shown
    assert "2 sentences are new." in shown
    changed = shown[shown.index(CHANGED) : shown.index("The questions</h2>")]
    assert changed.count("<td class=") == 2
    assert "گھر" in changed
    assert "بھیجیں" in changed
    assert offered(house) == ("en",)
    read_and_sign(at)
    assert offered(house) == ("en", "ur")


def test_an_incomplete_translation_says_what_is_missing_and_cannot_be_approved(
    house: Database, catalogues: Path
) -> None:
    house.write(lambda connection: publish_translation(connection, VERSION, "ur", {"title": "گھونسلہ"}))
    write_catalogue(catalogues, "ur", {"Send my answers": ""})
    forget_catalogues()
    at = opened()
    shown = words(at)
    assert "sentences have no words yet." in shown
    assert "survey/locale/ur" in shown
    missing = shown[shown.index("No words yet</h2>") : shown.index("The questions</h2>")]
    assert "Not acceptable" in missing
    assert "Send my answers" in missing
    assert "گھونسلہ" not in missing
    assert not at.button


def test_each_language_has_an_address_of_its_own(house: Database) -> None:
    translated(house, VERSION, "pl", "ur")
    at = opened(language="ur")
    assert at.selectbox[1].options == ["Polish (polski)", "Urdu (اردو)"]
    assert 'dir="rtl"' in words(at)
    assert "po polsku" not in words(at)


def test_words_of_a_translation_are_text_never_markup(house: Database) -> None:
    house.write(
        lambda connection: publish_translation(
            connection, VERSION, "ur", {"title": "<img src=x onerror=alert(1)>"}
        )
    )
    assert "<img" not in "\n".join(part.proto.body for part in opened().get("html"))
