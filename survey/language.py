"""The catalogue: every sentence the audience may read passes through ``_`` or ``ngettext`` here.

English is the language of the sources; other languages are gettext catalogues in ``survey/locale``.
``python -m survey.language`` (``make words``) collects all sentences into ``survey/locale/houselights.pot``.
"""

import gettext
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "houselights"
SOURCE = "en"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})

_language: ContextVar[str] = ContextVar("language", default=SOURCE)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language; the English sources where none exists."""
    return gettext.translation(DOMAIN, LOCALE, [language], fallback=True)


def current() -> str:
    """Return the language in which words are being said now."""
    return _language.get()


def direction(language: str) -> str:
    """Return ``rtl`` for languages written right to left, else ``ltr``."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything inside this block in a language."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def _(sentence: str) -> str:
    """Return a sentence in the current language."""
    return catalogue(_language.get()).gettext(sentence)


def ngettext(one: str, many: str, count: int) -> str:
    """Return a sentence in the current language, in the form its count asks for."""
    return catalogue(_language.get()).ngettext(one, many, count)


# --- collecting the sentences ------------------------------------------------------------------------------------

SOURCES = ("survey/**/*.py", "pages/**/*.py", "survey/**/*.html")
WORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
"""The functions whose arguments are sentences, and which arguments."""
LEFT_OUT = (b'"POT-Creation-Date', b'"Report-Msgid-Bugs-To', b'"Project-Id-Version', b'"Generated-By')


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
    """Write the collected sentences as a gettext template; return how many there are.

    No dates and no line numbers: the file changes only when a sentence does.
    """
    from babel.messages.pofile import write_po

    found = collected(root)
    written = BytesIO()
    write_po(written, found, sort_output=True, include_lineno=False, width=110)
    lines = written.getvalue().splitlines(keepends=True)
    template.write_bytes(b"".join(line for line in lines if not line.startswith(LEFT_OUT)))
    return len(found)


if __name__ == "__main__":
    HERE = Path(__file__).resolve()
    number = write_collected(HERE.parent.parent, LOCALE / f"{DOMAIN}.pot")
    sys.stdout.write(f"{number} sentences in survey/locale/{DOMAIN}.pot\n")
