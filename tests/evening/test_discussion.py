"""One discussion, led with five real browsers at once and two hundred phones: every cue, on real parts."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from survey.commands.simulated_phone import SimulatedPhone
from survey.model import Cue, CueKind, Wave
from survey.storage.conclusions import write_conclusion
from survey.storage.cues import add_cue, cues
from survey.storage.database import Connection, Database, open_database
from survey.storage.performances import find_performance
from survey.storage.questionnaires import find_version
from tests.evening.browsers import VENUE, Browsers, browsers, eventually
from tests.evening.phones import answer_all
from tests.evening.talking import support_all, vote_all
from tests.evening.test_evening import address, answers, venue_server
from tests.running import Server, in_a_thread
from tests.screen.looking import settled

pytestmark = [pytest.mark.server, pytest.mark.browser]

PEOPLE = 200
GOOD = "Who owns what the house has learned, if the company is sold?"
BAD = "You are all fools, says Mr Canary-7731"
CONCLUDED = "Ask Sean first, whatever the house knows."


@dataclass
class Room:
    """One evening's discussion: the server, its five browsers, its phones."""

    server: Server
    opened: Browsers
    database: Database
    code: str
    phones: list[SimulatedPhone]
    stage: Any
    desk: Any
    remote: Any
    moderator: Any
    phone: Any

    def on_stage(self, *words: str, seconds: float = 60) -> None:
        """Wait until the stage says all of these."""
        eventually(lambda: all(each in self.said() for each in words), self.stage, seconds=seconds)

    def said(self) -> str:
        """Return what the stage says now, in one line."""
        return " ".join(str(self.stage.locator(".layer").all_inner_texts()).split())

    def press(self, words: str) -> None:
        """Press a button of the remote, as a thumb does."""
        self.remote.get_by_role("button", name=words, exact=True).click()

    def part(self, name: str) -> None:
        """Turn to one part of the desk."""
        settled(self.desk)
        self.desk.get_by_role("tab", name=name, exact=True).click()
        settled(self.desk)

    def photograph(self, name: str, page: Any = None, *, whole: bool = False) -> None:
        """Keep a picture, of the stage unless another page is meant."""
        self.stage.wait_for_timeout(1000)
        self.opened.photograph(page or self.stage, f"talk_{name}", whole=whole)


