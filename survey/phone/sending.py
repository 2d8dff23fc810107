"""What a phone sent: its fields, and the form they were filled in on."""

from collections.abc import Mapping, Sequence

from starlette.requests import Request

from survey.model import Wave
from survey.phone.forms import Form
from survey.phone.visit import Visit, visited
from survey.storage.database import Connection
from survey.storage.questionnaires import VersionUnknown, find_version
from survey.storage.seats import receipt_typed

GO = "_go"
"""The field of a button that leads to another page and takes along what is typed: nothing is stored then."""
Fields = Mapping[str, Sequence[str]]


async def fields_of(request: Request) -> Fields:
    """Return what a form sent: name → every value given."""
    fields: dict[str, list[str]] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                fields.setdefault(name, []).append(value)
    return fields


def first(fields: Fields, name: str) -> str:
    """Return a field's first value; nothing when it was not sent."""
    return next(iter(fields.get(name, ())), "")


def receipt_in(fields: Fields) -> str | None:
    """Return the receipt code a form brings along, as we write it; None when it brings none."""
    return receipt_typed(first(fields, "_receipt")) or None


def form_sent(connection: Connection, request: Request, fields: Fields) -> tuple[Visit, Form]:
    """Return the form a phone had before it: the version and the wave it was given under, whatever is open now.

    Raises PerformanceUnknown.
    """
    # Who goes to another language or look, with what is typed, is led there by the address.
    going = GO in fields
    visit = visited(
        connection,
        request,
        wished=None if going else first(fields, "_lang"),
        shade=None if going else first(fields, "_shade"),
    )
    performance = visit.performance
    version_id, questionnaire = performance.version_id, visit.questionnaire
    if (given_under := first(fields, "_version")) not in ("", version_id):
        try:
            questionnaire = find_version(connection, given_under)
            version_id = given_under
        except VersionUnknown:
            pass  # nobody was ever given that version: read it as the one in force
    wave = performance.open_wave or Wave.AFTER
    if first(fields, "_wave") in set(Wave):
        wave = Wave(first(fields, "_wave"))
    return visit, Form(questionnaire, version_id, wave, receipt=receipt_in(fields))
