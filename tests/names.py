"""Every word of ours that an author's name could meet: on the form, in its script and style, in tables and in their rows."""

import re
from collections.abc import Iterator
from pathlib import Path

import survey
from survey.model import CueKind, EventKind, Kind, Mode, Purpose, Standing, Wave
from survey.phone.inlined import STATIC
from survey.storage.tables import metadata

TEMPLATES = Path(survey.__file__).parent / "phone" / "templates"
MARKED = re.compile(r'\b(?:id|name|class|for|href|data-[a-z]+)="([^"{]*)')
"""What stands in a template's attributes that name something, up to where a value is filled in."""
CALLED = re.compile(r"[a-z0-9_-]+")
IN_SCRIPT = re.compile(r"[\"'.]([a-zA-Z_-]+)")
IN_STYLE = re.compile(r"[.#]([a-z][a-z_-]*)")
OF_BROWSERS = [
    "accept",
    "action",
    "attributes",
    "autocomplete",
    "body",
    "children",
    "cookie",
    "dataset",
    "defaultview",
    "document",
    "elements",
    "encoding",
    "enctype",
    "events",
    "focus",
    "form",
    "forms",
    "head",
    "hidden",
    "history",
    "id",
    "images",
    "innerhtml",
    "item",
    "length",
    "links",
    "location",
    "method",
    "name",
    "navigator",
    "novalidate",
    "onchange",
    "onclick",
    "onload",
    "onsubmit",
    "open",
    "origin",
    "parent",
    "prefix",
    "referrer",
    "rel",
    "remove",
    "reset",
    "self",
    "script",
    "status",
    "style",
    "submit",
    "tagname",
    "target",
    "title",
    "top",
    "type",
    "url",
    "value",
    "viewport",
    "window",
    "constructor",
    "prototype",
]
"""What a browser reads under these names on a form, a document or a window."""
OF_PYTHON = [
    "class",
    "def",
    "false",
    "get",
    "id",
    "index",
    "items",
    "keys",
    "level",
    "name",
    "none",
    "self",
    "true",
    "type",
    "values",
    "yes",
    "no",
    "null",
]
OF_FILES = [
    "after_reveal",
    "base",
    "capacity",
    "class",
    "count",
    "language",
    "mode",
    "note",
    "option",
    "options",
    "pair",
    "performance",
    "performance_code",
    "provenance",
    "question",
    "respondent",
    "sheet",
    "source",
    "version",
    "wave",
    "words",
]


def words_of_ours() -> list[str]:
    """Return every such word that can be a question's id, in order of the alphabet."""
    return sorted({word for word in _all() if re.fullmatch(r"[a-z0-9][a-z0-9_]{0,31}", word)})


def _all() -> Iterator[str]:
    for path in sorted(TEMPLATES.rglob("*.html")):
        for said in MARKED.findall(path.read_text(encoding="utf-8")):
            for word in CALLED.findall(said):
                yield from (word, word.replace("-", "_"), *word.split("-"))
    for name in ("phone", "room"):
        yield from IN_SCRIPT.findall((STATIC / f"{name}.js").read_text(encoding="utf-8").lower())
        yield from IN_STYLE.findall((STATIC / f"{name}.css").read_text(encoding="utf-8"))
    for table in metadata.tables.values():
        yield table.name
        yield from table.columns.keys()
    for words in (Kind, Wave, Mode, Standing, Purpose, EventKind, CueKind):
        yield from (word.value for word in words)
    yield from (*OF_BROWSERS, *OF_PYTHON, *OF_FILES)
