"""What a person must copy, letter by letter, is left alone by a browser's translation; so is the whole stage."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from survey.settings import ROOT

TEMPLATES = sorted((ROOT / "survey").rglob("templates/**/*.html"))
COPIED = re.compile(
    r"^(place\.(number|address)|words\.shown|(seen\.)?performance\.(code|join_number)|join|receipt_part)$"
)
"""What stands for words to copy: two words, a receipt, the number or the code to join, the address to type."""
VOID = {
    "area",
    "base",
    "br",
    "col",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
    "path",
    "rect",
    "circle",
}


class Copying(HTMLParser):
    """Finds words to copy that a translation would change."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found = 0
        self.translated: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("translate") == "no"))

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _ in self.open) and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text: str) -> None:
        for said in re.findall(r"\u2039(.*?)\u203a", text, re.DOTALL):
            if not said.strip().startswith(("_(", "ngettext(")) and COPIED.search(said.strip()):
                self.found += 1
                if not any(left_alone for _, left_alone in self.open):
                    self.translated.append(said.strip())


def copying(template: Path) -> Copying:
    source = re.sub(r"\{%.*?%\}|\{#.*?#\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    reader = Copying()
    reader.feed(
        re.sub(
            r"\{\{(.*?)\}\}",
            lambda said: f"\u2039{said[1].replace(chr(34), chr(39))}\u203a",
            source,
            flags=re.DOTALL,
        )
    )
    return reader


def test_words_to_copy_are_never_translated() -> None:
    read = {str(path.relative_to(ROOT)): copying(path) for path in TEMPLATES}
    assert sum(each.found for each in read.values()) > 5
    assert {path: each.translated for path, each in read.items() if each.translated} == {}


@pytest.mark.parametrize(
    "template",
    [path for path in TEMPLATES if path.parent.name == "templates" and path.name.startswith("stage_")],
    ids=lambda path: path.stem,
)
def test_the_whole_stage_is_left_as_it_is(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    layers = re.findall(r'<div class="layer"[^>]*>', source)
    assert all('translate="no"' in layer for layer in layers)
    assert layers or "{% macro" in source or "extends" in source
