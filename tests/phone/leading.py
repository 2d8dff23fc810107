"""A run of show for tests of the remote, and answers enough to reveal."""

from survey.model import Answer, CueKind, Filled, Performance, Wave
from survey.storage.cues import add_cue, cues
from survey.storage.database import Connection, Database
from survey.storage.responses import save_response
from survey.storage.rooms import Room, room
from survey.storage.seats import new_seat

ASKED = {"question": "home_system", "wave": "after"}


def prepare_run(database: Database, performance: Performance) -> list[str]:
    """Prepare four cues (join, prompt, question, goodbye) and return their ids."""

    def prepare(connection: Connection) -> list[str]:
        add_cue(connection, performance.id, CueKind.JOIN)
        add_cue(
            connection,
            performance.id,
            CueKind.PROMPT,
            about={"text": "Who decides about <b>sleep</b>?"},
            notes="Count to ten & wait.",
            minutes=4,
        )
        add_cue(connection, performance.id, CueKind.QUESTION, about=ASKED)
        add_cue(connection, performance.id, CueKind.GOODBYE)
        return [cue.id for cue in cues(connection, performance.id)]

    return database.write(prepare)


def answer(database: Database, performance: Performance, people: int) -> None:
    """Let so many phones answer the question of the run."""

    def act(connection: Connection) -> None:
        for number in range(people):
            chosen = "acceptable" if number % 2 else "depends"
            save_response(
                connection,
                performance,
                seat=new_seat(),
                wave=Wave.AFTER,
                version_id=performance.version_id,
                language="en",
                filled=Filled(answers=(Answer("home_system", (chosen,)),)),
            )

    database.write(act)


def stage_of(database: Database, performance: Performance) -> Room:
    """Return what the stage shows."""
    with database.reading() as connection:
        return room(connection, performance.id)
