"""Rankings, languages and late answers as an organiser and a facilitator see them."""

import pytest
from streamlit.testing.v1 import AppTest

from survey.model import Answer, Filled, Mode, Performance, Provenance, Role, Standing, Wave
from survey.publication import write_final_checkpoints
from survey.questionnaire import DATA, load_questionnaire
from survey.screen.evidence.places import ordinal
from survey.settings import ROOT
from survey.storage.database import Database
from survey.storage.evidence import add_imported_response, add_source, add_tally
from survey.storage.performances import close_wave
from survey.storage.questionnaires import publish
from tests.databases import add_nest_performance, publish_nest
from tests.publication.evening import Evening
from tests.screen.conftest import OpenEvidence
from tests.screen.reading_pages import block, page_source, pictures, plain, table, words

HEADING = "What matters most in how patient data is used"
BOTH = "Of the {base} people we could match, {same} put the same answer first both times, and {other} put another answer first."
Order = tuple[str, ...]


@pytest.fixture
def version(used_database: Database) -> str:
    """The workshop's questionnaire, published where pages look."""
    questionnaire, content = load_questionnaire(DATA / "safeguards-1.yaml")
    return used_database.write(lambda connection: publish(connection, questionnaire, content))


def workshop(
    database: Database,
    version: str,
    *people: tuple[Order | None, Order | None, int],
    languages: tuple[str, ...] = ("en",),
) -> Performance:
    """Return a finished workshop; so many people each ranked before and after (None: not then)."""
    made = add_nest_performance(
        database, version_id=version, wave=None, standing=Standing.FINISHED, attendance=200
    )

    def store(connection: object) -> None:
        origin = add_source(connection, made.id, Provenance.IMPORTED, "invented")  # type: ignore[arg-type]
        for before, after, number in people:
            for n in range(number):
                who = None
                for wave, order in ((Wave.BEFORE, before), (Wave.AFTER, after)):
                    if order:
                        who = add_imported_response(
                            connection,  # type: ignore[arg-type]
                            origin,
                            performance_id=made.id,
                            mode=Mode.PHONE,
                            wave=wave,
                            version_id=version,
                            language=languages[n % len(languages)],
                            filled=Filled((Answer("matters_order", order),)),
                            respondent_id=who,
                        )

    database.write(store)
    return made


def test_results_show_first_choices_then_every_place(
    used_database: Database, version: str, evidence_page: OpenEvidence
) -> None:
    made = workshop(
        used_database, version, (None, ("proof", "told", "fines"), 40), (None, ("told", "proof"), 20)
    )
    at = evidence_page("results", performance=made.code)
    assert "The bars are first choices. The table has every place." in words(at)
    assert "67 in 100 of those who answered put “Proof that patients benefit” first (40 of 60)." in words(at)
    rows = table(at, f"{HEADING}: 60 people, place by place")
    assert rows[0] == ["Answer", "1st", "2nd", "3rd", "In any place", "In 100", "Mean place"]
    assert rows[1] == ["Being told who uses it and why", "20", "40", "0", "60", "100", "1.7"]
    assert rows[6] == ["Fines for misuse", "0", "0", "40", "40", "67", "3.7"]
    above = table(
        at, "How often the answer on the left stands above the other, in 100 of those who named either"
    )
    assert above[7][1] == "67"  # proof above told
    assert above[1][7] == "33"
    assert above[6][1] == "0"
    assert above[2][3] == "–"  # nobody named either
    (tests,) = [row for row in table(at, "For those who know the tests") if row[0].startswith("Friedman")]
    assert tests[-1] == "< .001"
    assert any("Bars of first choices, 60 answers." in picture.alt for picture in pictures(at))
    assert "share the places that are left" in words(at)


def test_one_answer_above_another_is_not_shown_where_it_points_at_someone(
    used_database: Database, version: str, evidence_page: OpenEvidence
) -> None:
    made = workshop(used_database, version, (None, ("proof",), 12), (None, ("told",), 3))
    at = evidence_page("results", performance=made.code)
    above = table(at, "How often the answer on the left stands above the other")
    assert (above[7][1], above[1][7]) == ("–", "–")  # 12 against 3
    assert above[7][2] == "12 of 12"


