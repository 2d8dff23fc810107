"""What is on stage now. Read in one moment, the same for every desk, remote, stage and phone."""

from contextlib import suppress
from dataclasses import dataclass

from survey.model import Cue, Performance, Poll, Question, Wave
from survey.storage.cues import cues
from survey.storage.database import Connection
from survey.storage.polls import PollUnknown, find_poll
from survey.storage.questionnaires import find_version
from survey.storage.rooms import Room, room


@dataclass(frozen=True)
class Now:
    """What is on stage, and where in the run. ``cue`` is the last one that was called, ``next`` the one after it."""

    room: Room
    run: tuple[Cue, ...]
    cue: Cue | None
    next: Cue | None
    previous: Cue | None
    question: Question | None
    wave: Wave
    poll: Poll | None

    @property
    def view(self) -> str:
        """What kind of picture is on stage (or waits behind the black)."""
        return str(self.room.showing.get("view"))

    @property
    def on_cue(self) -> bool:
        """The stage shows what the cue says, not something out of the run."""
        shown = {name: value for name, value in self.room.showing.items() if name != "dark"}
        return self.cue is not None and shown == self.cue.showing


def now(connection: Connection, performance: Performance) -> Now:
    """Return what is on stage in a performance."""
    there = room(connection, performance.id)
    run = tuple(cues(connection, performance.id))
    at = next((number for number, cue in enumerate(run) if cue.id == there.cue_id), -1)
    asked = None
    if there.showing.get("view") == "question":
        version = find_version(connection, performance.version_id)
        wanted = there.showing.get("question")
        asked = next((question for question in version.questions if question.id == wanted), None)
    asked_live = None
    if there.showing.get("view") == "poll":
        with suppress(PollUnknown):
            asked_live = find_poll(connection, str(there.showing.get("poll")))
    return Now(
        room=there,
        run=run,
        cue=run[at] if at >= 0 else None,
        next=run[at + 1] if at + 1 < len(run) else None,
        previous=run[at - 1] if at > 0 else None,
        question=asked,
        wave=Wave(there.showing.get("wave", Wave.AFTER)),
        poll=asked_live,
    )
