"""What the room reads of a ranking: first choices, for every size of audience; and the stage that shows them."""

import re

import pytest

from survey.analysis.suppression import due, shown
from survey.model import Kind, Mode, Wave
from survey.publication import ResultState
from survey.publication.spoken import spoken
from survey.publication.wording import bars, base_words
from survey.questionnaire import DATA, load_questionnaire
from survey.screen.room.scene import scene
from survey.storage.database import Database
from survey.storage.questionnaires import publish
from tests.databases import add_nest_performance
from tests.publication.asking import question
from tests.publication.evening import Evening

ORDER = question(Kind.RANK, "told", "say_no", "fines", "proof", at_most=3)


def read(*given: int) -> tuple[list[tuple[str, str]], str]:
    """Return the bars as (label, printed) and the sentence for first choices in the order offered."""
    visible = shown(ORDER, sum(given), dict(zip(ORDER.values, given, strict=True)))
    return [(bar.label, bar.shown) for bar in bars(ORDER, visible)], spoken(ORDER, visible)


@pytest.mark.parametrize(
    ("given", "printed", "said"),
    [
        ((0, 0, 0, 0), [], ""),
        ((1, 0, 0, 0), [], ""),
        ((3, 3, 3, 0), [], ""),  # 9
        ((4, 3, 3, 0), ["4", "3", "3", "0"], "4 of 10 people put “Told” first."),
        (
            (4, 4, 2, 0),
            ["4", "6"],
            "The answers are spread out: none stands apart.",
        ),  # fewer than 3 in a class
        ((2, 2, 2, 4), ["10"], "The answers are spread out: none stands apart."),
        ((12, 10, 5, 2), ["12", "10", "7"], "12 of 29 people put “Told” first."),
        ((12, 10, 6, 2), ["40", "33", "27"], "40 in 100 put “Told” first."),
        (
            (40, 40, 3, 1),
            ["48", "48", "5"],
            "48 in 100 put “Told” first. 48 in 100 put “Say no” first.",
        ),
        ((0, 14, 0, 0), ["nearly everyone"], "Nearly everyone who answered put “Say no” first."),
        ((2, 82, 0, 0), ["nearly everyone"], "Nearly everyone who answered put “Say no” first."),
        ((0, 0, 0, 84), ["nearly everyone"], "Nearly everyone who answered put “Proof” first."),
    ],
)
def test_the_room_reads_first_choices_by_the_rules_of_any_other_answer(
    given: tuple[int, ...], printed: list[str], said: str
) -> None:
    found, sentence = read(*given)
    assert [number for _, number in found] == printed
    assert sentence == said


def test_where_nobodys_first_choice_is_common_the_sentence_says_so() -> None:
    many = question(Kind.RANK, *(f"answer_{n}" for n in range(7)))
    visible = shown(many, 12, dict(zip(many.values, (2, 2, 2, 2, 2, 1, 1), strict=True)))
    assert spoken(many, visible) == "The answers are spread out: none stands apart."


def test_the_base_says_that_these_are_first_choices() -> None:
    visible = shown(ORDER, 84, {"told": 40, "fines": 44})
    modes = (Mode.PHONE, Mode.PAPER)
    assert base_words(visible, Wave.AFTER, ranked=True) == "First choices, in 100 of the 84 who answered"
    assert base_words(visible, Wave.AFTER, modes, ranked=True) == (
        "First choices, in 100 of the 84 who answered, on phones and on paper"
    )


def test_a_step_is_due_when_two_first_choices_rose() -> None:
    last = {"told": 6, "proof": 4}
    assert not due(ORDER, last, [10], {"told": 21, "proof": 4}, 25)
    assert due(ORDER, last, [10], {"told": 20, "proof": 5}, 25)


@pytest.fixture
def workshop(sqlite_database: Database) -> Evening:
    """A workshop of unknown size, open before."""
    questionnaire, content = load_questionnaire(DATA / "safeguards-1.yaml")
    version = sqlite_database.write(lambda connection: publish(connection, questionnaire, content))
    made = add_nest_performance(sqlite_database, version_id=version, capacity=None)
    return Evening(sqlite_database, made.id)


def on_stage(workshop: Evening) -> str:
    """Return what a person reads on the stage."""
    workshop.show("question", "matters_order", Wave.BEFORE)
    with workshop.database.reading() as connection:
        picture = scene(connection, workshop.performance, "https://talk.example").picture
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", picture)).strip()


def test_the_stage_offers_the_answers_then_shows_first_choices(workshop: Evening) -> None:
    for n in range(14):
        first = "proof" if n < 9 else "told"
        workshop.answer("matters_order", first, "fines", "say_no")
    assert workshop.look("matters_order", Wave.BEFORE).state is ResultState.WAITING
    waiting = on_stage(workshop)
    assert "Choose up to three, in order." in waiting
    assert "Proof that patients benefit" in waiting
    assert "Talk to the person next to you." in waiting
    workshop.reveal("matters_order", Wave.BEFORE)
    seen = on_stage(workshop)
    assert "9 of 14 people put “Proof that patients benefit” first." in seen
    assert "First choices, of the 14 people who answered before the performance" in seen
    shown_bars = [(bar.label, bar.shown) for bar in workshop.look("matters_order", Wave.BEFORE).bars]
    assert ("Proof that patients benefit", "9") in shown_bars
    assert ("Fines for misuse", "0") in shown_bars  # second places are no first choices
