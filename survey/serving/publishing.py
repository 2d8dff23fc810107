"""The start reads the folder of questionnaires: what can be used is stored, what cannot is set aside and said."""

from pathlib import Path

from survey.questionnaire import DATA, TRANSLATIONS, QuestionnaireWrong
from survey.storage.database import Database
from survey.storage.questionnaires import look_through, take_in


def publish_questionnaires(
    database: Database, folder: Path = DATA, translated: Path = TRANSLATIONS
) -> tuple[QuestionnaireWrong, ...]:
    """Store every questionnaire in the folder, with its translations; return what to do about each file that is set aside."""
    with database.reading() as connection:
        found = look_through(connection, folder, translated)
    database.write(lambda connection: take_in(connection, found))
    return found.set_aside
