"""Signing in and out: links used up by a button, the organiser's password, the stage's own cookie."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.model import Role
from survey.phone.sign_ins import COOKIE
from survey.phone.signing_in import PasswordDelay, own_path, same, with_cookie
from survey.settings import settings
from survey.storage.database import open_database
from survey.storage.sign_ins import add_link
from tests.guard.asking import ask, send
from tests.guard.conftest import House, open_stage, sign_in, token_in
from tests.running import Server

server = pytest.mark.server


def set_cookie(house: House, path: str, fields: dict[str, str]) -> list[str]:
    """Return the attributes of the cookie a sign-in sets."""
    line = send(house.address, path, fields).headers.get_all("set-cookie", [""])[0]
    return [part.strip() for part in line.split(";")[1:]]


@server
def test_a_preview_of_a_link_does_not_use_it_up(house: House) -> None:
    link = house.server.command("sign-in-link", "organiser").strip()
    path = link.removeprefix(house.address)
    for method in ("GET", "HEAD", "GET"):
        answer = ask(house.address, path, method=method)
        assert (answer.status, answer.cookie(COOKIE)) == (200, None)
    assert send(house.address, "/sign-in", {"link": token_in(link, "link")}).cookie(COOKIE)


@server
def test_a_link_works_once(house: House) -> None:
    token = token_in(house.server.command("sign-in-link", "facilitator"), "link")
    first = send(house.address, "/sign-in", {"link": token, "next": "/desk"})
    assert (first.status, first.location) == (303, "/desk")
    again = send(house.address, "/sign-in", {"link": token})
    assert (again.status, again.cookie(COOKIE)) == (410, None)
    assert "used or is too old" in again.body


@server
def test_a_link_that_waited_too_long_does_not_work(house: House) -> None:
    database = open_database(house.server.database_url, visiting=True)
    token = database.write(lambda connection: add_link(connection, Role.ORGANISER, minutes=0))
    database.close()
    assert send(house.address, "/sign-in", {"link": token}).status == 410


@server
def test_a_link_is_no_cookie(house: House) -> None:
    token = token_in(house.server.command("sign-in-link", "organiser"), "link")
    assert ask(house.address, "/performances", headers={"Cookie": f"{COOKIE}={token}"}).status == 401


@server
def test_the_cookie_is_hidden_from_scripts_and_other_sites(house: House) -> None:
    token = token_in(house.server.command("sign-in-link", "organiser"), "link")
    attributes = set_cookie(house, "/sign-in", {"link": token})
    assert attributes == ["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=lax"]


def test_over_https_the_cookie_is_secure(
    monkeypatch: pytest.MonkeyPatch, environment: None, tmp_path: Path
) -> None:
    from starlette.responses import Response

    monkeypatch.setenv("HOUSELIGHTS_PUBLIC_URL", "https://talk.example.org")
    settings.cache_clear()
    assert "; Secure" in with_cookie(Response(), COOKIE, "token", 60).headers["set-cookie"]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings of our own."""
    monkeypatch.setenv("HOUSELIGHTS_SECRET", "a secret only for these tests")
    settings.cache_clear()
    yield
    settings.cache_clear()


@server
def test_signing_out_ends_the_sign_in_for_every_copy_of_the_cookie(house: House) -> None:
    cookie = {"Cookie": f"{COOKIE}={sign_in(house.server, 'organiser')}"}
    assert ask(house.address, "/performances", headers=cookie).status == 200
    out = send(house.address, "/sign-out", {}, cookie)
    assert (out.status, out.location, out.cookie(COOKIE)) == (303, "/sign-in", '""')
    assert ask(house.address, "/performances", headers=cookie).status == 401


@server
def test_looking_at_the_sign_out_page_signs_nobody_out(house: House) -> None:
    assert ask(house.address, "/sign-out", headers=house.headers("organiser")).status == 200
    assert ask(house.address, "/performances", headers=house.headers("organiser")).status == 200


