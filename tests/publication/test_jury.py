"""A jury of 18 from start to end: a secret ballot, hidden until the end has closed, then published exactly (rule 9)."""

import itertools
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from survey.analysis.shares import Tally
from survey.model import EventKind, Kind, Question, Wave
from survey.publication import (
    NotYet,
    ResultState,
    TotalsWait,
    change_due,
    checkpoint_due,
    margins,
    margins_sentence,
    newer_figures,
    public_change,
    public_result,
    totals_out,
    without_abstaining,
    write_change,
)
from survey.publication.juries import Margins
from survey.questionnaire import DATA, load_questionnaire
from survey.room.acts import NothingToReveal, reveal_on_stage
from survey.screen.room.due import write_due
from survey.screen.room.scene import scene
from survey.storage.checkpoints import checkpoints
from survey.storage.counts import pairs
from survey.storage.database import Database
from survey.storage.performances import KindPromised, change_performance, finish_performance
from survey.storage.rooms import show
from tests.phone.conftest import phone_app, plain_http
from tests.phone.pages import Phone, words_of
from tests.phone.reading_age import words_in
from tests.phone.test_notice import ELEVEN, NOTICE, grade, part
from tests.publication.asking import question
from tests.publication.jurors import (
    END,
    JURORS,
    RECORDS,
    RESEARCH,
    SEPSIS,
    START,
    Jury,
    overnight,
    whole_jury,
)

__all__ = ["plain_http"]
PROMISE = "Exact totals will be published, even if everyone votes alike."


@pytest.fixture
def client(sqlite_database: Database) -> Iterator[TestClient]:
    with TestClient(phone_app(sqlite_database), follow_redirects=False) as client:
        yield client


@pytest.fixture
def jury(sqlite_database: Database, client: TestClient) -> Jury:
    return Jury(sqlite_database, client)


def stage(jury: Jury, view: str, question: str, wave: Wave = Wave.AFTER) -> str:
    """What the stage shows of a question, in words."""
    showing = {"view": view, "question": question, "wave": wave.value}

    def act(connection) -> None:  # type: ignore[no-untyped-def]
        show(connection, jury.id, showing)
        write_due(connection, jury.performance)

    jury.database.write(act)
    return words_of(jury.seen(scene, "http://testserver").picture)


def phone_results(jury: Jury) -> str:
    return jury.client.get(f"/p/{jury.performance.code}/results").text


def printed(jury: Jury, id: str, wave: Wave = Wave.AFTER) -> list[str]:
    return [bar.shown for bar in jury.seen(public_result, jury.question(id), wave).bars]


def test_the_form_promises_exact_totals_and_offers_not_to_vote(jury: Jury) -> None:
    jury.open(Wave.BEFORE)
    phone = Phone(jury.client, jury.performance.code)
    page = words_of(phone.open())
    assert PROMISE in page
    assert "never for fewer than ten people" not in page
    assert page.count("I would rather not vote") == 3
    notice = part(phone.open(), NOTICE)
    assert PROMISE in notice
    assert 40 <= len(words_in(notice)) <= 60
    assert grade(notice) <= ELEVEN
    kept = words_of(phone.get(f"{phone.path}/kept").text)
    assert PROMISE in kept
    assert "never for fewer than ten people" not in kept


def test_a_jury_of_18_from_start_to_end(jury: Jury) -> None:
    jury.open(Wave.BEFORE)
    jury.vote(START, START)

    # While the start is open, overnight, and while the end is open: nothing on stage, phones, or by Reveal.
    for then in (overnight, jury.close, lambda: jury.open(Wave.AFTER), lambda: jury.vote(END, END)):
        then()
        for wave in Wave:
            for id in (SEPSIS, RESEARCH, RECORDS):
                with pytest.raises(TotalsWait, match="hidden until the end questions have closed"):
                    jury.reveal(id, wave)
            picture = stage(jury, "question", SEPSIS, wave)
            assert "I would rather not vote" in picture  # the question with its answers, and no number
            assert "of the 18 people" not in picture
            assert jury.seen(public_result, jury.question(SEPSIS), wave).state is ResultState.WAITING
        assert "of 18" not in stage(jury, "change", SEPSIS)
        assert "Nothing has been shown to the room yet." in words_of(phone_results(jury))
        assert not jury.seen(checkpoint_due)
        assert not jury.seen(newer_figures, jury.question(SEPSIS), Wave.BEFORE)

    jury.close()
    assert jury.seen(totals_out)
    with jury.database.reading() as connection:
        joined = sum(next(iter(pairs(connection, [jury.id], questions=[SEPSIS]))).counts.values())
    assert joined == JURORS  # the words on the cards put start and end together, from other phones

    jury.reveal(SEPSIS, Wave.BEFORE)
    jury.reveal(SEPSIS)
    assert printed(jury, SEPSIS, Wave.BEFORE) == ["7", "6", "4", "1"]  # nothing merged, not even one person
    assert printed(jury, SEPSIS) == ["1", "1", "15", "1"]
    picture = stage(jury, "question", SEPSIS)
    assert "15 of the 18 people who answered supported it." in picture
    assert "of the 18 people who answered at the end" in picture
    results = words_of(phone_results(jury))
    assert "of the 18 people who answered at the start" in results
    assert "15 of the 18 people who answered supported it." in results
    moved = "4 of 18 supported it at the start, then 15 of 18 at the end: at least 11 moved."
    assert moved in stage(jury, "change", SEPSIS)


