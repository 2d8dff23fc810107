"""What holds for every picture: valid, quiet, complete, drawn offline, and the same shape for other numbers."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image

from survey.analysis.benchmarks import beside_benchmark
from survey.analysis.changes import Change, bonett_price, mcnemar_mid_p
from survey.analysis.differences import compare
from survey.analysis.ranges import room_range, worst_case
from survey.analysis.shares import Share, agreeing
from survey.analysis.suppression import shown_change
from survey.charts.benchmarks import benchmarks
from survey.charts.dots import audiences
from survey.charts.flows import flow
from survey.charts.picture import Picture
from survey.charts.ranges import Followed, one_question
from survey.charts.stacks import stack
from survey.charts.turnout import turnout
from survey.questionnaire.benchmarks import benchmark_of
from tests.charts.asking import NEST, given, source, unnamed_data


def a_stack(more: int = 0) -> Picture:
    return stack([given("research_nhs", 5, 11, 20, 55, 51 + more), given("targeted_ads", 20, 30, 28, 40, 24)])


def a_question(more: int = 0) -> Picture:
    answers = given("research_university", 8, 13, 24, 55, 42 + more)
    share = agreeing(answers)
    room, worst = room_range(share.count, share.base, 240), worst_case(share.count, share.base, 240)
    assert room
    assert worst
    return one_question(answers, Followed("said likely", share, room, worst))


def two_audiences(more: int = 0) -> Picture:
    pair = (given("research_nhs", 5, 8, 20, 30, 23), given("research_nhs", 30, 23, 29, 40, 20 + more))
    return audiences(compare(*pair), "2015 audience", "2017 audience")


def a_flow(more: int = 0) -> Picture:
    return flow(shown_change(change(31, 17 + more, 6, 40), 20))


def some_moves(more: int = 0) -> Picture:
    return flow(shown_change(change(31, 17 + more, 3, 40), 20))


def a_turnout(more: int = 0) -> Picture:
    return turnout(
        240, True, [("answered before", Share("", 120, 240)), ("answered after", Share("", 142 + more, 240))]
    )


def change(stayed_agree: int, to: int, away: int, stayed_not: int) -> Change:
    base = stayed_agree + to + away + stayed_not
    question = NEST.question("research_university")
    return Change(
        question, stayed_agree, to, away, stayed_not, bonett_price(to, away, base), mcnemar_mid_p(to, away)
    )


def beside_a_survey(more: int = 0) -> Picture:
    answers = given("trust_internet", *[10] * 8, 10, 10, 10 + more)
    published = benchmark_of(answers.question)
    assert published
    found = beside_benchmark(answers, published)
    assert found
    return benchmarks([found])


PICTURES = [a_stack, a_question, two_audiences, beside_a_survey, a_flow, some_moves, a_turnout]
every_picture = pytest.mark.parametrize("draw", PICTURES, ids=lambda draw: draw.__name__)
Draw = Callable[..., Picture]


@every_picture
def test_a_picture_is_valid_vega_lite(draw: Draw) -> None:
    draw().shape.chart.to_dict(validate=True)


@every_picture
def test_every_layer_has_its_rows(draw: Draw) -> None:
    spec = draw().spec
    assert list(unnamed_data(spec, spec["datasets"])) == []


@every_picture
def test_a_picture_keeps_vegas_own_labels_quiet(draw: Draw) -> None:
    config = draw().spec["config"]
    assert config["aria"] is False
    assert [config[part]["aria"] for part in ("mark", "axis", "legend")] == [False, False, False]


@every_picture
def test_other_numbers_have_other_words_and_the_same_shape(draw: Draw) -> None:
    first, second = draw(), draw(more=3)
    assert second.shape is first.shape
    assert second.words != first.words
    assert source(second) != source(first)


@every_picture
def test_a_picture_stands_on_transparent_ground_and_asks_nobody_else(draw: Draw) -> None:
    picture = draw()
    assert picture.spec["config"]["background"] == "transparent"
    assert "http" not in source(picture).replace(picture.spec["$schema"], "")


@every_picture
def test_a_picture_is_drawn_offline_for_print(draw: Draw) -> None:
    picture = draw()
    assert picture.svg.startswith("<svg")
    assert picture.address.startswith("data:image/svg+xml;base64,")
    image = Image.open(io.BytesIO(picture.png(scale=1)))
    assert image.width > 300
    assert image.convert("RGB").getpixel((1, 1)) == (251, 248, 243)  # paper


@every_picture
def test_what_is_printed_in_a_picture_is_in_its_words_too(draw: Draw) -> None:
    picture = draw()
    printed = {
        str(row["number"])
        for name in picture.rows
        for row in picture.spec["datasets"][name]
        if row.get("number") and name in ("bars", "numbers")
    }
    assert {number for number in printed if number not in picture.words} == set()


def test_pictures_of_one_kind_are_equally_wide() -> None:
    short = one_question(given("home_system", 40, 60, 42))
    long = one_question(given("matters_most", *[20] * 9, base=60))
    widths = [width(picture) for picture in (short, long, a_question())]
    assert max(widths) - min(widths) <= 6  # the scale's last number may stand out a little


def width(picture: Picture) -> int:
    return int(Image.open(io.BytesIO(picture.png(scale=1))).width)


@every_picture
def test_what_a_mark_tells_under_the_pointer_is_a_sentence_never_its_fields(draw: Draw) -> None:
    spec = draw().spec
    assert spec["config"]["mark"]["tooltip"] is None  # else a mark tells every field it is drawn from
    told = list(tooltips(spec))
    assert told
    assert {each["field"] for each in told} == {"said"}
    said = [row["said"] for rows in spec["datasets"].values() for row in rows if "said" in row]
    assert said
    assert [words for words in said if "#" in words or "_" in words or " " not in words] == []


def tooltips(part: object) -> Iterator[dict[str, Any]]:
    """Every tooltip channel of a specification."""
    if isinstance(part, dict):
        for name, inner in part.items():
            if name == "tooltip" and isinstance(inner, dict):
                yield inner
            elif name != "datasets":
                yield from tooltips(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from tooltips(inner)
