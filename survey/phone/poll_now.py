"""The poll that takes answers now: the first thing on every page of the audience, whoever they are."""

from dataclasses import dataclass

from survey.model import CueKind, Performance, PollStanding, Question
from survey.phone.room_scene import poll_field
from survey.publication import public_poll
from survey.storage.database import Connection
from survey.storage.polls import polls, vote_of
from survey.storage.rooms import room


@dataclass(frozen=True)
class PollNow:
    """An open poll as the form and the thank-you page show it, to a phone that has not answered it yet."""

    id: str
    question: Question


def poll_now(connection: Connection, performance: Performance, seat: str | None) -> PollNow | None:
    """Return the open poll a phone may still answer, the stage's own first; None in the dark, too."""
    there = room(connection, performance.id)
    if performance.seat_key is None or there.dark:
        return None
    open_now = [
        poll
        for poll in polls(connection, performance.id)
        if poll.standing is PollStanding.OPEN and not public_poll(connection, performance, poll).shown
    ]
    staged = str(there.showing.get("poll")) if there.showing.get("view") == CueKind.POLL else ""
    for poll in sorted(open_now, key=lambda each: each.id != staged):
        if seat is None or not vote_of(connection, performance, poll.id, seat=seat):
            return PollNow(poll.id, poll_field(poll))
    return None
