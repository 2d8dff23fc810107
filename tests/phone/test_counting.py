"""Two people count the cards of a room on their phones; neither sees the other's count before their own is saved."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from httpx2 import Response
from starlette.testclient import TestClient

from survey.model import Mode, Performance, Wave
from survey.phone.counting import COUNT_SCRIPT
from survey.questionnaire.poll import poll_content
from survey.room.acts import ask_now
from survey.storage.counts import counts
from survey.storage.database import Database, DatabaseBusy
from survey.storage.rooms import show
from survey.storage.sign_ins import acts
from tests.databases import add_nest_performance
from tests.phone.conftest import Site
from tests.phone.pages import form_to, title_of, words_of
from tests.phone.visitor import BRIGHTEST, SIDEWAYS, SMALL_TARGETS

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HOME = {"question": "home_system", "wave": "before", "mode": "card"}


def url(performance: Performance, end: str = "") -> str:
    return f"/d/{performance.code}/count{end}"


def save(client: TestClient, performance: Performance, helper: str, block: str, *numbers: object) -> Response:
    """Save a count of the home system's three cards: red, yellow, blue."""
    fields = zip(("n.not_acceptable", "n.depends", "n.acceptable"), map(str, numbers), strict=True)
    return client.post(url(performance), data={**HOME, "helper": helper, "block": block, **dict(fields)})


def followed(client: TestClient, response: Response) -> str:
    assert response.status_code == 303, words_of(response.text)
    return words_of(client.get(response.headers["location"]).text)


def tallied(database: Database, performance: Performance) -> list[tuple[Mode, int, dict[str, int]]]:
    with database.reading() as connection:
        return [(one.mode, one.base, dict(one.counts)) for one in counts(connection, [performance.id])]


def test_the_page_offers_what_can_be_counted_and_the_question_on_stage_first(
    client: TestClient, sqlite_database: Database, before: Performance
) -> None:
    showing = {"view": "question", "question": "trust_nhs", "wave": "after"}
    sqlite_database.write(lambda c: show(c, before.id, showing))
    page = client.get(url(before)).text
    links = [part.split('"')[0].replace("&amp;", "&") for part in page.split('class="act" href="')[1:]]
    asked = [parse_qs(urlsplit(link).query) for link in links]

    assert asked[0] == {"question": ["trust_nhs"], "wave": ["after"], "mode": ["card"]}
    by_id = {one["question"][0]: one["mode"][0] for one in asked}
    assert by_id["closer_to"] == "hands"  # five answers: there are not so many colours
    assert {"share_with", "matters_most", "differently"}.isdisjoint(by_id)
    assert asked.count({"question": ["home_system"], "wave": ["before"], "mode": ["card"]}) == 1


def test_a_scale_is_counted_by_its_classes_with_the_colours_in_words(
    client: TestClient, before: Performance
) -> None:
    page = client.get(f"{url(before)}?question=research_nhs&wave=before&mode=card").text

    words = words_of(page)
    for card in (
        "Red Very unlikely or fairly unlikely",
        "Yellow Not sure",
        "Blue Fairly likely or very likely",
    ):
        assert card in words
    assert set(form_to(page, url(before))) >= {"n.class:disagree", "n.class:neutral", "n.class:agree"}


def test_the_first_helper_learns_that_nobody_else_has_counted(
    client: TestClient, sqlite_database: Database, before: Performance
) -> None:
    words = followed(client, save(client, before, "A", "Row C", 3, 0, 4))

    assert "Saved: Row C You counted 3 red, 0 yellow, 4 blue." in words
    assert "One count only, by helper A. Helper B has not counted it yet." in words
    assert tallied(sqlite_database, before) == []
    with sqlite_database.reading() as connection:
        assert [(act.act, act.about) for act in acts(connection)] == [("counted coloured cards", before.code)]


def test_the_second_helper_sees_nothing_of_the_first_before_saving(
    client: TestClient, before: Performance
) -> None:
    save(client, before, "A", "Row C", 37, 0, 4)
    for end in ("", "&helper=B", "&helper=B&block=Row+C", "&helper=A&block=Row+D"):
        page = client.get(f"{url(before)}?question=home_system&wave=before&mode=card{end}").text
        assert "Row C" in page
        assert "37" not in words_of(page)


def test_two_counts_that_differ_say_where_and_ask_for_another(
    client: TestClient, sqlite_database: Database, before: Performance
) -> None:
    save(client, before, "A", "Row C", 3, 1, 4)
    response = save(client, before, "B", "row c", 3, 2, 5)
    words = followed(client, response)

    assert "You counted 3 red, 2 yellow, 5 blue. Helper A counted 3 red, 1 yellow, 4 blue." in words
    assert "The two counts differ in yellow (1 and 2), blue (4 and 5); helper A's number first." in words
    assert "Please both count this block again." in words
    page = client.get(response.headers["location"]).text
    assert form_to(page, url(before))["block"] == ["Row C"]  # ready to count it again
    assert tallied(sqlite_database, before) == []


