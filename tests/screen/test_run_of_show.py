"""The run of show as it is prepared: made, changed cue by cue, put back, copied. On a real database."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from survey.model import Cue, CueKind, PollStanding, Role
from survey.settings import ROOT
from survey.storage import current
from survey.storage.cues import add_cue, cues
from survey.storage.database import Database
from survey.storage.polls import polls
from survey.storage.sign_ins import acts
from tests.databases import add_nest_performance
from tests.publication.evening import Evening, an_evening
from tests.screen.desks import field, labels, press, read

HOSTILE = "![x](http://evil.example/p.png) <img src=x onerror=alert(1)> **bold**"


@pytest.fixture
def evening(sqlite_database: Database) -> Iterator[Evening]:
    """One performance, and the page on the same database."""
    current.use(sqlite_database)
    yield an_evening(sqlite_database)
    current.use(None)


def run_page(evening: Evening, *, role: Role = Role.FACILITATOR, only: str = "") -> AppTest:
    """Return the page as somebody opens it."""
    page = AppTest.from_file(ROOT / "pages" / "run.py", default_timeout=60)
    page.user = {"role": role.value, "performance": only}
    page.query_params["performance"] = evening.performance.code
    page.run()
    assert not page.exception
    return page


def choose(page: AppTest, label: str, value: object) -> AppTest:
    """Choose from a list."""
    (found,) = (box for box in page.selectbox if box.label == label)
    found.set_value(value).run()
    assert not page.exception
    return page


def run_of(evening: Evening) -> list[Cue]:
    with evening.database.reading() as connection:
        return cues(connection, evening.id)


def kinds(evening: Evening) -> list[str]:
    return [cue.kind.value for cue in run_of(evening)]


def three(evening: Evening) -> list[Cue]:
    for kind in (CueKind.JOIN, CueKind.BLACK, CueKind.GOODBYE):
        evening.database.write(lambda connection: add_cue(connection, evening.id, kind, minutes=2))
    return run_of(evening)


def test_an_empty_run_is_made_from_the_questionnaire_in_one_press(evening: Evening) -> None:
    page = press(run_page(evening), "Make a run from the questionnaire")
    assert len(run_of(evening)) == 25
    assert "<strong>25</strong> cues" in read(page)
    assert "Hear two of each." in read(page)
    with evening.database.reading() as connection:
        assert [act.act for act in acts(connection)] == ["made a run"]


def test_two_people_who_press_at_once_make_one_run(evening: Evening) -> None:
    first, second = run_page(evening), run_page(evening)
    press(first, "Make a run from the questionnaire")
    assert "There is a run of show already." in read(press(second, "Make a run from the questionnaire"))
    assert len(run_of(evening)) == 25


def test_cues_move_up_and_down_and_what_is_removed_can_be_put_back(evening: Evening) -> None:
    three(evening)
    page = press(run_page(evening), "Down")
    assert kinds(evening) == ["black", "join", "goodbye"]
    page = press(page, "Up", nth=1)
    assert kinds(evening) == ["black", "goodbye", "join"]
    page = press(page, "Remove", nth=1)
    assert kinds(evening) == ["black", "join"]
    assert 'Taken out: <bdi dir="auto">Goodbye</bdi>' in read(page)
    page = press(page, "Put it back")
    assert kinds(evening) == ["black", "goodbye", "join"]
    assert [cue.minutes for cue in run_of(evening)] == [2, 2, 2]
    assert "Put it back" not in labels(page)


def test_a_prompt_is_added_where_it_belongs_with_notes_and_minutes(evening: Evening) -> None:
    three(evening)
    page = run_page(evening)
    field(page, "What the stage says").input("Who decides?")
    field(page, "Your notes, never on stage").input("Wait for silence.")
    field(page, "Minutes").input("4")
    (where,) = (box for box in page.selectbox if box.label == "Where")
    where.select_index(1)
    page = press(page, "Add this cue")
    added = run_of(evening)[1]
    assert (added.kind, added.about, added.notes, added.minutes) == (
        CueKind.PROMPT,
        {"text": "Who decides?"},
        "Wait for silence.",
        4,
    )
    assert "<strong>10</strong> minutes" in read(page)


def test_a_prompt_of_the_questionnaire_can_be_begun_with(evening: Evening) -> None:
    page = run_page(evening)
    (offered,) = (box for box in page.selectbox if box.label == "Begin with")
    assert len(offered.options) == 7
    press(choose(page, "Begin with", offered.options[1]), "Add this cue")
    assert run_of(evening)[0].about["text"] == offered.options[1]


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        (CueKind.QUESTION, {"question": "home_system", "wave": "after"}),
        (CueKind.CHANGE, {"question": "home_system"}),
        (CueKind.INFORMATION, {"text": "patient_data"}),
        (CueKind.CONTRIBUTIONS, {}),
        (CueKind.GOODBYE, {}),
    ],
)
def test_every_kind_of_cue_can_be_added(evening: Evening, kind: CueKind, about: dict[str, str]) -> None:
    press(choose(run_page(evening), "What the stage shows", kind), "Add this cue")
    assert [(cue.kind, dict(cue.about)) for cue in run_of(evening)] == [(kind, about)]


def test_another_audience_can_stand_beside_this_one(evening: Evening) -> None:
    other = add_nest_performance(evening.database)
    page = press(choose(run_page(evening), "What the stage shows", CueKind.BESIDE), "Add this cue")
    assert dict(run_of(evening)[0].about) == {"question": "home_system", "wave": "after", "code": other.code}
    assert "beside 20 March 2026, Upstairs Theatre" in read(page)


def test_a_published_survey_can_stand_beside_this_audience_without_any_other_performance(
    evening: Evening,
) -> None:
    page = choose(run_page(evening), "What the stage shows", CueKind.BESIDE)
    assert "only after the questions have closed" in read(page)
    page = press(choose(page, "Question", "trust_internet"), "Add this cue")
    about = {"question": "trust_internet", "wave": "after", "benchmark": "rss_ipsos_2014_trust_data"}
    assert dict(run_of(evening)[0].about) == about
    assert "beside Adults in Britain aged 16 to 75, 2014" in read(page)
    page = press(page, "Change")
    assert "Change cue 1" in read(page)
    press(page, "Save this cue")
    assert dict(run_of(evening)[0].about) == about


def test_the_survey_is_offered_after_the_other_audiences_and_for_its_own_question_only(
    evening: Evening,
) -> None:
    other = add_nest_performance(evening.database)
    page = choose(run_page(evening), "What the stage shows", CueKind.BESIDE)
    (offered,) = (box for box in page.selectbox if box.label == "Beside")
    assert offered.options == [f"{other.name} ({other.code})", "Published survey: Adults in the US, 2015"]
    page = press(choose(page, "Beside", ("benchmark", "pew_2015_smart_thermostat")), "Add this cue")
    assert run_of(evening)[0].about["benchmark"] == "pew_2015_smart_thermostat"
    page = choose(page, "What the stage shows", CueKind.BESIDE)
    page = choose(page, "Question", "closer_to")
    (offered,) = (box for box in page.selectbox if box.label == "Beside")
    assert offered.options == [f"{other.name} ({other.code})"]


def test_a_question_without_a_survey_says_so_and_is_not_added(evening: Evening) -> None:
    page = choose(run_page(evening), "What the stage shows", CueKind.BESIDE)
    page = choose(page, "Question", "share_with")
    assert "No published survey can stand beside this question" in read(page)
    page = press(page, "Add this cue")
    assert "Not saved yet. No published survey can stand beside this question" in read(page)
    assert run_of(evening) == []


def test_a_poll_is_prepared_with_its_answers_and_nothing_typed_is_lost(evening: Evening) -> None:
    page = choose(run_page(evening), "What the stage shows", CueKind.POLL)
    field(page, "Question").input("Tea or coffee?")
    field(page, "Answers, each on a line of its own").input("Tea")
    page = press(page, "Add this cue")
    assert "Type at least two answers" in read(page)
    assert (run_of(evening), field(page, "Question").value) == ([], "Tea or coffee?")
    field(page, "Answers, each on a line of its own").input("Tea\nCoffee")
    press(page, "Add this cue")
    with evening.database.reading() as connection:
        (asked,) = polls(connection, evening.id)
    assert asked.standing is PollStanding.PREPARED
    assert dict(run_of(evening)[0].about) == {"poll": asked.id}


def test_a_cue_is_changed_in_its_place_or_left_as_it_was(evening: Evening) -> None:
    three(evening)
    page = press(run_page(evening), "Change", nth=1)
    assert "Change cue 2" in read(page)
    page = press(page, "Leave it as it was")
    assert "Add a cue" in read(page)
    page = press(page, "Change", nth=1)
    field(page, "Minutes").input("soon")
    page = press(page, "Save this cue")
    assert "write a whole number from 1 to 180" in read(page)
    field(page, "Minutes").input("9")
    press(page, "Save this cue")
    assert [(cue.kind.value, cue.minutes) for cue in run_of(evening)] == [
        ("join", 2),
        ("black", 9),
        ("goodbye", 2),
    ]


def test_the_run_of_another_evening_is_copied(evening: Evening) -> None:
    three(evening)
    tomorrow = Evening(evening.database, add_nest_performance(evening.database).id)
    page = run_page(tomorrow)
    press(choose(page, "Or copy the run of", evening.performance.code), "Copy this run")
    assert kinds(tomorrow) == ["join", "black", "goodbye"]


def test_words_typed_into_a_cue_are_only_words(evening: Evening) -> None:
    page = run_page(evening)
    field(page, "What the stage says").input(HOSTILE)
    field(page, "Your notes, never on stage").input(HOSTILE)
    page = press(page, "Add this cue")
    assert "<img" not in read(page)
    assert read(page).count("&lt;img src=x") == 2


def test_a_performance_that_is_not_there_is_named_and_another_is_chosen_by_hand(evening: Evening) -> None:
    others = [add_nest_performance(evening.database) for _ in range(2)]
    page = AppTest.from_file(ROOT / "pages" / "run.py", default_timeout=20)
    page.user = {"role": Role.FACILITATOR.value, "performance": ""}
    page.query_params["performance"] = "gone"
    page.run()
    (picker,) = (box for box in page.selectbox if box.label == "Performance")
    assert picker.value is None
    assert "is not here" in " ".join(part.proto.body for part in page.get("html"))
    for other in (others[1], others[0]):
        (picker,) = (box for box in page.selectbox if box.label == "Performance")
        picker.set_value(other.code)
        page.run()
        (picker,) = (box for box in page.selectbox if box.label == "Performance")
        assert (picker.value, page.query_params["performance"]) == (other.code, other.code)
        assert "is not here" not in " ".join(part.proto.body for part in page.get("html"))


def test_a_sign_in_for_one_performance_sees_no_other(evening: Evening) -> None:
    other = add_nest_performance(evening.database)
    page = run_page(Evening(evening.database, other.id), only=evening.id)
    (picker,) = (box for box in page.selectbox if box.label == "Performance")
    assert len(picker.options) == 1
    assert picker.value is None, "another's is never replaced without a word"
    picker.select_index(0).run()
    press(page, "Make a run from the questionnaire")
    with evening.database.reading() as connection:
        assert (len(cues(connection, evening.id)), cues(connection, other.id)) == (25, [])
