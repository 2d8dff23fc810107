"""What the stage shows, view by view, without a browser."""

import base64
import io
from typing import Any

import numpy
import pytest
import vl_convert
from PIL import Image
from streamlit.testing.v1 import AppTest

from survey.model import Role, Wave
from survey.questionnaire import DATA
from survey.screen.room.pictures.codes import place_of
from survey.screen.room.scene import code_picture, phone_address
from survey.screen.room.stage import PASSING, look, performance_of
from survey.screen.signed_in import Person
from survey.settings import ROOT
from survey.storage import current
from survey.storage.database import Database
from survey.storage.performances import (
    PerformanceUnknown,
    close_wave,
    finish_performance,
    rehearse_wave,
    set_attendance,
)
from tests.codes import read_code
from tests.databases import add_nest_performance
from tests.publication.evening import Evening, an_evening
from tests.screen.looking_on import PUBLIC, drawn, put, seen, words


@pytest.fixture
def evening(sqlite_database: Database) -> Evening:
    """One performance and its audience on a real SQLite file."""
    return an_evening(sqlite_database)


def where(evening: Evening) -> str:
    """Where phones join, in the corner of every picture."""
    place = place_of(evening.performance, PUBLIC)
    return f"{place.address} {place.number}"


def test_at_first_the_stage_shows_how_to_join(evening: Evening) -> None:
    number = evening.performance.join_number
    assert number is not None
    picture = seen(evening)
    assert words(picture.picture) == (
        "The house lights are up. What do you think? Scan, or type talk.theatre.example/join "
        f"{number[:3]} {number[3:]}"
    )
    assert words(picture.count) == "Fewer than 10 people have answered so far"


def test_before_the_performance_the_words_are_others(sqlite_database: Database) -> None:
    assert "The house lights go down soon." in seen(an_evening(sqlite_database, wave=Wave.BEFORE)).picture


def test_the_code_is_read_by_a_decoder_and_leads_to_the_form(evening: Evening) -> None:
    address = phone_address(PUBLIC, evening.performance)
    svg = base64.b64decode(code_picture(address).split(",", 1)[1]).decode()
    picture = vl_convert.svg_to_png(svg, scale=2)
    image = numpy.asarray(Image.open(io.BytesIO(picture)).convert("L"))
    assert read_code(picture) == f"{PUBLIC}/p/{evening.performance.code}"
    module = image.shape[0] / round(image.shape[0] / _module(image))
    border = round(4 * module) - 1
    assert (image[:border].min(), image[:, :border].min(), image[-border:].min()) == (255, 255, 255)


def _module(image: "numpy.ndarray[Any, Any]") -> float:
    """Return how wide one module is: the finder's top edge is seven of them."""
    row = numpy.argmax((image == 0).any(axis=1))
    black = numpy.flatnonzero(image[row] == 0)
    run = numpy.argmax(numpy.diff(black, append=black[-1] + 9) > 1) + 1
    return float(run) / 7


def test_the_count_says_how_many_of_about_how_many(evening: Evening) -> None:
    evening.answers("home_system", {"depends": 12})
    evening.database.write(lambda connection: set_attendance(connection, evening.id, 120, True))
    picture = seen(evening)
    assert words(picture.count) == "12 of about 120 here have answered"
    assert "--now: 0.1" in picture.count


def test_a_question_waits_with_its_options_and_a_reason_to_talk(evening: Evening) -> None:
    evening.show("question", "targeted_ads")
    read = words(seen(evening).picture)
    for said in (
        "How acceptable or unacceptable is that to you?",
        "Fairly unacceptable",
        "Talk to the person next to you.",
    ):
        assert said in read
    assert "talk.theatre.example/join" in read


def test_a_revealed_question_shows_bars_sentence_base_and_where_to_join(evening: Evening) -> None:
    evening.answers("home_system", {"acceptable": 20, "depends": 10, "not_acceptable": 10})
    evening.show("question", "home_system")
    assert "50 in 100" not in seen(evening).picture
    evening.reveal("home_system")
    read = words(seen(evening).picture)
    assert "50 in 100 said acceptable. 25 in 100 said not acceptable." in read
    assert "Not acceptable 25 It depends 25 Acceptable 50 in 100 of the 40 who answered" in read
    assert "talk.theatre.example/join" in read


def test_bars_move_from_where_they_stood(evening: Evening) -> None:
    evening.expect(90)
    evening.answers("home_system", {"acceptable": 20, "depends": 20})
    evening.show("question", "home_system")
    evening.reveal("home_system")
    first = seen(evening)
    evening.answers("home_system", {"not_acceptable": 20, "depends": 20})
    evening.look("home_system")
    assert "--was: 0.5; --now: 0.25" in seen(evening, first).picture


def test_a_picture_that_did_not_change_is_not_drawn_again(evening: Evening) -> None:
    evening.answers("home_system", {"acceptable": 20, "depends": 20})
    evening.show("question", "home_system")
    evening.reveal("home_system")
    first = seen(evening)
    assert seen(evening, first) is first
    evening.show("join")
    joining = seen(evening, first)
    assert seen(evening, joining) is joining


def test_while_the_count_moves_the_code_stays(evening: Evening) -> None:
    evening.answers("home_system", {"depends": 12})
    first = seen(evening)
    evening.answer("home_system", "depends")
    second = seen(evening, first)
    assert (second.picture, second.count != first.count) == (first.picture, True)


def test_the_dark_stage_shows_nothing(evening: Evening) -> None:
    evening.show("black")
    assert (words(seen(evening).picture), seen(evening).count) == ("The stage is dark.", "")


