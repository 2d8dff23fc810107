"""What the pages behind the guard are told: the guard's word only."""

from starlette.types import Receive, Scope, Send

from survey.model import Performance, Role
from survey.phone.guard import Guard
from survey.phone.sign_ins import SignIns
from survey.phone.ways import Ways
from survey.storage.database import Database
from survey.storage.sign_ins import add_sign_in, add_stage_link
from tests.running import in_a_thread


async def headers_behind(
    database: Database, cookie: str, claims: list[tuple[bytes, bytes]]
) -> dict[bytes, bytes]:
    """Return the headers a page behind the guard is given; none when the guard does not let it through."""
    given: dict[bytes, bytes] = {}

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        assert len({name.lower() for name, _ in scope["headers"]}) == len(scope["headers"])
        given.update(scope["headers"])

    async def receive() -> dict[str, object]:
        return {"type": "http.request"}

    async def send(message: object) -> None:
        pass

    guard = Guard(
        page, Ways({"/stage": frozenset(Role)}), SignIns(lambda: database), "https://talk.example.org"
    )
    headers = [(b"host", b"inside.test"), (b"cookie", cookie.encode()), *claims]
    for kind in ("http", "websocket"):
        scope: Scope = {
            "type": kind,
            "method": "GET",
            "path": "/stage" if kind == "http" else "/_stcore/stream",
            "query_string": b"",
            "headers": headers,
        }
        before = dict(given)
        given.clear()
        await guard(scope, receive, send)
        assert not before or before == given, "HTTP and websocket are told the same"
    return given


CLAIMS = [
    (b"x-houselights-role", b"organiser"),
    (b"X-Houselights-Performance", b"another"),
    (b"x-houselights-invented", b"1"),
    (b"origin", b"https://talk.example.org"),
]


def test_a_page_is_told_who_is_there_and_nothing_a_client_claims(
    sqlite_database: Database,
) -> None:
    token = sqlite_database.write(lambda connection: add_sign_in(connection, Role.FACILITATOR))
    told = in_a_thread(headers_behind(sqlite_database, f"houselights={token}", CLAIMS))
    assert {name for name in told if name.startswith(b"x-houselights")} == {
        b"x-houselights-role",
        b"x-houselights-performance",
        b"x-houselights-stage",
        b"x-houselights-expires",
        b"x-houselights-account",
    }
    assert told[b"x-houselights-role"] == b"facilitator"
    assert told[b"x-houselights-performance"] == b""
    assert told[b"x-houselights-expires"].startswith(b"20")
    assert token.encode() not in told[b"x-houselights-account"]


def test_streamlit_never_sees_an_origin_it_would_ask_the_internet_about(sqlite_database: Database) -> None:
    token = sqlite_database.write(lambda connection: add_sign_in(connection, Role.ORGANISER))
    told = in_a_thread(headers_behind(sqlite_database, f"houselights={token}", CLAIMS))
    assert b"origin" not in {name.lower() for name in told}


def test_a_browser_that_is_both_has_the_person_s_role_and_the_stage_s_performance(
    database: Database, performance: Performance
) -> None:
    person = database.write(lambda connection: add_sign_in(connection, Role.ORGANISER))
    stage = database.write(lambda connection: add_stage_link(connection, performance.id))
    told = in_a_thread(headers_behind(database, f"houselights={person}; houselights_stage={stage}", []))
    assert told[b"x-houselights-role"] == b"organiser"
    assert told[b"x-houselights-performance"] == b""  # an organiser's sign-in is for every performance
    assert told[b"x-houselights-stage"] == performance.id.encode()


def test_a_stage_has_no_time_at_which_it_ends_by_itself(database: Database, performance: Performance) -> None:
    stage = database.write(lambda connection: add_stage_link(connection, performance.id))
    told = in_a_thread(headers_behind(database, f"houselights_stage={stage}", []))
    assert (told[b"x-houselights-role"], told[b"x-houselights-expires"]) == (b"stage", b"")
