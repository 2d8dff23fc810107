"""Importing: a table of either kind, checked as a whole, stored in one act or not at all."""

import hashlib
from collections import Counter
from dataclasses import dataclass, replace

from survey.exchange.people import ImportedResponse, read_people
from survey.exchange.places import Given, Place
from survey.exchange.sheets import Joined, check_sheets, join_rows
from survey.exchange.tables import TableWrong, read_table
from survey.exchange.totals import Totals, is_totals, read_totals
from survey.model import Mode, Provenance, Wave
from survey.storage.database import Connection
from survey.storage.evidence import add_imported_response, add_source, add_tally, source_of_file
from survey.storage.sheets import add_sheet_response


class AlreadyImported(Exception):
    """This very file has been imported before."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"This file was imported into {code} before. Nothing was stored. "
            "To count its answers a second time give --again."
        )


@dataclass(frozen=True)
class Import:
    """A checked table, ready to be stored."""

    totals: tuple[Totals, ...]
    responses: tuple[ImportedResponse, ...]
    rows: int
    sha256: str

    @property
    def words(self) -> str:
        """What it holds, in one sentence."""
        if self.totals:
            return f"{self._rows} with totals of {_many(len(self.totals), 'question')}."
        waves = Counter(response.place.wave for response in self.responses)
        said = ", ".join(f"{waves[wave]} {wave}" for wave in Wave if waves[wave])
        people = _many(self.people, "person", "people")
        left_out = self.rows - len(self.responses)
        without = f"; {_many(left_out, 'row')} without answers left out" if left_out else ""
        return f"{self._rows}: {people}, {_many(len(self.responses), 'response')} ({said}){without}."

    @property
    def people(self) -> int:
        """How many respondents there are; a row without a respondent is one of its own."""
        linked = {(r.place.occasion.performance.id, r.respondent) for r in self.responses if r.respondent}
        return len(linked) + sum(not response.respondent for response in self.responses)

    @property
    def advice(self) -> str:
        """What to think of before it is stored, in words; "" for nothing."""
        alone = sum(response.place.mode is Mode.OTHER for response in self.responses)
        if not alone:
            return ""
        return (
            f"{_many(alone, 'response')} of single people came in the mode other, which stands apart as said in public and "
            "is compared with nothing. A form that people filled in on their own is web."
        )

    @property
    def _rows(self) -> str:
        return _many(self.rows, "row")


def read_import(content: bytes, given: Given, *, name: str) -> Import:
    """Return what a CSV file holds. Raises TableWrong with every complaint; ``name`` stands where no note is given."""
    table = read_table(content)
    given = given if given.note else replace(given, note=f"Imported from {name}")
    complaints = given.missing(table)
    if complaints:
        raise TableWrong(complaints)
    totals: list[Totals] = []
    responses: list[ImportedResponse] = []
    if is_totals(table):
        totals = read_totals(table, given, complaints)
    else:
        responses = join_rows(read_people(table, given, complaints), complaints)
    if complaints:
        raise TableWrong(sorted(complaints, key=_row_number))
    if not totals and not responses:
        raise TableWrong(["No row holds an answer. Fill in the columns named like the questions."])
    return Import(tuple(totals), tuple(responses), len(table.rows), hashlib.sha256(content).hexdigest())


def store_import(connection: Connection, checked: Import, *, again: bool = False) -> Joined:
    """Store a checked table with its file's fingerprint; return what two words joined.

    Raises AlreadyImported unless it may come ``again``, and TableWrong when two words lead nowhere.
    """
    places = [part.place for part in checked.totals] + [part.place for part in checked.responses]
    if not again:
        for performance in {
            place.occasion.performance.id: place.occasion.performance for place in places
        }.values():
            if source_of_file(connection, performance.id, checked.sha256) is not None:
                raise AlreadyImported(performance.code)
    joined = check_sheets(connection, checked.responses)
    sources: dict[tuple[str, str], str] = {}
    for place in places:
        if _source(place) not in sources:
            sources[_source(place)] = add_source(
                connection, place.occasion.performance.id, Provenance.IMPORTED, place.note, checked.sha256
            )
    for part in checked.totals:
        add_tally(
            connection,
            sources[_source(part.place)],
            wave=part.place.wave,
            mode=part.place.mode,
            question=part.question,
            counts=part.counts,
            base=part.base,
        )
    people: dict[tuple[str, str], str] = {}
    for response in checked.responses:
        performance = response.place.occasion.performance
        person = (performance.id, response.respondent)
        source, language = (
            sources[_source(response.place)],
            response.place.occasion.questionnaire.languages[0],
        )
        if response.words:
            stored = add_sheet_response(
                connection,
                source,
                performance=performance,
                wave=response.place.wave,
                language=language,
                filled=response.filled,
                pair=response.words,
                sheet_number=response.sheet or None,
                respondent_id=people.get(person),
            )
        else:
            stored = add_imported_response(
                connection,
                source,
                performance_id=performance.id,
                mode=response.place.mode,
                wave=response.place.wave,
                version_id=performance.version_id,
                language=language,
                filled=response.filled,
                respondent_id=people.get(person),
                sheet_number=response.sheet or None,
            )
        if response.respondent:
            people[person] = stored
    return joined


def _source(place: Place) -> tuple[str, str]:
    return place.occasion.performance.id, place.note


def _row_number(complaint: str) -> int:
    """Return the row a complaint is about; complaints keep their order within a row."""
    number = complaint.removeprefix("Row ").partition(":")[0]
    return int(number) if number.isdecimal() else 0


def _many(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
