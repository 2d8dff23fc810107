"""The folder of questionnaires: every file is read by itself, and one that cannot be used is set aside with its sentence."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from survey.model import Questionnaire
from survey.questionnaire.benchmarks import published_benchmarks
from survey.questionnaire.files import DATA, TRANSLATIONS, load_questionnaire, load_translation
from survey.questionnaire.prompts import prompts_wrong
from survey.questionnaire.translation import Translation
from survey.questionnaire.wrong import QuestionnaireWrong


@dataclass(frozen=True)
class Kept:
    """A questionnaire's file that can be used, with its translations."""

    questionnaire: Questionnaire
    content: Mapping[str, Any]
    translations: tuple[Translation, ...] = ()
    unreadable: frozenset[str] = frozenset()
    """Languages whose files are there but set aside."""

    @property
    def version_id(self) -> str:
        """How the version is called."""
        return f"{self.questionnaire.id}-{self.questionnaire.version}"


@dataclass(frozen=True)
class Folder:
    """What a folder holds, in order of name: what can be used, what is set aside, and the versions any file names."""

    kept: tuple[Kept, ...]
    set_aside: tuple[QuestionnaireWrong, ...]
    named: frozenset[str]


def read_folder(
    folder: Path = DATA, translated: Path = TRANSLATIONS, *, published: Collection[str] = ()
) -> Folder:
    """Return every questionnaire of a folder with its translations; one broken file leaves all others as they are.

    ``published``: the digests of contents that were published already, whatever limits the door has today.
    """
    aside: list[QuestionnaireWrong] = []
    found: list[Kept] = []
    paths = sorted(folder.glob("*.yaml"))
    files = sorted(translated.glob("*.yaml"))
    named = frozenset(path.stem for path in paths)
    for path in paths:
        try:
            questionnaire, content = load_questionnaire(path, published)
        except QuestionnaireWrong as wrong:
            aside.append(wrong)
            continue
        found.append(_with_translations(questionnaire, content, files, aside))
    aside += _homeless(files, named)
    asked = [kept.questionnaire for kept in found]
    usable = {questionnaire.id for questionnaire in asked}
    broken = {name.rpartition("-")[0] for name in named} - usable
    aside += prompts_wrong(asked, but=broken)
    aside += _benchmarks_wrong(asked)
    return Folder(tuple(found), tuple(aside), named)


def _with_translations(
    questionnaire: Questionnaire,
    content: Mapping[str, Any],
    files: Iterable[Path],
    aside: list[QuestionnaireWrong],
) -> Kept:
    version_id = f"{questionnaire.id}-{questionnaire.version}"
    translations, unreadable = [], set()
    for path in files:
        version, _dot, language = path.stem.partition(".")
        if version != version_id:
            continue
        try:
            translations.append(load_translation(path, questionnaire))
        except QuestionnaireWrong as wrong:
            aside.append(wrong)
            unreadable.add(language)
    return Kept(questionnaire, content, tuple(translations), frozenset(unreadable))


def _homeless(files: Iterable[Path], named: Collection[str]) -> list[QuestionnaireWrong]:
    """Return a complaint for each translation whose questionnaire has no file."""
    there = ", ".join(sorted(named))
    what = f"There is no questionnaire for this translation. Its name must begin with one of: {there}."
    return [
        QuestionnaireWrong(path.name, "", what) for path in files if path.stem.partition(".")[0] not in named
    ]


def _benchmarks_wrong(questionnaires: Iterable[Questionnaire]) -> list[QuestionnaireWrong]:
    wrong: dict[str, QuestionnaireWrong] = {}
    for questionnaire in questionnaires:
        try:
            published_benchmarks([questionnaire])
        except QuestionnaireWrong as found:
            wrong.setdefault(str(found), found)
    return list(wrong.values())
