"""Questionnaires as the audience will see them, and what to do about files that are set aside."""

import streamlit as st

from survey.model import Kind, Question, Questionnaire, Wave
from survey.screen.office.markup import show
from survey.screen.office.notices import attempt, look
from survey.storage.questionnaires import look_through, take_in

HOW = {
    Kind.SCALE: "Choose one",
    Kind.ONE: "Choose one",
    Kind.MANY: "Choose any",
    Kind.NUMBER: "Choose a number from 0 to 10",
    Kind.RANK: "Choose in order",
    Kind.COMMENT: "Write a few words",
}


def show_files(account: str) -> None:
    """Say which files of the folder are set aside, and offer to read all of them again."""
    found = look(look_through)
    if found.set_aside:
        show("set_aside.html", wrong=found.set_aside)
    if st.button("Read the files again", key="office.questionnaires.read"):
        done = f"{len(found.kept)} files were read." + (" Some are set aside." if found.set_aside else "")
        attempt(account, "read", "questionnaires", lambda connection: take_in(connection, found), done=done)
        st.rerun()


def show_questionnaire(questionnaire: Questionnaire, wave: Wave) -> None:
    """Show one wave's questions in order; the rows of a battery stand under their stem."""
    show(
        "questionnaire.html",
        questionnaire=questionnaire,
        groups=grouped(questionnaire.asked_in(wave)),
        how=how,
    )


def grouped(questions: tuple[Question, ...]) -> list[list[Question]]:
    """Return the questions in order, neighbouring rows of one battery together."""
    groups: list[list[Question]] = []
    for question in questions:
        if question.battery and groups and groups[-1][0].battery == question.battery:
            groups[-1].append(question)
        else:
            groups.append([question])
    return groups


def how(question: Question) -> str:
    """Return how a question is answered, in words."""
    if question.kind is Kind.MANY and question.at_most:
        return f"Choose up to {question.at_most}"
    if question.kind is Kind.RANK:
        return f"Choose up to {question.places}, best first"
    if question.kind is Kind.COMMENT:
        return f"Write up to {question.limit} characters; “You may quote this without my name” stands below"
    return HOW[question.kind]
