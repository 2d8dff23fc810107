"""A clicker's keys, without a browser: who may press them, and that a press counts once."""

import pytest
from streamlit.testing.v1 import AppTest

from survey.model import CueKind, Role
from survey.room.acts import go_to
from survey.screen.signed_in import Person
from survey.storage import current
from survey.storage.cues import add_cue
from survey.storage.database import Database
from survey.storage.rooms import room
from survey.storage.sign_ins import acts
from tests.publication.evening import Evening, an_evening
from tests.screen.looking_on import drawn


@pytest.fixture
def evening(sqlite_database: Database) -> Evening:
    """One performance and its audience on a real SQLite file."""
    return an_evening(sqlite_database)


def keys_page(evening: Evening, role: str = "facilitator", code: str | None = None, **user: str) -> AppTest:
    page = AppTest.from_function(
        stage_page, default_timeout=30
    )  # in a browser it is embedded, here it cannot be
    page.user = {"role": role, "account": "", **user}
    page.query_params["performance"] = code or evening.performance.code
    return page.run()


def stage_page() -> None:
    """Show the stage as pages/stage.py does in a window of its own."""
    import streamlit as st

    from survey.model import Role
    from survey.screen.room.stage import stage
    from survey.screen.signed_in import require

    stage(require(Role.STAGE, Role.FACILITATOR, Role.ORGANISER), st.query_params.get("performance"))


def test_a_key_is_carried_out_once_with_its_line_in_the_log(evening: Evening) -> None:
    current.use(evening.database)
    run = [
        evening.database.write(
            lambda connection: add_cue(connection, evening.id, CueKind.PROMPT, about={"text": text})
        )
        for text in ("One", "Two", "Three")
    ]
    evening.database.write(lambda connection: go_to(connection, evening.performance, run[0].id))
    try:
        page = keys_page(evening)
        page.button(key="stage-next-0").click().run()
        assert "Two" in drawn(page)
        person = Person(Role.FACILITATOR, "", "")
        twice = AppTest.from_function(pressed_twice, args=(person, evening.performance.code))
        twice.user = {"role": "facilitator", "account": ""}
        twice.run()
        assert not twice.exception
        assert "Three" in drawn(keys_page(evening))
    finally:
        current.use(None)
    with evening.database.reading() as connection:
        assert [each.act for each in acts(connection)] == ["clicker next", "clicker next"]


def pressed_twice(person: "Person", code: str) -> None:
    """Hand one press over twice, as Streamlit may."""
    import streamlit as st

    from survey.screen.room.clicker import OFFER, press

    st.session_state[OFFER] = 7
    press(person, code, "back", 6)
    press(person, code, "next", 7)
    press(person, code, "next", 7)


def test_keys_do_nothing_on_a_stage_that_is_not_ones_own(evening: Evening) -> None:
    current.use(evening.database)
    other = an_evening(evening.database)
    try:
        assert [each.key for each in keys_page(evening, "stage", performance=evening.id).button] == []
        page = keys_page(other, performance=evening.id)
        page.button(key="stage-black-0").click().run()
    finally:
        current.use(None)
    with evening.database.reading() as connection:
        assert room(connection, other.id).dark is False
        assert acts(connection) == []
