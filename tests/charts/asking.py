"""Questions and answers to draw, and what a picture's page source holds."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from survey.analysis.shares import Tally, tally
from survey.charts.picture import Picture
from survey.model import Counts, Kind, Mode, Option, Provenance, Question, Text, Wave
from survey.questionnaire import DATA, load_questionnaire

NEST = load_questionnaire(DATA / "the-nest-1.yaml")[0]


def given(id: str, *counts: int, base: int | None = None) -> Tally:
    """Return so many answers to each option of one of The Nest's questions."""
    return told(NEST.question(id), counts, base)


def told(question: Question, counts: Sequence[int], base: int | None = None) -> Tally:
    """Return so many answers to each option of a question."""
    by_option = dict(zip(question.values, counts, strict=True))
    part = Counts(
        "p",
        "v",
        question.id,
        Wave.AFTER,
        Mode.PHONE,
        Provenance.DEMONSTRATION,
        False,
        base or sum(counts),
        by_option,
    )
    return tally(question, [part])


def plain_question(*labels: str) -> Question:
    """Return a question whose answers lie on no scale."""
    options = tuple(Option(str(place), Text({"en": label})) for place, label in enumerate(labels))
    return Question("plain", Kind.ONE, Text({"en": "Which one?"}), options)


def rows(picture: Picture, name: str) -> list[dict[str, Any]]:
    """Return the rows of one name, as the page's source holds them."""
    found: list[dict[str, Any]] = picture.spec["datasets"][name]
    return found


def source(picture: Picture) -> str:
    """Return everything about a picture that a page's source holds."""
    return json.dumps(picture.spec)


def numbers(picture: Picture) -> list[float]:
    """Return every number in the rows of a picture."""
    return [value for name in picture.rows for row in rows(picture, name) for value in _numbers(row.values())]


def unnamed_data(spec: Any, datasets: Any) -> Iterator[str]:
    """Yield the names of data that layers draw but nobody gave."""
    if isinstance(spec, dict):
        name = spec.get("data", {}).get("name") if isinstance(spec.get("data"), dict) else None
        if name is not None and name not in datasets:
            yield name
        for part in spec.values():
            yield from unnamed_data(part, datasets)
    elif isinstance(spec, list | tuple):
        for part in spec:
            yield from unnamed_data(part, datasets)


def _numbers(values: Any) -> list[float]:
    return [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
