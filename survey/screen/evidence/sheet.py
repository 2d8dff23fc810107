"""A sheet: everything an evidence page says, so that screen and paper say the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from survey.charts.picture import Picture
from survey.model import Note


@dataclass(frozen=True)
class Table:
    """A table in words: the first column names the row. ``expert``: folded away, for those who know the tests."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    expert: bool = False
    words: bool = False
    """Sentences stand in it, not figures: they begin on the left."""


@dataclass(frozen=True)
class Block:
    """One thing said: a heading, the question's words, sentences, a picture, tables.

    ``wide`` pictures take the whole width, others stand beside their sentences.
    ``mark`` is a verdict in two or three words.
    """

    heading: str
    wording: str = ""
    sentences: tuple[str, ...] = ()
    picture: Picture | None = None
    tables: tuple[Table, ...] = ()
    wide: bool = False
    mark: str = ""
    notes: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Words only."""
        return self.picture is None and not self.tables


@dataclass(frozen=True)
class Comment:
    """What one person wrote. Never beside the same person's answers."""

    text: str
    quote_ok: bool


@dataclass(frozen=True)
class Sheet:
    """One page of evidence, from its title to its method. ``provenance`` is said wherever the figures are."""

    title: str
    about: str
    lead: tuple[str, ...]
    blocks: tuple[Block, ...]
    provenance: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    """Where the evidence comes from, as it was written down when it came in."""
    comments: tuple[Comment, ...] = ()
    notes: tuple[Note, ...] = ()
    """Of the discussion, in their order."""
    made_on: date = field(default_factory=date.today)

    @property
    def groups(self) -> list[tuple[bool, list[Block]]]:
        """The blocks in order; those of words only together, marked True."""
        return [
            (plain, list(blocks)) for plain, blocks in groupby(self.blocks, key=lambda block: block.plain)
        ]

    @property
    def made(self) -> str:
        """The day this sheet was made, in words."""
        return f"{self.made_on.day} {self.made_on:%B %Y}"


def with_notes(sheet: Sheet, notes: Sequence[Note]) -> Sheet:
    """Return a sheet with the notes of the discussion beside its figures."""
    return replace(sheet, notes=tuple(notes))
