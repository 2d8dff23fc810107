"""A desk as a facilitator holds it, on a real database: open it, press, read, look at the room."""

from typing import Any, Protocol

from streamlit.testing.v1 import AppTest

from survey.model import Performance, RevealState, Role
from survey.settings import ROOT
from survey.storage.checkpoints import reveals
from survey.storage.rooms import room
from tests.publication.evening import Evening

HOME = "home_system"


class Staged(Protocol):
    """Whatever knows its performance as it is stored now."""

    @property
    def performance(self) -> Performance: ...


def desk(evening: Staged, role: Role = Role.FACILITATOR, *, only: str = "") -> AppTest:
    """Return the desk of the evening's performance, as a facilitator opens it, perhaps with a sign-in for one only."""
    page = AppTest.from_file(ROOT / "pages" / "desk.py", default_timeout=60)
    page.user = {"role": role.value, "performance": only}
    page.query_params["performance"] = evening.performance.code
    return page.run()


def press(page: AppTest, label: str, *, nth: int = 0) -> AppTest:
    """Press a button by what stands on it."""
    found = [button for button in page.button if button.label == label and not button.disabled]
    assert len(found) > nth, f"no button {label!r} among {labels(page)}"
    pressed: AppTest = found[nth].click().run()
    assert not pressed.exception
    return pressed


def labels(page: AppTest) -> list[str]:
    """Return what stands on the buttons that can be pressed."""
    return [button.label for button in page.button if not button.disabled]


def read(page: AppTest) -> str:
    """Return everything the page draws as markup."""
    assert not page.exception
    return " ".join(element.proto.body for element in page.get("html"))


def field(page: AppTest, label: str) -> Any:
    """Return the box with this label."""
    (found,) = (box for box in (*page.text_input, *page.text_area) if box.label == label)
    return found


def showing(evening: Evening) -> dict[str, Any]:
    """Return what is on stage."""
    with evening.database.reading() as connection:
        return dict(room(connection, evening.id).showing)


def state_of(evening: Evening, question: str = HOME) -> RevealState | None:
    """Return what the room sees of a question, None before its first reveal."""
    with evening.database.reading() as connection:
        return next((row.state for row in reveals(connection, evening.id) if row.question == question), None)
