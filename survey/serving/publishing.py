"""Publishing: the questionnaires in the folder become versions in the database, and then never change."""

from survey.questionnaire import published_questionnaires
from survey.storage.database import Database
from survey.storage.questionnaires import publish


def publish_questionnaires(database: Database) -> None:
    """Publish every questionnaire in the folder.

    Raises QuestionnaireWrong, and VersionChanged when a published one was edited.
    """
    for questionnaire, content in published_questionnaires():
        database.write(lambda connection, q=questionnaire, c=content: publish(connection, q, c))
