"""Words in the language spoken now: every sentence the audience may read passes through ``_`` or ``ngettext`` here.

English is the language of the sources; other languages are gettext catalogues in ``survey/locale``, one folder each.

catalogues   read and compiled in memory; what each says, sentence by sentence
choosing     which of the languages offered a phone prefers, and what a language calls itself
punctuation  quotation marks, lists and sentences that follow one another, as each language writes them
collecting   ``python -m survey.language`` (``make words``): all sentences into the template and every catalogue
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from survey.language.catalogues import SOURCE, catalogue, underscored

_language: ContextVar[str] = ContextVar("language", default=SOURCE)


def current() -> str:
    """Return the language in which words are being said now."""
    return _language.get()


@cache
def direction(language: str) -> str:
    """Return ``rtl`` for a language, or a script of it (``pa-Arab``), written right to left; else, or unknown, ``ltr``."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(underscored(language)).text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


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
