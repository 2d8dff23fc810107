"""The remote: what a press does to the stage, what is said when it cannot, and that a page from the past does nothing."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from survey.model import Performance, RevealState, Wave
from survey.phone.remote import POLICY, SCRIPT
from survey.phone.remote_acts import ACTS, SENTENCES
from survey.questionnaire.poll import poll_content
from survey.room.acts import ask_now
from survey.storage.checkpoints import reveals
from survey.storage.cues import cues, remove_cue
from survey.storage.database import Database, DatabaseBusy
from survey.storage.performances import close_wave, finish_performance, performance_by_id
from survey.storage.polls import vote
from survey.storage.rooms import set_timer, show
from survey.storage.seats import new_seat
from survey.storage.sign_ins import acts
from tests.phone.leading import ASKED, answer, prepare_run, stage_of

EMPTY = "There is no run of show yet."


@pytest.fixture
def run(sqlite_database: Database, after: Performance) -> list[str]:
    return prepare_run(sqlite_database, after)


class Remote:
    """One remote in somebody's hand."""

    def __init__(self, client: TestClient, performance: Performance) -> None:
        self.client = client
        self.home = f"/d/{performance.code}"
        self.page = ""

    def look(self, path: str = "") -> str:
        self.page = self.client.get(self.home + path).text
        return self.page

    def form(self, act: str) -> dict[str, str]:
        """Return what the form of one button sends, as the page says it now."""
        form = re.search(
            rf'<form method="post" action="{self.home}/{act}[?"].*?</form>', self.page, re.DOTALL
        )
        assert form, f"there is no button for {act}"
        return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))

    def press(self, act: str, **sent: str) -> str:
        """Press a button of the page as it stands; return the page that comes of it."""
        answer = self.client.post(f"{self.home}/{act}", data=self.form(act) | sent)
        assert answer.status_code == 303
        assert answer.headers["cache-control"] == "no-store"
        self.page = self.client.get(answer.headers["location"]).text
        return self.page


@pytest.fixture
def remote(client: TestClient, after: Performance, run: list[str]) -> Remote:
    remote = Remote(client, after)
    remote.look()
    return remote


def test_next_and_back_move_the_stage_and_say_where_it_is(
    sqlite_database: Database, after: Performance, remote: Remote, run: list[str]
) -> None:
    remote.press("next")
    page = remote.press("next")
    assert stage_of(sqlite_database, after).cue_id == run[1]
    assert "Who decides about &lt;b&gt;sleep&lt;/b&gt;?" in page
    assert "Count to ten &amp; wait." in page
    assert "cue 2 of 4" in page
    remote.press("back")
    assert stage_of(sqlite_database, after).cue_id == run[0]


def test_looking_again_and_going_back_in_the_browser_change_nothing(
    sqlite_database: Database, after: Performance, remote: Remote
) -> None:
    remote.press("next")
    before = stage_of(sqlite_database, after)
    for path in ("", "?not=end", "/cues", "/next"):
        remote.look(path)
    assert stage_of(sqlite_database, after) == before


def test_a_double_tap_on_next_goes_one_cue_on(
    sqlite_database: Database, after: Performance, remote: Remote, run: list[str]
) -> None:
    form = remote.form("next")
    for _ in range(2):
        answer = remote.client.post(f"{remote.home}/next", data=form)
        assert answer.headers["location"] == remote.home
    assert stage_of(sqlite_database, after).cue_id == run[0]


@pytest.mark.parametrize("act", ["next", "back", "reveal"])
def test_a_press_on_an_old_picture_does_nothing_and_says_so(
    sqlite_database: Database, after: Performance, remote: Remote, run: list[str], act: str
) -> None:
    for _ in range(2):
        remote.press("next")
    form = remote.form(act)
    sqlite_database.write(lambda c: show(c, after.id, {"view": "question", **ASKED}, cue_id=run[2]))
    moved = stage_of(sqlite_database, after)
    answer = remote.client.post(f"{remote.home}/{act}", data={**form, "cue": "another"})
    assert answer.headers["location"] == f"{remote.home}?not=moved"
    assert SENTENCES["moved"] in remote.client.get(answer.headers["location"]).text
    assert stage_of(sqlite_database, after) == moved


