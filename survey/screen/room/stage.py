"""The projector: one picture, looked at anew every second, that stays when anything else goes away."""

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

EVERY = 1.0
"""Seconds between two looks."""
PASSING = (DatabaseBusy, NoDatabase, PerformanceUnknown, VersionUnknown)
"""Trouble the room never hears of: the last picture stays, and the next look tries again."""
LAST = "stage-last-scene"


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
    last: Scene | None = st.session_state.get(LAST)
    try:
        now = look(database(), person, code, last)
    except PASSING:
        now = last or black_scene()
    st.session_state[LAST] = now
    picture.html(now.picture)
    if now.count:
        count.html(now.count)
    else:
        count.empty()


def look(database: Database, person: Person, code: str | None, last: Scene | None) -> Scene:
    """Return what the room sees now, after writing any step that is due. Raises what is in PASSING."""
    with database.reading() as connection:
        performance = performance_of(connection, person, code)
        waits = due(connection, performance)
    if waits:
        database.write(lambda connection: write_due(connection, performance), timeout=2)
    with database.reading() as connection:
        return scene(connection, performance, settings().public_url, last=last)


def performance_of(connection: Connection, person: Person, code: str | None) -> Performance:
    """Return the performance a stage belongs to. Raises PerformanceUnknown, also when this sign-in is for another."""
    if not code or person.role is Role.STAGE:
        return performance_by_id(connection, person.stage_id or person.performance_id)
    found = find_performance(connection, code)
    if not person.reaches(found):
        raise PerformanceUnknown
    return found