def test_two_counts_that_agree_settle_the_block_and_blocks_add_up(
    client: TestClient, sqlite_database: Database, before: Performance
) -> None:
    for block in ("Row C", "Row D"):
        save(client, before, "A", block, 3, 0, 4)
        response = save(client, before, "B", block, 3, 0, 4)
    words = followed(client, response)

    assert "Settled. Both counted 3 red, 0 yellow, 4 blue." in words
    assert "Count the next block" in words
    assert "6 red, 0 yellow, 8 blue (14 together)." in words
    assert tallied(sqlite_database, before) == [
        (Mode.CARD, 14, {"acceptable": 8, "depends": 0, "not_acceptable": 6})
    ]


def test_the_facilitator_decides_between_two_counts(
    client: TestClient, sqlite_database: Database, before: Performance
) -> None:
    save(client, before, "A", "Row C", 3, 1, 4)
    save(client, before, "B", "Row C", 3, 2, 4)
    response = client.post(url(before, "/settle"), data={**HOME, "block": "Row C", "take": "B"})

    assert "Settled by the facilitator. 3 red, 2 yellow, 4 blue." in followed(client, response)
    assert [base for _, base, _ in tallied(sqlite_database, before)] == [9]


def test_one_count_can_be_settled_unseen_and_says_that_it_is_one(
    client: TestClient, sqlite_database: Database, before: Performance
) -> None:
    save(client, before, "A", "", 3, 1, 4)
    response = client.post(url(before, "/settle"), data={**HOME, "block": "whole room", "take": "A"})

    assert "Settled with one count only. 3 red, 1 yellow, 4 blue." in followed(client, response)
    assert [base for _, base, _ in tallied(sqlite_database, before)] == [8]


def test_a_block_can_be_removed(client: TestClient, sqlite_database: Database, before: Performance) -> None:
    for helper in "AB":
        save(client, before, helper, "Row C", 3, 1, 4)
    words = followed(client, client.post(url(before, "/settle"), data={**HOME, "remove": "Row C"}))

    assert "Counted so far" not in words
    assert tallied(sqlite_database, before) == []


@pytest.mark.parametrize(
    ("helper", "block", "numbers", "said"),
    [
        ("", "Row C", (3, 0, 4), "Choose helper A or helper B."),
        ("C", "Row C", (3, 0, 4), "Choose helper A or helper B."),
        ("A", "Row C", ("", "", ""), "Type how many you counted."),
        ("A", "Row C", (3, "-1", 4), "Yellow: Type a whole number from 0 to 5000."),
        ("A", "Row C", (3, 0, "5001"), "Blue: Type a whole number from 0 to 5000."),
        ("A", "Row C", (3, 0, "４"), "Blue: Type a whole number from 0 to 5000."),
        ("A", "R" + "ow" * 25, (3, 0, 4), "Give the block a shorter name"),
    ],
)
def test_what_cannot_be_kept_says_what_to_do_and_keeps_what_was_typed(
    client: TestClient,
    sqlite_database: Database,
    before: Performance,
    helper: str,
    block: str,
    numbers: tuple[object, ...],
    said: str,
) -> None:
    response = save(client, before, helper, block, *numbers)

    assert response.status_code == 422
    assert title_of(response.text).startswith("Error: ")
    assert said in words_of(response.text)
    fields = form_to(response.text, url(before))
    assert fields["n.acceptable"] == [str(numbers[2])]
    assert "Counted so far" not in response.text


def test_a_part_of_a_room_that_was_counted_whole_is_refused_in_words(
    client: TestClient, before: Performance
) -> None:
    save(client, before, "A", "", 30, 0, 4)
    response = save(client, before, "A", "Row C", 3, 0, 4)

    assert response.status_code == 422
    assert "The whole room has been counted. Remove that count to count it in parts." in words_of(
        response.text
    )


def test_an_empty_field_is_none(client: TestClient, before: Performance) -> None:
    words = followed(client, save(client, before, "A", "Row C", 3, "", 4))
    assert "You counted 3 red, 0 yellow, 4 blue." in words


def test_a_busy_database_keeps_the_numbers_on_the_page(
    client: TestClient, sqlite_database: Database, before: Performance, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_: object, **__: object) -> None:
        raise DatabaseBusy("locked")

    with monkeypatch.context() as patched:
        patched.setattr(sqlite_database, "write_soon", busy)
        response = save(client, before, "B", "Row C", 31, 0, 42)
    assert response.status_code == 503
    assert "Your numbers are still here." in words_of(response.text)
    fields = form_to(response.text, url(before))
    assert (fields["n.not_acceptable"], fields["n.acceptable"], fields["helper"]) == (["31"], ["42"], ["B"])
    assert client.post(url(before), data=fields).status_code == 303


