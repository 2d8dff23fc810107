"""Words we never say, in any sentence the audience may read."""

import re
from functools import cache
from pathlib import Path

import pytest

import survey
from survey.language.collecting import collected

NEVER = (
    "significan",
    "representative",
    r"\bthe public\b(?! interest)",  # "a task in the public interest" is a term of the law
    "theatre-goers",
    "margin of error",
    "no difference",
    "changed minds",
    r"\bn ?=",
    r"\bnull\b",
    r"\bp ?[=<]",
    r"%(?!\()",  # but for a placeholder's
    "confidence",
)
ROOT = Path(survey.__file__).parent.parent


@cache
def sentences() -> list[str]:
    """Every sentence in the catalogue, in all its forms."""
    found = (message.id for message in collected(ROOT) if message.id)
    return [form for id in found for form in ((id,) if isinstance(id, str) else id)]


def test_the_catalogue_holds_the_sentences_of_the_analysis() -> None:
    assert (
        "The share who {agreed} is about the same: any difference is smaller than {margin} in 100."
        in sentences()
    )


@pytest.mark.parametrize("word", NEVER)
def test_no_sentence_says(word: str) -> None:
    assert [sentence for sentence in sentences() if re.search(word, sentence, re.IGNORECASE)] == []


def test_every_placeholder_has_a_name() -> None:
    assert [sentence for sentence in sentences() if re.search(r"\{\d*\}|%s|%d", sentence)] == []
