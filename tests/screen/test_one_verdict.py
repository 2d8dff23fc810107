"""One verdict, one interval: the demonstration's questions on the stage, on a phone, in Compare and on paper, as each of them renders it."""

import re
from collections.abc import Iterator, Mapping

import pytest
from starlette.testclient import TestClient

from survey.demonstration import demonstration
from survey.model import Performance, Role, Wave
from survey.screen.room.stage import look
from survey.screen.signed_in import Person
from survey.storage import current
from survey.storage.database import Database, open_database
from survey.storage.questionnaires import find_version
from survey.storage.rooms import show, touch_room
from tests.phone.conftest import phone_app
from tests.phone.pages import words_of
from tests.screen.conftest import OpenEvidence
from tests.screen.looking_on import words
from tests.screen.reading_pages import block, headings, table

FOLLOWED = (
    "research_nhs",
    "research_university",
    "research_company",
    "trust_nhs",
    "trust_internet",
    "heard_of_optout",
)
"""The demonstration's questions that follow a share and were asked alike in 2015 and 2017."""
BY_ANSWER = ("closer_to", "share_with", "ask_first", "matters_most")
"""Those that are compared answer by answer."""
CAUTION = (
    "This compares one audience with another. Audiences differ from night to night anyway, so it cannot show what a year, or"
    " the performance, has changed."
)
ENDS = re.compile(r"between (less than \d+|\d+) and (\d+) (fewer|more)")
VERDICTS = {
    "In the B audience": ("Clear difference", "Clear, but small"),
    "No clear difference in the share": ("No clear difference",),
    "The share who": ("About the same", "Clear in the answers as a whole"),
}


@pytest.fixture
def used_database(demonstration_url: str) -> Iterator[Database]:
    """The demonstration, in the database that pages use."""
    opened = open_database(demonstration_url)
    current.use(opened)
    yield opened
    current.use(None)
    opened.close()


@pytest.fixture
def nights(used_database: Database) -> tuple[Performance, Performance]:
    """The performance of 2015 and the last one of 2017, which is still running with nothing open."""
    with used_database.reading() as connection:
        there = demonstration(connection)
    (older,) = [one for one in there if one.starts_on.year == 2015 and one.venue != "Online"]
    newer = max(there, key=lambda one: one.starts_on)
    return older, newer


def on_stage(database: Database, nights: tuple[Performance, Performance], question: str) -> str:
    """What the room reads once the facilitator has put two audiences beside each other."""
    older, newer = nights
    showing = {"view": "beside", "question": question, "wave": "after", "code": older.code}
    database.write(lambda connection: show(connection, newer.id, showing))
    database.write(lambda connection: touch_room(connection, newer.id))
    picture = look(database, Person(Role.STAGE, newer.id, ""), None, None).scene.picture
    return _without_names(words(picture), nights)


def on_a_phone(database: Database, nights: tuple[Performance, Performance]) -> str:
    """What a phone in that room reads at the same moment."""
    database.write(lambda connection: touch_room(connection, nights[1].id))
    with TestClient(phone_app(database)) as client:
        page = client.get(f"/p/{nights[1].code}/room").text
    return _without_names(words_of(page), nights)


def _without_names(read: str, nights: tuple[Performance, Performance]) -> str:
    older, newer = nights
    for name, letter in ((older.when, "A"), (newer.when, "B")):
        read = read.replace(f"{name} audience", f"{letter} audience").replace(
            f"the {name} one", f"the {letter} one"
        )
    return " ".join(read.split())


def _plainly(read: str) -> str:
    return (
        read.replace("2015 audience", "A audience")
        .replace("2017 audience", "B audience")
        .replace("the 2015 one", "the A one")
        .replace("the 2017 one", "the B one")
    )


def _sentence(names: Mapping[str, str], read: str, id: str) -> tuple[str, str]:
    """Return the verdict's label and its sentence as Compare prints them under a question."""
    after = read.removeprefix(names[id]).strip()
    for labels in VERDICTS.values():
        for label in labels:
            if after.startswith(label):
                begins = min(at for start in VERDICTS if (at := _plainly(after).find(start, len(label))) > 0)
                return label, _plainly(after)[begins:]
    raise AssertionError(f"no verdict in {after!r}")


def test_every_surface_says_the_same_verdict_with_the_same_interval(
    used_database: Database, nights: tuple[Performance, Performance], evidence_page: OpenEvidence
) -> None:
    older, newer = nights
    with used_database.reading() as connection:
        asked = find_version(connection, newer.version_id)
    names = {question.id: question.name for question in asked.asked_in(Wave.AFTER)}
    screen = evidence_page("compare", a=older.code, b=newer.code)
    paper = evidence_page("compare", a=older.code, b=newer.code, print="1")
    rows = {row[0]: row for row in table(screen, "Every share compared")[1:]}
    assert set(rows) == {names[id] for id in FOLLOWED}
    assert len({row[-1] for row in rows.values()}) > 1, "the demonstration shows more than one verdict"
    for id in FOLLOWED:
        label, sentence = _sentence(names, block(screen, names[id]), id)
        assert _sentence(names, block(paper, names[id]), id) == (label, sentence)
        assert any(sentence.startswith(start) and label in labels for start, labels in VERDICTS.items())
        assert rows[names[id]][-1] == label
        if found := ENDS.search(sentence):
            near, far, way = found.groups()
            ends = sorted(int(re.sub(r"\D", "", end)) for end in rows[names[id]][4].split(" to "))
            assert ends == sorted((0 if "less" in near else int(near), int(far)))
            assert rows[names[id]][4].startswith("−" if way == "fewer" else "+")
        stage, phone = on_stage(used_database, nights, id), on_a_phone(used_database, nights)
        for surface, read in (("stage", stage), ("phone", phone)):
            assert sentence in read, f"{id} on the {surface}"
            assert CAUTION in read, f"{id} on the {surface}"


def test_answers_compared_one_by_one_have_one_verdict_too(
    used_database: Database, nights: tuple[Performance, Performance], evidence_page: OpenEvidence
) -> None:
    older, newer = nights
    with used_database.reading() as connection:
        asked = find_version(connection, newer.version_id)
    screen = evidence_page("compare", a=older.code, b=newer.code)
    paper = evidence_page("compare", a=older.code, b=newer.code, print="1")
    spoken = set()
    for id in BY_ANSWER:
        name = asked.question(id).name
        assert name in headings(screen)
        verdicts = [row[-1] for row in table(screen, name)[1:]]
        clear = sum(verdict.startswith("Clear") for verdict in verdicts)
        read = {
            "Compare": _plainly(block(screen, name)),
            "paper": _plainly(block(paper, name)),
            "stage": on_stage(used_database, nights, id),
            "phone": on_a_phone(used_database, nights),
        }
        counts = [
            int(count) for row in table(screen, name)[1:] for count in re.findall(r"(\d+) of", " ".join(row))
        ]
        if any(
            0 < count < 3 for count in counts
        ):  # an answer of so few has no figure in public, so no sentence
            for surface in ("stage", "phone"):
                assert "B audience" not in read[surface]
                assert "No clear difference" not in read[surface]
            continue
        first = re.search(r"In the B audience .*?\)\.", read["stage"])
        assert (first is not None) == (clear > 0)
        said = first.group() if first else "No clear difference in any answer."
        assert [surface for surface, text in read.items() if said not in text] == [], id
        spoken.add(id)
    assert spoken
