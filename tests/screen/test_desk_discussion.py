"""The desk in a discussion: the run, the timer, black and panic, polls asked on the spot, the audience's words."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from survey.model import ContributionStanding, Cue, CueKind, EventKind, PollStanding, Role
from survey.questionnaire.poll import poll_content
from survey.room.acts import ask_now
from survey.screen.room.calling import clock_words, remaining
from survey.storage import current
from survey.storage.contributions import (
    add_contribution,
    approve,
    board,
    contributions,
    mark_answered,
)
from survey.storage.cues import add_cue, cues, remove_cue
from survey.storage.database import Connection, Database
from survey.storage.polls import find_poll, polls, vote
from survey.storage.rooms import room, set_timer
from survey.storage.seats import new_seat
from survey.storage.sign_ins import acts
from tests.databases import add_nest_performance
from tests.publication.comparing import closed
from tests.publication.evening import Evening, an_evening
from tests.screen.desks import desk, field, labels, press, read, showing

HOSTILE = "![x](http://evil.example/p.png) <img src=x onerror=alert(1)> **bold**"


@pytest.fixture
def evening(sqlite_database: Database) -> Iterator[Evening]:
    """One performance and its audience, and the desk's page on the same database."""
    current.use(sqlite_database)
    yield an_evening(sqlite_database)
    current.use(None)


@pytest.fixture
def run(evening: Evening) -> list[Cue]:
    """A run of three: join, a prompt with notes, a question."""

    def prepare(connection: Connection) -> list[Cue]:
        add_cue(connection, evening.id, CueKind.JOIN)
        about = {"text": "Who decides?"}
        add_cue(connection, evening.id, CueKind.PROMPT, about=about, notes="Hear two of each.", minutes=4)
        asked = {"question": "home_system", "wave": "after"}
        add_cue(connection, evening.id, CueKind.QUESTION, about=asked)
        return cues(connection, evening.id)

    return evening.database.write(prepare)


def typed(evening: Evening, question: str, answers: str, kind: str = "") -> str:
    """Type a poll at a new desk and ask the room; return what the desk then says."""
    page = desk(evening)
    field(page, "Question").input(question)
    field(page, "Answers, each on a line of its own").input(answers)
    if kind:
        (picker,) = (radio for radio in page.radio if radio.label == "How people answer")
        picker.set_value(kind)
    page = press(page, "Ask the room now")
    return f"{read(page)}{field(page, 'Question').value}"


def test_next_and_back_go_along_the_run_with_the_notes_of_each_cue(evening: Evening, run: list[Cue]) -> None:
    page = press(press(desk(evening), "Next"), "Next")
    assert showing(evening) == {"view": "prompt", "text": "Who decides?"}
    said = read(page)
    assert "Cue 2 of 3 · Prompt" in said
    assert "Hear two of each." in said
    assert "A home system that learns your routine" in said.split("<span>Next</span>")[1]
    page = press(page, "Next")
    assert "shows the result; then this was the last cue" in read(page)
    assert "Fewer than 10" in read(press(page, "Next"))
    press(page, "Back")
    assert showing(evening)["view"] == "prompt"


def test_two_desks_that_press_next_at_once_skip_no_cue(evening: Evening, run: list[Cue]) -> None:
    first, second = desk(evening), desk(evening, Role.ORGANISER)
    press(first, "Next")
    press(second, "Next")
    assert showing(evening) == {"view": "join"}
    assert "Cue 1 of 3" in read(first.run())
    press(second, "Next")
    assert "Cue 2 of 3" in read(first.run())


def test_any_cue_is_one_press_away_and_one_that_is_gone_says_so(evening: Evening, run: list[Cue]) -> None:
    page = press(desk(evening), "Go to this", nth=2)
    assert showing(evening)["question"] == "home_system"
    evening.database.write(lambda connection: remove_cue(connection, run[0].id))
    page = press(page, "Go to this")
    assert "This cue is no longer in the run." in read(page)
    assert showing(evening)["question"] == "home_system"