def test_below_ten_a_ranking_shows_no_figures(
    used_database: Database, version: str, evidence_page: OpenEvidence
) -> None:
    made = workshop(used_database, version, (None, ("proof", "told"), 9))
    at = evidence_page("results", performance=made.code)
    assert "Fewer than 10 people answered, so no figures are shown." in block(at, HEADING)
    assert "place by place" not in page_source(at)


def test_kept_totals_of_a_ranking_show_first_choices_only(
    used_database: Database, version: str, evidence_page: OpenEvidence
) -> None:
    made = workshop(used_database, version)

    def keep(connection: object) -> None:
        origin = add_source(connection, made.id, Provenance.IMPORTED, "totals")  # type: ignore[arg-type]
        add_tally(
            connection,  # type: ignore[arg-type]
            origin,
            wave=Wave.AFTER,
            mode=Mode.PHONE,
            question="matters_order",
            counts={"proof": 30, "told": 14},
            base=44,
        )

    used_database.write(keep)
    at = evidence_page("results", performance=made.code)
    rows = table(at, f"{HEADING}: 44 answers (first choices)")
    assert rows[1] == ["Being told who uses it and why", "14", "32"]
    assert "place by place" not in words(at)


def test_two_workshops_are_compared_on_first_choices(
    used_database: Database, version: str, evidence_page: OpenEvidence
) -> None:
    a = workshop(used_database, version, (None, ("proof", "told"), 50), (None, ("told",), 20))
    b = workshop(used_database, version, (None, ("proof",), 15), (None, ("told", "fines"), 60))
    at = evidence_page("compare", a=a.code, b=b.code)
    said = block(at, HEADING)
    assert "fewer in 100 put “Proof that patients benefit” first than in the" in said
    assert "Compared on first choices." in said


def test_change_follows_first_choices(
    used_database: Database, version: str, evidence_page: OpenEvidence
) -> None:
    made = workshop(
        used_database,
        version,
        (("proof", "told"), ("proof", "fines"), 30),
        (("proof", "told"), ("told", "proof"), 12),
        (None, ("told",), 20),
    )
    at = evidence_page("change", performance=made.code)
    assert BOTH.format(base=42, same=30, other=12) in words(at)
    assert "Only first choices are followed" in words(at)
    assert "People who stay to answer again differ from people who leave." in words(at)


@pytest.mark.parametrize(
    ("same", "other", "said"),
    [
        (6, 3, "Fewer than 10 people could be matched, so no figures are shown."),
        (20, 0, "Of the 20 people we could match, nearly everyone put the same answer first both times."),
        (2, 9, "Of the 11 people we could match, nearly everyone put another answer first."),
        (7, 4, BOTH.format(base=11, same="the others", other="fewer than 5")),
        (3, 30, BOTH.format(base=33, same="fewer than 5", other="the others")),
        (5, 5, BOTH.format(base=10, same=5, other=5)),
    ],
)
def test_few_who_did_the_same_are_not_counted_out(
    same: int,
    other: int,
    said: str,
    used_database: Database,
    version: str,
    evidence_page: OpenEvidence,
) -> None:
    made = workshop(used_database, version, (("proof",), ("proof",), same), (("proof",), ("told",), other))
    assert said in words(evidence_page("change", performance=made.code))


@pytest.mark.parametrize(
    ("languages", "people", "said"),
    [
        (("en",), 40, ""),
        (("en", "ur"), 40, "20 answered in English, 20 in Urdu."),
        (("en", "en", "en", "ur", "pl"), 60, "36 answered in English, 12 in Polish, 12 in Urdu."),
        (("en", "en", "en", "ur", "pl"), 45, "27 answered in English, 18 in other languages."),
        (
            ("en",) * 8 + ("ur", "pl"),
            40,
            "Answered in English, and by fewer than 10 people in other languages.",
        ),
        (("en", "ur", "pl"), 18, "People answered in several languages, fewer than 10 in each."),
        (("en", "ur"), 9, ""),
    ],
)
def test_results_say_in_which_languages_people_answered(
    languages: tuple[str, ...],
    people: int,
    said: str,
    used_database: Database,
    version: str,
    evidence_page: OpenEvidence,
) -> None:
    made = workshop(used_database, version, (None, ("proof",), people), languages=languages)
    found = words(evidence_page("results", performance=made.code))
    assert said in found
    assert (" in English" in found) == ("English" in said)
    assert ("Some people answered in translation." in found) == (len(set(languages)) > 1)


