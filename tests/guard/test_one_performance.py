"""People signed in for one performance only: what they reach of it, and nothing of another; a moderator only the queue."""

import json
import re

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection

from survey.model import Role
from survey.phone.remote_acts import ACTS
from survey.screen import PAGES
from tests.guard.asking import PERSON, ask, send
from tests.guard.conftest import House, token_in
from tests.guard.test_streams import refused, stream
from tests.guard.test_ways import TABLE
from tests.running import Server

pytestmark = pytest.mark.server

OWN_PEOPLE = ("facilitator of this", "moderator of this")


@pytest.fixture(scope="module")
def other(house: House) -> str:
    """The code of another open performance of the same house."""
    return str(house.server.add_performance(open="after", venue="The Other Theatre")["code"])


@pytest.fixture(scope="module")
def people(house: House) -> dict[str, str]:
    """The cookies of everybody, and of a facilitator and a moderator signed in for this performance only."""
    only = {
        f"{role} of this": f"houselights={signed_in_for(house.server, role, house.code)}"
        for role in ("facilitator", "moderator")
    }
    return {**house.cookies, **only}


def signed_in_for(server: Server, role: str, code: str) -> str:
    """Sign a browser in for one performance only; return its cookie's token."""
    link = server.command("sign-in-link", role, "--performance", code)
    token = send(server.address, "/sign-in", {"link": token_in(link, "link")}).cookie("houselights")
    assert token
    return token


# Who → the status at this performance's pages, and at another's.
REMOTE = {
    "nobody": (401, 401),
    "stage": (403, 403),
    "moderator of this": (403, 403),
    "facilitator of this": (200, 403),
    "facilitator": (200, 200),
    "organiser": (200, 200),
}
QUEUE = REMOTE | {"moderator of this": (200, 403)}
CASES = [
    pytest.param(who, place, path, status, id=f"{who}, {place} performance's {path}")
    for pages, table in ((("/d/{}", "/d/{}/cues"), REMOTE), (("/m/{}",), QUEUE))
    for path in pages
    for who, statuses in table.items()
    for place, status in zip(("own", "other"), statuses, strict=True)
]


@pytest.mark.parametrize(("who", "place", "path", "status"), CASES)
def test_people_reach_the_pages_of_their_performance_and_of_no_other(
    house: House, people: dict[str, str], other: str, who: str, place: str, path: str, status: int
) -> None:
    code = house.code if place == "own" else other
    headers = {"Cookie": people[who]} if who in people else {}
    assert ask(house.address, path.format(code), headers=headers).status == status


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["nobody", "stage", "moderator of this"])
def test_no_act_is_done_for_anybody_without_the_role(
    house: House, people: dict[str, str], who: str, act: str
) -> None:
    headers = {"Cookie": people[who]} if who in people else {}
    assert send(house.address, f"/d/{house.code}/{act}", {}, headers).status == (
        401 if who == "nobody" else 403
    )


@pytest.mark.parametrize("act", ACTS)
def test_a_facilitator_of_one_performance_does_nothing_in_another(
    house: House, people: dict[str, str], other: str, act: str
) -> None:
    headers = {"Cookie": people["facilitator of this"]}
    assert send(house.address, f"/d/{other}/{act}", {}, headers).status == 403
    assert send(house.address, f"/d/{house.code}/{act}", {}, headers).status == 303


@pytest.mark.parametrize("claim", ["performance", "role", "account", "stage"])
def test_no_header_claimed_opens_another_performance(
    house: House, people: dict[str, str], other: str, claim: str
) -> None:
    headers = {"Cookie": people["facilitator of this"], f"X-Houselights-{claim}": other}
    assert ask(house.address, f"/d/{other}", headers=headers).status == 403


@pytest.mark.parametrize("written", ["{}/", "{}/..", "{}%2f..%2f{}", "./{}", "{}/../{}"])
def test_no_way_of_writing_an_address_leads_to_another_performance(
    house: House, people: dict[str, str], other: str, written: str
) -> None:
    headers = {"Cookie": people["facilitator of this"]}
    for path in (written.format(other, house.code), written.format(house.code, other)):
        answer = ask(house.address, f"/d/{path}", headers=headers)
        assert answer.status in (403, 404)
        assert "The Other Theatre" not in answer.body


def test_a_moderator_reaches_the_queue_and_nothing_else_of_the_house(
    house: House, people: dict[str, str]
) -> None:
    moderator = {"Cookie": people["moderator of this"]}
    found = {path: ask(house.address, path.format(code=house.code), headers=moderator) for path in TABLE}
    wanted = {
        path: row[2] if path.startswith("/m/{code}") else 403 if row[0] == 401 else row[0]
        for path, row in TABLE.items()
    }
    assert {path: answer.status for path, answer in found.items()} == wanted
    page = found["/performances"].body
    assert "This page is not part of your sign-in" in page
    assert f'href="/m/{house.code}"' in page
    assert found["/"].location == f"/m/{house.code}"


