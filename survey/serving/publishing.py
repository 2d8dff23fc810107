"""Publishing: the questionnaires in the folder become versions in the database, and then never change."""

from survey.questionnaire import published_questionnaires
from survey.storage.database import Connection, Database
from survey.storage.questionnaires import publish


def publish_questionnaires(database: Database) -> None:
    """Publish every questionnaire in the folder.

    Raises QuestionnaireWrong, and VersionChanged when a published one was edited.
    """

    def act(connection: Connection) -> None:
        for questionnaire, content in published_questionnaires():
            publish(connection, questionnaire, content)

    database.write(act)
