"""Publishing: the questionnaires in the folder become versions in the database, and then never change.

Their translations are stored as they stand: they may change, but phones speak only what a named person has read. One
whose file is gone is gone, with its approval.
"""

from pathlib import Path

from survey.questionnaire import (
    DATA,
    TRANSLATIONS,
    QuestionnaireWrong,
    load_translations,
    own_translations,
    published_questionnaires,
)
from survey.questionnaire.benchmarks import published_benchmarks
from survey.questionnaire.prompts import published_prompts
from survey.storage.database import Connection, Database
from survey.storage.questionnaires import publish
from survey.storage.sign_ins import record
from survey.storage.translations import drop_translations, publish_translation


def publish_questionnaires(database: Database, folder: Path = DATA, translated: Path = TRANSLATIONS) -> None:
    """Publish every questionnaire in the folder, with its translations.

    The prompts and published figures that belong to them are checked at the same door. Raises QuestionnaireWrong, and
    VersionChanged when a published one was edited.
    """
    questionnaires = published_questionnaires(folder)
    known = {f"{questionnaire.id}-{questionnaire.version}" for questionnaire, _content in questionnaires}
    for path in sorted(translated.glob("*.yaml")):
        if path.name.partition(".")[0] not in known:
            raise QuestionnaireWrong(
                path.name,
                "",
                f"There is no questionnaire for this translation. Its name must begin with one of: "
                f"{', '.join(sorted(known))}.",
            )
    published_prompts(questionnaire for questionnaire, _content in questionnaires)
    published_benchmarks(questionnaire for questionnaire, _content in questionnaires)
    found = [(*each, load_translations(each[0], translated)) for each in questionnaires]

    def act(connection: Connection) -> None:
        for questionnaire, content, translations in found:
            id = publish(connection, questionnaire, content)
            for translation in translations:
                publish_translation(connection, id, translation.language, translation.words)
            there = {*own_translations(questionnaire), *(each.language for each in translations)}
            for language in drop_translations(connection, id, but=there):
                record(connection, None, f"withdrew {language}, whose file is gone", id)

    database.write(act)
