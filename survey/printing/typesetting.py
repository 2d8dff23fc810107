"""Typesetting: a template and words in, pages out, by typst in the vendored font: every machine prints the same page."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst

from survey.settings import ROOT

FONTS = ROOT / "data" / "fonts" / "source-serif-4"
LONGEST_WORD = 22
"""A longer run of letters without a space may be broken anywhere, so that it never leaves the paper."""
Form = Literal["pdf", "png"]
setting = Lock()
"""One page is set at a time: the compiler is shared by every organiser's browser."""


class LettersMissing(Exception):
    """The font has no letters for some of the words."""


def typeset(template: Path, words: Mapping[str, Any], form: Form, *, ppi: int, **beside: str) -> list[bytes]:
    """Return a tagged PDF that carries its fonts (one element), or a picture of each page.

    The template reads its ``words`` under its own name, and whatever stands ``beside`` them. Raises LettersMissing (a PDF
    only: in a picture letters the font lacks are empty boxes).
    """
    try:
        with setting:
            made = compiler().compile(
                input=template.read_bytes(),
                format=form,
                ppi=ppi if form == "png" else None,
                sys_inputs={template.stem: json.dumps(words), **beside},
                pdf_standards="ua-1" if form == "pdf" else [],
            )
    except typst.TypstError as wrong:
        if "font" in str(wrong):
            raise LettersMissing from wrong
        raise
    return [page for page in (made if isinstance(made, list) else [made]) if page is not None]


def breakable(text: str) -> str:
    """Return the text with invisible places to break inside words too long for a line."""
    return " ".join(
        "\u200b".join(word[at : at + 8] for at in range(0, len(word), 8))
        if len(word) > LONGEST_WORD
        else word
        for word in text.split()
    )


@cache
def compiler() -> typst.Compiler:
    """Return one compiler that knows our fonts only."""
    return typst.Compiler(font_paths=[FONTS], ignore_system_fonts=True)
