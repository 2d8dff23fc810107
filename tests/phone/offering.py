"""What organisers offer in tests: a whole offer, and a room whose results are revealed."""

from typing import Any

from survey.model import Answer, Filled, Performance, Wave
from survey.publication import reveal_question
from survey.storage.database import Database
from survey.storage.offers import Offer, set_offer
from survey.storage.pledges import join_pledge
from survey.storage.questionnaires import find_version
from survey.storage.resources import Resource, ResourceKind, add_resource
from survey.storage.responses import save_response
from survey.storage.seats import new_seat

OFFER = Offer(
    information=("patient_data", "this_app"),
    pledge="I will ask how my patient data is used.",
    hashtag="#ShareMyData",
    stay_in_touch="To hear when the next play begins.",
)
LISTED = (
    Resource(ResourceKind.PODCAST, "Data Points", "https://example.org/points", "15 minutes", "en", "CC BY"),
    Resource(ResourceKind.FILM, "Dementia", "https://www.example.org/film", "2 minutes", "en", "CC BY"),
    Resource(ResourceKind.ARTICLE, "بیانیہ", "https://example.org/ur", "3 pages", "ur"),
    Resource(ResourceKind.PICTURE, "A drawing", "https://example.org/drawing"),
)
MARKUP = '<img src=x onerror="alert(1)">'


def offer(database: Database, performance: Performance, offered: Offer = OFFER, *listed: Resource) -> None:
    """Offer this on the thank-you page; everything unless told."""

    def act(connection: Any) -> None:
        set_offer(connection, performance.production_id, offered)
        for resource in listed or (LISTED if offered is OFFER else ()):
            add_resource(connection, performance.production_id, resource)

    database.write(act)


def people(database: Database, performance: Performance, question: str, value: str, number: int) -> list[str]:
    """Let so many phones answer one question in the open wave; return their seats."""
    seats = [new_seat() for _ in range(number)]

    def act(connection: Any) -> None:
        for seat in seats:
            save_response(
                connection,
                performance,
                seat=seat,
                wave=performance.open_wave or Wave.AFTER,
                version_id=performance.version_id,
                language="en",
                filled=Filled(answers=(Answer(question, (value,)),)),
            )

    database.write(act, timeout=60)
    return seats


def reveal(database: Database, performance: Performance, id: str) -> None:
    """Show the room a question's result."""

    def act(connection: Any) -> None:
        question = find_version(connection, performance.version_id).question(id)
        reveal_question(connection, performance, question, performance.open_wave or Wave.AFTER)

    database.write(act)


def join(database: Database, performance: Performance, seats: list[str]) -> None:
    """Let these seats join the pledge."""
    database.write(lambda connection: [join_pledge(connection, performance, seat) for seat in seats])