def test_the_panic_key_works_whatever_the_page_knew(
    sqlite_database: Database, after: Performance, remote: Remote
) -> None:
    form = remote.form("clear")
    sqlite_database.write(lambda c: show(c, after.id, {"view": "question", **ASKED}))
    assert remote.client.post(f"{remote.home}/clear", data=form).headers["location"] == remote.home
    assert stage_of(sqlite_database, after).showing == {"view": "black"}


def test_after_clearing_back_brings_what_was_on_stage(
    sqlite_database: Database, after: Performance, remote: Remote, run: list[str]
) -> None:
    for act in ("next", "next", "clear", "back"):
        remote.press(act)
    assert stage_of(sqlite_database, after).cue_id == run[1]
    assert stage_of(sqlite_database, after).showing["view"] == "prompt"


def test_black_goes_on_and_off_and_what_waits_is_said(
    sqlite_database: Database, after: Performance, remote: Remote
) -> None:
    for _ in range(2):
        remote.press("next")
    page = remote.press("black")
    assert stage_of(sqlite_database, after).dark
    assert "Behind the black:" in page
    remote.press("light")
    assert not stage_of(sqlite_database, after).dark


def test_reveal_is_refused_below_ten_and_then_shows_and_hides(
    sqlite_database: Database, after: Performance, remote: Remote
) -> None:
    for _ in range(3):
        remote.press("next")
    page = remote.press("reveal")
    assert SENTENCES["not-yet"] in page
    assert "<title>Error: " in page
    answer(sqlite_database, after, 12)
    assert "The room sees the result" in remote.press("reveal")
    assert states(sqlite_database, after) == [RevealState.SHOWN]
    assert "The result is hidden" in remote.press("hide")
    assert states(sqlite_database, after) == [RevealState.HIDDEN]


def states(database: Database, performance: Performance) -> list[RevealState]:
    with database.reading() as connection:
        return [row.state for row in reveals(connection, performance.id)]


def test_nothing_can_be_revealed_where_there_is_no_result(remote: Remote) -> None:
    remote.press("next")
    assert button(remote.page, "reveal").endswith("disabled>Reveal result")
    assert SENTENCES["no-result"] in remote.press("reveal")


def button(page: str, act: str) -> str:
    """Return one button, from its tag to its words."""
    found = re.search(rf'action="[^"]*/{act}".*?(<button.*?)</button>', page, re.DOTALL)
    assert found, act
    return found[1]


def test_the_end_of_the_run_is_said_before_and_after_the_press(remote: Remote) -> None:
    for _ in range(4):
        remote.press("next")
    assert "This was the last cue." in remote.page
    assert " disabled" in button(remote.page, "next")
    assert SENTENCES["end"] in remote.press("next")


def test_a_run_without_cues_says_where_to_make_one_and_the_stage_still_obeys(
    sqlite_database: Database, client: TestClient, after: Performance
) -> None:
    remote = Remote(client, after)
    assert EMPTY in remote.look()
    assert " disabled" in button(remote.page, "next")
    assert EMPTY in remote.look("/cues")
    remote.press("question", question="home_system", wave="after")
    assert stage_of(sqlite_database, after).showing == {"view": "question", **ASKED}
    remote.look("/cues")
    remote.press("join")
    assert stage_of(sqlite_database, after).showing == {"view": "join"}


def test_any_cue_can_be_chosen_and_one_that_is_gone_is_said(
    sqlite_database: Database, after: Performance, remote: Remote, run: list[str]
) -> None:
    remote.look("/cues")
    remote.press("show", cue=run[2])
    assert stage_of(sqlite_database, after).cue_id == run[2]
    listed = remote.look("/cues")
    assert listed.count('aria-current="true"') == 2  # as a cue, and as the question it asks
    sqlite_database.write(lambda c: remove_cue(c, run[3]))
    assert SENTENCES["no-cue"] in remote.press("show", cue=run[3])