@pytest.mark.parametrize("page", [page.path for page in PAGES])
def test_a_facilitator_of_one_performance_reaches_the_pages_of_a_facilitator(
    house: House, people: dict[str, str], page: str
) -> None:
    headers = {"Cookie": people["facilitator of this"]}
    assert ask(house.address, f"/{page}", headers=headers).status == TABLE[f"/{page}"][2]


def test_a_moderator_opens_no_stream(house: House, people: dict[str, str]) -> None:
    assert refused(house, people["moderator of this"], origin=house.address)


@pytest.fixture(scope="module")
def words_of_other(house: House, other: str) -> tuple[str, ...]:
    """What no page of this performance says: the other one's code, number and venue."""
    listed = json.loads(house.server.command("performances", "list", "--json"))
    found = next(one for one in listed if one["code"] == other)
    return (other, "The Other Theatre", str(found["join_number"]))


def said(socket: ClientConnection, page: str, query: str) -> str:
    """Ask for a page of a performance; return everything the stream says until the page stands."""
    wish = BackMsg()
    wish.rerun_script.page_name = page
    wish.rerun_script.query_string = query
    socket.send(wish.SerializeToString())
    heard, menu = "", False
    while True:
        raw = socket.recv(30)
        assert isinstance(raw, bytes)
        heard += raw.decode("utf-8", "replace")
        message = ForwardMsg()
        message.ParseFromString(raw)
        menu = menu or message.WhichOneof("type") == "navigation"
        finished = message.WhichOneof("type") == "script_finished"
        if menu and finished and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            return re.sub(r"\s", "", heard)


@pytest.mark.parametrize("page", [page.path for page in PAGES if Role.FACILITATOR in page.roles])
def test_the_stream_says_nothing_of_another_performance_to_a_facilitator_of_one(
    house: House, people: dict[str, str], other: str, words_of_other: tuple[str, ...], page: str
) -> None:
    told = {}
    for who in ("facilitator", "facilitator of this"):
        with stream(house, people[who], origin=house.address) as socket:
            heard = said(socket, page, f"performance={other}").replace(f"performance={other}", "")
        told[who] = [words for words in words_of_other if words.replace(" ", "") in heard]
    assert told["facilitator"]
    assert told["facilitator of this"] == []


def test_a_link_for_a_moderator_leads_a_person_to_their_queue(house: House, people: dict[str, str]) -> None:
    answer = ask(house.address, f"/m/{house.code}", headers=PERSON)
    assert answer.location == f"/sign-in?next=/m/{house.code}"
    link = token_in(house.server.command("sign-in-link", "moderator", "--performance", house.code), "link")
    signed = send(house.address, "/sign-in", {"link": link})
    cookie = {"Cookie": f"houselights={signed.cookie('houselights')}"}
    assert signed.location == "/"
    assert ask(house.address, "/", headers=cookie).location == f"/m/{house.code}"


@pytest.mark.parametrize("place", ["/d/{code}/clear", "/m/{code}"])
def test_another_site_may_not_press_a_button_with_somebody_s_cookie(
    house: House, people: dict[str, str], place: str
) -> None:
    headers = {"Cookie": people["organiser"], "Origin": "http://elsewhere.example"}
    assert send(house.address, place.format(code=house.code), {}, headers).status == 403
    headers = {"Cookie": people["organiser"], "Sec-Fetch-Site": "cross-site"}
    assert send(house.address, place.format(code=house.code), {}, headers).status == 403


def test_more_than_two_megabytes_are_refused_on_the_remote_too(house: House, people: dict[str, str]) -> None:
    headers = {"Cookie": people["organiser"]}
    body = b"cue=" + b"x" * (2 * 1024 * 1024)
    assert send(house.address, f"/d/{house.code}/show", body, headers).status == 413


def test_finishing_a_performance_ends_the_sign_ins_for_it(house: House) -> None:
    ending = str(house.server.add_performance(open="after", venue="Last Night")["code"])
    cookies = [signed_in_for(house.server, role, ending) for role in ("facilitator", "moderator")]
    unused = token_in(house.server.command("sign-in-link", "facilitator", "--performance", ending), "link")
    house.server.command("performances", "finish", ending, "--yes")
    for cookie in cookies:
        assert ask(house.address, "/", headers={"Cookie": f"houselights={cookie}"}).location == "/join"
    assert send(house.address, "/sign-in", {"link": unused}).status == 410
