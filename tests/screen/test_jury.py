"""A jury in the office and on the desk: no figure before the end has closed, then every vote; conclusions by two desks."""

from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from survey.exchange import TOTALS_WAIT, export_files
from survey.model import EventKind, Wave
from survey.screen.evidence.juries import RULE, WAIT
from survey.screen.office.audience import jury_warnings, performance_sentences
from survey.screen.room.scene import scene
from survey.settings import ROOT
from survey.storage.conclusions import conclusion, write_conclusion
from survey.storage.database import Database
from survey.storage.questionnaires import find_version
from survey.storage.sign_ins import acts
from tests.databases import add_nest_performance
from tests.phone.conftest import phone_app, plain_http
from tests.phone.pages import words_of
from tests.publication.jurors import CHOSEN, END, JURORS, START, Jury, overnight, whole_jury
from tests.screen.conftest import OpenEvidence
from tests.screen.desks import desk, field, labels, press, read
from tests.screen.reading_pages import block, headings, table, words

__all__ = ["plain_http"]
NUMBERS = ("4 of 18", "15 of 18", "18 of 18", "Answers 18")
CONCLUDED = "Patients should be told who uses their data.\nIndependent people should check each use."


@pytest.fixture
def jury(used_database: Database) -> Iterator[Jury]:
    with TestClient(phone_app(used_database), follow_redirects=False) as client:
        yield Jury(used_database, client)


def test_the_office_shows_no_total_before_the_end_has_closed(jury: Jury, evidence_page: OpenEvidence) -> None:
    code = jury.performance.code
    jury.open(Wave.BEFORE)
    jury.vote(START, START)
    for then in (
        overnight,
        jury.close,
        lambda: jury.open(Wave.AFTER),
        lambda: jury.vote(END, END, CHOSEN),
    ):
        then()
        for page in (
            evidence_page("results", performance=code, wave="before"),
            evidence_page("results", performance=code, wave="after"),
            evidence_page("change", performance=code),
            evidence_page("results", performance=code, wave="before", print="1"),
        ):
            said = words(page)
            assert WAIT in said
            assert not any(number in said for number in NUMBERS)
            assert headings(page) == (
                ["Before you quote this", "Method"] if "from start" in said else ["Method"]
            )


def test_no_export_can_be_counted_before_the_end_has_closed(jury: Jury) -> None:
    def exported() -> dict[str, str]:
        with jury.database.reading() as connection:
            files = export_files(connection, jury.performance, all_comments=True)
        return {name: content.decode("utf-8-sig") for name, content in files.items()}

    so_far: tuple[Callable[[], object], ...] = (
        lambda: jury.open(Wave.BEFORE),
        lambda: jury.vote(START, START),
        jury.close,
        lambda: jury.open(Wave.AFTER),
        lambda: jury.vote(END, END, CHOSEN),
    )
    for then in so_far:
        then()
        files = exported()
        assert {"answers.csv", "counts.csv"} & set(files) == set()
        assert TOTALS_WAIT in files["about.txt"]
        assert [name for name, content in files.items() if "do_not_support" in content] == ["codebook.csv"]
    jury.close()
    files = exported()
    assert TOTALS_WAIT not in files["about.txt"]
    assert files["answers.csv"].count("\r\n") == 1 + 2 * JURORS
    assert "sepsis_ai,before,phone,collected,citizens-jury-1,no,support,4,18" in files["counts.csv"]


def test_after_the_end_the_office_counts_every_vote(jury: Jury, evidence_page: OpenEvidence) -> None:
    code = whole_jury(jury).performance.code
    start = evidence_page("results", performance=code, wave="before")
    assert RULE in words(start)
    assert WAIT not in words(start)
    assert "18 jurors answered at the start." in words(start)
    assert "4 of 18 supported it." in block(start, "A company’s AI to diagnose sepsis")
    end = evidence_page("results", performance=code)
    assert "18 of 18 supported it." in block(end, "Patient records used for research")
    assert table(end, "A company’s AI to diagnose sepsis")[1:] == [
        ["No, I do not support it", "1"],
        ["I am not sure", "1"],
        ["Yes, I support it", "15"],
        ["I would rather not vote", "1"],
        ["Answers", "18"],
    ]
    assert "13 of 18 chose “All, except of people who say no (opt-out)”." in words(end)


def test_change_is_told_from_totals_and_follows_nobody(jury: Jury, evidence_page: OpenEvidence) -> None:
    page = evidence_page("change", performance=whole_jury(jury).performance.code)
    said = block(page, "A company’s AI to diagnose sepsis")
    assert "4 of 18 supported it at the start, then 15 of 18 at the end: at least 11 moved." in said
    assert table(page, "A company’s AI to diagnose sepsis")[0] == ["Answer", "Start", "End"]
    assert "could match" not in words(page)
    assert "linked people" not in words(page)


def test_a_jury_is_not_mixed_with_an_audience_nor_compared_before_its_end(
    jury: Jury, used_database: Database, evidence_page: OpenEvidence
) -> None:
    audience = add_nest_performance(used_database, wave=None)
    both = f"{jury.performance.code},{audience.code}"
    assert "Choose juries only, or none." in words(evidence_page("change", performance=both))
    jury.open(Wave.BEFORE)
    jury.vote(START, START)
    jury.close()
    page = evidence_page("compare", a=jury.performance.code, b=audience.code, wave="before")
    assert WAIT in words(page)