def test_a_desk_that_looked_away_never_reveals_another_question(evening: Evening, run: list[Cue]) -> None:
    evening.answers("home_system", {"depends": 6, "acceptable": 6})
    evening.answers("closer_to", {"sean": 6, "sara": 6})
    page = press(desk(evening), "Go to this", nth=2)
    evening.show("question", "closer_to")
    page = press(page, "Reveal this result")
    assert "The stage has changed since you looked." in read(page)
    assert not evening.look("closer_to").shown
    press(page, "Reveal this result")
    assert evening.look("closer_to").shown


def test_the_panic_key_clears_the_stage_and_back_puts_the_cue_on_again(
    evening: Evening, run: list[Cue]
) -> None:
    page = press(press(desk(evening), "Go to this", nth=1), "Clear the stage now")
    assert showing(evening) == {"view": "black"}
    press(page, "Back")
    assert showing(evening)["view"] == "prompt"


def test_a_desk_without_a_run_makes_one(evening: Evening) -> None:
    page = press(desk(evening), "Make a run from the questionnaire")
    assert "25 cues" in read(page)
    press(page, "Next")
    assert showing(evening) == {"view": "join"}


def test_a_cue_put_in_here_is_on_stage_and_the_run_goes_on_behind_it(
    evening: Evening, run: list[Cue]
) -> None:
    page = press(desk(evening), "Next")
    page = press(page, "Put this on stage")
    assert "Type what the stage shall show first." in read(page)
    field(page, "Put a cue in here").input("What would you ask Sara?")
    page = press(page, "Put this on stage")
    assert showing(evening) == {"view": "prompt", "text": "What would you ask Sara?"}
    assert field(page, "Put a cue in here").value == ""
    with evening.database.reading() as connection:
        kinds = [cue.kind for cue in cues(connection, evening.id)]
    assert kinds == [CueKind.JOIN, CueKind.PROMPT, CueKind.PROMPT, CueKind.QUESTION]
    press(page, "Next")
    assert showing(evening) == {"view": "prompt", "text": "Who decides?"}


def test_the_timer_is_started_shown_and_taken_away(evening: Evening, run: list[Cue]) -> None:
    page = press(desk(evening), "Go to this", nth=1)
    page = press(page, "Cue’s 4 min")
    with evening.database.reading() as connection:
        ends = room(connection, evening.id).timer_ends
    assert ends is not None
    assert timedelta(minutes=3, seconds=50) < ends - datetime.now(UTC) <= timedelta(minutes=4)
    assert ">3:5" in read(page) or ">4:00" in read(page)
    page = press(page, "Stop")
    assert "–:––" in read(page)
    page = press(page, "5 min")
    evening.database.write(
        lambda connection: set_timer(connection, evening.id, datetime.now(UTC) - timedelta(seconds=2))
    )
    said = read(page.run())
    assert "The timer is over." in said
    assert 'desk-clock ending" role="timer">0:00' in said


@pytest.mark.parametrize(("seconds", "words"), [(None, "–:––"), (0, "0:00"), (61, "1:01"), (3600, "60:00")])
def test_a_clock_reads_minutes_and_seconds(seconds: int | None, words: str) -> None:
    assert clock_words(seconds) == words


def test_a_timer_never_goes_below_nothing() -> None:
    noon = datetime(2026, 4, 25, 12, tzinfo=UTC)
    assert remaining(noon - timedelta(hours=1), noon) == 0
    assert remaining(noon + timedelta(seconds=90), noon) == 90


def test_the_desk_says_how_many_answered_of_how_many_and_the_rate(evening: Evening) -> None:
    evening.expect(48)
    evening.answers("home_system", {"depends": 12})
    assert "12 of 48 here have answered, 25 in 100" in read(desk(evening))


def test_few_answers_are_said_as_a_hint_and_never_as_a_number(evening: Evening) -> None:
    evening.answers("home_system", {"depends": 4})
    page = press(desk(evening), "Show this on stage")
    said = read(page)
    assert "Few have answered yet: give it a minute?" in said
    assert "4 answers" not in said


