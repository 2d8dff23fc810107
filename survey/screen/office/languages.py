"""Approving a language: what stands, what is missing, both columns to read, and a name beside the approval."""

from collections.abc import Collection
from datetime import date

import streamlit as st

from survey.language.catalogues import SOURCE, Sentence
from survey.language.choosing import english_name
from survey.model import Questionnaire
from survey.questionnaire import clean
from survey.screen.office.markup import show
from survey.screen.office.notices import attempt, look
from survey.screen.office.pick import chosen_language
from survey.screen.office.translated import around_of, columns, groups_of, named, standing_of
from survey.storage.translations import StoredTranslation, approve, translations, withdraw

LONGEST_NAME = 80


def show_languages(account: str, version_id: str, questionnaire: Questionnaire) -> None:
    """Show how each translation of a questionnaire stands, and one of them to read and approve."""
    there = {each.language: each for each in look(lambda c: translations(c, version_id, questionnaire))}
    if not there:
        show(
            "notice.html",
            words="This questionnaire has no translation yet. Put one into data/questionnaires/translations, where a "
            "README says how, and start again.",
            trouble=True,
        )
        return
    show(
        "languages.html",
        standings=[(named(each.language), standing_of(each), each.offered) for each in there.values()],
    )
    chosen = there[chosen_language({language: named(language) for language in there})]
    _show_to_read(questionnaire, chosen)
    if not chosen.missing and not chosen.offered:
        _show_approving(account, version_id, chosen)
    if chosen.approval is not None:
        _show_withdrawing(account, version_id, chosen)


def _show_to_read(questionnaire: Questionnaire, chosen: StoredTranslation) -> None:
    """Show what is missing or has changed, then everything there is to read, in two columns."""
    if chosen.missing:
        show("missing.html", language=chosen.language)
        _show_some(questionnaire, chosen, "No words yet", chosen.missing)
    elif chosen.approval is not None and chosen.unread:
        _show_some(questionnaire, chosen, f"Changed since {chosen.approval.by} read it", chosen.unread)
    _show_some(questionnaire, chosen, "The questions", chosen.questions)
    _show_some(
        questionnaire, chosen, "What the phone and the paper sheets say around the questions", chosen.around
    )


def _show_some(
    questionnaire: Questionnaire, chosen: StoredTranslation, heading: str, some: Collection[Sentence]
) -> None:
    asked = [sentence for sentence in chosen.questions if sentence in some]
    around = [sentence for sentence in chosen.around if sentence in some]
    show("subheading.html", words=heading, level=2)
    if asked:
        groups = groups_of(questionnaire, asked)
        show("translated.html", **columns(groups, questionnaire.languages[0], chosen.language))
    if around:
        show("braces.html")
        show("translated.html", **columns(around_of(around), SOURCE, chosen.language))


def _show_approving(account: str, version_id: str, chosen: StoredTranslation) -> None:
    language = english_name(chosen.language)
    with st.form("office.languages.approve"):
        show("subheading.html", words=f"Offer {language} to phones", level=2)
        name = clean(st.text_input("Type your name: it stands beside the approval", max_chars=LONGEST_NAME))
        read = st.checkbox("I have read all of it")
        sent = st.form_submit_button(f"Offer {language} to phones", type="primary")
    if not sent:
        return
    if not name or not read:
        show(
            "problem.html",
            problem="Type your name."
            if not name
            else "Read it to the end, then tick “I have read all of it”.",
        )
        return
    attempt(
        account,
        f"approved {language}",
        version_id,
        lambda connection: approve(
            connection,
            version_id,
            chosen.language,
            name=name,
            on=date.today(),
            sentences=chosen.sentences,
        ),
        done=f"Phones offer {language} from now on.",
    )
    st.rerun()


def _show_withdrawing(account: str, version_id: str, chosen: StoredTranslation) -> None:
    language = english_name(chosen.language)
    if st.button(f"Withdraw the approval of {language}", key="office.languages.withdraw"):
        attempt(
            account,
            f"withdrew {language}",
            version_id,
            lambda connection: withdraw(connection, version_id, chosen.language),
            done=f"Phones no longer offer {language}. Answers already given in it stay.",
        )
        st.rerun()