def test_a_poll_on_stage_is_counted_by_hands(
    client: TestClient, sqlite_database: Database, after: Performance
) -> None:
    poll = sqlite_database.write(
        lambda c: ask_now(c, after, poll_content("Lights up?", ["Yes", "No", "Later", "Never"]))
    )
    page = client.get(url(after)).text
    assert words_of(page).split("On stage now ")[1].startswith("Lights up?")

    asked = {"question": poll.question.id, "wave": "after", "mode": "hands"}
    response = client.post(url(after), data={**asked, "helper": "A", "n.option_1": "5", "n.option_4": "6"})
    assert "You counted 5 “Yes”, 0 “No”, 0 “Later”, 6 “Never”." in followed(client, response)
    assert client.get(f"{url(after)}?question={poll.question.id}&wave=after&mode=card").text == page


def test_a_rehearsal_says_that_its_counts_go(client: TestClient, sqlite_database: Database) -> None:
    rehearsed = add_nest_performance(sqlite_database, wave=None)
    words = words_of(client.get(f"{url(rehearsed)}?question=home_system&wave=before&mode=card").text)
    assert "This is a rehearsal. What you count now goes" in words


def test_hostile_names_of_blocks_are_words(client: TestClient, before: Performance) -> None:
    name = "<script>alert(1)</script>\u202e{{x}}"
    response = save(client, before, "A", name, 3, 0, 4)
    page = client.get(response.headers["location"]).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{x}}" in page


@pytest.mark.parametrize("sent", [{"question": "nothing"}, {"question": "differently"}, {"mode": "phone"}])
def test_nothing_else_can_be_counted(client: TestClient, before: Performance, sent: dict[str, str]) -> None:
    response = client.post(url(before), data={**HOME, **sent, "helper": "A", "n.acceptable": "4"})
    assert response.status_code == 404


def test_the_script_is_small() -> None:
    assert len(COUNT_SCRIPT) <= 1024


def look_at(page: Any, name: str, pictures: str | None) -> None:
    """Nothing too small, nothing sideways, nothing axe knows better."""
    assert page.evaluate(SMALL_TARGETS) == []
    assert page.evaluate(SIDEWAYS) <= 0
    if pictures:
        page.screenshot(path=str(Path(pictures) / f"{name}.png"), full_page=True)
    page.add_style_tag(content=BRIGHTEST)
    found = Axe().run(page, options={"runOnly": TAGS}).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == []


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("script", [True, False])
def test_two_helpers_in_two_browsers_disagree_and_then_agree(
    chromium: Any,
    site: Site,
    before: Performance,
    colours: str,
    script: bool,
    request: pytest.FixtureRequest,
) -> None:
    """With the script a thumb counts; without it the numbers are typed."""
    pictures = request.config.getoption("--pictures")
    look = colours if script else f"{colours}-without-script"
    contexts = [
        chromium.new_context(
            viewport={"width": 360, "height": 740},
            color_scheme=colours,
            java_script_enabled=script,
            bypass_csp=True,
        )
        for _ in "AB"
    ]

    def fill(page: Any, name: str, number: int) -> None:
        if script:
            for _ in range(number + 1):
                page.get_by_role("button", name=f"One more {name}").click()
            page.get_by_role("button", name=f"One less {name}").click()
        else:
            page.get_by_role("spinbutton", name=name).fill(str(number))

    def count(page: Any, helper: str, red: int, blue: int) -> None:
        page.check(f"#helper-{helper}")
        page.fill("#block", "Row C")
        for name, number in (("red", red), ("blue", blue)):
            fill(page, name, number)
        with page.expect_navigation():
            page.click("#save")

    try:
        a, b = (context.new_page() for context in contexts)
        for page in (a, b):
            page.goto(site.url + url(before))
            with page.expect_navigation():
                page.click("a.act >> nth=0")
        if script:
            look_at(a, f"count-{look}", pictures)
        else:
            assert a.get_by_role("button", name="One more red").count() == 0
        count(a, "A", 3, 4)
        assert "Helper B has not counted it yet" in a.inner_text(".saved")
        count(b, "B", 3, 5)
        assert "differ in blue (4 and 5)" in b.inner_text(".saved")
        if script:
            look_at(b, f"differ-{look}", pictures)
            b.reload()
            with b.expect_navigation():
                b.click("text=Look again")
        with a.expect_navigation():
            a.click("text=Look again")
        assert "differ in blue (4 and 5)" in a.inner_text(".saved")
        count(a, "A", 3, 5)
        assert "Both counted 3 red, 0 yellow, 5 blue" in a.inner_text(".saved")
        if script:
            look_at(a, f"agree-{look}", pictures)
            a.goto(site.url + url(before))
            look_at(a, f"choose-{look}", pictures)
    finally:
        for context in contexts:
            context.close()
    assert tallied(site.database, before) == [
        (Mode.CARD, 8, {"acceptable": 5, "depends": 0, "not_acceptable": 3})
    ]
    assert before.open_wave is Wave.BEFORE
