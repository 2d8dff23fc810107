"""Resources: what an organiser recommends to read, watch or hear, in the organiser's order."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from survey.storage.keys import new_key
from survey.storage.tables import resource

LISTED = (
    select(resource)
    .where(resource.c.production_id == bindparam("production"))
    .order_by(resource.c.place, resource.c.id)
)


class ResourceKind(StrEnum):
    """What a resource is."""

    PODCAST = "podcast"
    FILM = "film"
    ARTICLE = "article"
    PICTURE = "picture"
    WEBSITE = "website"


@dataclass(frozen=True)
class Resource:
    """One recommendation. ``length`` is in words ("15 minutes"), ``language`` a code, "" where no words are needed."""

    kind: ResourceKind
    title: str
    address: str
    length: str = ""
    language: str = ""
    licence: str = ""
    id: str = ""

    @property
    def host(self) -> str:
        """The place it leads to, as people know it."""
        return (urlsplit(self.address).hostname or "").removeprefix("www.")


def resources(connection: Connection, production_id: str) -> list[Resource]:
    """Return a production's resources in the organiser's order."""
    return [
        Resource(
            ResourceKind(row.kind), row.title, row.address, row.length, row.language, row.licence, row.id
        )
        for row in connection.execute(LISTED, {"production": production_id})
    ]


def add_resource(connection: Connection, production_id: str, added: Resource) -> str:
    """Store a resource behind the others and return its id."""
    last = connection.scalar(
        select(func.max(resource.c.place)).where(resource.c.production_id == production_id)
    )
    id = new_key()
    connection.execute(
        insert(resource).values(id=id, production_id=production_id, place=(last or 0) + 1, **_words(added))
    )
    return id


def change_resource(connection: Connection, changed: Resource) -> None:
    """Store a resource's new words; its place stays."""
    connection.execute(update(resource).where(resource.c.id == changed.id).values(_words(changed)))


def remove_resource(connection: Connection, id: str) -> None:
    """Take a resource off the list."""
    connection.execute(delete(resource).where(resource.c.id == id))


def order_resources(connection: Connection, ids: Sequence[str]) -> None:
    """Put a production's resources in this order."""
    for place, id in enumerate(ids, start=1):
        connection.execute(update(resource).where(resource.c.id == id).values(place=place))


def _words(given: Resource) -> dict[str, object]:
    return {
        "kind": given.kind.value,
        "title": given.title,
        "address": given.address,
        "length": given.length,
        "language": given.language,
        "licence": given.licence,
    }
