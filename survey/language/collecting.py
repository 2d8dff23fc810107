"""Collecting: all sentences of sources and templates, into the template and from there into every catalogue.

No dates and no line numbers are written: a file changes only when a sentence does.
"""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from survey.language.catalogues import underscored

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

SOURCES = ("survey/**/*.py", "pages/**/*.py", "survey/**/*.html")
WORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
"""The functions whose arguments are sentences, and which arguments."""
LEFT_OUT = (
    b'"POT-Creation-Date',
    b'"PO-Revision-Date',
    b'"Report-Msgid-Bugs-To',
    b'"Project-Id-Version',
    b'"Generated-By',
    b'"Last-Translator: FULL NAME',
    b'"Language-Team: ',
)
WIDTH = 110


def collected(root: Path) -> "Catalog":
    """Return every sentence in the sources and templates below a folder, with the files that say it."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_file

    found = Catalog(
        header_comment="# Every sentence the audience of Houselights may read. Made by: make words",
        charset="utf-8",
    )
    for path in sorted(path for pattern in SOURCES for path in root.glob(pattern)):
        html = path.suffix == ".html"
        for _line, sentence, comments, context in extract_from_file(
            "jinja2" if html else "python",
            str(path),
            keywords=WORDS,
            comment_tags=("Translators:",),
            options={"newstyle_gettext": "true", "silent": "false"} if html else None,
            strip_comment_tags=True,
        ):
            where = [(path.relative_to(root).as_posix(), 0)]
            found.add(sentence, locations=where, auto_comments=comments, context=context)
    return found


def write_collected(root: Path, template: Path) -> int:
    """Write the collected sentences as a gettext template; return how many there are."""
    found = collected(root)
    _write(found, template)
    return len(found)


def update_catalogue(path: Path, template: Path, language: str) -> int:
    """Bring a language's catalogue up to date with the template; return how many sentences want translating.

    Nothing is guessed. A sentence that is no longer said is kept as a comment, and comes back with its translation.
    """
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        found = read_po(file, locale=underscored(language))
    with template.open("rb") as file:
        said = read_po(file)
    for message in said:
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        if key in found.obsolete and key not in found:
            back = found.obsolete.pop(key)
            found.add(back.id, back.string, flags=back.flags, user_comments=back.user_comments)
    found.update(said, no_fuzzy_matching=True, update_creation_date=False)
    found.fuzzy = False
    _write(found, path)
    return sum(1 for message in found if message.id and (message.fuzzy or not _filled(message.string)))


def _filled(string: object) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


def _write(found: "Catalog", path: Path) -> None:
    from babel.messages.pofile import write_po

    written = BytesIO()
    write_po(written, found, sort_output=True, include_lineno=False, width=WIDTH)
    lines = written.getvalue().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if not line.startswith(LEFT_OUT)))
