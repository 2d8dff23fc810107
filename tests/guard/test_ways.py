"""Who may go where: every address of the house, for everybody, on the real server."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import streamlit

from survey.phone.remote_acts import ACTS
from survey.screen import PAGES
from tests.guard.asking import PERSON, ask
from tests.guard.conftest import House
from tests.running import ROOT

pytestmark = pytest.mark.server

SCRIPT = next((Path(streamlit.__file__).parent / "static" / "static" / "js").glob("index.*.js")).name
EVERYBODY = ("nobody", "stage", "facilitator", "organiser")

# Address → the status for nobody, stage, facilitator and organiser.
# 200: there. 303: to another page. 401: sign in first. 403: not part of this sign-in. 404: nothing here.
TABLE = {
    # ours
    "/": (303, 303, 303, 303),
    "/healthz": (200, 200, 200, 200),
    "/join": (200, 200, 200, 200),
    "/p/{code}": (200, 200, 200, 200),
    "/p/{code}/thanks": (200, 200, 200, 200),
    "/p/{code}/kept": (200, 200, 200, 200),
    "/p/{code}/look": (404, 404, 404, 404),  # no families expected
    "/p/{code}/words": (404, 404, 404, 404),
    "/p/{code}/forget": (404, 404, 404, 404),
    "/p/{code}/results": (200, 200, 200, 200),
    "/p/{code}/room": (200, 200, 200, 200),
    "/p/{code}/room/now": (200, 200, 200, 200),
    "/p/{code}/room/poll": (404, 404, 404, 404),
    "/p/{code}/room/contribute": (200, 200, 200, 200),
    "/p/{code}/room/support": (404, 404, 404, 404),
    "/p/{code}/information": (404, 404, 404, 404),  # not offered
    "/p/{code}/resources": (404, 404, 404, 404),  # not offered
    "/p/{code}/stay-in-touch": (404, 404, 404, 404),  # not offered
    "/p/{code}/pledge": (404, 404, 404, 404),
    "/p/{code}/nothing": (404, 404, 404, 404),
    "/p/{code}/change": (404, 404, 404, 404),
    "/p/{code}/another": (404, 404, 404, 404),
    "/p/nothing2": (404, 404, 404, 404),
    "/p/": (404, 404, 404, 404),
    # the people of one performance
    "/d/{code}": (401, 403, 200, 200),
    "/d/{code}/cues": (401, 403, 200, 200),
    "/d/{code}/count": (401, 403, 200, 200),
    "/d/{code}/count/settle": (401, 403, 404, 404),
    "/d/{code}/note": (401, 403, 200, 200),
    "/m/{code}": (401, 403, 200, 200),
    "/m/{code}/nothing": (401, 403, 404, 404),
    "/m/nothing2": (401, 403, 404, 404),
    "/m/": (401, 403, 404, 404),
    "/d/{code}/nothing": (401, 403, 404, 404),
    "/d/nothing2": (401, 403, 404, 404),
    "/d/": (401, 403, 404, 404),
    "/d": (404, 404, 404, 404),
    **{f"/d/{{code}}/{act}": (401, 403, 404, 404) for act in ACTS},  # sent, never opened
    "/receipt": (200, 200, 200, 200),
    "/receipt/7Q4M-9XKD-2PVA-H3NB": (200, 200, 200, 200),
    "/receipt/delete": (200, 200, 200, 200),
    "/receipt/deleted": (200, 200, 200, 200),
    "/receipt/a/b": (404, 404, 404, 404),
    "/sign-in": (200, 200, 200, 200),
    "/sign-out": (200, 200, 200, 200),
    # screens
    "/stage": (401, 200, 200, 200),
    "/desk": (401, 403, 200, 200),
    "/run": (401, 403, 200, 200),
    "/performances": (401, 403, 403, 200),
    "/results": (401, 403, 403, 200),
    "/compare": (401, 403, 403, 200),
    "/change": (401, 403, 403, 200),
    "/questionnaires": (401, 403, 403, 200),
    "/languages": (401, 403, 403, 200),
    "/offers": (401, 403, 403, 200),
    "/poster": (401, 403, 403, 200),
    # Streamlit's, needed by screens
    "/_stcore/health": (401, 200, 200, 200),
    "/_stcore/host-config": (401, 200, 200, 200),
    f"/static/js/{SCRIPT}": (401, 200, 200, 200),
    "/favicon.png": (401, 200, 200, 200),
    "/media/nothing.png": (401, 404, 404, 404),
    "/_stcore/stream": (404, 404, 404, 404),
    "/_stcore/upload_file/session/file": (401, 403, 403, 200),  # a GET gets the index page
    # Streamlit's, needed by nobody
    "/_stcore/metrics": (404, 404, 404, 404),
    "/_stcore/script-health-check": (404, 404, 404, 404),
    "/_stcore/bidi-components/x/index.js": (404, 404, 404, 404),
    "/_stcore/agent/interact": (404, 404, 404, 404),
    "/_stcore/agent/openapi.json": (404, 404, 404, 404),
    "/_stcore/agent/mcp": (404, 404, 404, 404),
    "/_stcore/allowed-message-origins": (404, 404, 404, 404),
    "/component/x/index.html": (404, 404, 404, 404),
    "/app/static/x.png": (404, 404, 404, 404),
    "/auth/login": (404, 404, 404, 404),
    "/auth/logout": (404, 404, 404, 404),
    "/oauth2callback": (404, 404, 404, 404),
    # anything else, and ways around
    "/frame": (404, 404, 404, 404),
    "/home": (404, 404, 404, 404),
    "/index.html": (404, 404, 404, 404),
    "/unknown": (404, 404, 404, 404),
    "/pages/desk.py": (404, 404, 404, 404),
    "/performances/_stcore/health": (404, 404, 404, 404),
    "/stage/_stcore/stream": (404, 404, 404, 404),
    "/DESK": (404, 404, 404, 404),
    "/desk/": (404, 404, 404, 404),
    "//desk": (404, 404, 404, 404),
    "/p/../desk": (404, 404, 404, 404),
    "/p/%2e%2e/desk": (404, 404, 404, 404),
    "/p/..%2fdesk": (404, 404, 404, 404),
    "/p/x/..%5c..%5cdesk": (404, 404, 404, 404),
    "/p/x%00": (404, 404, 404, 404),
    "/join/../performances": (404, 404, 404, 404),
    "/join/_stcore/stream": (404, 404, 404, 404),
}
CASES = [
    pytest.param(path, who, status, id=f"{who} {path}")
    for path, row in TABLE.items()
    for who, status in zip(EVERYBODY, row, strict=True)
]


@pytest.mark.parametrize(("path", "who", "status"), CASES)
def test_everybody_reaches_what_the_table_says_and_no_more(
    house: House, path: str, who: str, status: int
) -> None:
    answer = ask(house.address, path.format(code=house.code), headers=house.headers(who))
    assert answer.status == status
    assert "Traceback (most recent" not in answer.body


@pytest.mark.parametrize("page", [f"/{page.path}" for page in PAGES])
def test_a_person_who_is_not_signed_in_is_led_to_sign_in_and_back(house: House, page: str) -> None:
    answer = ask(house.address, f"{page}?code=a%20b", headers=PERSON)
    assert (answer.status, answer.location) == (303, f"/sign-in?next={page}%3Fcode%3Da%2520b")


@pytest.mark.parametrize(
    ("who", "home"),
    [("nobody", "/join"), ("stage", "/stage"), ("facilitator", "/desk"), ("organiser", "/performances")],
)
def test_the_front_door_leads_each_to_their_own_page(house: House, who: str, home: str) -> None:
    assert ask(house.address, "/", headers=house.headers(who)).location == home


def test_every_screen_is_in_this_table() -> None:
    assert {f"/{page.path}" for page in PAGES} <= set(TABLE)


def test_every_route_of_the_app_is_in_this_table() -> None:
    script = (
        "import json, app\n"
        "routes = app.app._build_starlette_app().routes\n"
        "print(json.dumps([(type(r).__name__, r.path, r.path_regex.pattern) for r in routes]))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    routes = json.loads(printed.splitlines()[-1])
    asked = [path.format(code="abcdefgh") for path in TABLE]
    missing = [path for _, path, pattern in routes if not any(re.match(pattern, known) for known in asked)]
    assert len(routes) > 20
    assert missing == []


@pytest.mark.parametrize("who", ["stage", "facilitator", "organiser"])
def test_only_an_organiser_gets_as_far_as_uploading(house: House, who: str) -> None:
    answer = ask(
        house.address,
        "/_stcore/upload_file/session/file",
        method="PUT",
        headers=house.headers(who),
        body=b"x",
    )
    # Streamlit itself refuses the organiser: this upload brings no page's token.
    assert answer.status == 403
    assert ("not part of your sign-in" in answer.body) == (who != "organiser")


@pytest.mark.parametrize("claim", ["X-Houselights-Role", "x-houselights-role", "X-HOUSELIGHTS-ROLE"])
def test_a_role_claimed_in_a_header_opens_nothing(house: House, claim: str) -> None:
    assert ask(house.address, "/performances", headers={claim: "organiser"}).status == 401
    claimed = {**house.headers("stage"), claim: "organiser"}
    assert ask(house.address, "/performances", headers=claimed).status == 403


@pytest.mark.parametrize("cookie", ["houselights=guessed", "houselights=", "houselights_stage=guessed"])
def test_a_guessed_cookie_opens_nothing(house: House, cookie: str) -> None:
    assert ask(house.address, "/stage", headers={"Cookie": cookie}).status == 401


def test_a_token_opens_only_by_the_cookie_it_was_made_for(house: House) -> None:
    stage = house.cookies["stage"].partition("=")[2]
    organiser = house.cookies["organiser"].partition("=")[2]
    for swapped in (f"houselights={stage}", f"houselights_stage={organiser}"):
        assert ask(house.address, "/stage", headers={"Cookie": swapped}).status == 401


def test_one_browser_may_be_a_person_and_a_stage_at_once(house: House) -> None:
    both = {"Cookie": f"{house.cookies['organiser']}; {house.cookies['stage']}"}
    assert ask(house.address, "/performances", headers=both).status == 200
    assert ask(house.address, "/stage", headers=both).status == 200