def test_the_office_warns_of_questions_that_leave_no_way_not_to_vote(
    jury: Jury, used_database: Database
) -> None:
    made = add_nest_performance(used_database, wave=None, kind=EventKind.JURY)
    with used_database.reading() as connection:
        nest, ours = (find_version(connection, one.version_id) for one in (made, jury.performance))
    assert len(jury_warnings(made, nest)) == 12
    assert "no answer “I would rather not vote”" in jury_warnings(made, nest)[0]
    assert jury_warnings(jury.performance, ours) == []
    assert "exact totals are published" in performance_sentences(made)[0]
    page = AppTest.from_file(ROOT / "pages" / "performances.py", default_timeout=60)
    page.user = {"role": "organiser", "account": "organiser"}
    page.query_params["performance"] = made.code
    page.run()
    assert "I would rather not vote" in read(page)


def test_the_stage_asks_a_jury_in_its_own_words(jury: Jury) -> None:
    for wave, opening in ((Wave.BEFORE, "At the start of the jury"), (Wave.AFTER, "At the end of the jury")):
        jury.open(wave)
        with jury.database.reading() as connection:
            picture = words_of(scene(connection, jury.performance, "http://testserver").picture)
        assert picture.startswith(f"{opening} What do you think? Scan, or type")


def test_the_desk_says_why_a_jurys_totals_wait(jury: Jury) -> None:
    jury.open(Wave.BEFORE)
    jury.vote(START, START)
    page = press(press(desk(jury), "Show this on stage"), "Reveal this result")
    assert "hidden until the end questions have closed" in read(page)
    assert "A jury: all totals stay hidden" in read(page)


# --- conclusions -------------------------------------------------------------------------------------------------


def stored(jury: Jury) -> str:
    with jury.database.reading() as connection:
        return conclusion(connection, jury.id)


def write(page: AppTest, text: str) -> AppTest:
    field(page, "What we conclude together").set_value(text)
    return press(page, "Save the conclusions")


def test_conclusions_are_written_on_the_desk_and_shown_on_stage_in_results_and_in_the_export(
    jury: Jury, evidence_page: OpenEvidence
) -> None:
    page = write(desk(jury), CONCLUDED)
    assert stored(jury) == CONCLUDED
    press(page, "Show the conclusions on stage")
    with jury.database.reading() as connection:
        picture = words_of(scene(connection, jury.performance, "http://testserver").picture)
        files = export_files(connection, jury.performance)
        logged = " ".join(f"{each.act} {each.about}" for each in acts(connection))
    assert "Independent people should check each use." in picture
    assert files["conclusions.txt"].decode("utf-8-sig").split("\r\n")[0] == CONCLUDED.split("\n")[0]
    assert "wrote conclusions" in logged
    assert "Patients" not in logged
    for paper in ({}, {"print": "1"}):
        page = evidence_page("results", performance=jury.performance.code, **paper)
        assert "Independent people should check each use." in words(page)


def test_two_desks_lose_nothing_that_either_has_typed(jury: Jury) -> None:
    one, two = desk(jury), desk(jury)
    write(one, "One desk.")
    two = write(two, "The other desk.")
    assert stored(jury) == "One desk."
    assert "Not saved." in read(two)
    assert "One desk." in read(two)
    assert field(two, "What we conclude together").value == "The other desk."
    two = press(two, "Bring their words into the box")
    assert field(two, "What we conclude together").value == "One desk.\n\nThe other desk."
    press(two, "Save the conclusions")
    assert stored(jury) == "One desk.\n\nThe other desk."


def test_a_desk_that_typed_nothing_takes_the_newer_words_as_they_are(jury: Jury) -> None:
    page = desk(jury)
    jury.database.write(lambda connection: write_conclusion(connection, jury.id, CONCLUDED, 0))
    page = press(page.run(), "Bring their words into the box")
    assert field(page, "What we conclude together").value == CONCLUDED
    assert "Another desk" not in read(page)


def test_hostile_conclusions_are_harmless_characters(jury: Jury, evidence_page: OpenEvidence) -> None:
    hostile = "<script>alert(1)</script> ![x](http://evil.example/x.png)"
    jury.database.write(lambda connection: write_conclusion(connection, jury.id, hostile, 0))
    page = evidence_page("results", performance=jury.performance.code)
    assert "&lt;script&gt;" in "".join(part.proto.body for part in page.get("html"))
    assert "<script>alert" not in "".join(part.proto.body for part in page.get("html"))


@pytest.mark.parametrize(("kind", "offered"), [(EventKind.WORKSHOP, True), (EventKind.PERFORMANCE, False)])
def test_workshops_conclude_and_performances_do_not(jury: Jury, kind: EventKind, offered: bool) -> None:
    other = Jury(jury.database, jury.client, kind=kind)
    assert ("Save the conclusions" in labels(desk(other))) is offered
