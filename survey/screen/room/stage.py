"""The projector: one picture, looked at anew twice a second, that stays when anything else goes away."""

import math
import time
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from survey.model import Performance, Role
from survey.screen.room.clicker import CLICKER, show_keys
from survey.screen.room.due import due, write_due
from survey.screen.room.scene import Scene, black_scene, scene
from survey.screen.signed_in import Person
from survey.screen.templating import stylesheet
from survey.settings import settings
from survey.storage.current import NoDatabase, database
from survey.storage.database import Connection, Database, DatabaseBusy
from survey.storage.performances import PerformanceUnknown, find_performance, performance_by_id
from survey.storage.questionnaires import VersionUnknown
from survey.storage.responses import responses_count
from survey.storage.rooms import room

EVERY = 0.5
"""Seconds between two looks at whether anything was done."""
THOROUGH = 0.9
"""Seconds after which a look counts again though nobody seems to have done or answered anything."""
PASSING = (DatabaseBusy, NoDatabase, PerformanceUnknown, VersionUnknown)
"""Trouble the room never hears of: the last picture stays, and the next look tries again."""
LAST = "stage-last-look"


@dataclass(frozen=True)
class Look:
    """What a look saw: the picture; the performance, the room's revision and how many had answered; and when."""

    scene: Scene
    known: tuple[Performance, int, int] | None = None
    at: float = -math.inf

    def still_holds(self, known: tuple[Performance, int, int], now: float) -> bool:
        """Nobody has done or answered anything since, and answers were counted a moment ago."""
        return self.known == known and now - self.at < THOROUGH


def stage(person: Person, code: str | None) -> None:
    """Show the stage of one performance: the one in the address for staff, its own for a stage link."""
    st.html(stylesheet("house.css", "stage_chrome.css"))
    st.html(CLICKER, unsafe_allow_javascript=True)
    _look_again(person, code, st.empty(), st.empty())


@st.fragment(run_every=EVERY)
def _look_again(person: Person, code: str | None, picture: DeltaGenerator, count: DeltaGenerator) -> None:
    # The two places stand outside this fragment: trouble in here leaves them as they are. The keys stand inside it: what
    # one of them does is seen at once.
    if code and person.role is not Role.STAGE:
        show_keys(person, code)
    last: Look | None = st.session_state.get(LAST)
    try:
        seen = look(database(), person, code, last)
    except PASSING:
        seen = last or Look(black_scene())
    st.session_state[LAST] = seen
    now = seen.scene
    picture.html(now.picture)
    if now.count:
        count.html(now.count)
    else:
        count.empty()


def look(database: Database, person: Person, code: str | None, last: Look | None) -> Look:
    """Return what the room sees now, after writing any step that is due; the last look itself while that still holds.

    Raises what is in PASSING.
    """
    began = time.monotonic()
    with database.reading() as connection:
        performance = performance_of(connection, person, code)
        known = known_of(connection, performance)
        if last is not None and last.still_holds(known, began):
            return last
        waits = due(connection, performance)
    if waits:
        database.write(lambda connection: write_due(connection, performance), timeout=2)
    with database.reading() as connection:
        known = known_of(connection, performance)
        now = scene(connection, performance, settings().public_url, last=last.scene if last else None)
    return Look(now, known, began)


def known_of(connection: Connection, performance: Performance) -> tuple[Performance, int, int]:
    """Return what tells quickly that a picture may have changed."""
    wave = performance.open_wave
    answered = responses_count(connection, performance.id, wave) if wave else 0
    return performance, room(connection, performance.id).revision, answered


def performance_of(connection: Connection, person: Person, code: str | None) -> Performance:
    """Return the performance a stage belongs to. Raises PerformanceUnknown, also when this sign-in is for another."""
    if not code or person.role is Role.STAGE:
        return performance_by_id(connection, person.stage_id or person.performance_id)
    found = find_performance(connection, code)
    if not person.reaches(found):
        raise PerformanceUnknown
    return found
