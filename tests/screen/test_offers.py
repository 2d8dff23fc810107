"""The office's page for what phones are offered after sending, driven as an organiser does."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from survey.model import Performance, Role
from survey.screen.office.contacts import contact_list
from survey.screen.office.details import DetailsUnclear
from survey.screen.office.offered import is_web_address, read_offer, read_resource
from survey.settings import ROOT
from survey.storage import current
from survey.storage.contacts import add_contact, contacts
from survey.storage.database import Database
from survey.storage.offers import Offer, find_offer
from survey.storage.productions import find_production
from survey.storage.resources import Resource, ResourceKind, resources
from survey.storage.sign_ins import ABSOLUTE, acts
from tests.databases import add_nest_performance

Open = Callable[..., AppTest]
HOSTILE = "![x](http://evil.example/p.png) <img src=x onerror=alert(1)> **bold**"


@pytest.fixture
def house(sqlite_database: Database) -> Iterator[Database]:
    """The database the page uses."""
    current.use(sqlite_database)
    yield sqlite_database
    current.use(None)


@pytest.fixture
def performance(house: Database) -> Performance:
    """One performance of The Nest."""
    return add_nest_performance(house)


@pytest.fixture
def office(house: Database) -> Open:
    """Open the page."""

    def opened(*, role: Role = Role.ORGANISER, minutes_ago: int = 1) -> AppTest:
        at = AppTest.from_file(ROOT / "pages" / "offers.py", default_timeout=30)
        expires = datetime.now(UTC) + ABSOLUTE - timedelta(minutes=minutes_ago)
        at.user = {"role": role.value, "account": "organiser", "expires": expires.isoformat()}
        return run(at)

    return opened


def run(at: AppTest) -> AppTest:
    at.run()
    assert [str(wrong.value) for wrong in at.exception] == []
    return at


def words(at: AppTest) -> str:
    return "\n".join(part.proto.body for part in at.get("html"))


def press(at: AppTest, label: str) -> AppTest:
    (button,) = [button for button in at.button if button.label == label]
    button.click()
    return run(at)


def fill(at: AppTest, **fields: str) -> None:
    """Type into fields by their label, "_" for a space."""
    for label, value in fields.items():
        (field,) = [one for one in at.text_input if one.label == label.replace("_", " ")]
        field.input(value)


def choose(at: AppTest, label: str, value: object) -> AppTest:
    (box,) = [box for box in at.selectbox if box.label == label]
    box.set_value(value)
    return run(at)


def offered(house: Database, performance: Performance) -> Offer:
    with house.reading() as connection:
        return find_offer(connection, performance.production_id)


def listed(house: Database, performance: Performance) -> list[Resource]:
    with house.reading() as connection:
        return resources(connection, performance.production_id)


def logged(house: Database) -> list[tuple[str, str]]:
    with house.reading() as connection:
        return [(line.act, line.about) for line in acts(connection)]


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.STAGE])
def test_the_page_is_the_organisers(office: Open, performance: Performance, role: Role) -> None:
    at = office(role=role)
    assert [text.value for text in at.text] == ["This page is not part of your sign-in. Ask the organiser."]
    assert words(at) == ""


def test_without_a_production_it_says_what_to_do(office: Open) -> None:
    assert "Set up a performance first." in words(office())


def test_what_is_offered_is_saved_and_logged(office: Open, house: Database, performance: Performance) -> None:
    at = office()
    at.checkbox[0].check()
    fill(at, The_pledge=" I will  ask. ", Its_hashtag="ShareMyData", What_addresses_are_for="To hear of it.")
    at = press(at, "Save what phones are offered")
    assert "Saved. Phones are offered this from now on." in words(at)
    assert offered(house, performance) == Offer(
        ("patient_data",), "I will ask.", "#ShareMyData", "To hear of it."
    )
    assert logged(house) == [("changed what is offered after sending", "The Nest")]
    at = office()
    assert [box.value for box in at.checkbox] == [True, False]
    fill(at, The_pledge="", Its_hashtag="")
    at.checkbox[0].uncheck()
    press(at, "Save what phones are offered")
    assert offered(house, performance) == Offer(stay_in_touch="To hear of it.")


def test_what_needs_another_look_says_so_and_nothing_typed_is_lost(
    office: Open, house: Database, performance: Performance
) -> None:
    at = office()
    fill(at, Its_hashtag="two words", The_pledge="I will ask.")
    at = press(at, "Save what phones are offered")
    assert "Look again at: Its hashtag" in words(at)
    assert "Write one word of letters and digits" in words(at)
    assert offered(house, performance) == Offer()
    assert "I will ask." in [field.value for field in at.text_input]


def test_resources_are_added_changed_moved_and_taken_off(
    office: Open, house: Database, performance: Performance
) -> None:
    at = office()
    assert "Nothing is recommended yet" in words(at)
    fill(at, Title="Data Points", Address="https://example.org/points", How_long="15 minutes")
    at = press(at, "Add this")
    fill(at, Title="Dementia", Address="https://example.org/film", Licence="CC BY")
    at = press(at, "Add this")
    first, second = listed(house, performance)
    assert (first.title, first.length, first.language) == ("Data Points", "15 minutes", "en")
    assert (second.title, second.licence) == ("Dementia", "CC BY")
    at = choose(at, "Add or change", second.id)
    fill(at, Title="Dementia, a drawing")
    at = press(at, "Save this")
    at = choose(at, "Add or change", second.id)
    at = press(at, "Move it up")
    assert [one.title for one in listed(house, performance)] == ["Dementia, a drawing", "Data Points"]
    at = choose(at, "Add or change", first.id)
    at = press(at, "Take it off the list")
    assert [one.title for one in listed(house, performance)] == ["Dementia, a drawing"]
    assert [act for act, _ in logged(house)] == [
        "removed a resource",
        "moved a resource",
        "changed a resource",
        "added a resource",
        "added a resource",
    ]


def test_a_resource_without_a_web_address_is_not_stored(
    office: Open, house: Database, performance: Performance
) -> None:
    at = office()
    fill(at, Title="", Address="javascript:alert(1)")
    at = press(at, "Add this")
    assert "beginning with https://" in words(at)
    assert "Write what it is called." in words(at)
    assert listed(house, performance) == []


def test_hostile_words_stay_words(office: Open, house: Database, performance: Performance) -> None:
    at = office()
    fill(at, Title=HOSTILE, Address="https://example.org/a")
    at = press(at, "Add this")
    assert "<img" not in words(at)
    assert "&lt;img src=x" in words(at)


def test_addresses_are_listed_taken_along_and_deleted(
    office: Open, house: Database, performance: Performance
) -> None:
    assert "Nobody is on the list." in words(office())
    for address in ("zoe@example.org", "Ann@example.org", "bo@example.org"):
        house.write(lambda connection: add_contact(connection, performance, address))
    at = office()
    assert "3 addresses, by the alphabet" in words(at)
    assert "20 March 2099" in words(at)
    assert list(at.dataframe[0].value["Address"]) == ["Ann@example.org", "bo@example.org", "zoe@example.org"]
    fill(at, Address_to_delete="nobody@example.org")
    at = press(at, "Delete this address")
    assert "This address is not on the list." in words(at)
    fill(at, Address_to_delete="ann@example.org")
    at = press(at, "Delete this address")
    assert "2 addresses" in words(at)
    fill(at, Type_delete_to_delete_the_whole_list="all")
    at = press(at, "Delete all addresses")
    assert "Type the word delete" in words(at)
    fill(at, Type_delete_to_delete_the_whole_list="delete")
    at = press(at, "Delete all addresses")
    assert "Nobody is on the list." in words(at)
    assert logged(house) == [("deleted all addresses", "The Nest"), ("deleted an address", "The Nest")]


def test_taking_the_list_along_or_deleting_all_of_it_needs_a_fresh_sign_in(
    office: Open, house: Database, performance: Performance
) -> None:
    house.write(lambda connection: add_contact(connection, performance, "ann@example.org"))
    assert len(office().get("download_button")) == 1
    late = office(minutes_ago=11)
    assert not late.get("download_button")
    assert "Delete all addresses" not in {button.label for button in late.button}
    assert f"/sign-in?next=/offers%3Fproduction%3D{performance.production_id}" in words(late)


def test_the_downloaded_list_runs_nothing_in_a_spreadsheet_and_is_logged(
    house: Database, performance: Performance
) -> None:
    for address in ("=1+1@example.org", "ann@example.org"):
        house.write(lambda connection: add_contact(connection, performance, address))
    with house.reading() as connection:
        work = find_production(connection, performance.production_id)
        assert len(contacts(connection, work.id)) == 2
    table = contact_list("organiser", work)
    assert table.decode("utf-8-sig").split("\r\n") == [
        "address",
        "'=1+1@example.org",
        "ann@example.org",
        "",
    ]
    assert logged(house) == [("downloaded the addresses", "The Nest")]


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://www.example.org", True),
        ("https://ویکی.example/", True),
        ("", False),
        ("example.org", False),
        ("ftp://example.org", False),
        ("javascript:alert(1)", False),
        ("data:text/html,hello", False),
        ("https://", False),
        ("https://localhost/a", False),
        ("https://nhs.uk@evil.example/", False),
        ("https://nhs.uk\\@evil.example/", False),
        ("https://example.org/a b", False),
        ("https://example.org/\u202egro", False),
        ("https://[::1", False),
        ("https://example.org:x/", False),
        ("https://example.org/" + "a" * 500, False),
    ],
)
def test_only_the_whole_address_of_a_web_page_will_do(address: str, fine: bool) -> None:
    assert is_web_address(address) is fine


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"hashtag": "#Share"}, "pledge"),
        ({"pledge": "word " * 49}, "pledge"),
        ({"pledge": "I will.", "hashtag": "#"}, "hashtag"),
        ({"stay_in_touch": "word " * 49}, "stay_in_touch"),
    ],
)
def test_an_unclear_offer_names_its_field(typed: dict[str, str], field: str) -> None:
    empty = {"pledge": "", "hashtag": "", "stay_in_touch": ""}
    with pytest.raises(DetailsUnclear) as unclear:
        read_offer(information=(), **empty | typed)
    assert list(unclear.value.problems) == [field]


def test_words_too_long_for_a_resource_are_not_cut() -> None:
    with pytest.raises(DetailsUnclear) as unclear:
        read_resource(
            kind=ResourceKind.FILM,
            title="word " * 25,
            address="https://example.org",
            length="word " * 13,
            language="en",
            licence="",
        )
    assert set(unclear.value.problems) == {"title", "length"}


def test_the_list_goes_with_its_date_in_words(
    office: Open, house: Database, performance: Performance
) -> None:
    later = add_nest_performance(house, version_id=performance.version_id, keep_until=date(2098, 1, 2))
    house.write(lambda connection: add_contact(connection, later, "ann@example.org"))
    assert "deleted on 2 January 2098" in words(office())
