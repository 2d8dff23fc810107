"""Exchange: past evidence in as tidy tables, rows for a researcher out, with a codebook; what came out goes in again.

decoding     the text in a file, whatever program wrote it
tables       CSV in, row by row, and out
cells        a cell that no spreadsheet runs as a formula, and what stands where no answer does
numbers      whole numbers as programs write them
columns      our columns and the questions', each in a space of its own
places       what every imported row says: performance, wave, mode, note, version, language
answers      what one cell says in answer to a question: one meaning, or a refusal
totals       tables of counted answers: one row per option
people       tables with one row per respondent and wave
remarks      tables of comments that stand apart from answers
sheet_cells  the cells of a paper sheet: two words and a number
sheets       what two words join: rows of a table, and rows with what is stored
importing    any of them, checked as a whole, stored in one act
codebook     what the columns and codes of an export mean
exporting    the files of an export
"""

from survey.exchange.alike import export_warnings
from survey.exchange.decoding import ENCODINGS
from survey.exchange.exporting import TOTALS_WAIT, export_files
from survey.exchange.importing import (
    AlreadyImported,
    Import,
    Stored,
    check_import,
    read_import,
    store_import,
)
from survey.exchange.places import Given, Occasion
from survey.exchange.sheets import Joined, check_sheets
from survey.exchange.tables import TableWrong

__all__ = [
    "ENCODINGS",
    "TOTALS_WAIT",
    "AlreadyImported",
    "Given",
    "Import",
    "Joined",
    "Occasion",
    "Stored",
    "TableWrong",
    "check_import",
    "check_sheets",
    "export_files",
    "export_warnings",
    "read_import",
    "store_import",
]
