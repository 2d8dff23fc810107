"""Published figures as data: each with its source, each about what a question asks, and what the door refuses."""

from pathlib import Path

import pytest

from survey.model import Questionnaire
from survey.questionnaire import DATA, QuestionnaireWrong, load_questionnaire
from survey.questionnaire.benchmarks import (
    Reuse,
    WordingStatus,
    benchmark_of,
    benchmarks,
    load_benchmarks,
    plain,
    published_benchmarks,
)

GOOD = """languages: [en]
benchmarks:
  - id: known
    who: {en: Adults here}
    year: 2014
    population: {en: adults here}
    source: {title: A survey, address: "https://example.org/survey"}
    licence: not read
    wording: Do you?
    wording_status: verbatim
    scale: {answers: [Never, Sometimes, Always]}
    reuse: identical_ok
    figures: [{n: 100, answers: [20, 30, 50]}]
"""


@pytest.fixture
def nest() -> Questionnaire:
    return load_questionnaire(DATA / "the-nest-1.yaml")[0]


def written(folder: Path, content: str) -> Path:
    path = folder / "benchmarks.yaml"
    path.write_text(content)
    return path


def test_every_question_of_the_nest_finds_the_figures_that_were_read(nest: Questionnaire) -> None:
    found = {}
    for question in nest.questions:
        benchmark = benchmark_of(question)
        figure = benchmark.figure_of(question) if benchmark else None
        if figure:
            found[question.id] = (figure.base, figure.agree, figure.disagree, figure.answers)
    nhs = dict(
        zip(
            ("Very unlikely", "Fairly unlikely", "Not sure", "Fairly likely", "Very likely"),
            (4.4, 3.9, 13.7, 30.4, 47.5),
            strict=True,
        )
    )
    assert found["research_nhs"] == (408, None, None, nhs)
    assert found["trust_nhs"] == (2019, 36, 17, None)
    assert found["trust_internet"] == (2019, 6, 54, None)
    assert found["targeted_ads"] == (2340, 63, 14, None)
    assert found["heard_of_optout"] == (None, 32, None, None)
    assert found["home_system"] == (
        461,
        None,
        None,
        {"Acceptable": 27, "It depends": 17, "Not acceptable": 55},
    )
    assert set(found) == {
        *("home_system", "research_nhs", "research_university", "research_company"),
        *("trust_nhs", "trust_internet", "targeted_ads", "heard_of_optout"),
    }


def test_every_figure_says_who_when_and_where_it_was_read() -> None:
    for benchmark in benchmarks().values():
        assert benchmark.source.title
        assert benchmark.source.address.startswith("http")
        assert benchmark.who.reference
        assert benchmark.population.reference
        assert benchmark.licence


def test_a_figure_that_is_background_only_stays_so(nest: Questionnaire) -> None:
    worn = benchmark_of(nest.question("share_with"))
    assert worn is not None
    assert worn.reuse is Reuse.CONTEXT


def test_a_scenario_that_nobody_gave_leave_to_repeat_is_not_called_verbatim() -> None:
    assert benchmarks()["pew_2015_smart_thermostat"].wording_status is WordingStatus.SUMMARISED


def test_the_american_spelling_and_a_capital_make_no_other_question() -> None:
    assert plain("How likely are  organizations to ask?") == plain("how likely are organisations to ask")
    assert plain("Do you agree?") != plain("Do you disagree?")


def test_a_question_that_names_no_figure_has_none(nest: Questionnaire) -> None:
    assert benchmark_of(nest.question("closer_to")) is None


def test_every_published_questionnaire_passes_the_door() -> None:
    published_benchmarks(load_questionnaire(path)[0] for path in sorted(DATA.glob("*.yaml")))


def test_a_figure_that_is_named_but_not_there_stops_the_start(nest: Questionnaire, tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.replace("id: known", "id: pew_2015_thermostat"))
    with pytest.raises(
        QuestionnaireWrong,
        match=r"benchmarks.yaml: The question 'home_system' of the-nest-1 names the benchmark "
        r"'pew_2015_smart_thermostat', which is not here. Did you mean 'pew_2015_thermostat'",
    ):
        published_benchmarks([nest], path)


def test_a_figure_about_another_row_stops_the_start(nest: Questionnaire, tmp_path: Path) -> None:
    content = GOOD.replace("id: known", "id: pew_2015_smart_thermostat").replace(
        "{n: 100,", "{row: Cars, n: 100,"
    )
    with pytest.raises(QuestionnaireWrong, match=r"no row is 'A company offers .* There are: 'Cars'"):
        published_benchmarks([nest], written(tmp_path, content))


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("who: {en: Adults here}", "who: Adults here", "'who' must name its language"),
        ("    year: 2014\n", "", "'year' is missing"),
        ('address: "https://example.org/survey"', "address: example.org", "is no address of a page"),
        ("title: A survey, ", "", "'title' is missing"),
        ("licence: not read", "licence:", "'licence' is missing"),
        ("verbatim", "remembered", "'wording_status' is 'remembered'. Use one of: verbatim"),
        ("identical_ok", "yes", "'reuse' is True. Use one of: identical_ok"),
        ("[20, 30, 50]", "[20, 30]", "one percentage for each answer"),
        ("[20, 30, 50]", "[20, 30, 70]", "The answers come to 120, not to 100"),
        ("[20, 30, 50]", "[20, 30, fifty]", "'fifty' under 'answers' is no percentage"),
        ("answers: [20, 30, 50]", "agree: 120", "120 under 'agree' is no percentage"),
        ("answers: [20, 30, 50]", "agree: 60, disagree: 50", "come to more than 100"),
        ("answers: [20, 30, 50]", "disagree: 50", "Add 'answers'"),
        ("n: 100", "n: many", "'n' is 'many'. Write a whole number"),
        ("[Never, Sometimes, Always]", "[Never]", "two or more different answers"),
        (
            "answers: [Never, Sometimes, Always]",
            "numbers: {agree: [8, 12]}",
            "different numbers from 0 to 10",
        ),
        ("reuse:", "re_use:", "The key 're_use' is not known here. Did you mean 'reuse'?"),
        ("    figures:", "    design_effect: big\n    figures:", "'design_effect' must be a number"),
        ("figures: [", "figures: [{n: 3, answers: [20, 30, 50]}, ", "give each a 'row' of its own"),
    ],
)
def test_the_door_says_what_to_do(tmp_path: Path, was: str, now: str, said: str) -> None:
    assert was in GOOD
    with pytest.raises(QuestionnaireWrong) as wrong:
        load_benchmarks(written(tmp_path, GOOD.replace(was, now)))
    assert str(wrong.value).startswith("benchmarks.yaml, ")
    assert "benchmark known" in str(wrong.value)
    assert said in str(wrong.value)


def test_two_figures_of_one_name_are_refused(tmp_path: Path) -> None:
    twice = GOOD + GOOD.partition("benchmarks:\n")[2]
    with pytest.raises(QuestionnaireWrong, match="'known' is there twice"):
        load_benchmarks(written(tmp_path, twice))
