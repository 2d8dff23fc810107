"""Information in layers: one line, a short text, more, each with its sources; files checked once at the door."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from survey import language
from survey.model import Text
from survey.questionnaire import QuestionnaireWrong
from survey.questionnaire.files import content_of
from survey.questionnaire.part import Part
from survey.settings import ROOT

DATA = ROOT / "data" / "information"


@dataclass(frozen=True)
class Source:
    """Where a statement comes from. ``address`` is "" for print, a web address, or ``/page`` for a page of our own."""

    words: Text
    address: str

    @property
    def ours(self) -> bool:
        """It is a page of the performance's own."""
        return self.address.startswith("/")


@dataclass(frozen=True)
class Layer:
    """One of the three things to know, in three depths."""

    id: str
    title: Text
    line: Text
    short: Text
    more: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Information:
    """One layered text."""

    id: str
    title: Text
    languages: tuple[str, ...]
    layers: tuple[Layer, ...]

    @property
    def language(self) -> str:
        """The language it is read in now: the one spoken, else its own first."""
        spoken = language.current()
        return spoken if spoken in self.languages else self.languages[0]

    @property
    def direction(self) -> str:
        """Which way that language is written."""
        return language.direction(self.language)


@cache
def texts(folder: Path = DATA) -> dict[str, Information]:
    """Return every layered text by its id; those whose files are set aside are not there."""
    found = _read(folder)
    return {text.id: text for text in found if isinstance(text, Information)}


def information_wrong(folder: Path = DATA) -> list[QuestionnaireWrong]:
    """Return what to do about each file that is set aside."""
    return [wrong for wrong in _read(folder) if isinstance(wrong, QuestionnaireWrong)]


def _read(folder: Path) -> Iterator[Information | QuestionnaireWrong]:
    for path in sorted(folder.glob("*.yaml")):
        try:
            yield load_information(path)
        except QuestionnaireWrong as wrong:
            yield wrong


def find_text(named: str) -> tuple[Information | None, Layer | None]:
    """Return the layered text a name means, and the layer of it if it names one; nothing for any other words."""
    known = texts()
    id, _slash, layer_id = named.partition("/")
    for text in known.values():
        for layer in text.layers:
            if (text.id, layer.id) == (id, layer_id) or (layer.id == id and not layer_id):
                return text, layer
    return known.get(named), None


def load_information(path: Path) -> Information:
    """Return the layered text in a file. Raises QuestionnaireWrong."""
    whole = Part(path.name, "", content_of(path))
    whole.allow({"id", "languages", "title", "layers"})
    languages = whole.codes("languages")
    if not languages:
        raise whole.wrong("Add languages: [en].")
    whole = Part(path.name, "", whole.content, languages)
    return Information(
        whole.code("id"),
        whole.text("title"),
        languages,
        tuple(_layer(whole, content) for content in whole.parts("layers")),
    )


def _layer(whole: Part, content: object) -> Layer:
    part = whole.within("a layer", content)
    id = part.code("id")
    part = whole.within(f"layer {id}", content)
    part.allow({"id", "title", "line", "short", "more", "sources"})
    sources = tuple(_source(part, content) for content in part.parts("sources"))
    return Layer(id, part.text("title"), part.text("line"), part.text("short"), part.text("more"), sources)


def _source(layer: Part, content: object) -> Source:
    part = layer.within(f"a source of {layer.place}", content)
    part.allow({"words", "address"})
    address = str(part.content.get("address") or "")
    web = urlsplit(address)
    if address and not address.startswith("/") and (web.scheme not in ("http", "https") or not web.hostname):
        raise part.wrong(f"{address!r} is no address of a page. Begin it with https://, or leave it out.")
    return Source(part.text("words"), address)
