"""One whole evening, end to end, on real parts: poster, phones, stage, desk, compare, change."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
import pytest

from survey.commands.simulated_phone import SimulatedPhone
from survey.printing.poster import poster_pdf
from survey.storage.database import open_database
from survey.storage.performances import find_performance
from tests.codes import read_code
from tests.evening.browsers import VENUE, Browsers, browsers, eventually
from tests.evening.phones import answer_all
from tests.running import Server, free_port, in_a_thread
from tests.screen.looking import settled

pytestmark = [pytest.mark.server, pytest.mark.browser]

BEFORE = 40
AFTER = 32


@dataclass
class Evening:
    """One performance of the test: its code, its simulated phones, and how its audience thinks."""

    code: str
    url: str
    agreeing_before: int
    agreeing_after: int
    phones: list[SimulatedPhone] = field(default_factory=list)


def answers(agreeing: int, people: int, *, after: bool) -> list[Mapping[str, str]]:
    """Return one form per person; the first ``agreeing`` of them are fairly likely to allow university research."""
    given: list[Mapping[str, str]] = []
    for person in range(people):
        likely = person < agreeing
        form = {
            "home_system": "acceptable" if likely else ("depends" if person % 2 else "not_acceptable"),
            "research_nhs": "very_likely" if likely else "not_sure",
            "research_university": "fairly_likely" if likely else "fairly_unlikely",
            "research_company": "not_sure" if likely else "very_unlikely",
        }
        if after:
            form |= {
                "closer_to": "sara" if person % 3 else "sean",
                "share_with": "gp" if likely else "none",
                "ask_first": "always",
                "matters_most": "say_no",
                "trust_nhs": "8" if likely else "4",
                "trust_internet": "3",
                "targeted_ads": "fairly_acceptable" if likely else "very_unacceptable",
                "heard_of_optout": "yes" if person % 2 else "no",
            }
        given.append(form)
    return given


def test_one_evening_from_the_poster_to_the_comparison(
    serve: Callable[..., Server], chromium: Any, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server = venue_server(serve)
    pictures = request.config.getoption("--pictures") or tmp_path / "pictures"
    with browsers(chromium, Path(pictures)) as opened:
        first = add_evening(server, "2015-10-29", 14, 26)
        second = add_evening(server, "2017-04-25", 12, 8)
        for evening in (first, second):
            assert address_on_the_poster(server, evening) == evening.url
        people_answer_before(server, first, opened, with_real_browsers=True)
        people_answer_before(server, second, opened)
        desk, stage = desk_and_stage(server, first, opened)
        people_answer_after(server, first, opened, with_real_browsers=True)
        people_answer_after(server, second, opened)
        the_stage_shows_the_reveal(desk, stage, opened)
        desk.get_by_role("button", name="Close the “after” questions").click()
        desk.get_by_text("The questions are closed.").wait_for()
        server.command("performances", "close", second.code)
        the_organiser_compares(server, first, second, opened)
        third_parties = {urlsplit(url).hostname for url in opened.requested} - {VENUE, None, ""}
        assert third_parties == set()


def venue_server(serve: Callable[..., Server]) -> Server:
    """Serve at a plain-http name that is not loopback."""
    port = free_port()
    return serve(HOUSELIGHTS_PORT=str(port), HOUSELIGHTS_PUBLIC_URL=f"http://{VENUE}:{port}")


def add_evening(server: Server, day: str, before: int, after: int) -> Evening:
    """Add one performance of The Nest for a room of fifty, its *before* wave open."""
    added = server.add_performance(date=day, venue="Upstairs", capacity=50, open="before")
    evening = Evening(added["code"], added["url"], before, after)
    evening.phones = [SimulatedPhone(server.address) for _ in range(BEFORE)]
    return evening


def address_on_the_poster(server: Server, evening: Evening) -> str:
    """Print the poster, render it to pixels and read the code on it with a real decoder."""
    database = open_database(server.database_url)
    with database.reading() as connection:
        performance = find_performance(connection, evening.code)
    database.close()
    public = evening.url.partition("/p/")[0]
    page = pypdfium2.PdfDocument(poster_pdf(performance, public_url=public))[0]
    return read_code(page.render(scale=3).to_pil())


def people_answer_before(
    server: Server, evening: Evening, opened: Browsers, *, with_real_browsers: bool = False
) -> None:
    """Forty people answer at the bar; in one performance two of them with real browsers."""
    given = answers(evening.agreeing_before, BEFORE, after=False)
    simulated = evening.phones[2:] if with_real_browsers else evening.phones
    in_a_thread(answer_all(simulated, evening.code, given[-len(simulated) :]))
    if with_real_browsers:
        scriptless = opened.phone(scripts=False)
        opened.scriptless = scriptless
        scriptless.goto(evening.url)
        assert scriptless.locator("h1").inner_text().strip() == "The Nest"
        opened.photograph(scriptless, "phone_before")
        fill_in(scriptless, given[0])
        assert "Your answers are in" in scriptless.inner_text("h1")
        opened.photograph(scriptless, "phone_thanks_before", whole=True)
        cookieless = opened.phone_without_cookies()
        opened.cookieless = cookieless
        cookieless.goto(evening.url)
        fill_in(cookieless, given[1])
        assert "Your answers are in" in cookieless.inner_text("h1")
        assert cookieless.context.cookies() == []
    assert counted(server, evening) == {"before": BEFORE, "after": 0}


def fill_in(page: Any, form: Mapping[str, str]) -> None:
    """Choose answers as a finger does, on the words, and send them."""
    for question, option in form.items():
        page.locator(f"label:has(input[name={question}][value='{option}'])").click()
    with page.expect_navigation(url=re.compile(r"/thanks(\?|$)")):
        page.get_by_role("button", name="Send my answers").click()


def people_answer_after(
    server: Server, evening: Evening, opened: Browsers, *, with_real_browsers: bool = False
) -> None:
    """Thirty-two of the forty come back after the performance, most of them on the phone they used before."""
    if not with_real_browsers:
        server.command("performances", "open", evening.code, "after")
    given = answers(evening.agreeing_after, AFTER, after=True)
    simulated = evening.phones[2:AFTER] if with_real_browsers else evening.phones[:AFTER]
    in_a_thread(answer_all(simulated, evening.code, given[-len(simulated) :]))
    if with_real_browsers:
        scriptless, cookieless = opened.scriptless, opened.cookieless
        scriptless.goto(evening.url)
        opened.photograph(scriptless, "phone_after")
        opened.photograph(scriptless, "phone_after_whole", whole=True)
        fill_in(scriptless, given[0])
        opened.photograph(scriptless, "phone_thanks_after", whole=True)
        cookieless.goto(evening.url)
        fill_in(cookieless, given[1])
        assert "Your answers are in" in cookieless.inner_text("h1")
    assert counted(server, evening) == {"before": BEFORE, "after": AFTER}


def counted(server: Server, evening: Evening) -> dict[str, int]:
    """Return how many responses the server counts."""
    found: dict[str, int] = json.loads(server.command("responses", "count", evening.code, "--json"))
    return {wave: found[wave] for wave in ("before", "after")}


def signed_in(server: Server, role: str, page: Any) -> Any:
    """Use up a sign-in link as a person does: open it, press its button."""
    link = server.command("sign-in-link", role).split()[-1]
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
    return page


def address(server: Server, path: str) -> str:
    """Return an address at the venue's name."""
    return f"http://{VENUE}:{server.port}{path}"