def test_a_unanimous_vote_shows_18_of_18(jury: Jury) -> None:
    whole_jury(jury)
    jury.reveal(RESEARCH)
    assert printed(jury, RESEARCH) == ["0", "0", "18", "0"]
    assert "18 of the 18 people who answered supported it." in stage(jury, "question", RESEARCH)
    assert "Nearly everyone" not in phone_results(jury)


def test_totals_once_out_never_move(jury: Jury) -> None:
    whole_jury(jury)
    jury.reveal(SEPSIS)
    jury.open(Wave.AFTER)
    Phone(jury.client, jury.performance.code).answer({SEPSIS: "do_not_support"})
    assert jury.reveal(SEPSIS) == 1  # the totals that are out, also while the end is open once more
    jury.close()
    jury.reveal(SEPSIS)
    assert printed(jury, SEPSIS) == ["1", "1", "15", "1"]
    assert jury.seen(lambda c, p: len(checkpoints(c, p.id, Wave.AFTER, SEPSIS))) == 1


def test_a_finished_jury_without_an_end_still_publishes_its_start(jury: Jury) -> None:
    jury.open(Wave.BEFORE)
    jury.vote(START, START)
    jury.database.write(lambda connection: finish_performance(connection, jury.id))
    jury.reveal(SEPSIS, Wave.BEFORE)
    assert printed(jury, SEPSIS, Wave.BEFORE) == ["7", "6", "4", "1"]


def test_a_jury_of_fewer_than_ten_is_counted_out_too(jury: Jury) -> None:
    jury.open(Wave.AFTER)
    for vote in ("support", "support", "not_sure"):
        Phone(jury.client, jury.performance.code).answer({SEPSIS: vote})
    jury.close()
    jury.reveal(SEPSIS)
    assert printed(jury, SEPSIS) == ["0", "1", "2", "0"]
    with pytest.raises(TotalsWait):
        jury.reveal(RESEARCH)  # nobody answered it


def test_any_other_kind_of_event_keeps_its_rules(sqlite_database: Database, client: TestClient) -> None:
    workshop = Jury(sqlite_database, client, kind=EventKind.WORKSHOP)
    workshop.open(Wave.AFTER)
    Phone(client, workshop.performance.code).answer({SEPSIS: "support"})
    workshop.close()
    with pytest.raises(NotYet, match="Fewer than 10"):
        workshop.reveal(SEPSIS)


def test_change_is_written_once_for_both_ends(jury: Jury) -> None:
    whole_jury(jury)
    asked = jury.question(SEPSIS)
    assert jury.seen(change_due, asked)
    jury.database.write(lambda connection: write_change(connection, jury.performance, asked))
    assert not jury.seen(change_due, asked)
    change = jury.seen(public_change, asked)
    assert [(bar.label, bar.shown) for bar in change.bars] == [
        ("At the start of the jury", "4"),
        ("At the end of the jury", "15"),
    ]


def test_reveal_on_stage_says_why_it_waits(jury: Jury) -> None:
    jury.open(Wave.BEFORE)
    with pytest.raises(NothingToReveal):
        jury.database.write(lambda connection: reveal_on_stage(connection, jury.performance))
    stage(jury, "question", SEPSIS, Wave.BEFORE)
    with pytest.raises(TotalsWait):
        jury.database.write(lambda connection: reveal_on_stage(connection, jury.performance))


