"""A whole questionnaire from the content of its file, checked once at the door."""

import re
from collections.abc import Mapping
from dataclasses import replace

from survey.model import Question, Questionnaire
from survey.questionnaire.battery import parse_battery
from survey.questionnaire.part import LONGEST_CODE, Part
from survey.questionnaire.question import parse_question

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_QUESTIONS = 40
"""Rows of batteries count: a longer form is answered by few, and by other people than a short one."""
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def parse_questionnaire(
    content: object, source: str = "questionnaire", *, door: bool = False
) -> Questionnaire:
    """Return a questionnaire. Raises QuestionnaireWrong, which says where and what to do.

    At the ``door`` it must also keep to what phones and the stage can show: lengths, numbers, signs, no twin answers.
    """
    bare = Part(source, "", {}, door=door).within("", content)
    bare.allow({"id", "version", "title", "languages", "opening", "questions"})
    whole = replace(bare, languages=_languages(bare))
    version = whole.number("version", lowest=1, highest=9999)
    if version is None:
        raise whole.wrong("'version' is missing. Add version: 1.")
    return Questionnaire(
        id=_id(whole),
        version=version,
        title=whole.text("title"),
        languages=whole.languages,
        questions=_questions(whole),
        opening=whole.optional_text("opening"),
    )


def _id(whole: Part) -> str:
    id = whole.content.get("id")
    if not isinstance(id, str) or not NAME.fullmatch(id):
        raise whole.wrong(
            f"'id' is {id!r}. Use small letters, digits and single dashes, for example the-nest.", "id"
        )
    if whole.door and len(id) > LONGEST_CODE:
        raise whole.wrong(f"'id' has {len(id)} letters. Use at most {LONGEST_CODE}.", "id")
    return id


def _languages(whole: Part) -> tuple[str, ...]:
    languages = whole.content.get("languages")
    if (
        not isinstance(languages, list)
        or not languages
        or not all(isinstance(language, str) and LANGUAGE.fullmatch(language) for language in languages)
        or len(set(languages)) != len(languages)
    ):
        raise whole.wrong(
            f"'languages' is {languages!r}. List language codes, the reference language first, for example [en].",
            "languages",
        )
    return tuple(languages)


def _questions(whole: Part) -> tuple[Question, ...]:
    found: list[tuple[Question, Part]] = []
    batteries: set[str] = set()
    for position, content in enumerate(whole.parts("questions"), start=1):
        part = whole.within(f"question {_label(content) or position}", content)
        if "battery" in part.content:
            rows = parse_battery(part)
            battery = str(rows[0].battery)
            if battery in batteries:
                raise part.wrong(
                    f"The battery {battery!r} is there twice. Give each a name of its own.", "battery"
                )
            batteries.add(battery)
            found.extend((row, part) for row in rows)
        else:
            found.append((parse_question(part), part))
    _check_ids(found, batteries)
    if whole.door and len(found) > MOST_QUESTIONS:
        raise whole.wrong(
            f"There are {len(found)} questions, rows of batteries counted. Ask at most {MOST_QUESTIONS}.",
            "questions",
        )
    return tuple(question for question, _part in found)


def _label(content: object) -> str:
    if not isinstance(content, Mapping):
        return ""
    return str(content.get("id") or content.get("battery") or "")[:LONGEST_CODE]


def _check_ids(found: list[tuple[Question, Part]], batteries: set[str]) -> None:
    seen = set(batteries)
    for question, part in found:
        if question.id in seen:
            raise replace(part, place=f"question {question.id}").wrong(
                "This id is there twice. Give each question and battery an id of its own.", "id"
            )
        seen.add(question.id)
    for question, part in found:
        if question.was in seen:
            raise replace(part, place=f"question {question.id}").wrong(
                f"'was' names {question.was!r}, which is still asked here. Name the old id only.", "was"
            )
