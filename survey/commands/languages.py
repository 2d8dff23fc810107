"""``languages``: list translations, approve one by name, withdraw it, for whoever works without the office's pages."""

import argparse
import json
from datetime import date

from survey.commands.opening import visiting
from survey.commands.performances import version_of
from survey.questionnaire import clean
from survey.screen.office.translated import standing_of
from survey.serving.publishing import publish_questionnaires
from survey.storage.database import Connection
from survey.storage.questionnaires import find_version, versions
from survey.storage.sign_ins import record
from survey.storage.translations import approve, translation_into, translations, withdraw


class NameMissing(ValueError):
    """An approval without a name is none."""


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its acts."""
    parser = subparsers.add_parser(
        "languages", help="list, approve or withdraw translations of questionnaires"
    )
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    listing = acts.add_parser("list", help="list all translations and what each still needs")
    listing.set_defaults(run=list_translations)

    approving = acts.add_parser(
        "approve", help="offer a language to phones: somebody has read every word of it"
    )
    approving.add_argument("--name", required=True, metavar="NAME", help="who has read every word")
    approving.set_defaults(run=approve_language)

    withdrawing = acts.add_parser("withdraw", help="take an approval back")
    withdrawing.set_defaults(run=withdraw_language)

    for act in (approving, withdrawing):
        act.add_argument("questionnaire", metavar="QUESTIONNAIRE", help="for example the-nest")
        act.add_argument("language", metavar="LANGUAGE", help="for example ur")
    listing.add_argument("--json", action="store_true", help="print for another program")


def list_translations(arguments: argparse.Namespace) -> None:
    """Print how each translation of each version stands."""
    with visiting() as database:
        publish_questionnaires(database)
        with database.reading() as connection:
            found = [
                (id, each)
                for id, questionnaire in versions(connection)
                for each in translations(connection, id, questionnaire)
            ]
    if arguments.json:
        rows = [
            {
                "questionnaire": id,
                "language": each.language,
                "offered": each.offered,
                "missing": [sentence.place for sentence in each.missing],
                "approved_by": each.approval.by if each.approval else None,
                "approved_on": each.approval.on.isoformat() if each.approval else None,
            }
            for id, each in found
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for id, each in found:
        print(f"{id}  {each.language}  {standing_of(each)}")
    if not found:
        print("There are no translations yet. Put them into data/questionnaires/translations.")


def approve_language(arguments: argparse.Namespace) -> None:
    """Approve a translation as it stands. Raises QuestionnaireUnknown, TranslationUnknown, TranslationIncomplete."""
    name = clean(arguments.name)
    if not name:
        raise NameMissing('Say who has read every word: --name "Amina Khan".')
    with visiting() as database:
        publish_questionnaires(database)
        version_id = version_of(database, arguments.questionnaire)

        def act(connection: Connection) -> None:
            version = find_version(connection, version_id)
            there = translation_into(connection, version_id, version, arguments.language)
            approve(
                connection,
                version_id,
                there.language,
                name=name,
                on=date.today(),
                sentences=there.sentences,
            )
            record(connection, None, f"approved {there.language}", version_id)

        database.write(act)
    print(f"Phones offer {arguments.language} for {version_id} from now on.")


def withdraw_language(arguments: argparse.Namespace) -> None:
    """Take an approval back. Raises QuestionnaireUnknown, TranslationUnknown."""
    with visiting() as database:
        version_id = version_of(database, arguments.questionnaire)

        def act(connection: Connection) -> None:
            version = find_version(connection, version_id)
            there = translation_into(connection, version_id, version, arguments.language)
            withdraw(connection, version_id, there.language)
            record(connection, None, f"withdrew {there.language}", version_id)

        database.write(act)
    print(f"Phones no longer offer {arguments.language} for {version_id}.")