def test_nothing_becomes_a_jury_once_people_were_told_otherwise(
    sqlite_database: Database, client: TestClient
) -> None:
    from dataclasses import replace

    workshop = Jury(sqlite_database, client, kind=EventKind.WORKSHOP)

    def change(kind: EventKind) -> None:
        changed = replace(workshop.performance, kind=kind)
        sqlite_database.write(lambda connection: change_performance(connection, changed))

    change(EventKind.JURY)
    change(EventKind.WORKSHOP)
    workshop.open(Wave.BEFORE)
    with pytest.raises(KindPromised):
        change(EventKind.JURY)
    change(EventKind.SCREENING)


# --- margins ---------------------------------------------------------------------------------------------------

VOTE = question(Kind.ONE, "no", "yes", agree=("yes",), disagree=("no",))


def given(agreeing: int, base: int) -> Tally:
    return Tally(VOTE, base, {"no": base - agreeing, "yes": agreeing}, {}, frozenset())


@pytest.mark.parametrize(
    ("before", "after", "jurors", "sentence"),
    [
        ((4, 18), (15, 18), 18, "4 of 18 agreed at the start, then 15 of 18 at the end: at least 11 moved."),
        (
            (15, 18),
            (4, 18),
            None,
            "15 of 18 agreed at the start, then 4 of 18 at the end: at least 11 moved.",
        ),
        ((4, 18), (4, 18), 18, "4 of 18 agreed at the start, then 4 of 18 at the end."),
        ((4, 16), (15, 18), 18, "4 of 16 agreed at the start, then 15 of 18 at the end: at least 9 moved."),
        ((4, 16), (6, 18), 18, "4 of 16 agreed at the start, then 6 of 18 at the end."),
        ((0, 18), (18, 18), 18, "0 of 18 agreed at the start, then 18 of 18 at the end: at least 18 moved."),
        ((8, 18), (4, 16), 18, "8 of 18 agreed at the start, then 4 of 16 at the end: at least 2 moved."),
    ],
)
def test_a_change_is_told_from_the_totals(
    before: tuple[int, int], after: tuple[int, int], jurors: int | None, sentence: str
) -> None:
    assert margins_sentence(margins(VOTE, given(*before), given(*after), jurors), "agreed") == sentence


@pytest.mark.parametrize("jurors", range(1, 5))
def test_at_least_is_the_fewest_that_any_ballots_with_these_totals_allow(jurors: int) -> None:
    """Every way in which so many jurors may agree, not agree or not answer, at the start and at the end."""
    fewest: dict[tuple[int, int, int, int], int] = {}
    once = ((at_start, at_end) for at_start in (1, 0, None) for at_end in (1, 0, None))
    for ballots in itertools.combinations_with_replacement(list(once), jurors):
        start = [one for one, _ in ballots if one is not None]
        end = [two for _, two in ballots if two is not None]
        moved = sum(None not in pair and pair[0] != pair[1] for pair in ballots)
        totals = (sum(start), len(start), sum(end), len(end))
        fewest[totals] = min(moved, fewest.get(totals, moved))
    assert len(fewest) > jurors
    for totals, moved in fewest.items():
        assert Margins(*totals, jurors).moved == moved


def test_every_question_of_the_juries_questionnaire_lets_a_juror_not_vote() -> None:
    ours, _ = load_questionnaire(DATA / "citizens-jury-1.yaml")
    nest, _ = load_questionnaire(DATA / "the-nest-1.yaml")
    assert without_abstaining(ours) == []
    assert "differently" not in {asked.id for asked in without_abstaining(nest)}
    assert len(without_abstaining(nest)) == len(nest.questions) - 1
    for asked in ours.questions:
        assert "rather_not" not in (*asked.agree, *asked.disagree)
        assert not isinstance(asked, Question) or asked.kind is Kind.COMMENT or Wave.BEFORE in asked.asked


def test_the_file_says_what_is_quoted_and_what_is_ours() -> None:
    head = re.sub(
        r"\s*\n#\s*", " ", (DATA / "citizens-jury-1.yaml").read_text(encoding="utf-8").split("\nid:")[0]
    )
    assert "support for a company developing an AI to diagnose sepsis from de-identified data" in head
    assert "Tully et al. 2018" in head
    assert head.count("ours") + head.count("our own") >= 3
