"""The cells of a paper sheet: its two words and its number, read row by row."""

from survey.exchange.numbers import readings
from survey.exchange.places import Place
from survey.exchange.tables import Row
from survey.model import Mode
from survey.words import Pair, read_pair

LONGEST_NUMBER = 12


def words_in(row: Row, place: Place, complaints: list[str]) -> Pair | None:
    """Return a row's two words; None where there are none, or after adding what is wrong with them to the complaints."""
    said = row.cell("words")
    if not said:
        return None
    if place.mode is not Mode.PAPER:
        complaints.append(
            row.complaint("Only paper sheets have two words. Empty the cell, or write the mode paper.")
        )
        return None
    pair = read_pair(said)
    if pair is None:
        complaints.append(
            row.complaint(f"{said!r} are not two of our words. Look at the sheet again, or empty the cell.")
        )
    return pair


def number_in(row: Row, complaints: list[str]) -> str:
    """Return a sheet's number as it is written there."""
    said = row.cell("sheet")
    if len(number := readings(said)) == 1:  # 12.0 is how some programs write 12
        said = str(*number) if not said.isdecimal() else said
    if said and (len(said) > LONGEST_NUMBER or not said.isalnum()):
        complaints.append(row.complaint(f"The sheet is {said[:40]!r}. Write its number."))
    return said