@server
def test_opening_the_stage_signs_nobody_out_and_leaves_the_link_usable(house: House) -> None:
    link = house.server.command("stage-link", house.code)
    token = token_in(link, "stage")
    assert "Open the stage screen" in ask(house.address, link.strip().removeprefix(house.address)).body
    for _ in range(2):
        opened = send(house.address, "/sign-in", {"stage": token}, house.headers("organiser"))
        assert (opened.status, opened.location) == (303, "/stage?embed=true&embed_options=dark_theme")
        assert opened.cookie(COOKIE) is None
        assert opened.cookie("houselights_stage") == token
    assert ask(house.address, "/performances", headers=house.headers("organiser")).status == 200


@server
def test_signing_out_leaves_the_stage_open(house: House) -> None:
    stage = f"houselights_stage={open_stage(house.server, house.code)}"
    person = f"{COOKIE}={sign_in(house.server, 'organiser')}"
    send(house.address, "/sign-out", {}, {"Cookie": f"{person}; {stage}"})
    assert ask(house.address, "/stage", headers={"Cookie": stage}).status == 200


@server
@pytest.mark.parametrize("fields", [{"stage": "guessed"}, {"link": "guessed"}])
def test_a_guessed_link_opens_nothing(house: House, fields: dict[str, str]) -> None:
    answer = send(house.address, "/sign-in", fields)
    assert (answer.status, answer.headers.get("set-cookie")) == (410, None)


@server
def test_a_sign_in_without_anything_says_where_to_find_a_link(house: House) -> None:
    assert "sign-in-link organiser" in ask(house.address, "/sign-in").body
    assert send(house.address, "/sign-in", {}).status == 400


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/desk", "/desk"),
        ("/results?performance=abc&wave=after", "/results?performance=abc&wave=after"),
        ("", "/"),
        ("desk", "/"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("\\\\elsewhere.example", "/"),
        ("/desk\\..", "/"),
        ("https://elsewhere.example/desk", "/"),
        ("javascript:alert(1)", "/"),
        ("/desk\r\nSet-Cookie: a=b", "/"),
        ("/\t/elsewhere.example", "/"),
    ],
)
def test_a_sign_in_leads_to_our_own_pages_only(asked: str, led: str) -> None:
    assert own_path(asked) == led


@server
def test_words_in_a_link_are_shown_as_words(house: House) -> None:
    body = ask(house.address, "/sign-in?link=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").body
    assert "<script>" not in body


def test_the_organiser_may_sign_in_by_password(tmp_path: Path) -> None:
    password = "Käse & open sesame ☂"
    server = Server(tmp_path, HOUSELIGHTS_ORGANISER_PASSWORD=password)
    server.start()
    try:
        assert "link=" not in server.said()
        assert 'type="password"' in ask(server.address, "/sign-in").body
        wrong = send(server.address, "/sign-in", {"password": "guess"})
        assert (wrong.status, wrong.cookie(COOKIE)) == (403, None)
        right = send(server.address, "/sign-in", {"password": password, "next": "/results"})
        assert (right.status, right.location) == (303, "/results")
        cookie = {"Cookie": f"{COOKIE}={right.cookie(COOKIE)}"}
        assert ask(server.address, "/performances", headers=cookie).status == 200
        for _ in range(4):
            last = send(server.address, "/sign-in", {"password": "guess"})
        assert (last.status, last.cookie(COOKIE)) == (429, None)
        assert send(server.address, "/sign-in", {"password": password}).status == 429
    finally:
        server.stop()


def test_every_wrong_password_makes_the_wait_longer_up_to_half_a_minute() -> None:
    delay = PasswordDelay()
    waits = []
    for _ in range(12):
        delay.count(right=False)
        waits.append(delay.wait())
    assert waits[:2] == [0, 0]
    assert waits == sorted(waits)
    assert waits[-1] == 30
    delay.count(right=True)
    assert delay.wait() == 0


def test_passwords_of_any_length_compare() -> None:
    assert same("ä", "ä")
    assert not same("", "ä")
    assert not same("a" * 10_000, "a")
