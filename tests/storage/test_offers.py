"""What is offered after sending: stored per production, in the organiser's order, on both databases."""

from dataclasses import replace

from survey.model import Performance
from survey.storage.database import Database
from survey.storage.offers import Offer, find_offer, set_offer
from survey.storage.productions import delete_production
from survey.storage.resources import (
    Resource,
    ResourceKind,
    add_resource,
    change_resource,
    order_resources,
    remove_resource,
    resources,
)

PODCAST = Resource(
    ResourceKind.PODCAST, "Data Points", "https://www.example.org/points", "15 minutes", "en", "CC BY"
)
FILM = Resource(ResourceKind.FILM, "Dementia", "https://example.org/film", "2 minutes")


def offered(database: Database, performance: Performance) -> Offer:
    with database.reading() as connection:
        return find_offer(connection, performance.production_id)


def titles(database: Database, performance: Performance) -> list[str]:
    with database.reading() as connection:
        return [one.title for one in resources(connection, performance.production_id)]


def test_nothing_is_offered_until_somebody_fills_it_in(database: Database, performance: Performance) -> None:
    assert offered(database, performance) == Offer()
    assert titles(database, performance) == []


def test_the_newest_offer_holds(database: Database, performance: Performance) -> None:
    id = performance.production_id
    first = Offer(("patient-data", "this-app"), "I will ask.", "#ShareMyData", "To hear of the next play.")
    database.write(lambda connection: set_offer(connection, id, first))
    assert offered(database, performance) == first
    second = Offer(("this-app",), "", "", "")
    database.write(lambda connection: set_offer(connection, id, second))
    assert offered(database, performance) == second


def test_resources_keep_the_organisers_order_and_can_change_and_go(
    database: Database, performance: Performance
) -> None:
    id = performance.production_id
    first = database.write(lambda connection: add_resource(connection, id, PODCAST))
    second = database.write(lambda connection: add_resource(connection, id, FILM))
    with database.reading() as connection:
        assert resources(connection, id) == [replace(PODCAST, id=first), replace(FILM, id=second)]
    database.write(lambda connection: order_resources(connection, [second, first]))
    database.write(lambda connection: change_resource(connection, replace(PODCAST, id=first, title="Points")))
    assert titles(database, performance) == ["Dementia", "Points"]
    database.write(lambda connection: remove_resource(connection, second))
    assert titles(database, performance) == ["Points"]


def test_a_resource_names_the_place_it_leads_to() -> None:
    assert (PODCAST.host, FILM.host) == ("example.org", "example.org")


def test_offer_and_resources_go_with_their_production(database: Database, performance: Performance) -> None:
    id = performance.production_id
    database.write(lambda connection: set_offer(connection, id, Offer(pledge="I will ask.")))
    database.write(lambda connection: add_resource(connection, id, PODCAST))
    database.write(lambda connection: delete_production(connection, id))
    assert offered(database, performance) == Offer()
    assert titles(database, performance) == []
