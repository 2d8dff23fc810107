"""Importing: a table of any kind, checked as a whole, stored in one act or not at all."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from survey.exchange.columns import OF_PEOPLE, QUESTION, fields_of
from survey.exchange.people import ImportedResponse, read_people
from survey.exchange.places import Given, Place, all_here
from survey.exchange.remarks import Remark, is_remarks, read_remarks
from survey.exchange.sheets import Joined, check_sheets, join_rows
from survey.exchange.tables import TableWrong, read_table
from survey.exchange.totals import POLL, Totals, is_totals, read_totals
from survey.model import Mode, Performance, Provenance, Standing, Wave
from survey.storage.database import Connection
from survey.storage.evidence import (
    add_imported_response,
    add_remark,
    add_source,
    add_tally,
    source_of_file,
)
from survey.storage.locks import hold_performance
from survey.storage.performances import performance_by_id
from survey.storage.responses import response_counts
from survey.storage.sheets import add_sheet_response


class AlreadyImported(Exception):
    """The same rows have been imported before."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"These rows were imported into {code} before. Nothing was stored. "
            "To count its answers a second time give --again."
        )


@dataclass(frozen=True)
class Import:
    """A checked table, ready to be stored. ``digest`` is the same for the same rows, however a program wrote them."""

    totals: tuple[Totals, ...]
    responses: tuple[ImportedResponse, ...]
    remarks: tuple[Remark, ...]
    rows: int
    polls: int
    """Rows with counts of live polls: they stay out."""
    digest: str

    @property
    def words(self) -> str:
        """What it holds, in one sentence."""
        if self.totals:
            return f"{self._rows} with totals of {_many(len(self.totals), 'question')}."
        if self.remarks:
            return f"{self._rows} with {_many(len(self.remarks), 'comment')} that stand apart from answers."
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
        said = []
        if alone := sum(response.place.mode is Mode.OTHER for response in self.responses):
            said.append(
                f"{_many(alone, 'response')} of single people came in the mode other, which stands apart as said in public "
                "and is compared with nothing. A form that people filled in on their own is web."
            )
        if hidden := sum(response.hidden for response in self.responses):
            said.append(
                f"{_many(hidden, 'answer')} had been hidden in the export and {'is' if hidden == 1 else 'are'} not here."
            )
        if self.polls:
            said.append(
                f"{_many(self.polls, 'row')} with counts of live polls stay out: polls do not come back."
            )
        return " ".join(said)

    @property
    def performances(self) -> list[Performance]:
        """The performances it has something for."""
        found = (place.occasion.performance for place in self.places)
        return list({performance.id: performance for performance in found}.values())

    @property
    def places(self) -> list[Place]:
        """Where each part of it belongs."""
        return [
            *(part.place for part in self.totals),
            *(response.place for response in self.responses),
            *(remark.place for remark in self.remarks),
        ]

    @property
    def _rows(self) -> str:
        return _many(self.rows, "row")


@dataclass(frozen=True)
class Stored:
    """What storing a table did, or would do."""

    joined: Joined
    left_out: int = 0
    """Totals of people whose single answers are here already: they are not counted again."""
    sources: tuple[str, ...] = field(default=())
    """The names under which it was stored, one for each performance and note."""

    @property
    def words(self) -> str:
        """The same in sentences; "" where there is nothing to say."""
        out = (
            f"Totals of {_many(self.left_out, 'question')} are left out: the same people's own answers are here already."
            if self.left_out
            else ""
        )
        return " ".join(part for part in (self.joined.words, out) if part)


def read_import(content: bytes, given: Given, *, name: str, encoding: str = "") -> Import:
    """Return what a CSV file holds. Raises TableWrong with every complaint; ``name`` stands where no note is given."""
    table = read_table(content, known=_known(given), encoding=encoding)
    if given.instead:
        table, given = all_here(table, given)
    given = given if given.note else replace(given, note=f"Imported from {name}")
    complaints: list[str] = []
    totals: list[Totals] = []
    responses: list[ImportedResponse] = []
    remarks: list[Remark] = []
    polls = 0
    if is_totals(table):
        totals = read_totals(table, given, complaints)
        polls = sum(row.cell("version") == POLL for row in table.rows)
    elif is_remarks(table):
        remarks = read_remarks(table, given, complaints)
    else:
        responses = join_rows(read_people(table, given, complaints), complaints)
    if complaints:
        raise TableWrong(sorted(complaints, key=_row_number))
    if not (totals or responses or remarks):
        raise TableWrong(["No row holds an answer. Fill in the columns named like the questions."])
    return Import(
        tuple(totals),
        tuple(responses),
        tuple(remarks),
        len(table.rows),
        polls,
        _digest(totals, responses, remarks),
    )


def check_import(connection: Connection, checked: Import, *, again: bool = False) -> Stored:
    """Return what storing a checked table would join and leave out.

    Raises AlreadyImported unless it may come ``again``, and TableWrong when a performance is finished or two words lead
    nowhere.
    """
    finished = [
        one.code
        for one in checked.performances
        if performance_by_id(connection, one.id).standing is Standing.FINISHED
    ]
    if finished:
        raise TableWrong(
            [
                f"The performance {code} is finished: its last figures are frozen, and it takes nothing more. Set up a performance "
                "of the same date for what is left; Compare can put the two together."
                for code in finished
            ]
        )
    for performance in checked.performances if not again else ():
        if source_of_file(connection, performance.id, checked.digest) is not None:
            raise AlreadyImported(performance.code)
    left_out = len(checked.totals) - len(_not_here_yet(connection, checked))
    return Stored(check_sheets(connection, checked.responses), left_out)


