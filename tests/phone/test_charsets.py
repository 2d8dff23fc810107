"""A form is UTF-8. What claims another charset is told so before anything is decoded, at every address that takes one."""

from encodings.aliases import aliases

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from survey.model import Performance, Wave
from survey.phone.limits import refused
from survey.phone.routes import phone_routes
from survey.storage.database import Database
from survey.storage.responses import responses_count
from tests.phone.pages import words_of

BODY = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n\\ud800 xn--a \\N{x}\r\n--b--\r\n'
NASTY = ("idna", "punycode", "undefined", "unicode_escape", "utf-7", "rot13", "no-such-charset", "utf-16")
TAKING = [
    route.path
    for route in phone_routes(lambda: (_ for _ in ()).throw(AssertionError))
    if isinstance(route, Route) and "POST" in (route.methods or ())
]


def test_every_address_that_takes_a_form_refuses_every_other_charset(
    client: TestClient, after: Performance
) -> None:
    assert len(TAKING) > 20
    for path in TAKING:
        for charset in NASTY:
            headers = {"content-type": f"multipart/form-data; boundary=b; charset={charset}"}
            answer = client.post(path.replace("{code}", after.code), content=BODY % b"code", headers=headers)
            assert (path, charset, answer.status_code) == (path, charset, 422)
    assert "We could not read that" in words_of(answer.text)


@pytest.mark.parametrize(
    "charset", sorted({*aliases.values(), "", "\xff", "x" * 9000, "utf-8\x00"} - {"utf_8"})
)
def test_no_codec_of_this_machine_is_ever_asked_to_read_a_form(charset: str) -> None:
    assert refused(f"Multipart/Form-Data; boundary=b; Charset={charset}", BODY % b"x") is not None
    assert refused(f'multipart/form-data; charset="{charset}"; boundary=b', BODY % b"x") is not None


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", '; charset="UTF-8"', "; charset=utf8"])
def test_a_form_in_parts_is_taken(
    client: TestClient, sqlite_database: Database, after: Performance, charset: str
) -> None:
    headers = {"content-type": f"multipart/form-data; boundary=b{charset}"}
    assert client.post(f"/p/{after.code}", content=BODY % b"differently", headers=headers).status_code == 303
    with sqlite_database.reading() as connection:
        assert responses_count(connection, after.id, Wave.AFTER) == 1
