"""Decoding: the text in a file, whatever program wrote it; for a file that is no text, what it is and what to do."""

import io
import zipfile

ENCODINGS = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "cp1250": "cp1250",
    "cp1252": "cp1252",
    "cp1256": "cp1256",
    "mac-roman": "mac-roman",
}
"""What may be said of a file's text: what every program writes today, and what older ones wrote in Central Europe, in Western
Europe, in Arabic, and on a Macintosh. The last four cannot be told from one another, so they are never guessed."""
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

_CSV = "save the sheet as: CSV UTF-8 (in Excel: File, Save as; in LibreOffice: Text CSV with the character set UTF-8)."
_BY_CONTENT = (
    (b"$FL2", "an SPSS file"),
    (b"$FL3", "an SPSS file"),
    (b"<stata_dta>", "a Stata file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a document with formatting"),
    (b"SQLite format 3", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_IN_ARCHIVE = (
    ("xl/", "an Excel workbook"),
    ("word/", "a Word document"),
    ("content.xml", "a LibreOffice document"),
    ("index/", "a Numbers or Pages document"),
)
_WHAT_TO_DO = {
    "an Excel workbook": f"Open it and {_CSV}",
    "a LibreOffice document": f"Open it and {_CSV}",
    "a Numbers or Pages document": "Open it and choose File, Export to, CSV, with the encoding Unicode (UTF-8).",
    "an old Excel or Word file": f"Open it and {_CSV}",
    "a Word document": f"Copy its table into an empty sheet of Excel or LibreOffice, and {_CSV}",
    "an SPSS file": "In SPSS or PSPP save it as CSV with value labels instead of data values (in R: haven::read_sav,"
    " haven::as_factor, then write.csv with fileEncoding = 'UTF-8').",
    "a Stata file": "In Stata: export delimited using answers.csv (with labels, which is the default).",
    "an archive": "Unpack it, and import the tables in it one by one.",
    "a web page": f"Open it in Excel or LibreOffice and {_CSV}",
    "JSON": f"Ask for the answers as a table, or open it with a program that can {_CSV}",
}


class NotText(Exception):
    """A file is no text that can be read; the words say what it is and what to do."""


def decoded(content: bytes, encoding: str = "") -> str:
    """Return the text of a file. ``encoding`` is one of ENCODINGS where somebody said it. Raises NotText."""
    what = _kind(content)
    if what:
        raise NotText(f"This is {what}, not a CSV table. {_WHAT_TO_DO.get(what, 'Import the table itself.')}")
    codec = ENCODINGS.get(encoding) or next((name for mark, name in MARKS if content.startswith(mark)), "")
    try:
        text = content.decode(codec or _unmarked(content))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise NotText(
            f"Line {line} is not {encoding or 'UTF-8'} text. Save the sheet as: CSV UTF-8. If an older program wrote it, say how "
            "with --encoding: cp1252 (Western Europe), cp1250 (Central Europe), cp1256 (Arabic), mac-roman."
        ) from error
    if "\0" in text:
        raise NotText(f"This is not a CSV table. Open it with the program that made it and {_CSV}")
    return text.removeprefix("\ufeff")


def _unmarked(content: bytes) -> str:
    """Return UTF-8, or UTF-16 where most of every other byte of the beginning are empty."""
    beginning = content[:400]
    for codec, bytes_between in (("utf-16-le", beginning[1::2]), ("utf-16-be", beginning[::2])):
        if 2 * bytes_between.count(0) > len(bytes_between):
            return codec
    return "utf-8"


def _kind(content: bytes) -> str:
    """Return what a file is that is no table in text; "" where that cannot be seen."""
    if content.startswith(b"PK\x03\x04"):
        try:
            names = [name.lower() for name in zipfile.ZipFile(io.BytesIO(content)).namelist()]
        except zipfile.BadZipFile:
            return "an archive"
        return next(
            (what for part, what in _IN_ARCHIVE if any(name.startswith(part) for name in names)), "an archive"
        )
    for beginning, what in _BY_CONTENT:
        if content.startswith(beginning):
            return what
    words = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if words.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    return "JSON" if words.startswith((b'{"', b'[{"', b"{\n", b"[\n", b"[{\n")) else ""