def store_import(connection: Connection, checked: Import, *, again: bool = False) -> Stored:
    """Store a checked table with its digest; return what two words joined and what it is called. Raises as check_import."""
    for performance in checked.performances:
        hold_performance(connection, performance.id)  # nobody finishes it meanwhile
    found = check_import(connection, checked, again=again)
    sources: dict[tuple[str, str], str] = {}

    def source_of(place: Place) -> str:
        key = (place.occasion.performance.id, place.note)
        if key not in sources:
            sources[key] = add_source(connection, key[0], Provenance.IMPORTED, place.note, checked.digest)
        return sources[key]

    for part in _not_here_yet(connection, checked):
        add_tally(
            connection,
            source_of(part.place),
            wave=part.place.wave,
            mode=part.place.mode,
            question=part.question,
            counts=part.counts,
            base=part.base,
            version_id=part.place.version_id,
            after_reveal=part.after_reveal,
        )
    for remark in checked.remarks:
        add_remark(
            connection,
            source_of(remark.place),
            performance_id=remark.place.occasion.performance.id,
            wave=remark.place.wave,
            version_id=remark.place.version_id,
            language=remark.place.language,
            comment=remark.comment,
        )
    people: dict[tuple[str, str], str] = {}
    for response in checked.responses:
        stored = _store_response(connection, source_of(response.place), response, people)
        if response.respondent:
            people[response.place.occasion.performance.id, response.respondent] = stored
    return replace(found, sources=tuple(sources.values()))


def _store_response(
    connection: Connection, source: str, response: ImportedResponse, people: dict[tuple[str, str], str]
) -> str:
    place = response.place
    performance = place.occasion.performance
    known = people.get((performance.id, response.respondent))
    if response.words:
        return add_sheet_response(
            connection,
            source,
            performance=performance,
            wave=place.wave,
            version_id=place.version_id,
            language=place.language,
            filled=response.filled,
            pair=response.words,
            sheet_number=response.sheet or None,
            respondent_id=known,
            after_reveal=response.after_reveal,
        )
    return add_imported_response(
        connection,
        source,
        performance_id=performance.id,
        mode=place.mode,
        wave=place.wave,
        version_id=place.version_id,
        language=place.language,
        filled=response.filled,
        respondent_id=known,
        sheet_number=response.sheet or None,
        after_reveal=response.after_reveal,
    )


def _not_here_yet(connection: Connection, checked: Import) -> list[Totals]:
    """Return the totals without those of an export whose people's own answers are here."""
    if not any(part.in_answers for part in checked.totals):
        return list(checked.totals)
    ids = [performance.id for performance in checked.performances]
    here = {(one.performance_id, one.wave, one.mode) for one in response_counts(connection, ids)}
    return [
        part
        for part in checked.totals
        if not part.in_answers
        or (part.place.occasion.performance.id, part.place.wave, part.place.mode) not in here
    ]


def _known(given: Given) -> set[str]:
    """Return the names of columns that tell a table's first row from a title."""
    code = given.instead or given.performance
    occasion = given.find(code) if code else None
    fields = fields_of(occasion.questionnaire) if occasion else {}
    return {*OF_PEOPLE, *fields, *(QUESTION + name for name in fields)}


def _digest(totals: list[Totals], responses: list[ImportedResponse], remarks: list[Remark]) -> str:
    """Return a digest of what a table says: not of its order, its spaces, its notes or its names for people."""
    people: dict[str, list[object]] = {}
    for number, response in enumerate(responses):
        filled = response.filled
        said = (
            *_where(response.place),
            sorted((answer.question, *answer.options) for answer in filled.answers),
            sorted((comment.question, comment.text, comment.quote_ok) for comment in filled.comments),
            sorted(response.after_reveal),
            response.words.canonical if response.words else "",
            response.sheet,
        )
        people.setdefault(response.respondent or f"\0{number}", []).append(said)
    content = [
        _sorted(_sorted(rows) for rows in people.values()),
        _sorted(
            (*_where(part.place), part.question, sorted(part.counts.items()), part.base, part.after_reveal)
            for part in totals
        ),
        _sorted(
            (*_where(remark.place), remark.comment.question, remark.comment.text, remark.comment.quote_ok)
            for remark in remarks
        ),
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _where(place: Place) -> tuple[str, ...]:
    return place.occasion.performance.id, place.wave, place.mode, place.version_id, place.language


def _sorted(parts: "Iterator[object] | list[object]") -> list[object]:
    return sorted(parts, key=lambda part: json.dumps(part, ensure_ascii=False))


def _row_number(complaint: str) -> int:
    """Return the row a complaint is about; complaints keep their order within a row."""
    number = re.match(r"Row (\d+)", complaint)
    return int(number[1]) if number else 0


def _many(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
