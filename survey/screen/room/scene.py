"""The picture of the stage, as markup: what the room sees now, the same on the projector and small on the desk."""

from collections.abc import Callable, Mapping

from survey.model import CueKind, Performance
from survey.publication import room_marks
from survey.screen.room.pictures.changes import change
from survey.screen.room.pictures.codes import (
    Place,
    code_picture,
    phone_address,
    place_of,
    short_address,
    spaced,
)
from survey.screen.room.pictures.comparisons import comparison
from survey.screen.room.pictures.contributions import contributions
from survey.screen.room.pictures.informing import information
from survey.screen.room.pictures.joining import joining
from survey.screen.room.pictures.prompts import conclusions, prompt
from survey.screen.room.pictures.questions import poll, question
from survey.screen.room.pictures.resting import black_scene, goodbye, resting
from survey.screen.room.pictures.view import Scene, View
from survey.storage.database import Connection
from survey.storage.rooms import room

__all__ = [
    "PICTURES",
    "Place",
    "Scene",
    "black_scene",
    "code_picture",
    "phone_address",
    "scene",
    "short_address",
    "spaced",
]

PICTURES: Mapping[str, Callable[[View], Scene | None]] = {
    CueKind.JOIN: joining,
    CueKind.PROMPT: prompt,
    CueKind.QUESTION: question,
    CueKind.CHANGE: change,
    CueKind.BESIDE: comparison,
    CueKind.POLL: poll,
    CueKind.CONTRIBUTIONS: contributions,
    CueKind.INFORMATION: information,
    CueKind.CONCLUSIONS: conclusions,
    CueKind.GOODBYE: goodbye,
}
"""View → who draws it; None from there means there is nothing to draw, and the stage rests."""


def scene(
    connection: Connection,
    performance: Performance,
    public_url: str,
    *,
    last: Scene | None = None,
    heading: str = "h1",
) -> Scene:
    """Return what the room sees now, moving from the ``last`` picture; that very picture if nothing changed."""
    there = room(connection, performance.id)
    if there.dark:
        return black_scene(heading)
    view = View(
        connection=connection,
        performance=performance,
        showing=there.showing,
        public_url=public_url,
        place=place_of(performance, public_url),
        marks=room_marks(connection, performance),
        last=last,
        heading=heading,
    )
    draw = PICTURES.get(str(there.showing.get("view")), resting)
    fresh = draw(view) or resting(view)
    return last if last is not None and fresh.same_as(last) else fresh
