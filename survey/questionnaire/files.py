"""Questionnaire files: YAML on disk, one file per version, named ``{id}-{version}.yaml``."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import yaml

from survey.model import Questionnaire
from survey.questionnaire.digest import canonical, digest
from survey.questionnaire.marked import Marked, MarkedLoader, Slip
from survey.questionnaire.slips import mend
from survey.questionnaire.translation import Translation, parse_translation
from survey.questionnaire.whole import parse_questionnaire
from survey.questionnaire.wrong import QuestionnaireWrong
from survey.settings import ROOT

DATA = ROOT / "data" / "questionnaires"
TRANSLATIONS = DATA / "translations"


def load_questionnaire(path: Path, published: Collection[str] = ()) -> tuple[Questionnaire, dict[str, Any]]:
    """Return the questionnaire in a file, and its content as it is to be published. Raises QuestionnaireWrong.

    What was published already, by its digest, is read as it stands, whatever limits the door has today.
    """
    content = content_of(path)
    door = digest(content) not in published
    questionnaire = parse_questionnaire(content, source=path.name, door=door)
    name = f"{questionnaire.id}-{questionnaire.version}.yaml"
    if path.name != name:
        raise QuestionnaireWrong(
            path.name, "", f"By its id and version this file must be called {name}. Rename it."
        )
    return questionnaire, content


def load_translation(path: Path, questionnaire: Questionnaire) -> Translation:
    """Return the translation in a file, checked against its questionnaire. Raises QuestionnaireWrong."""
    translation = parse_translation(content_of(path), questionnaire, source=path.name)
    name = f"{translation.questionnaire}-{translation.version}.{translation.language}.yaml"
    if path.name != name:
        raise QuestionnaireWrong(
            path.name, "", f"By its language this file must be called {name}. Rename it."
        )
    return translation


def published_questionnaires(folder: Path = DATA) -> list[tuple[Questionnaire, dict[str, Any]]]:
    """Return every questionnaire in a folder with its content, in order of name. Raises QuestionnaireWrong."""
    return [load_questionnaire(path) for path in sorted(folder.glob("*.yaml"))]


def load_translations(questionnaire: Questionnaire, folder: Path = TRANSLATIONS) -> list[Translation]:
    """Return the translations of a questionnaire in a folder, checked against it. Raises QuestionnaireWrong."""
    files = sorted(folder.glob(f"{questionnaire.id}-{questionnaire.version}.*.yaml"))
    return [load_translation(path, questionnaire) for path in files]


def content_of(path: Path) -> Marked:
    """Return what a YAML file holds, with its lines. Raises QuestionnaireWrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise QuestionnaireWrong(path.name, "", "There is no such file. Check the name.") from None
    except OSError as trouble:
        raise QuestionnaireWrong(path.name, "", f"The file cannot be read: {trouble.strerror}.") from None
    except UnicodeDecodeError:
        raise QuestionnaireWrong(path.name, "", "The file is not UTF-8 text. Save it as UTF-8.") from None
    try:
        content = yaml.load(text, Loader=MarkedLoader)
    except Slip as slip:
        raise QuestionnaireWrong(path.name, "", slip.what, slip.line) from None
    except yaml.MarkedYAMLError as trouble:
        mark = trouble.problem_mark or trouble.context_mark
        line, what = mend(text.splitlines(), mark.line + 1 if mark else 1)
        what = what or f"This is not valid YAML: {trouble.problem}. Correct this line or the one above it."
        raise QuestionnaireWrong(path.name, "", what, line) from None
    except yaml.YAMLError as trouble:
        raise QuestionnaireWrong(path.name, "", f"This is not valid YAML: {trouble}.") from None
    except RecursionError:
        raise QuestionnaireWrong(path.name, "", "Lists and keys stand too deep in each other.") from None
    if not isinstance(content, Marked):
        raise QuestionnaireWrong(
            path.name, "", "Begin the file with id:, version:, languages:, title:, questions:."
        )
    try:
        canonical(content)
    except (TypeError, ValueError):
        raise QuestionnaireWrong(
            path.name, "", "A value is neither text nor a whole number. Put it in quotes."
        ) from None
    return content