@pytest.mark.parametrize(
    "sent", [{"question": "differently"}, {"question": "nothing"}, {"wave": "never"}, {}]
)
def test_what_is_no_question_for_the_stage_never_gets_there(
    sqlite_database: Database, after: Performance, remote: Remote, sent: dict[str, str]
) -> None:
    before = stage_of(sqlite_database, after)
    fields = {"question": "home_system", "wave": "before"} | sent if sent else {}
    answer = remote.client.post(f"{remote.home}/question", data=fields)
    assert answer.headers["location"] == f"{remote.home}?not=no-cue"
    assert stage_of(sqlite_database, after) == before


def test_another_performance_s_cue_is_not_shown_here(
    sqlite_database: Database, before: Performance, remote: Remote, after: Performance
) -> None:
    other = prepare_run(sqlite_database, before)
    answer = remote.client.post(f"{remote.home}/show", data={"cue": other[1]})
    assert answer.headers["location"] == f"{remote.home}?not=no-cue"
    assert stage_of(sqlite_database, after).cue_id is None


def test_the_timer_runs_for_the_cue_s_minutes_and_two_more_and_stops(
    sqlite_database: Database, after: Performance, remote: Remote
) -> None:
    for _ in range(2):
        remote.press("next")
    assert "Start 4 min" in remote.page
    page = remote.press("timer")
    assert 235 <= left(page) <= 240
    assert 355 <= left(remote.press("more")) <= 360
    sqlite_database.write(lambda c: set_timer(c, after.id, datetime.now(UTC) - timedelta(minutes=9)))
    assert "Time is up</p>" in remote.look()
    assert 115 <= left(remote.press("more")) <= 120
    remote.press("stop")
    assert stage_of(sqlite_database, after).timer_ends is None


def left(page: str) -> int:
    """Return the seconds a page's timer still has."""
    found = re.search(r'data-left="(\d+)" data-up="Time is up">(\d+):(\d\d)<', page)
    assert found
    assert int(found[1]) == int(found[2]) * 60 + int(found[3])
    return int(found[1])


def test_the_count_is_in_words_and_never_below_ten(
    sqlite_database: Database, after: Performance, remote: Remote
) -> None:
    answer(sqlite_database, after, 9)
    assert "Fewer than 10 people" in remote.look()
    answer(sqlite_database, after, 3)
    assert "12 people here have answered" in remote.look()


def test_while_a_poll_is_on_stage_its_votes_are_counted(
    sqlite_database: Database, after: Performance, remote: Remote
) -> None:
    content = poll_content("Shall we go on?", ["Yes", "No"])
    poll = sqlite_database.write(lambda c: ask_now(c, after, content))
    assert "Fewer than 10 have voted" in remote.look()
    assert "Shall we go on?" in remote.page
    for _ in range(11):
        sqlite_database.write(
            lambda c: vote(c, after, poll.id, seat=new_seat(), options=[poll.question.values[0]])
        )
    assert "11 have voted" in remote.look()
    assert "The room sees the result" in remote.press("reveal")


