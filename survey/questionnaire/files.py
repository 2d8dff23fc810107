"""Questionnaire files: YAML on disk, one file per version, named ``{id}-{version}.yaml``."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from survey.model import Questionnaire
from survey.questionnaire.digest import canonical
from survey.questionnaire.translation import Translation, parse_translation
from survey.questionnaire.whole import parse_questionnaire
from survey.questionnaire.wrong import QuestionnaireWrong
from survey.settings import ROOT

try:  # libyaml reads ten times as fast
    from yaml import CSafeLoader as QuickLoader
except ImportError:  # an installation without it reads the same
    from yaml import SafeLoader as QuickLoader  # type: ignore[assignment]

DATA = ROOT / "data" / "questionnaires"
TRANSLATIONS = DATA / "translations"


class _Strict(QuickLoader):
    """YAML in which a key given twice is a mistake, not a replacement."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Return a mapping. Raises ConstructorError for a key given twice."""
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} is there twice", key.start_mark
                )
            if isinstance(key, yaml.ScalarNode):
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def load_questionnaire(path: Path) -> tuple[Questionnaire, dict[str, Any]]:
    """Return the questionnaire in a file, and its content as it is to be published. Raises QuestionnaireWrong."""
    content = content_of(path)
    questionnaire = parse_questionnaire(content, source=path.name)
    name = f"{questionnaire.id}-{questionnaire.version}.yaml"
    if path.name != name:
        raise QuestionnaireWrong(
            path.name, "", f"By its id and version this file must be called {name}. Rename it."
        )
    return questionnaire, content


def published_questionnaires(folder: Path = DATA) -> list[tuple[Questionnaire, dict[str, Any]]]:
    """Return every questionnaire in a folder with its content, in order of name. Raises QuestionnaireWrong."""
    return [load_questionnaire(path) for path in sorted(folder.glob("*.yaml"))]


def load_translations(questionnaire: Questionnaire, folder: Path = TRANSLATIONS) -> list[Translation]:
    """Return the translations of a questionnaire in a folder, checked against it. Raises QuestionnaireWrong."""
    found = []
    begins = f"{questionnaire.id}-{questionnaire.version}"
    for path in sorted(folder.glob(f"{begins}.*.yaml")):
        translation = parse_translation(content_of(path), questionnaire, source=path.name)
        name = f"{begins}.{translation.language}.yaml"
        if path.name != name:
            raise QuestionnaireWrong(
                path.name, "", f"By its language this file must be called {name}. Rename it."
            )
        found.append(translation)
    return found


def content_of(path: Path) -> dict[str, Any]:
    """Return what a YAML file holds. Raises QuestionnaireWrong."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_Strict)
    except FileNotFoundError:
        raise QuestionnaireWrong(path.name, "", "There is no such file. Check the name.") from None
    except UnicodeDecodeError:
        raise QuestionnaireWrong(path.name, "", "The file is not UTF-8 text. Save it as UTF-8.") from None
    except yaml.MarkedYAMLError as trouble:
        line = f"line {trouble.problem_mark.line + 1}" if trouble.problem_mark else ""
        raise QuestionnaireWrong(
            path.name,
            line,
            f"This is not valid YAML: {trouble.problem}. Correct this line or the one above it.",
        ) from None
    except yaml.YAMLError as trouble:
        raise QuestionnaireWrong(path.name, "", f"This is not valid YAML: {trouble}.") from None
    if not isinstance(content, dict):
        raise QuestionnaireWrong(
            path.name, "", "Begin the file with id:, version:, languages:, title:, questions:."
        )
    try:
        canonical(content)
    except (TypeError, ValueError):
        raise QuestionnaireWrong(
            path.name, "", "A value was read as a date or something else that is not text. Put it in quotes."
        ) from None
    return content
