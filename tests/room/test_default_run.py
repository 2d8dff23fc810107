"""The run that a questionnaire suggests: what comes after what, and whose notes stand beside it."""

from collections import Counter
from dataclasses import replace

import pytest

from survey.model import Cue, CueKind, EventKind, Performance, PollStanding, Questionnaire, Wave
from survey.questionnaire import DATA, load_questionnaire
from survey.questionnaire.poll import poll_content
from survey.questionnaire.prompts import Prompts, prompts_for
from survey.room.run import RunNotEmpty, copy_run, default_run, store_run
from survey.storage.cues import add_cue, cues
from survey.storage.database import Connection, Database
from survey.storage.performances import PerformanceUnknown
from survey.storage.polls import add_poll, polls, remove_poll
from tests.databases import UNSTORED, add_nest_performance


def nest() -> Questionnaire:
    return load_questionnaire(DATA / "the-nest-1.yaml")[0]


def suggested(kind: EventKind = EventKind.PERFORMANCE, asked: Questionnaire | None = None) -> list[Cue]:
    asked = asked or nest()
    return default_run(asked, prompts_for(asked), replace(UNSTORED, kind=kind))


def told(cue: Cue) -> str:
    """Say a cue in a word or two."""
    return cue.about.get("question") or cue.about.get("text", "")[:24] or cue.kind.value


def test_the_nests_run_opens_the_talk_and_sets_each_prompt_after_its_question() -> None:
    assert [told(cue) for cue in suggested()] == [
        "join",
        "black",
        "closer_to",
        "When did you first feel ",
        "home_system",
        "research_nhs",
        "Same fact, different lis",
        "share_with",
        "Who should decide what t",
        "ask_first",
        "Have you posted somethin",
        "matters_most",
        "What would have to be tr",
        "trust_nhs",
        "targeted_ads",
        "Most of us accept free w",
        "heard_of_optout",
        "home_system",
        "research_nhs",
        "research_nhs",
        "black",
        "contributions",
        "patient_data",
        "goodbye",
    ]


def test_before_to_after_comes_for_what_was_asked_twice_and_says_when() -> None:
    changes = [cue for cue in suggested() if cue.kind is CueKind.CHANGE]
    assert [cue.about for cue in changes] == [{"question": "home_system"}, {"question": "research_nhs"}]
    assert all("Close the questions first" in cue.notes for cue in changes)


def test_a_survey_that_asked_the_same_comes_last_of_all_results_and_says_when() -> None:
    run = suggested()
    beside = [cue for cue in run if cue.kind is CueKind.BESIDE]
    assert [cue.about for cue in beside] == [
        {"question": "research_nhs", "wave": "after", "benchmark": "aggarwal_2021_likely"},
    ]
    assert all("Close the questions first" in cue.notes for cue in beside)
    results = [cue.place for cue in run if cue.kind in (CueKind.QUESTION, CueKind.CHANGE)]
    assert max(results) < min(cue.place for cue in beside)


def test_a_battery_is_one_cue_whose_notes_name_its_other_rows() -> None:
    (trust,) = (cue for cue in suggested() if dict(cue.about) == {"question": "trust_nhs", "wave": "after"})
    assert trust.notes.startswith("Also under Questions: ")
    assert "internet" in trust.notes.lower()


def test_the_facilitators_notes_never_stand_on_stage() -> None:
    run = suggested()
    assert run[0].notes.startswith("Counts on the wall, never people")
    shown = " ".join(str(cue.showing) for cue in run)
    assert not [word for word in ("Counts on the wall", "Hear two", "63 →", "deficit") if word in shown]


def test_written_answers_get_no_cue_and_the_run_fits_an_evening() -> None:
    run = suggested()
    assert "differently" not in {cue.about.get("question") for cue in run}
    assert [cue.place for cue in run] == list(range(1, len(run) + 1))
    assert 20 <= sum(cue.minutes or 0 for cue in run) <= 45


@pytest.mark.parametrize("kind", list(EventKind))
def test_only_a_jury_or_a_workshop_writes_conclusions(kind: EventKind) -> None:
    kinds = Counter(cue.kind for cue in suggested(kind))
    assert kinds[CueKind.CONCLUSIONS] == (1 if kind in (EventKind.JURY, EventKind.WORKSHOP) else 0)


def test_a_questionnaire_without_prompts_still_makes_a_run() -> None:
    asked = load_questionnaire(DATA / "safeguards-1.yaml")[0]
    run = suggested(asked=asked)
    assert [told(cue) for cue in run if cue.kind is CueKind.QUESTION] == ["matters_order", "absorbing"]
    assert (run[0].kind, run[0].notes, run[-1].kind) == (CueKind.JOIN, "", CueKind.GOODBYE)


def test_a_prompt_whose_question_is_not_asked_here_is_not_lost() -> None:
    asked = nest()
    fewer = replace(asked, questions=asked.asked_in(Wave.BEFORE))
    texts = [cue.about["text"] for cue in suggested(asked=fewer) if cue.kind is CueKind.PROMPT]
    assert len(texts) == 6


def test_the_suggested_run_is_stored_once(database: Database, performance: Performance) -> None:
    run = default_run(nest(), Prompts("the-nest"), performance)
    assert database.write(lambda connection: store_run(connection, performance, run)) == len(run)
    with database.reading() as connection:
        stored = cues(connection, performance.id)
    assert [replace(cue, id="") for cue in stored] == run
    with pytest.raises(RunNotEmpty):
        database.write(lambda connection: store_run(connection, performance, run))


def test_a_run_is_copied_with_its_polls_but_none_of_their_answers(
    database: Database, performance: Performance, nest_version: str
) -> None:
    tomorrow = add_nest_performance(database, version_id=nest_version)

    def prepare(connection: Connection) -> None:
        gone, asked = (
            add_poll(
                connection, performance.id, poll_content(words, ["Yes", "No"]), standing=PollStanding.CLOSED
            )
            for words in ("Forgotten?", "Tea or coffee?")
        )
        add_cue(connection, performance.id, CueKind.JOIN, notes="Wait.", minutes=2)
        add_cue(connection, performance.id, CueKind.POLL, about={"poll": gone.id})
        add_cue(connection, performance.id, CueKind.POLL, about={"poll": asked.id})
        add_cue(connection, performance.id, CueKind.BESIDE, about={"question": "q", "code": tomorrow.code})
        remove_poll(connection, gone.id)

    database.write(prepare)
    assert database.write(lambda connection: copy_run(connection, tomorrow, performance.code)) == 3
    with database.reading() as connection:
        copied, asked = cues(connection, tomorrow.id), polls(connection, tomorrow.id)
    assert [(poll.question.text.reference, poll.standing) for poll in asked] == [
        ("Tea or coffee?", PollStanding.PREPARED)
    ]
    assert [(cue.kind, dict(cue.about), cue.notes, cue.minutes) for cue in copied] == [
        (CueKind.JOIN, {}, "Wait.", 2),
        (CueKind.POLL, {"poll": asked[0].id}, "", None),
        (CueKind.BESIDE, {"question": "q", "code": performance.code}, "", None),
    ]
    with pytest.raises(RunNotEmpty):
        database.write(lambda connection: copy_run(connection, tomorrow, performance.code))
    with pytest.raises(PerformanceUnknown):
        database.write(lambda connection: copy_run(connection, tomorrow, "nowhere2"))