def test_a_remote_that_shows_just_that_is_told_so_in_no_bytes(
    sqlite_database: Database, after: Performance, remote: Remote
) -> None:
    first = remote.client.get(remote.home)
    known = {"If-None-Match": first.headers["etag"]}
    again = remote.client.get(remote.home, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    refused = remote.client.get(f"{remote.home}?not=end", headers=known)
    assert refused.status_code == 200  # the sentence arrives although nothing else is new
    for change in (
        lambda: remote.press("next"),
        lambda: answer(sqlite_database, after, 12),
        lambda: remote.press("black"),
        lambda: remote.press("timer"),
    ):
        change()
        fresh = remote.client.get(remote.home, headers=known)
        assert fresh.status_code == 200
        assert fresh.headers["etag"] != known["If-None-Match"]
        known = {"If-None-Match": fresh.headers["etag"]}


def test_every_act_leaves_one_line_in_the_log_under_who_did_it_and_a_refused_one_none(
    sqlite_database: Database, after: Performance, remote: Remote
) -> None:
    headers = {"x-houselights-account": "somebody"}
    for act in ("next", "reveal", "clear"):
        remote.client.post(f"{remote.home}/{act}", headers=headers)
    with sqlite_database.reading() as connection:
        logged = [(line.account_id, line.act, line.about) for line in acts(connection)]
    assert sorted(logged) == [
        ("somebody", "cleared the stage", after.code),
        ("somebody", "stage next cue", after.code),
    ]


def test_a_finished_performance_can_only_be_looked_at(
    sqlite_database: Database, after: Performance, remote: Remote
) -> None:
    sqlite_database.write(lambda c: finish_performance(c, after.id))
    before = stage_of(sqlite_database, after)
    assert "<form" not in remote.look()
    assert "<form" not in remote.look("/cues")
    for act in ACTS:
        answer = remote.client.post(f"{remote.home}/{act}", data={"cue": "any"})
        assert answer.headers["location"] == f"{remote.home}?not=finished"
    assert stage_of(sqlite_database, after) == before


def test_a_busy_database_changes_nothing_and_is_said(
    remote: Remote, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_: object, **__: object) -> None:
        raise DatabaseBusy

    monkeypatch.setattr(sqlite_database, "write_soon", busy)
    assert SENTENCES["busy"] in remote.press("next")


def test_the_shade_asked_for_stays(remote: Remote) -> None:
    page = remote.look("?shade=light")
    assert 'data-shade="light"' in page
    moved = remote.client.post(f"{remote.home}/next?shade=light")
    assert moved.headers["location"] == f"{remote.home}?shade=light"
    assert f'action="{remote.home}/next?shade=light"' in page
    assert f'href="{remote.home}"' in page


@pytest.mark.parametrize("path", ["/d/nothing2", "/d/nothing2/cues", "/d/", "/d/a/b/c"])
def test_an_unknown_performance_has_no_remote(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post("/d/nothing2/next").status_code == 404


def test_the_remote_s_policy_names_its_own_script_and_the_script_is_small(remote: Remote) -> None:
    answer = remote.client.get(remote.home)
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["cache-control"] == "no-store"
    assert f"<script>{SCRIPT}</script>" in answer.text
    assert len(SCRIPT.encode()) <= 1600


def test_a_question_asked_before_the_performance_says_so(
    sqlite_database: Database, after: Performance, remote: Remote
) -> None:
    sqlite_database.write(
        lambda c: show(
            c, after.id, {"view": "question", "question": "home_system", "wave": Wave.BEFORE.value}
        )
    )
    assert "Question asked before" in remote.look()


def test_the_run_s_order_is_the_list_s_order(
    sqlite_database: Database, after: Performance, remote: Remote
) -> None:
    with sqlite_database.reading() as connection:
        ids = [cue.id for cue in cues(connection, after.id)]
    assert re.findall(r'name="cue" value="([^"]+)"', remote.look("/cues")) == ids


def test_a_published_survey_has_its_name_and_says_what_it_waits_for(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    about = {"question": "research_nhs", "wave": "after", "benchmark": "aggarwal_2021_likely"}
    sqlite_database.write(lambda connection: show(connection, after.id, {"view": "beside", **about}))
    remote = Remote(client, after)
    assert "Beside a published survey" in remote.look()
    assert "Close them first: a published survey could sway the answers." in remote.page
    sqlite_database.write(lambda connection: close_wave(connection, after.id))
    assert "Fewer than 10 people have answered this" in remote.look()


def test_the_questions_are_closed_and_opened_again_from_the_remote_and_the_stage_and_the_number_stay(
    remote: Remote, sqlite_database: Database, after: Performance
) -> None:
    remote.look("/cues")
    remote.press("question", question="home_system", wave="after")
    shown = stage_of(sqlite_database, after)
    assert shown.started is not None, (
        "a question on stage begins the discussion, from the remote as from the desk"
    )
    for act, wave in (("close", None), ("open", Wave.AFTER)):
        remote.look("/cues")
        remote.press(act)
        with sqlite_database.reading() as connection:
            there = performance_by_id(connection, after.id)
        assert (there.open_wave, there.join_number) == (wave, after.join_number)
        assert stage_of(sqlite_database, after).showing == shown.showing
