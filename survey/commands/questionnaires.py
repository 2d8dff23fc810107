"""``questionnaires``: list what can be asked and what is set aside, and check a file before anybody is asked."""

import argparse
import json
import sys
from pathlib import Path

from survey.commands.opening import visiting
from survey.questionnaire import QuestionnaireWrong, load_questionnaire
from survey.questionnaire.files import content_of, load_translation
from survey.serving.publishing import publish_questionnaires
from survey.settings import settings
from survey.storage.database import open_database
from survey.storage.places import place_of
from survey.storage.questionnaires import check_unpublished, published, versions


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its acts."""
    parser = subparsers.add_parser("questionnaires", help="list questionnaires, or check a file of one")
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    listing = acts.add_parser("list", help="read the folder; list all versions and the files set aside")
    listing.set_defaults(run=list_questionnaires)
    checking = acts.add_parser("check", help="say whether a file can be used, and if not, what to do")
    checking.add_argument("file", type=Path, metavar="FILE", help="a questionnaire, or a translation of one")
    checking.set_defaults(run=check_file)
    for act in (listing, checking):
        act.add_argument("--json", action="store_true", help="print for another program")


def list_questionnaires(arguments: argparse.Namespace) -> None:
    """Read the folder, then print every version and every file that is set aside."""
    with visiting() as database:
        aside = publish_questionnaires(database)
        with database.reading() as connection:
            found, fixed = versions(connection), published(connection)
    if arguments.json:
        rows = [
            {
                "id": id,
                "questionnaire": version.id,
                "version": version.version,
                "title": str(version.title),
                "questions": len(version.questions),
                "languages": list(version.languages),
                "published": id in fixed,
            }
            for id, version in found
        ]
        print(
            json.dumps(
                {"versions": rows, "set_aside": [in_parts(wrong) for wrong in aside]}, ensure_ascii=False
            )
        )
        return
    for id, version in found:
        standing = "published" if id in fixed else "follows its file until it is first opened"
        print(f"{id}  {version.title}  ({len(version.questions)} questions; {standing})")
    for wrong in aside:
        print(f"set aside: {wrong}")
    if not found:
        print("There are no questionnaires yet. Put one into data/questionnaires.")


def check_file(arguments: argparse.Namespace) -> int:
    """Print what a file holds, or raise QuestionnaireWrong: where it cannot be used, and what to write instead."""
    try:
        what = checked(arguments.file)
    except QuestionnaireWrong as wrong:
        if not arguments.json:
            raise
        print(json.dumps({"ok": False, **in_parts(wrong)}, ensure_ascii=False))
        print(wrong, file=sys.stderr)
        return 1
    if arguments.json:
        print(json.dumps({"ok": True, "file": arguments.file.name, "what": what}, ensure_ascii=False))
    else:
        print(f"{arguments.file.name} can be used: {what}")
    return 0


def checked(path: Path) -> str:
    """Return what a questionnaire or a translation in a file holds, in words. Raises QuestionnaireWrong."""
    if {"questionnaire", "language"} <= content_of(path).keys():
        beside = path.parent.parent / f"{path.name.partition('.')[0]}.yaml"
        questionnaire, _content = load_questionnaire(beside)
        translation = load_translation(path, questionnaire)
        return f"{len(translation.words)} pieces of words in {translation.language}."
    fixed = published_here()
    questionnaire, content = load_questionnaire(path, fixed.values())
    check_unpublished(questionnaire, content, fixed)
    return (
        f"{questionnaire.title}, version {questionnaire.version}, {len(questionnaire.questions)} questions."
    )


def published_here() -> dict[str, str]:
    """Return what is published in this installation's database; nothing where there is none yet."""
    url = settings().database_url
    file = place_of(url).file
    if file is not None and not file.exists():
        return {}
    database = open_database(url, visiting=True)
    try:
        with database.reading() as connection:
            return published(connection)
    finally:
        database.close()


def in_parts(wrong: QuestionnaireWrong) -> dict[str, object]:
    """Return a complaint for another program."""
    return {"file": wrong.source, "line": wrong.line, "place": wrong.place, "what": wrong.what}
