"""Marking moments at the desk: a note or a quotation in one line, the last ones below, the last one undone."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from survey.model import Note
from survey.storage import current
from survey.storage.database import Database, DatabaseBusy
from survey.storage.notes import add_note, notes
from tests.publication.evening import Evening, an_evening
from tests.screen.desks import field, press, read

LABEL = "Note what was just said, without names"


@pytest.fixture
def evening(sqlite_database: Database) -> Iterator[Evening]:
    """One performance and its audience, and the desk's page on the same database."""
    current.use(sqlite_database)
    yield an_evening(sqlite_database)
    current.use(None)


def section(evening: Evening) -> AppTest:
    """Return the desk's notes alone."""

    def page() -> None:
        import streamlit as st

        from survey.model import Wave
        from survey.screen.room.asked import desk_of
        from survey.screen.room.marking import show_marking
        from survey.storage.current import database

        with database().reading() as connection:
            seen = desk_of(connection, st.query_params["performance"], Wave.AFTER, "http://here", None)
        show_marking("facilitator", seen)

    at = AppTest.from_function(page, default_timeout=60)
    at.query_params["performance"] = evening.performance.code
    at.run()
    assert not at.exception
    return at


def marked(evening: Evening) -> list[Note]:
    with evening.database.reading() as connection:
        return notes(connection, evening.id)


def type_in(page: AppTest, words: str) -> AppTest:
    field(page, LABEL).set_value(words)
    return page


def test_a_note_and_a_quotation_are_marked_with_what_is_on_stage(evening: Evening) -> None:
    page = press(type_in(section(evening), "Several nod"), "Note")
    page = press(type_in(page, "Ask me first"), "Quotation")

    assert [(note.text, note.quotation, note.speaker, note.cue) for note in marked(evening)] == [
        ("Several nod", False, "", "How to join"),
        ("Ask me first", True, "", "How to join"),
    ]
    assert field(page, LABEL).value == ""
    said = read(page)
    assert said.index('“<bdi dir="auto">Ask me first</bdi>”') < said.index("Several nod")


def test_the_last_five_stand_below_as_words_only(evening: Evening) -> None:
    for number in range(7):
        evening.database.write(lambda c: add_note(c, evening.id, f"<b>Note</b> {number}."))
    said = read(section(evening))
    assert "&lt;b&gt;Note&lt;/b&gt; 6." in said
    assert "&lt;b&gt;Note&lt;/b&gt; 2." in said
    assert "&lt;b&gt;Note&lt;/b&gt; 1." not in said
    assert "And 2 before these." in said


def test_the_last_note_of_this_desk_is_undone_and_no_one_elses(evening: Evening) -> None:
    page = press(type_in(section(evening), "One"), "Note")
    page = press(type_in(page, "Two"), "Note")
    evening.database.write(lambda c: add_note(c, evening.id, "From the scribe's phone"))

    page = press(page, "Undo my last note")
    assert [note.text for note in marked(evening)] == ["One", "From the scribe's phone"]
    page = press(page, "Undo my last note")
    assert [note.text for note in marked(evening)] == ["From the scribe's phone"]
    assert [button.disabled for button in page.button if button.label == "Undo my last note"] == [True]


def test_nothing_typed_says_what_to_do(evening: Evening) -> None:
    page = press(type_in(section(evening), " "), "Note")
    assert "Type the note first." in read(page)
    assert marked(evening) == []


def test_what_was_typed_stays_while_the_database_is_busy(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = type_in(section(evening), "Said only once")

    def busy(*_: object, **__: object) -> None:
        raise DatabaseBusy("locked")

    with monkeypatch.context() as patched:
        patched.setattr(evening.database, "write", busy)
        page = press(page, "Quotation")
    assert field(page, LABEL).value == "Said only once"
    page = press(page, "Quotation")
    assert [note.text for note in marked(evening)] == ["Said only once"]
