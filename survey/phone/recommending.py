"""Recommending: what the organiser found worth reading, watching or hearing, with what each costs in time and language."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale
from starlette.requests import Request
from starlette.responses import Response

from survey import language
from survey.language import _
from survey.phone.pages import page, rendered
from survey.phone.refusals import not_here
from survey.phone.visit import DatabaseGetter, Visit, read, visited
from survey.storage.database import Connection
from survey.storage.resources import Resource, ResourceKind, resources


async def show_resources(database: DatabaseGetter, request: Request) -> Response:
    """Show everything the organiser recommends, with what it costs in time and language."""

    def look(connection: Connection) -> tuple[Visit, list[Resource]]:
        visit = visited(connection, request)
        return visit, resources(connection, visit.performance.production_id)

    visit, listed = await read(database, look)
    with language.speaking(visit.language):
        if not listed:
            return not_here().response()
        markup = rendered(
            "resources.html", visit=visit, performance=visit.performance, recommended=in_words(listed)
        )
        return page(request, markup)


@dataclass(frozen=True)
class Recommended:
    """One resource in words: ``cost`` is what it is, how long, in which language and under which licence."""

    resource: Resource
    cost: tuple[str, ...]


def in_words(listed: Sequence[Resource]) -> tuple[Recommended, ...]:
    """Return resources with their cost in the language spoken now."""
    return tuple(Recommended(one, _cost(one)) for one in listed)


def _cost(one: Resource) -> tuple[str, ...]:
    kinds = {
        ResourceKind.PODCAST: _("Podcast"),
        ResourceKind.FILM: _("Film"),
        ResourceKind.ARTICLE: _("Article"),
        ResourceKind.PICTURE: _("Picture"),
        ResourceKind.WEBSITE: _("Website"),
    }
    parts = (kinds[one.kind], one.length, _language_name(one.language), one.licence)
    return tuple(part for part in parts if part)


def _language_name(code: str) -> str:
    """Return a language's name in the language spoken now ("English", "angielski")."""
    names = Locale.parse(language.current().replace("-", "_")).languages
    return str(names.get(code, code))