def desk_and_stage(server: Server, evening: Evening, opened: Browsers) -> tuple[Any, Any]:
    """The facilitator opens the *after* questions at the desk; the projector opens its own link."""
    desk = signed_in(server, "facilitator", opened.screen())
    desk.goto(address(server, f"/desk?performance={evening.code}"))
    settled(desk)
    opened.photograph(desk, "desk_before")
    desk.get_by_role("button", name="Open the “after” questions").click()
    desk.get_by_text("The questions are open.").wait_for()
    link = server.command("stage-link", evening.code).split()[-1]
    stage = opened.screen()
    stage.goto(link)
    stage.get_by_role("button").first.click()
    stage.get_by_text("What do you think?").wait_for()
    opened.photograph(stage, "stage_join")
    assert read_from(stage, opened) == evening.url
    return desk, stage


def read_from(stage: Any, opened: Browsers) -> str:
    """Return what a real decoder reads off the stage."""
    return read_code(opened.photograph(stage, "stage_join_read").read_bytes())


def the_stage_shows_the_reveal(desk: Any, stage: Any, opened: Browsers) -> None:
    """The facilitator puts a question on stage and reveals its result; nothing shows before that."""
    settled(desk)
    desk.get_by_role("tab", name="Questions", exact=True).click()
    settled(desk)
    row = desk.locator(".st-key-desk-row-research_university")
    row.get_by_role("button", name="Show this on stage").click()
    stage.get_by_text("University researchers").wait_for()
    assert "in 100" not in stage.inner_text("body")
    opened.photograph(stage, "stage_question")
    desk.get_by_role("button", name="Reveal this result").click()
    eventually(lambda: "81 in 100" in stage.inner_text("body"), stage)
    stage.wait_for_timeout(1200)
    opened.photograph(stage, "stage_result")
    opened.photograph(desk, "desk_after")
    desk.get_by_role("button", name="Hide this result").click()
    eventually(lambda: "81 in 100" not in stage.inner_text("body"), stage)


def the_organiser_compares(server: Server, first: Evening, second: Evening, opened: Browsers) -> None:
    """Next morning the numbers stand up: a difference with its interval, and the linked movement."""
    office = signed_in(server, "organiser", opened.screen())
    opened.photograph(office, "office")
    see(office, server, f"/results?performance={first.code}&wave=after", "26 of")
    opened.photograph(office, "results", whole=True)
    # The page's last line: what stands above it is there by then, however slow the machine.
    see(office, server, f"/compare?a={first.code}&b={second.code}&wave=after", "Wilson's 95 % intervals")
    said = office.inner_text("body")
    assert "Clear difference" in said
    assert "fewer in 100 said likely than in the" in said
    assert "allowing for the" in said
    opened.photograph(office, "compare", whole=True)
    # 31 of the 32 kept their cookie: the browser that refuses cookies cannot be linked.
    see(office, server, f"/change?performance={first.code}", "31 people")
    opened.photograph(office, "change", whole=True)
    for path, words, name in (
        ("/performances", "The Nest", "performances"),
        (f"/performances?performance={first.code}", "The Nest", "performance"),
        (f"/poster?performance={first.code}", "Download the poster", "poster"),
        ("/questionnaires", "A version is published when", "questionnaires"),
    ):
        see(office, server, path, words)
        opened.photograph(office, name)


def see(page: Any, server: Server, path: str, words: str) -> None:
    """Open a page of the office and wait for words on it."""
    page.goto(address(server, path))
    eventually(lambda: words.lower() in page.inner_text("body").lower(), page)
    eventually(lambda: page.locator("[data-testid=stSkeleton]").count() == 0, page)
    page.wait_for_timeout(500)
