"""Two tabs at one form: what each changed is kept; where both changed the same, both are shown before anything is lost."""

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from survey.model import CueKind
from survey.storage.cues import add_cue, change_cue, find_cue
from survey.storage.database import Database
from survey.storage.offers import Offer, find_offer, set_offer
from survey.storage.performances import change_performance, set_attendance
from survey.storage.resources import Resource, ResourceKind, add_resource, change_resource, resources
from tests.databases import add_nest_performance
from tests.screen.test_office_pages import (
    Open,
    fill,
    house,
    now,
    office,
    press,
    run,
    words,
)

__all__ = ["house", "office"]

NOT_YET = "Not saved yet: somebody else has saved this since you opened it."


def field(at: AppTest, label: str) -> str:
    """Return what stands in a field."""
    (found,) = [each for each in (*at.text_input, *at.text_area) if each.label == label]
    return str(found.value)


def test_changes_of_two_people_to_different_details_are_both_kept(office: Open, house: Database) -> None:
    made = add_nest_performance(house, wave=None)
    at = office("performances", performance=made.code)
    house.write(lambda connection: change_performance(connection, replace(made, venue="The Bar")))
    fill(at, "Seats", "90")
    at = press(at, "Save details")
    stored = now(house, made)
    assert (stored.venue, stored.capacity) == ("The Bar", 90)
    assert "The details are saved. Somebody else changed Venue meanwhile" in words(at)
    assert field(at, "Venue") == "The Bar"


def test_the_same_detail_changed_by_two_people_is_shown_both_ways_and_nothing_is_lost(
    office: Open, house: Database
) -> None:
    made = add_nest_performance(house, wave=None)
    at = office("performances", performance=made.code)
    house.write(
        lambda connection: change_performance(connection, replace(made, capacity=150, venue="The Bar"))
    )
    fill(at, "Seats", "90")
    at = press(at, "Save details")
    assert NOT_YET in words(at)
    assert "Seats: saved now is “<bdi>150</bdi>”; you typed “<bdi>90</bdi>”." in words(at)
    assert (now(house, made).capacity, now(house, made).venue) == (150, "The Bar")
    assert field(at, "Seats") == "90"

    at = press(at, "Save details")
    assert (now(house, made).capacity, now(house, made).venue) == (90, "The Bar")
    assert NOT_YET not in words(at)


def test_a_second_save_after_the_first_overwrites_nothing_unseen(office: Open, house: Database) -> None:
    made = add_nest_performance(house, wave=None)
    at = office("performances", performance=made.code)
    fill(at, "Seats", "90")
    at = press(at, "Save details")
    stored = now(house, made)
    house.write(lambda connection: change_performance(connection, replace(stored, capacity=70)))
    fill(at, "Venue", "The Bar")
    at = press(at, "Save details")
    assert (now(house, made).capacity, now(house, made).venue) == (70, "The Bar")


def test_the_attendance_that_another_counted_meanwhile_is_not_wiped(office: Open, house: Database) -> None:
    made = add_nest_performance(house)
    at = office("performances", performance=made.code)
    house.write(lambda connection: set_attendance(connection, made.id, 110, False))
    fill(at, "Attendance", "90")
    at = press(at, "Save attendance")
    assert "Attendance: saved now is “<bdi>110</bdi>”; you typed “<bdi>90</bdi>”." in words(at)
    assert now(house, made).attendance == 110
    press(at, "Save attendance")
    assert now(house, made).attendance == 90


def test_what_phones_are_offered_keeps_what_another_saved(office: Open, house: Database) -> None:
    made = add_nest_performance(house, wave=None)
    at = office("offers")
    theirs = Offer(pledge="I will ask how my data is used.", hashtag="#theirs")
    house.write(lambda connection: set_offer(connection, made.production_id, theirs))
    fill(at, "Its hashtag", "#mine")
    at = press(at, "Save what phones are offered")
    assert "you typed “<bdi>#mine</bdi>”" in words(at)
    with house.reading() as connection:
        assert find_offer(connection, made.production_id) == theirs
    press(at, "Save what phones are offered")
    with house.reading() as connection:
        assert find_offer(connection, made.production_id) == replace(theirs, hashtag="#mine")


def test_a_resource_changed_by_another_meanwhile_is_kept(office: Open, house: Database) -> None:
    made = add_nest_performance(house, wave=None)
    podcast = Resource(ResourceKind.PODCAST, "Data stories", "https://example.org/a", language="en")
    id = house.write(lambda connection: add_resource(connection, made.production_id, podcast))
    at = office("offers")
    (picker,) = [box for box in at.selectbox if box.label == "Add or change"]
    picker.set_value(id)
    run(at)
    changed = replace(podcast, id=id, title="Their title")
    house.write(lambda connection: change_resource(connection, changed))
    fill(at, "Title", "My title")
    fill(at, "How long", "15 minutes")
    at = press(at, "Save this")
    assert "Title: saved now is “<bdi>Their title</bdi>”; you typed “<bdi>My title</bdi>”." in words(at)
    with house.reading() as connection:
        assert resources(connection, made.production_id) == [changed]


def test_a_cue_changed_by_another_meanwhile_is_kept(office: Open, house: Database) -> None:
    made = add_nest_performance(house, wave=None)
    cue = house.write(lambda c: add_cue(c, made.id, CueKind.BLACK, notes="Wait.", minutes=2))
    at = office("run", performance=made.code)
    at = press(at, "Change")
    house.write(lambda connection: change_cue(connection, replace(cue, notes="Theirs.", minutes=3)))
    (notes,) = [area for area in at.text_area if area.label.startswith("Your notes")]
    notes.input("Mine.")
    at = press(at, "Save this cue")
    assert "Your notes: saved now is “<bdi>Theirs.</bdi>”; you typed “<bdi>Mine.</bdi>”." in words(at)
    with house.reading() as connection:
        assert find_cue(connection, cue.id).notes == "Theirs."
    press(at, "Save this cue")
    with house.reading() as connection:
        assert (find_cue(connection, cue.id).notes, find_cue(connection, cue.id).minutes) == ("Mine.", 3)
