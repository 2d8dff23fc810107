"""Sheets: the two words on paper sheets in a table of people. They join its rows, and rows to what is stored. Never guessed."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from survey.exchange.people import ImportedResponse
from survey.exchange.tables import TableWrong
from survey.model import Performance, Wave
from survey.storage.database import Connection
from survey.storage.seats import card_pairs, sheet_pairs
from survey.storage.sheets import find_holder
from survey.words import Pair

BY_WORDS = "\0"
"""Begins the name of a respondent known by two words only; no cell of a table can hold it."""


@dataclass(frozen=True)
class Joined:
    """How many people's answers from before and after come together by two words."""

    people: int = 0
    with_phones: int = 0
    """Of these, with what a phone sent."""

    @property
    def words(self) -> str:
        """The same in one sentence; nothing where no words join anything."""
        if not self.people:
            return ""
        people = f"{self.people} {'person' if self.people == 1 else 'people'}"
        return (
            f"Two words join before and after of {people}, {self.with_phones} of them with a phone's answers."
        )


def join_rows(responses: Collection[ImportedResponse], complaints: list[str]) -> list[ImportedResponse]:
    """Return the responses with one respondent for the same two words, and its words in each of its rows.

    What contradicts itself is added to the complaints.
    """
    by_words: dict[tuple[str, Pair], ImportedResponse] = {}
    by_name: dict[tuple[str, str], ImportedResponse] = {}
    for response in responses:
        if response.words and response.respondent:
            named = by_name.setdefault((_performance(response).id, response.respondent), response)
            worded = by_words.setdefault((_performance(response).id, response.words), response)
            if named.words != response.words or worded.respondent != response.respondent:
                other = named if named.words != response.words else worded
                complaints.append(
                    f"Row {response.row}: In row {other.row} these two words and this respondent do not go together. "
                    "Write the same in both rows."
                )
    joined: list[ImportedResponse] = []
    seen: dict[tuple[str, Pair, Wave], ImportedResponse] = {}
    for response in responses:
        id, words, respondent = _performance(response).id, response.words, response.respondent
        if respondent and words is None and (id, respondent) in by_name:
            words = by_name[id, respondent].words
        elif words is not None and not respondent:
            named = by_words.get((id, words), response)
            respondent = named.respondent or f"{BY_WORDS}{words.canonical}"
        joined.append(replace(response, words=words, respondent=respondent))
        if words is not None:
            earlier = seen.setdefault((id, words, response.place.wave), response)
            if earlier is not response and not (
                response.respondent and response.respondent == earlier.respondent
            ):
                complaints.append(
                    f"Row {response.row}: The same two words already have answers from {response.place.wave} in row "
                    f"{earlier.row}."
                )
    return joined


def check_sheets(connection: Connection, responses: Collection[ImportedResponse]) -> Joined:
    """Return what the words in a table join. Raises TableWrong with a complaint for each row whose words lead nowhere."""
    complaints: list[str] = []
    joined = Joined()
    with_words = [response for response in responses if response.words]
    printed = {
        id: _printed(one) for id, one in {_performance(r).id: _performance(r) for r in with_words}.items()
    }
    here = Counter((_performance(response).id, response.words) for response in with_words)
    counted: set[tuple[str, Pair]] = set()
    for response in responses:
        performance, pair = _performance(response), response.words
        if pair is None:
            continue
        if (why := _wrong(connection, response, printed[performance.id])) is not None:
            complaints.append(f"Row {response.row}: {why}")
            continue
        holder = find_holder(connection, performance, pair)
        both = here[performance.id, pair] > 1 or (holder is not None and bool(holder.given))
        if both and (performance.id, pair) not in counted:
            counted.add((performance.id, pair))
            phone = holder is not None and holder.phone
            joined = replace(joined, people=joined.people + 1, with_phones=joined.with_phones + phone)
    if complaints:
        raise TableWrong(complaints)
    return joined


def _performance(response: ImportedResponse) -> Performance:
    return response.place.occasion.performance


def _printed(performance: Performance) -> tuple[list[Pair], frozenset[Pair]]:
    """Return the pairs on a performance's sheets in order, and all that were printed for it; none once it is finished."""
    if performance.seat_key is None:
        return [], frozenset()
    on_sheets = sheet_pairs(performance.seat_key)
    return on_sheets, frozenset([*on_sheets, *card_pairs(performance.seat_key)])


def _wrong(
    connection: Connection, response: ImportedResponse, printed: tuple[list[Pair], frozenset[Pair]]
) -> str | None:
    """Return what is wrong with a row's two words; None when nothing is."""
    performance, pair = _performance(response), response.words
    assert pair is not None, "only rows with words are checked"
    on_sheets, all_printed = printed
    said = f"The two words “{pair.shown('en')}”"
    if response.sheet.isdecimal() and pair in on_sheets and on_sheets.index(pair) + 1 != int(response.sheet):
        return f"{said} are not those of sheet {response.sheet}. Look at the number and the words again."
    holder = find_holder(connection, performance, pair)
    if holder is None and pair not in all_printed:
        return (
            f"{said} lead to nobody's answers and stand on no sheet. Look at them again, or empty the cell."
        )
    wave: Wave = response.place.wave
    if holder is not None and wave in holder.given:
        return f"{said} already have answers from {wave}. Nothing replaces them: take this row out."
    return None
