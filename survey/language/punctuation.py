"""Punctuation: answers and sentences put together with the marks, and in the order, of the language spoken now."""

import re
from collections.abc import Sequence
from functools import reduce
from typing import Literal

from survey.language import _, current
from survey.language.catalogues import SOURCE, translated_languages, underscored

BRITISH = "en_GB"
"""How English lists are written here: no comma before "and"."""


def quoted(answer: str) -> str:
    """Return an answer in quotation marks."""
    return _("“{answer}”").format(answer=answer)


def unbroken(words: str) -> str:
    """Return words in which a line never breaks within "0-10": word joiners stand around the mark."""
    return re.sub(r"(?<=\d)[-–](?=\d)", "\u2060\\g<0>\u2060", words)


def all_of(words: Sequence[str]) -> str:
    """Return words as a list of all: "a", "a and b", "a, b and c"; "" for none."""
    return _listed(words, "standard")


def any_of(words: Sequence[str]) -> str:
    """Return words as a list to choose from: "a", "a or b", "a, b or c"; "" for none."""
    return _listed(words, "or")


def one_after_another(sentences: Sequence[str]) -> str:
    """Return sentences as one text, spaced as the language does; "" for none."""
    if not sentences:
        return ""
    # Translators: one sentence after another. Leave out the space where your language writes none.
    between = _("{sentence} {next}")
    return reduce(lambda said, each: between.format(sentence=said, next=each), sentences)


def _listed(words: Sequence[str], style: Literal["standard", "or"]) -> str:
    """Return a list as the language of its words writes it: English where there is no catalogue, as sentences are."""
    from babel.lists import format_list

    language = current() if current() in translated_languages() else SOURCE
    return format_list(words, style, locale=BRITISH if language == SOURCE else underscored(language))
