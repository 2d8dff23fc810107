"""The door: what cannot be shown is not let in, and every slip is answered with its line and with what to write instead."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from survey.questionnaire import QuestionnaireWrong, load_questionnaire, parse_questionnaire
from survey.questionnaire.digest import digest
from survey.questionnaire.files import load_translation
from survey.questionnaire.folder import read_folder
from survey.questionnaire.slips import mend

GOOD = """\
id: small
version: 1
languages: [en]
title: {en: Small}
questions:
  - id: ease
    kind: one
    asked: [before, after]
    text: {en: How easy is it}
    options:
      - {value: hard, label: {en: Hard}}
      - {value: easy, label: {en: Easy}}
"""


def file(folder: Path, text: str, name: str = "small-1.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def complaint(folder: Path, text: str) -> QuestionnaireWrong:
    with pytest.raises(QuestionnaireWrong) as raised:
        load_questionnaire(file(folder, text))
    return raised.value


def test_the_file_these_tests_break_is_let_in(tmp_path: Path) -> None:
    assert len(load_questionnaire(file(tmp_path, GOOD))[0].questions) == 1


@pytest.mark.parametrize(
    ("was", "now", "line", "said"),
    [
        ("How easy is it", "Easy: or hard?", 9, 'Write en: "Easy: or hard?".'),
        ("How easy is it", "@home, is it easy?", 9, 'Write en: "@home, is it easy?".'),
        ("{en: How easy is it}", "{en: 'What's easy?'}", 9, 'Write en: "What\'s easy?".'),
        ("{en: Hard}", "{en: Hard, very}", 11, 'Words with a comma need quotes. Write label: {en: "Hard, very"}.'),
        ("{en: Hard}", "{en: No}", 11, 'is No, which YAML reads as yes/no. Put it in quotes: en: "No".'),
        ("{en: Hard}", "{en: 12}", 11, 'Put it in quotes: en: "12".'),
        ("{en: Hard}", "Hard", 11, "Write label: {en: 'Hard'}."),
        ("value: hard", "value: no", 11, 'YAML reads no as yes/no, not as a word. Write value: "no".'),
        ("value: hard", "value: null", 11, 'Write value: "null".'),
        ("value: hard", "value: 12:30", 11, 'YAML reads 12:30 as the number 750. Write value: "12:30".'),
        ("value: hard", "value: 010", 11, 'YAML reads 010 as the number 8. Write value: "010".'),
        ("value: hard", "value: 2015-10-24", 11, '2015-10-24 was read as a date. Put it in quotes: "2015-10-24".'),
        ("- {value: hard, label: {en: Hard}}", "- Hard", 10, "- {value: hard, label: {en: 'Hard'}}."),
        ("[before, after]", "before", 8, "Write asked: [before]."),
        ("[before, after]", "before, after", 8, "Write asked: [before, after]."),
        ("[before, after]", "[during]", 8, "'asked' must be [before], [after] or [before, after]."),
        ("kind: one", "kind: radio", 7, "What other tools call radio is kind: one."),
        ("kind: one", "kind: number\n    lowest: 1", 8, "A number is always asked from 0 to 10. Take this line out."),
        ("kind: one", "kind: one\n    required: true", 8, "Every question may be left out. Take this line out."),
        ("kind: one", "kind: one\n    knd: many", 8, "Did you mean 'kind'?"),
        ("kind: one", "kind: one\n    kind: many", 8, "'kind' is there twice: it stands on line 7 already."),
        ("    kind: one", "\tkind: one", 7, "This line begins with a tab. Put spaces in its place."),
        ("id: ease", "id: Ease", 6, "Use small letters, digits and underscores only."),
        ("languages: [en]", "languages: [en, no]", 3, "List language codes"),
        ("title: {en: Small}", "title: {en: Small, no: Liten}", 4, 'Write "no":.'),
        ("version: 1", "version: one", 2, "Write a whole number from 1 to 9999."),
    ],
)  # fmt: skip
def test_every_slip_is_answered_with_its_line_and_what_to_write_instead(
    tmp_path: Path, was: str, now: str, line: int, said: str
) -> None:
    assert was in GOOD
    wrong = complaint(tmp_path, GOOD.replace(was, now, 1))
    assert said in wrong.what
    assert wrong.line == line
    assert str(wrong).startswith(f"small-1.yaml, line {line}")


def test_a_question_mark_in_braces_is_known_where_yaml_stumbles_over_it() -> None:
    number, what = mend(["text: {en: How easy is it?}"], 1)
    assert number == 1
    assert what.endswith('Write en: "How easy is it?".')


def asking(**changes: Any) -> str:
    """Return a file whose one question is changed."""
    content = yaml.safe_load(GOOD)
    content["questions"][0] |= changes
    return str(yaml.safe_dump(content, allow_unicode=True))


def options(*labels: str) -> list[dict[str, Any]]:
    return [{"value": f"o{number}", "label": {"en": label}} for number, label in enumerate(labels)]


MANY = [f"Answer {number}" for number in range(21)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (asking(id="a" * 33), "has 33 letters. Use at most 32 for 'id'."),
        (asking(options=options("Hard", "E" * 121)), "'label' has 121 letters"),
        (asking(text={"en": "e" * 301}), "'text' has 301 letters"),
        (asking(options=options(*MANY)), "There are 21 options. Offer at most 20."),
        (asking(options=options("Hard", "Easy", "hard ")), "'o0' and 'o2' are both called “hard”"),
        (asking(options=options("Caf\u00e9", "Cafe\u0301")), "are both called “Café”"),
        (asking(options=options("Hard", "Ea\u202esy")), "U+202E (right-to-left override)"),
        (asking(options=options("Hard", "Ea\u0007sy")), "U+0007 (a control character)"),
        (asking(text={"en": "Who\u2066se?"}), "U+2066 (left-to-right isolate)"),
    ],
)
def test_what_phones_and_the_stage_cannot_show_is_not_let_in(tmp_path: Path, text: str, said: str) -> None:
    assert said in complaint(tmp_path, text).what


def test_as_much_as_the_limits_allow_is_let_in(tmp_path: Path) -> None:
    long = options(*(f"{number:02}".ljust(120, "l") for number in range(20)))
    for text in (asking(id="a" * 32, options=long), asking(text={"en": "e" * 300})):
        load_questionnaire(file(tmp_path, text))


def test_a_question_and_answers_that_are_long_together_are_too_much_for_the_stage(tmp_path: Path) -> None:
    long = options(*(f"{number:02}".ljust(120, "l") for number in range(7)))
    said = complaint(tmp_path, asking(text={"en": "e" * 300}, options=long)).what
    assert said.startswith(
        "This question has 300 letters and its answers up to 120: together more than the stage"
    )


def test_rows_of_batteries_count_among_forty_questions(tmp_path: Path) -> None:
    content = yaml.safe_load(GOOD)
    (question,) = content["questions"]
    shared = {key: value for key, value in question.items() if key not in ("id", "text")}
    battery = {"battery": "all", "text": {"en": "How easy is"}, **shared}
    rows = [{"id": f"row_{number}", "text": {"en": f"part {number}"}} for number in range(40)]
    content["questions"] = [{**battery, "rows": rows}]
    load_questionnaire(file(tmp_path, yaml.safe_dump(content)))
    content["questions"].append(question)
    said = complaint(tmp_path, yaml.safe_dump(content)).what
    assert said == "There are 41 questions, rows of batteries counted. Ask at most 40."


def test_words_are_kept_composed(tmp_path: Path) -> None:
    questionnaire, _content = load_questionnaire(file(tmp_path, asking(text={"en": "Cafe\u0301?"})))
    assert str(questionnaire.questions[0].text) == "Caf\u00e9?"


def test_what_was_published_before_the_limits_is_read_as_it_stands(tmp_path: Path) -> None:
    path = file(tmp_path, asking(id="a" * 33))
    content = yaml.safe_load(path.read_text())
    assert parse_questionnaire(content).questions[0].id == "a" * 33
    assert load_questionnaire(path, {digest(content)})[0].questions[0].id == "a" * 33


def test_a_translation_keeps_to_the_same_limits(tmp_path: Path) -> None:
    questionnaire, _content = load_questionnaire(file(tmp_path, GOOD))
    head = "questionnaire: small\nversion: 1\nlanguage: pl\nquestions:\n  ease:\n    options:\n"
    for options, line, said in (
        ("      hard: Tak\n      easy: tak\n", 8, "'hard' and 'easy' are both called “tak”"),
        (f"      hard: {'t' * 121}\n", 7, "has 121 letters"),
        ("      hard: T\u202eak\n", 7, "U+202E"),
    ):
        with pytest.raises(QuestionnaireWrong, match=r"small-1\.pl\.yaml") as raised:
            load_translation(file(tmp_path, head + options, "small-1.pl.yaml"), questionnaire)
        assert said in raised.value.what
        assert raised.value.line == line


def test_one_broken_file_is_set_aside_and_every_other_is_read(tmp_path: Path) -> None:
    translated = tmp_path / "translations"
    translated.mkdir()
    file(tmp_path, GOOD)
    file(tmp_path, GOOD.replace("version: 1", "version: 2").replace("one", "radio"), "small-2.yaml")
    file(tmp_path, "\t", "other-1.yaml")
    polish = "questionnaire: small\nversion: {}\nlanguage: pl\ntitle: {}\n"
    file(translated, polish.format(1, "Mały"), "small-1.pl.yaml")
    file(translated, polish.format(2, "Mały"), "small-2.pl.yaml")
    file(translated, polish.format(1, "12"), "small-1.ur.yaml")
    file(translated, polish.format(1, "Mały"), "smal-1.pl.yaml")

    found = read_folder(tmp_path, translated)

    assert [kept.version_id for kept in found.kept] == ["small-1"]
    assert [each.language for each in found.kept[0].translations] == ["pl"]
    assert found.kept[0].unreadable == {"ur"}
    aside = {wrong.source for wrong in found.set_aside}
    assert {"small-2.yaml", "other-1.yaml", "small-1.ur.yaml", "smal-1.pl.yaml"} <= aside
    assert "small-2.pl.yaml" not in aside, "its questionnaire says already what to do"
