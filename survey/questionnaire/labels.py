"""Labels: which option some words mean. What makes two labels the same words is decided here, for files and for tables."""

import unicodedata
from functools import lru_cache

from survey.model import Question

_ALIKE = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})


@lru_cache(4096)
def same_words(words: str) -> str:
    """Return words as they are compared: case, spaces, kinds of quotes and dashes and what cannot be seen do not count."""
    seen = "".join(character for character in words if unicodedata.category(character) != "Cf")
    plain = unicodedata.normalize("NFKC", seen).translate(_ALIKE).casefold()
    return " ".join(unicodedata.normalize("NFKC", plain).split())


def options_called(question: Question, said: str) -> tuple[str, ...]:
    """Return the values of the options that these words may mean: by value, else by label in any language.

    More than one: two labels are the same words, so that only a value says which is meant.
    """
    if said in question.values:
        return (said,)
    wanted = same_words(said)
    if by_value := tuple(value for value in question.values if same_words(value) == wanted):
        return by_value
    return tuple(
        option.value
        for option in question.options
        if wanted in {same_words(words) for words in option.label.by_language.values()}
    )
