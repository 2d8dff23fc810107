"""Notes on a scribe's phone: words and their moment, a speaker only if typed on purpose, nothing lost when busy."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from httpx2 import Response
from starlette.testclient import TestClient

from survey.model import CueKind, Note, Performance
from survey.room.acts import go_to
from survey.storage.cues import add_cue
from survey.storage.database import Database, DatabaseBusy
from survey.storage.notes import add_note, notes
from tests.databases import add_nest_performance
from tests.phone.conftest import Site
from tests.phone.pages import form_to, title_of, words_of
from tests.phone.test_counting import TAGS
from tests.phone.visitor import BRIGHTEST, SIDEWAYS, SMALL_TARGETS


def url(performance: Performance) -> str:
    return f"/d/{performance.code}/note"


def save(client: TestClient, performance: Performance, text: str, **fields: str) -> Response:
    return client.post(url(performance), data={"text": text, "speaker": "", **fields})


def written(database: Database, performance: Performance) -> list[Note]:
    with database.reading() as connection:
        return notes(connection, performance.id)


def test_a_note_carries_what_was_on_stage_and_the_minutes(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    cue = sqlite_database.write(
        lambda c: add_cue(c, after.id, CueKind.PROMPT, about={"text": "Who should decide?"})
    )
    sqlite_database.write(lambda c: go_to(c, after, cue.id))
    response = save(client, after, "  I would want to be asked ", quotation="yes")

    assert (response.status_code, response.headers["location"]) == (303, url(after))
    (note,) = written(sqlite_database, after)
    assert (note.text, note.quotation, note.speaker) == ("I would want to be asked", True, "")
    assert (note.cue, note.minutes) == ("Prompt: Who should decide?", 0)
    words = words_of(client.get(url(after)).text)
    assert "0 min · Prompt: Who should decide? “ I would want to be asked ”" in words
    assert "Said by" not in words


def test_a_speaker_is_named_only_when_typed(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    page = client.get(url(after)).text
    assert "Only with their permission. Leave empty otherwise." in words_of(page)
    assert form_to(page, url(after)) == {"text": [""], "speaker": [""]}

    save(client, after, "Ask first", quotation="yes", speaker="Ada Example")
    assert [note.speaker for note in written(sqlite_database, after)] == ["Ada Example"]
    assert "Said by Ada Example , named with permission" in words_of(client.get(url(after)).text)


def test_the_last_notes_stand_first_and_the_others_are_counted(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    for number in range(1, 13):
        sqlite_database.write(lambda c: add_note(c, after.id, f"Note number {number}."))
    words = words_of(client.get(url(after)).text)

    assert words.index("Note number 12.") < words.index("Note number 3.")
    assert "Note number 2." not in words
    assert "And 2 before these." in words


def test_a_note_can_be_corrected_and_removed(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    save(client, after, "A nrse spoke")
    (note,) = written(sqlite_database, after)
    page = client.get(f"{url(after)}?change={note.id}").text
    fields = form_to(page, url(after))
    assert (fields["text"], fields["change"]) == (["A nrse spoke"], [note.id])

    assert client.post(url(after), data={**fields, "text": "A nurse spoke"}).status_code == 303
    assert [(one.id, one.text) for one in written(sqlite_database, after)] == [(note.id, "A nurse spoke")]
    assert client.post(url(after), data={"remove": note.id}).status_code == 303
    assert written(sqlite_database, after) == []


def test_a_note_that_somebody_removed_meanwhile_keeps_its_words_on_the_page(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    response = save(client, after, "Corrected words", change="gone")
    assert response.status_code == 422
    assert "This note has been removed. Save to write it as a new note." in words_of(response.text)
    fields = form_to(response.text, url(after))
    assert fields["text"] == ["Corrected words"]
    assert client.post(url(after), data=fields).status_code == 303
    assert [note.text for note in written(sqlite_database, after)] == ["Corrected words"]


def test_another_performances_note_cannot_be_reached(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    other = add_nest_performance(sqlite_database, version_id=after.version_id)
    note = sqlite_database.write(lambda c: add_note(c, other.id, "Theirs"))
    client.post(url(after), data={"remove": note.id})
    assert save(client, after, "Ours", change=note.id).status_code == 422
    assert "Theirs" not in client.get(f"{url(after)}?change={note.id}").text
    assert [one.text for one in written(sqlite_database, other)] == ["Theirs"]


@pytest.mark.parametrize(
    ("text", "speaker", "said"),
    [
        ("", "", "Type the note first."),
        ("\u200b\u202e", "", "Type the note first."),
        ("ab" * 251, "", "The note has 502 characters. Shorten it to 500, or write two notes."),
        ("Fine", "no" * 41, "The speaker's name is too long."),
    ],
)
def test_what_cannot_be_kept_comes_back_as_it_was_typed(
    client: TestClient, sqlite_database: Database, after: Performance, text: str, speaker: str, said: str
) -> None:
    response = save(client, after, text, speaker=speaker, quotation="yes")
    assert response.status_code == 422
    assert title_of(response.text).startswith("Error: ")
    assert said in words_of(response.text)
    fields = form_to(response.text, url(after))
    assert (fields["text"], fields["speaker"], fields["quotation"]) == ([text], [speaker], ["yes"])
    assert written(sqlite_database, after) == []


def test_while_the_database_is_busy_the_words_stay_on_the_page(
    client: TestClient, sqlite_database: Database, after: Performance, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_: object, **__: object) -> None:
        raise DatabaseBusy("locked")

    with monkeypatch.context() as patched:
        patched.setattr(sqlite_database, "write_soon", busy)
        response = save(client, after, "Said only once", quotation="yes")
    assert response.status_code == 503
    assert "Your words are still here." in words_of(response.text)
    fields = form_to(response.text, url(after))
    assert client.post(url(after), data=fields).status_code == 303
    assert [(note.text, note.quotation) for note in written(sqlite_database, after)] == [
        ("Said only once", True)
    ]


def test_when_not_even_reading_works_the_words_are_held(
    client: TestClient, sqlite_database: Database, after: Performance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy() -> None:
        raise DatabaseBusy("locked")

    with monkeypatch.context() as patched:
        patched.setattr(sqlite_database, "reading", busy)
        response = save(client, after, "Said only once")
    assert response.status_code == 503
    assert form_to(response.text, url(after))["text"] == ["Said only once"]


def test_hostile_words_are_only_words(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    hostile = '</textarea><script>alert(1)</script><img src=x onerror="alert(2)">{{ 7 * 7 }}'
    save(client, after, hostile, speaker=hostile[:70])
    page = client.get(url(after)).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert written(sqlite_database, after)[0].text == hostile
    assert hostile in words_of(page) or "{{ 7 * 7 }}" in page


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nobody_is_shut_out_of_the_notes(
    chromium: Any,
    site: Site,
    after: Performance,
    colours: str,
    width: int,
    request: pytest.FixtureRequest,
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 740}, color_scheme=colours, bypass_csp=True
    )
    try:
        page = context.new_page()
        page.goto(site.url + url(after))
        page.fill("#text", "I would say yes if I were asked")
        page.check("input[name=quotation]")
        with page.expect_navigation():
            page.click("button:has-text('Save')")
        page.fill("#text", "شاید کل\nUnd morgen? " + "long" * 40)
        page.click("summary:has-text('Name the speaker')")
        page.fill("#speaker", "Ada Example")
        with page.expect_navigation():
            page.click("button:has-text('Save')")
        folder = request.config.getoption("--pictures")
        for name, act in (("noted", None), ("wrong", "button:has-text('Save')")):
            if act:
                with page.expect_navigation():
                    page.click(act)
            assert page.evaluate(SMALL_TARGETS) == []
            assert page.evaluate(SIDEWAYS) <= 0
            if folder and width == 360:
                page.screenshot(path=str(Path(folder) / f"{name}-{colours}.png"), full_page=True)
            page.add_style_tag(content=BRIGHTEST)
            found = Axe().run(page, options={"runOnly": TAGS}).response["violations"]
            assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == []
    finally:
        context.close()
    assert [note.speaker for note in written(site.database, after)] == ["", "Ada Example"]