def test_a_poll_is_asked_in_one_press_and_is_on_stage_and_open(evening: Evening) -> None:
    said = typed(evening, "Tea or coffee?", "Tea\nCoffee\n")
    with evening.database.reading() as connection:
        (asked,) = polls(connection, evening.id)
    assert showing(evening) == {"view": "poll", "poll": asked.id}
    assert (asked.standing, [str(option.label) for option in asked.question.options]) == (
        PollStanding.OPEN,
        ["Tea", "Coffee"],
    )
    assert "The room is asked." in said
    assert not said.endswith("Tea or coffee?")


def test_a_poll_without_typed_answers_offers_yes_no_and_not_sure_or_numbers(evening: Evening) -> None:
    typed(evening, "Would you have told Sara?", "")
    typed(evening, "How uneasy were you?", "", "number")
    with evening.database.reading() as connection:
        found = {poll.question.text.reference: poll.question for poll in polls(connection, evening.id)}
    told = found["Would you have told Sara?"]
    assert [str(option.label) for option in told.options] == ["Yes", "No", "Not sure"]
    assert len(found["How uneasy were you?"].options) == 11


@pytest.mark.parametrize(
    ("question", "answers", "kind", "said"),
    [
        ("", "Tea\nCoffee", "", "Type the question first."),
        ("Tea or coffee?", "Tea", "", "Type at least two answers"),
        ("Tea or coffee?", "Tea\ntea", "", "Two answers are the same"),
        ("How many cups?", "Tea\nCoffee", "number", "needs no answers"),
    ],
)
def test_a_poll_that_needs_another_look_is_not_asked_and_not_lost(
    evening: Evening, question: str, answers: str, kind: str, said: str
) -> None:
    heard = typed(evening, question, answers, kind)
    assert said in heard
    assert heard.endswith(question)
    assert showing(evening) == {"view": "join"}


def test_a_poll_is_prepared_asked_closed_and_opened_again(evening: Evening) -> None:
    page = desk(evening)
    field(page, "Question").input("Tea or coffee?")
    page = press(page, "Prepare it for later")
    assert showing(evening) == {"view": "join"}
    assert "prepared, not asked yet" in read(page)
    page = press(page, "Ask this now")
    with evening.database.reading() as connection:
        (asked,) = polls(connection, evening.id)
    assert (asked.standing, showing(evening)) == (PollStanding.OPEN, {"view": "poll", "poll": asked.id})
    page = press(page, "Close")
    with evening.database.reading() as connection:
        assert find_poll(connection, asked.id).standing is PollStanding.CLOSED
    page = press(page, "Open again")
    with evening.database.reading() as connection:
        assert find_poll(connection, asked.id).standing is PollStanding.OPEN


def test_a_poll_is_revealed_and_hidden_like_a_question_and_hidden_at_first(evening: Evening) -> None:
    performance = evening.performance
    content = poll_content("Tea or coffee?", ["Tea", "Coffee"])
    asked = evening.database.write(lambda connection: ask_now(connection, performance, content))
    page = press(desk(evening), "Reveal this result")
    assert "Fewer than 10 people have answered" in read(page)

    def votes_come(connection: Connection) -> None:
        for number in range(12):
            option = f"option_{1 + number % 2}"
            vote(connection, performance, asked.id, seat=new_seat(), options=[option])

    evening.database.write(votes_come)
    page = press(page.run(), "Reveal this result")
    assert "12 answers · revealed" in read(page)
    assert "Freeze this result" not in labels(page)
    page = press(page, "Hide this result")
    assert "hidden again" in read(page)


def words_come(evening: Evening, *texts: str) -> None:
    """The audience sends words and a moderator lets them through."""
    for text in texts:
        evening.database.write(
            lambda connection: approve(
                connection, evening.id, add_contribution(connection, evening.id, text).id
            )
        )


def test_the_desk_counts_what_waits_and_never_shows_its_words(evening: Evening) -> None:
    evening.database.write(lambda connection: add_contribution(connection, evening.id, "canary-7Q"))
    said = read(desk(evening))
    assert "1 waits for a moderator." in said
    assert "<strong>1</strong> waits for a moderator" in said
    assert "canary-7Q" not in said


