"""A whole questionnaire from the content of its file, checked once at the door."""

import re
from collections.abc import Mapping

from survey.model import Question, Questionnaire
from survey.questionnaire.battery import parse_battery
from survey.questionnaire.part import Part
from survey.questionnaire.question import parse_question

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def parse_questionnaire(content: object, source: str = "questionnaire") -> Questionnaire:
    """Return a questionnaire. Raises QuestionnaireWrong, which says where and what to do."""
    bare = Part(source, "", {}).within("", content)
    bare.allow({"id", "version", "title", "languages", "opening", "questions"})
    whole = Part(source, "", bare.content, _languages(bare))
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
            f"'id' is {id!r}. Use small letters, digits and single dashes, for example the-nest."
        )
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
            f"'languages' is {languages!r}. List language codes, the reference language first, for example [en]."
        )
    return tuple(languages)


def _questions(whole: Part) -> tuple[Question, ...]:
    questions: list[Question] = []
    batteries: set[str] = set()
    for position, content in enumerate(whole.parts("questions"), start=1):
        part = whole.within(f"question {_label(content) or position}", content)
        if "battery" in part.content:
            rows = parse_battery(part)
            battery = str(rows[0].battery)
            if battery in batteries:
                raise part.wrong(f"The battery {battery!r} is there twice. Give each a name of its own.")
            batteries.add(battery)
            questions.extend(rows)
        else:
            questions.append(parse_question(part))
    _check_ids(whole, questions, batteries)
    return tuple(questions)


def _label(content: object) -> str:
    if not isinstance(content, Mapping):
        return ""
    return str(content.get("id") or content.get("battery") or "")


def _check_ids(whole: Part, questions: list[Question], batteries: set[str]) -> None:
    seen = set(batteries)
    for question in questions:
        if question.id in seen:
            raise Part(whole.source, f"question {question.id}", {}).wrong(
                "This id is there twice. Give each question and battery an id of its own."
            )
        seen.add(question.id)
    for question in questions:
        if question.was in seen:
            raise Part(whole.source, f"question {question.id}", {}).wrong(
                f"'was' names {question.was!r}, which is still asked here. Name the old id only."
            )