def test_a_comparison_and_a_change_say_that_some_answered_in_translation(
    used_database: Database, version: str, evidence_page: OpenEvidence
) -> None:
    a = workshop(used_database, version, (("told",), ("proof",), 20), languages=("en", "ur"))
    b = workshop(used_database, version, (None, ("proof",), 20))
    caution = "A translated question is not quite the same question as the original"
    assert caution in words(evidence_page("compare", a=a.code, b=b.code))
    assert caution in words(evidence_page("change", performance=a.code))
    assert caution not in words(evidence_page("change", performance=b.code))


@pytest.mark.parametrize("print_view", ["", "1"])
def test_no_address_puts_a_performance_on_both_sides(
    print_view: str, used_database: Database, version: str, evidence_page: OpenEvidence
) -> None:
    a, b, c = (workshop(used_database, version, (None, ("proof",), 30)) for _ in range(3))
    typed = {"a": f"{a.code},{b.code}", "b": f"{a.code},{c.code},{b.code}"}
    at = evidence_page("compare", **typed, **({"print": print_view} if print_view else {}))
    assert "30 of 200 people answered" in words(at)  # only c stands on the other side
    assert "60 of 400 people answered" in words(at)
    alone = evidence_page("compare", a=a.code, b=a.code, **({"print": print_view} if print_view else {}))
    assert "Choose at least one performance on each side." in words(alone)


def test_the_desk_says_how_many_answers_came_too_late_for_the_room(
    used_database: Database, version: str
) -> None:
    made = add_nest_performance(used_database, version_id=version, capacity=None)
    evening = Evening(used_database, made.id)
    evening.answers("matters_order", {"proof": 8, "told": 6})
    evening.reveal("matters_order", Wave.BEFORE)
    evening.answers("matters_order", {"proof": 2, "told": 1})
    assert "late" not in desk(evening)

    def close(connection: object) -> None:
        write_final_checkpoints(connection, evening.performance)  # type: ignore[arg-type]
        close_wave(connection, made.id)  # type: ignore[arg-type]

    used_database.write(close)
    assert f"{HEADING} 17 answers · revealed · 3 late answers are kept, not shown." in desk(evening)


def desk(evening: Evening) -> str:
    """Return what the desk says of the questions before."""
    page = AppTest.from_file(ROOT / "pages" / "desk.py", default_timeout=60)
    page.user = {"role": Role.FACILITATOR.value}
    page.query_params["performance"] = evening.performance.code
    page.run()
    open_wave = evening.performance.open_wave
    page.segmented_control(key=f"desk-wave-{evening.performance.code}-{open_wave}").set_value(
        Wave.BEFORE
    ).run()
    assert not page.exception
    return " ".join(plain(part.proto.body) for part in page.get("html") if "<style" not in part.proto.body)


def test_places_are_said_as_they_are_spoken() -> None:
    assert [ordinal(place) for place in range(1, 6)] == ["1st", "2nd", "3rd", "4th", "5th"]


def test_a_first_performance_is_offered_the_fullest_questionnaire(
    used_database: Database, version: str
) -> None:
    nest = publish_nest(used_database)
    page = AppTest.from_file(ROOT / "pages" / "performances.py", default_timeout=60)
    page.user = {"role": Role.ORGANISER.value, "account": "organiser"}
    page.query_params["new"] = "yes"
    page.run()
    assert not page.exception
    (offered,) = [box for box in page.selectbox if box.label == "Questionnaire"]
    assert offered.value == nest
