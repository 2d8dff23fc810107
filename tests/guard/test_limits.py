"""How much a form may be, and where it may come from: on the real server."""

import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.guard.asking import FORM, ask, send
from tests.guard.conftest import House

pytestmark = pytest.mark.server

MEGABYTE = 1024 * 1024
PLACES = ("/p/{code}", "/join", "/receipt", "/sign-in")


def kind(body: str) -> bool:
    """Say whether an answer is one of our small pages."""
    return "<h1>" in body and "Traceback" not in body and "Internal Server Error" not in body


@pytest.mark.parametrize("place", PLACES)
def test_more_than_two_megabytes_are_refused(house: House, place: str) -> None:
    answer = send(house.address, place.format(code=house.code), b"differently=" + b"x" * (2 * MEGABYTE))
    assert (answer.status, kind(answer.body)) == (413, True)


def test_a_form_that_says_it_is_too_large_is_refused_before_it_is_sent(house: House) -> None:
    parts = urlsplit(house.address)
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as line:
        line.sendall(
            f"POST /p/{house.code} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
            f"Content-Type: {FORM}\r\nContent-Length: 3000000\r\n\r\n".encode()
        )
        assert line.recv(4096).startswith(b"HTTP/1.1 413")


def test_a_form_that_does_not_say_how_large_it_is_is_counted(house: House) -> None:
    def parts() -> Iterator[bytes]:
        yield b"differently="
        for _ in range(40):
            yield b"x" * (64 * 1024)

    headers = {"Content-Type": FORM}  # no length: the client sends it in chunks
    answer = ask(house.address, f"/p/{house.code}", method="POST", headers=headers, body=parts())
    assert answer.status == 413


@pytest.mark.parametrize("place", PLACES)
def test_more_than_a_thousand_fields_are_refused(house: House, place: str) -> None:
    fields = "&".join(f"f{number}=1" for number in range(1001)).encode()
    answer = send(house.address, place.format(code=house.code), fields)
    assert (answer.status, kind(answer.body)) == (400, True)


def test_more_than_a_thousand_parts_are_refused(house: House) -> None:
    part = b'--b\r\nContent-Disposition: form-data; name="f"\r\n\r\n1\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = send(house.address, f"/p/{house.code}", part * 1001 + b"--b--\r\n", headers)
    assert answer.status == 400


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "body",
    [b"differently=a%00b", b"a%00b=1", b"differently=%ff%fe", b"differently=%C3%28", b"differently=\xff"],
)
def test_what_is_no_text_is_refused(house: House, place: str, body: bytes) -> None:
    answer = send(house.address, place.format(code=house.code), body)
    assert (answer.status, kind(answer.body)) == (422, True)


@pytest.mark.parametrize("path", ["/join?code=%00", "/sign-in?next=%ff", "/p/{code}?lang=%00"])
def test_an_address_that_is_no_text_is_refused(house: House, path: str) -> None:
    assert ask(house.address, path.format(code=house.code)).status == 422


def test_the_largest_form_anyone_may_send_still_reaches_its_page(house: House) -> None:
    filler = b"&".join(b"unknown%d=1" % number for number in range(998))
    answer = send(house.address, f"/p/{house.code}", b"home_system=acceptable&" + filler)
    assert (answer.status, answer.location.split("?")[0]) == (303, f"/p/{house.code}/thanks")


def test_a_sender_who_goes_away_half_way_leaves_no_trouble(house: House) -> None:
    parts = urlsplit(house.address)
    with socket.create_connection((parts.hostname, parts.port), timeout=10) as line:
        line.sendall(
            f"POST /p/{house.code} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
            f"Content-Type: {FORM}\r\nContent-Length: 1000\r\n\r\nhome_system=acc".encode()
        )
    time.sleep(0.3)
    assert ask(house.address, "/healthz").status == 200
    assert "Traceback" not in house.server.said()


OWN = "http://127.0.0.1:{port}"
FROM = [
    pytest.param({}, True, id="a program that says nothing"),
    pytest.param({"Origin": OWN}, True, id="our own page"),
    pytest.param({"Origin": OWN, "Sec-Fetch-Site": "same-origin"}, True, id="our own page over https"),
    pytest.param({"Sec-Fetch-Site": "none"}, True, id="typed by hand"),
    pytest.param({"Origin": "http://venue.test", "Host": "venue.test"}, True, id="by the venue's own name"),
    pytest.param({"Origin": "http://venue.test:80", "Host": "Venue.test"}, True, id="the usual port"),
    pytest.param({"Origin": OWN, "Host": "inside.test"}, True, id="the public address behind a proxy"),
    pytest.param({"Origin": "http://elsewhere.example"}, False, id="another site"),
    pytest.param({"Origin": "http://127.0.0.1:1"}, False, id="another port"),
    pytest.param({"Origin": "null"}, False, id="a page without an origin"),
    pytest.param({"Origin": "http://["}, False, id="no address at all"),
    pytest.param({"Origin": ""}, False, id="an empty origin"),
    pytest.param({"Origin": OWN, "Sec-Fetch-Site": "cross-site"}, False, id="cross-site"),
    pytest.param({"Origin": OWN, "Sec-Fetch-Site": "same-site"}, False, id="a neighbour"),
]


@pytest.mark.parametrize(("headers", "taken"), FROM)
@pytest.mark.parametrize("place", ["/p/{code}", "/sign-out"])
def test_a_form_is_taken_from_our_own_pages_only(
    house: House, headers: dict[str, str], taken: bool, place: str
) -> None:
    said = {name: value.format(port=house.server.port) for name, value in headers.items()}
    answer = send(house.address, place.format(code=house.code), {"home_system": "acceptable"}, said)
    assert (answer.status == 303) == taken
    assert (answer.status == 403) != taken


def test_an_upload_from_another_site_is_refused(house: House) -> None:
    for method in ("PUT", "DELETE", "POST", "PATCH"):
        answer = ask(
            house.address,
            "/_stcore/upload_file/session/file",
            method=method,
            headers={**house.headers("organiser"), "Origin": "http://elsewhere.example"},
            body=b"x",
        )
        assert answer.status == 403
        assert "our page" in answer.body