def test_a_discussion_is_led_from_desk_and_remote(
    serve: Callable[..., Server], chromium: Any, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = venue_server(serve)
    pictures = Path(request.config.getoption("--pictures") or tmp_path / "pictures")
    with browsers(chromium, pictures) as opened:
        room = the_house_fills(server, opened)
        every_cue_has_its_picture(room)
        a_result_is_revealed_from_the_remote(room)
        a_question_is_asked_on_the_spot(room)
        the_audience_is_heard(room)
        the_panic_key_clears_the_stage(room)
        the_server_restarts_in_the_middle(room)
        what_needs_closed_questions(room)
        room.database.close()
        strangers = {urlsplit(url).hostname for url in opened.requested} - {VENUE, None, ""}
        assert strangers == set()


def the_house_fills(server: Server, opened: Browsers) -> Room:
    """Two hundred phones answer before and after; five browsers open, each with its own sign-in."""
    other = server.add_performance(date="2015-10-29", venue="Upstairs", capacity=60, open="after")["code"]
    others = [SimulatedPhone(server.address) for _ in range(40)]
    in_a_thread(answer_all(others, other, answers(12, 40, after=True)))
    server.command("performances", "close", other)
    code = server.add_performance(date="2026-11-24", venue="53Two", capacity=220, open="before")["code"]
    phones = [SimulatedPhone(server.address) for _ in range(PEOPLE)]
    in_a_thread(answer_all(phones, code, answers(80, PEOPLE, after=False)))
    server.command("performances", "open", code, "after")
    in_a_thread(answer_all(phones, code, answers(110, PEOPLE, after=True)))
    database = open_database(server.database_url)
    database.write(lambda connection: prepare(connection, code, other))

    def enter(page: Any, *link: str, button: str = "Sign in") -> Any:
        page.goto(server.command(*link).split()[-1])
        with page.expect_navigation():
            page.get_by_role("button", name=button).click()
        return page

    only = ("--performance", code)
    stage = enter(opened.screen(), "stage-link", code, button="Open the stage screen")
    desk = enter(opened.screen(), "sign-in-link", "facilitator", *only)
    desk.goto(address(server, f"/desk?performance={code}"))
    settled(desk)
    remote = enter(opened.phone(), "sign-in-link", "facilitator", *only)
    remote.goto(address(server, f"/d/{code}"))
    moderator = enter(opened.phone(), "sign-in-link", "moderator", *only)
    moderator.goto(address(server, f"/m/{code}"))
    phone = opened.phone()
    phone.goto(address(server, f"/p/{code}/room"))
    room = Room(server, opened, database, code, phones, stage, desk, remote, moderator, phone)
    room.on_stage("What do you think?", "200 people here have answered")
    room.photograph("join")
    return room


def prepare(connection: Connection, code: str, other: str) -> None:
    """Prepare a run with one cue of every kind that needs no poll, and a conclusion."""
    performance = find_performance(connection, code)
    asked = {"question": "home_system", "wave": Wave.AFTER.value}
    for kind, about in (
        (CueKind.JOIN, {}),
        (CueKind.PROMPT, {"text": "When did you first feel uneasy about the house?"}),
        (CueKind.QUESTION, asked),
        (CueKind.CHANGE, {"question": "home_system"}),
        (CueKind.BESIDE, asked | {"code": other}),
        (CueKind.BESIDE, asked | {"benchmark": "pew_2015_smart_thermostat"}),
        (CueKind.CONTRIBUTIONS, {}),
        (CueKind.INFORMATION, {"text": "patient_data"}),
        (CueKind.CONCLUSIONS, {}),
        (CueKind.BLACK, {}),
        (CueKind.GOODBYE, {}),
    ):
        add_cue(connection, performance.id, kind, about=about, notes=f"Notes for {kind.value}.", minutes=3)
    write_conclusion(connection, performance.id, CONCLUDED, 0)


def every_cue_has_its_picture(room: Room) -> None:
    """The remote goes through the whole run; the stage, the desk and a phone follow."""
    asked = "A company offers a low-cost home system"
    expected = {
        CueKind.JOIN: "What do you think?",
        CueKind.PROMPT: "When did you first feel uneasy",
        CueKind.QUESTION: asked,
        CueKind.CHANGE: asked,
        CueKind.BESIDE: asked,
        CueKind.CONTRIBUTIONS: "From the audience",
        CueKind.CONCLUSIONS: CONCLUDED,
        CueKind.BLACK: "The stage is dark.",
        CueKind.GOODBYE: "Thank you",
    }
    for cue in run_of(room):
        room.press("Next")
        room.remote.get_by_text(f"Notes for {cue.kind.value}.").wait_for()
        if words := expected.get(cue.kind):
            room.on_stage(words)
        room.photograph(f"cue_{cue.place:02}_{cue.kind.value}")
        if cue.kind is CueKind.QUESTION:
            assert "in 100" not in room.said()
            room.desk.get_by_text(f"Notes for {cue.kind.value}.").first.wait_for()
            eventually(lambda: asked in room.phone.inner_text("main"), room.phone)
            room.press("Next")  # what stands hidden is shown first
            eventually(lambda: "in 100" in room.said(), room.stage)
    assert room.remote.get_by_role("button", name="Next", exact=True).is_disabled()


def run_of(room: Room) -> list[Cue]:
    with room.database.reading() as connection:
        return cues(connection, find_performance(connection, room.code).id)


def a_result_is_revealed_from_the_remote(room: Room) -> None:
    """Hidden by default; the thumb reveals it on stage, on the phone and nowhere before."""
    go_to(room, CueKind.QUESTION)
    room.on_stage("A company offers", "55 in 100")
    room.press("Hide result")
    eventually(lambda: "55 in 100" not in room.said(), room.stage)
    room.press("Reveal result")
    room.on_stage("55 in 100")
    room.photograph("revealed")
    eventually(lambda: "55 in 100" in room.phone.inner_text("main"), room.phone)
    room.photograph("phone_result", room.phone, whole=True)
    room.photograph("remote", room.remote)
    room.photograph("desk", room.desk)
    room.press("Hide result")
    eventually(lambda: "55 in 100" not in room.said(), room.stage)


def go_to(room: Room, kind: CueKind) -> None:
    """Jump to a cue from the remote's list."""
    with room.remote.expect_navigation():
        room.remote.get_by_role("link", name="All cues and questions").click()
    place = next(number for number, cue in enumerate(run_of(room)) if cue.kind is kind)
    with room.remote.expect_navigation():
        room.remote.locator("ol li").nth(place).get_by_role("button").click()
    room.remote.get_by_text(f"Notes for {kind.value}.").wait_for()


def a_question_is_asked_on_the_spot(room: Room) -> None:
    """Typed at the desk, on stage and on phones at once; one reveal."""
    room.part("Ask the room now")
    room.desk.get_by_label("Question", exact=True).fill("Should the house call the doctor?")
    room.desk.get_by_label("Answers, each on a line of its own").fill("Yes\nNo\nOnly if Sean agrees")
    room.desk.get_by_role("button", name="Ask the room now").click()
    room.on_stage("Should the house call the doctor?", "Only if Sean agrees")
    room.photograph("poll")
    options = [f"option_{1 + number % 3 if number < 120 else 1}" for number in range(PEOPLE)]
    in_a_thread(vote_all(room.phones, room.code, options))
    eventually(lambda: "Should the house" in room.phone.inner_text("main"), room.phone)
    room.phone.locator("label:has(input[value=option_2])").click()
    with room.phone.expect_navigation():
        room.phone.get_by_role("button", name="Send my answer").click()
    room.phone.get_by_text("Your answer is in.").wait_for()
    room.photograph("phone_poll", room.phone, whole=True)
    assert "in 100" not in room.said()
    settled(room.desk)
    room.desk.get_by_role("button", name="Reveal this result").click()
    room.on_stage("60 in 100", "in 100 of the 201 who answered")
    room.photograph("poll_revealed")


def the_audience_is_heard(room: Room) -> None:
    """One contribution is approved, supported, pinned and answered; one is refused and reaches nobody."""
    for words in (GOOD, BAD):
        room.phone.goto(address(room.server, f"/p/{room.code}/room/contribute"))
        room.phone.get_by_label("What would you like to ask").fill(words)
        with room.phone.expect_navigation():
            room.phone.get_by_role("button", name="Send it to the moderator").click()
    room.phone.goto(address(room.server, f"/p/{room.code}/room"))
    waiting = room.moderator.locator("#waiting li")
    eventually(lambda: waiting.count() == 2, room.moderator)
    room.photograph("moderator", room.moderator, whole=True)
    waiting.filter(has_text=BAD).get_by_role("button", name="Refuse: it is naming a person").click()
    waiting.filter(has_text=GOOD).get_by_role("button", name="Approve").click()
    eventually(lambda: waiting.count() == 0, room.moderator)
    in_a_thread(support_all(room.phones[:31], room.code))
    room.part("From the audience")
    room.desk.get_by_role("button", name="Show the audience’s words").click()
    room.on_stage("From the audience", GOOD)
    room.photograph("contributions")
    eventually(lambda: GOOD in room.phone.inner_text("main"), room.phone)
    room.photograph("phone_contributions", room.phone, whole=True)
    settled(room.desk)
    room.desk.get_by_role("button", name="Pin", exact=True).click()
    room.on_stage(GOOD)
    room.photograph("pinned")
    settled(room.desk)
    room.desk.get_by_role("button", name="Answered", exact=True).click()
    eventually(lambda: GOOD not in room.said(), room.stage)
    for page in (room.stage, room.desk, room.phone, room.remote):
        assert "Canary-7731" not in page.content()


def the_panic_key_clears_the_stage(room: Room) -> None:
    """One press on the remote: black at once, and nothing waits behind it."""
    go_to(room, CueKind.PROMPT)
    room.on_stage("When did you first feel uneasy")
    room.press("Clear the stage")
    room.on_stage("The stage is dark.", seconds=5)
    room.photograph("panic")
    room.press("Back")
    room.on_stage("When did you first feel uneasy")


def the_server_restarts_in_the_middle(room: Room) -> None:
    """While the server is away the last picture stands, without a word about it; then everything goes on."""
    before = room.said()
    room.server.stop()
    for _ in range(20):
        room.stage.wait_for_timeout(100)
        assert room.said() == before
    visible = room.stage.locator("[role=dialog]:visible, [data-testid=stAlert]:visible").count()
    assert visible == 0
    room.photograph("server_away")
    room.server.start()
    eventually(lambda: room.remote.get_by_role("button", name="Next", exact=True).is_enabled(), room.remote)
    room.press("Next")
    room.on_stage("A company offers", seconds=40)
    eventually(lambda: "A company offers" in room.phone.inner_text("main"), room.phone, seconds=60)


def what_needs_closed_questions(room: Room) -> None:
    """Before → after, another audience and a published survey beside this one show only once the questions are closed."""
    go_to(room, CueKind.CHANGE)
    assert "after than before" not in room.said()
    room.desk.reload()
    settled(room.desk)
    room.desk.get_by_role("button", name="Close the “after” questions").click()
    room.desk.get_by_text("The questions are closed.").first.wait_for()
    room.on_stage("Clearly more people said acceptable after than before.")
    room.photograph("change")
    go_to(room, CueKind.BESIDE)
    room.on_stage("A company offers")
    room.photograph("beside")
    room.press("Next")
    room.on_stage("in the published survey 27 in 100")
    eventually(lambda: "Adults in the US" in room.phone.inner_text("main"), room.phone)
    room.photograph("beside_survey")
    with room.database.reading() as connection:
        performance = find_performance(connection, room.code)
        assert performance.open_wave is None
        assert find_version(connection, performance.version_id).id == "the-nest"
