"""Exchange: past evidence in as tidy tables, rows for a researcher out, with a codebook.

cells        a cell that no spreadsheet runs as a formula
tables       CSV in, row by row, and out
places       what every imported row says: performance, wave, mode, note
columns      which columns hold a question's answers
totals       tables of counted answers: one row per option
people       tables with one row per respondent
sheet_cells  the cells of a paper sheet: two words and a number
sheets       what two words join: rows of a table, and rows with what is stored
importing    either of them, checked as a whole, stored in one act
codebook     what the columns and codes of an export mean
exporting    the files of an export
"""

from survey.exchange.exporting import TOTALS_WAIT, export_files
from survey.exchange.importing import AlreadyImported, Import, read_import, store_import
from survey.exchange.places import Given, Occasion
from survey.exchange.sheets import Joined, check_sheets
from survey.exchange.tables import TableWrong

__all__ = [
    "TOTALS_WAIT",
    "AlreadyImported",
    "Given",
    "Import",
    "Joined",
    "Occasion",
    "TableWrong",
    "check_sheets",
    "export_files",
    "read_import",
    "store_import",
]
