"""Looking at the stage without a browser: put something on it, and read what a person reads."""

import re

from streamlit.testing.v1 import AppTest

from survey.screen.room.scene import Scene, scene
from survey.storage.rooms import show
from tests.publication.evening import Evening

PUBLIC = "https://talk.theatre.example"


def seen(evening: Evening, last: Scene | None = None) -> Scene:
    """Return what the room sees now."""
    with evening.database.reading() as connection:
        return scene(connection, evening.performance, PUBLIC, last=last)


def put(evening: Evening, **showing: object) -> None:
    """The facilitator puts something on stage."""
    evening.database.write(lambda connection: show(connection, evening.id, showing))


def words(markup: str) -> str:
    """Return what a person reads of some markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup)).strip()


def drawn(page: AppTest) -> str:
    """Return everything the page draws."""
    assert not page.exception
    return " ".join(element.proto.body for element in page.get("html"))