def test_while_nothing_is_open_the_stage_bears_the_name_of_the_evening(evening: Evening) -> None:
    evening.database.write(lambda connection: close_wave(connection, evening.id))
    assert words(seen(evening).picture) == f"The Nest The questions are closed for now. {where(evening)}"
    evening.database.write(lambda connection: finish_performance(connection, evening.id))
    assert words(seen(evening).picture) == f"The Nest Thank you for your answers. {where(evening)}"


def test_a_rehearsal_says_so_in_every_view(sqlite_database: Database) -> None:
    evening = Evening(sqlite_database, add_nest_performance(sqlite_database, wave=None).id)
    assert words(seen(evening).picture) == f"Rehearsal The Nest The questions open soon. {where(evening)}"
    evening.database.write(lambda connection: rehearse_wave(connection, evening.id, Wave.AFTER))
    assert "Rehearsal" in words(seen(evening).picture)
    evening.show("question", "ask_first")
    assert "Rehearsal" in words(seen(evening).picture)
    evening.answers("ask_first", {"always": 20, "not_sure": 20})
    evening.reveal("ask_first")
    assert words(seen(evening).picture).count("Rehearsal") == 1


def test_words_of_a_questionnaire_are_never_markup(evening: Evening) -> None:
    from survey.questionnaire import parse_questionnaire
    from survey.storage.questionnaires import publish

    content = {
        "id": "sharp",
        "version": 1,
        "languages": ["en"],
        "title": {"en": "Sharp"},
        "questions": [
            {
                "id": "sharp",
                "kind": "one",
                "text": {"en": "Is <b>this</b> bold?"},
                "options": [
                    {"value": "yes", "label": {"en": "<script>alert(1)</script>"}},
                    {"value": "no", "label": {"en": "No & never"}},
                ],
            }
        ],
    }
    version = evening.database.write(
        lambda connection: publish(connection, parse_questionnaire(content, source="sharp"), content)
    )
    sharp = Evening(
        evening.database, add_nest_performance(evening.database, version_id=version, wave=Wave.AFTER).id
    )
    sharp.show("question", "sharp")
    assert "<script" not in seen(sharp).picture
    assert "Is &lt;b&gt;this&lt;/b&gt; bold?" in seen(sharp).picture


def test_what_is_no_longer_there_leaves_the_name_of_the_evening(evening: Evening) -> None:
    for gone in (
        {"view": "question", "question": "gone"},
        {"view": "poll", "poll": "gone"},
        {"view": "change", "question": "gone"},
        {"view": "beside", "question": "home_system", "code": "gone"},
        {"view": "beside", "question": "home_system", "benchmark": "pew"},
        {"view": "beside", "question": "gone", "benchmark": "pew_2015_smart_thermostat"},
        {"view": "beside", "question": "closer_to", "benchmark": "pew_2015_smart_thermostat"},
        {"view": "beside", "question": "share_with", "benchmark": "kpmg_2015_wearable"},
        {"view": "prompt", "text": " "},
        {"view": "information"},
        {"view": "no such view"},
        {},
    ):
        put(evening, **gone)
        assert words(seen(evening).picture) == f"The Nest {where(evening)}", gone


def test_a_stage_link_opens_its_own_performance_whatever_the_address_says(evening: Evening) -> None:
    other = an_evening(evening.database)
    projector = Person(Role.STAGE, evening.id, "")
    with evening.database.reading() as connection:
        assert performance_of(connection, projector, other.performance.code).id == evening.id
        staff = Person(Role.FACILITATOR, "", "")
        assert performance_of(connection, staff, other.performance.code).id == other.id
        with pytest.raises(PerformanceUnknown):
            performance_of(connection, staff, None)


def test_looking_writes_the_step_that_is_due(evening: Evening) -> None:
    evening.expect(90)
    evening.answers("home_system", {"acceptable": 20, "depends": 20})
    evening.show("question", "home_system")
    evening.reveal("home_system")
    evening.answers("home_system", {"acceptable": 20, "depends": 20})
    projector = Person(Role.STAGE, evening.id, "")
    assert "in 100 of the 80 who answered" in look(evening.database, projector, None, None).scene.picture


def stage_page(evening: Evening) -> AppTest:
    page = AppTest.from_file(ROOT / "pages" / "stage.py", default_timeout=30)
    page.user = {"role": "stage", "performance": evening.id}
    return page


def test_trouble_leaves_the_last_picture_and_no_box(evening: Evening) -> None:
    current.use(evening.database)
    page = stage_page(evening)
    try:
        first = drawn(page.run())
        assert "The house lights are up." in first
        current.use(None)
        assert drawn(page.run()) == first
        current.use(evening.database)
        evening.show("black")
        assert "The stage is dark." in drawn(page.run())
    finally:
        current.use(None)


def test_without_any_picture_yet_trouble_leaves_the_stage_dark(evening: Evening) -> None:
    current.use(None)
    assert "The stage is dark." in drawn(stage_page(evening).run())


def test_what_passes_is_a_short_list_of_named_troubles() -> None:
    assert Exception not in PASSING
    assert all(issubclass(trouble, Exception) for trouble in PASSING)


def test_every_question_of_the_nest_has_a_picture(evening: Evening) -> None:
    assert (DATA / "the-nest-1.yaml").exists()
    for question in ("home_system", "research_nhs", "share_with", "trust_nhs", "differently"):
        evening.show("question", question)
        assert str(evening.question(question).text).split(",")[0] in words(seen(evening).picture)