def test_approved_words_are_pinned_ticked_off_and_hidden_again(evening: Evening) -> None:
    words_come(evening, "Who owns the record?")
    page = press(desk(evening), "Show the audience’s words")
    assert showing(evening) == {"view": "contributions"}

    def there() -> tuple[bool, bool]:
        with evening.database.reading() as connection:
            (one,) = board(connection, evening.id)
        return one.contribution.pinned, one.contribution.answered

    page = press(page, "Pin")
    assert there() == (True, False)
    page = press(page, "Unpin")
    assert there() == (False, False)
    page = press(page, "Answered")
    assert there() == (False, True)
    page = press(page, "Hide again")
    with evening.database.reading() as connection:
        assert board(connection, evening.id) == []
        assert len(contributions(connection, evening.id, ContributionStanding.WAITING)) == 1
    assert "Who owns the record?" not in read(page)


def test_hostile_words_stay_words_on_the_desk(evening: Evening) -> None:
    words_come(evening, HOSTILE)
    said = read(desk(evening))
    assert "&lt;img src=x onerror=alert(1)&gt; **bold**" in said
    assert "<img src=x" not in said


def test_the_newest_words_can_stand_first(evening: Evening) -> None:
    words_come(evening, "First came this", "Then came that")
    with evening.database.reading() as connection:
        ids = [one.contribution.id for one in board(connection, evening.id)]
    evening.database.write(lambda connection: mark_answered(connection, evening.id, ids[0], False))
    page = desk(evening)
    page.session_state[f"desk-order-{evening.performance.code}"] = "newest"
    said = read(page.run())
    listed = said[said.index("approved") :]
    assert listed.index("Then came that") < listed.index("First came this")


def test_a_sign_in_for_one_performance_has_that_one_alone(evening: Evening) -> None:
    other = Evening(evening.database, add_nest_performance(evening.database).id)
    page = desk(other, only=evening.id)
    (picker,) = (box for box in page.selectbox if box.label == "Performance")
    assert len(picker.options) == 1
    assert "The performance you came from is not here." in read(page)
    assert labels(page) == []
    press(picker.select(picker.options[0]).run(), "Make the stage dark")
    assert showing(evening)["dark"] is True
    assert showing(other) == {"view": "join"}


def test_every_act_on_the_stage_is_one_line_in_the_log(evening: Evening, run: list[Cue]) -> None:
    page = press(press(desk(evening), "Next"), "Make the stage dark")
    press(page, "Clear the stage now")
    with evening.database.reading() as connection:
        assert sorted(act.act for act in acts(connection)) == ["cleared the stage", "cue 1", "stage black"]


def test_the_projector_is_explained_where_its_link_is_made(evening: Evening) -> None:
    said = read(desk(evening))
    assert "press F11" in said
    assert "Turn off sleep on the projector's computer." in said


@pytest.mark.parametrize(
    ("kind", "there"), [(EventKind.PERFORMANCE, 0), (EventKind.JURY, 1), (EventKind.WORKSHOP, 1)]
)
def test_only_a_jury_or_a_workshop_writes_conclusions_at_the_desk(
    evening: Evening, kind: EventKind, there: int
) -> None:
    together = Evening(evening.database, add_nest_performance(evening.database, kind=kind).id)
    page = desk(together)
    assert [tab.label for tab in page.tabs].count("Conclusions") == there
    assert "Note" in labels(page)


def test_the_desk_says_why_a_published_survey_does_not_show_yet(evening: Evening) -> None:
    about = {"question": "research_nhs", "wave": "after", "benchmark": "aggarwal_2021_likely"}
    evening.answers("research_nhs", {"not_sure": 20, "very_likely": 20})
    cue = evening.database.write(lambda c: add_cue(c, evening.id, CueKind.BESIDE, about=about))
    page = press(desk(evening), "Next")
    assert showing(evening) == cue.showing
    assert "Close them first: a published survey could sway the answers." in read(page)
    assert "beside Patients and public, London hospital, 2021" in read(page)
    closed(evening)
    page = desk(evening)
    assert "Close them first" not in read(page)
    assert "fewer in 100 said likely here than in the published survey" in read(page)
