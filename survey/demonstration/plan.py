"""The plan of the demonstration: ``data/demonstration/the-nest.yaml``, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from survey.model import EventKind, Mode, Wave
from survey.settings import ROOT
from survey.storage.offers import Offer
from survey.storage.resources import Resource, ResourceKind

FOLDER = ROOT / "data" / "demonstration"
LANGUAGE = "en"

Shares = Any
"""A list of shares in 100 (scale, one), a share in 100 per option (many), or ``mean`` and ``spread`` (number)."""


@dataclass(frozen=True)
class People:
    """So many invented people who answered in the same waves by the same mode."""

    mode: Mode
    waves: tuple[Wave, ...]
    number: int


@dataclass(frozen=True)
class Totals:
    """Invented totals: how many gave each option, by question. Every one gave exactly one option."""

    mode: Mode
    wave: Wave
    note: str
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class PlannedPerformance:
    """One performance of the demonstration. ``answers``: question → wave → shares."""

    starts_on: date
    date_precision: str
    kind: EventKind
    venue: str
    questionnaire: str
    capacity: int | None
    attendance: int | None
    finished: bool
    people: tuple[People, ...]
    totals: tuple[Totals, ...]
    answers: Mapping[str, Mapping[Wave, Shares]]


@dataclass(frozen=True)
class Plan:
    """The whole demonstration."""

    seed: int
    production: str
    responsible: str
    contact: str
    note: str
    questionnaires: tuple[Path, ...]
    performances: tuple[PlannedPerformance, ...]
    comments: tuple[str, ...]
    offer: Offer
    resources: tuple[Resource, ...]


def read_plan(path: Path = FOLDER / "the-nest.yaml") -> Plan:
    """Return the plan."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Plan(
        seed=content["seed"],
        production=content["production"]["name"],
        responsible=content["production"]["responsible"],
        contact=content["production"]["contact"],
        note=content["note"],
        questionnaires=tuple(path.parent / name for name in content["questionnaires"]),
        performances=tuple(_performance(planned, content["answers"]) for planned in content["performances"]),
        comments=tuple(content["comments"]),
        offer=Offer(
            information=tuple(content["offer"]["information"]),
            pledge=content["offer"]["pledge"],
            hashtag=content["offer"]["hashtag"],
        ),
        resources=tuple(
            Resource(
                ResourceKind(given["kind"]),
                given["title"],
                given["address"],
                given.get("length", ""),
                LANGUAGE,
                given.get("licence", ""),
            )
            for given in content["offer"]["resources"]
        ),
    )


def _performance(planned: Mapping[str, Any], everywhere: Mapping[str, Any]) -> PlannedPerformance:
    answers = {**everywhere, **planned.get("answers", {})}
    return PlannedPerformance(
        starts_on=planned["starts_on"],
        date_precision=planned.get("date_precision", "day"),
        kind=EventKind(planned.get("kind", "performance")),
        venue=planned["venue"],
        questionnaire=planned["questionnaire"],
        capacity=planned.get("capacity"),
        attendance=planned.get("attendance"),
        finished=planned.get("finished", False),
        people=tuple(_people(group) for group in planned.get("people", [])),
        totals=tuple(
            Totals(Mode(part["mode"]), Wave(part["wave"]), part["note"], part["counts"])
            for part in planned.get("totals", [])
        ),
        answers={
            question: {Wave(wave): shares for wave, shares in by_wave.items()}
            for question, by_wave in answers.items()
        },
    )


def _people(group: Mapping[str, Any]) -> People:
    waves = tuple(wave for wave in Wave if group.get(wave.value))
    return People(Mode(group["mode"]), waves, group["number"])
