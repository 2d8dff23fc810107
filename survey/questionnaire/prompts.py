"""Prompts: what a facilitator may ask the room beside each question; files checked once at the door."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from survey.model import Kind, Question, Questionnaire, Text
from survey.questionnaire.files import content_of
from survey.questionnaire.part import Part
from survey.questionnaire.wrong import QuestionnaireWrong
from survey.settings import ROOT

PROMPTS = ROOT / "data" / "prompts"


@dataclass(frozen=True)
class Prompt:
    """One thing to ask the room. ``text`` goes on stage, ``notes`` do not; ``question`` names a question or a battery."""

    text: Text
    notes: Text | None = None
    question: str | None = None


@dataclass(frozen=True)
class Prompts:
    """The prompts of one questionnaire, whatever its version. ``notes`` hold all evening; the talk ``opens`` with a block."""

    questionnaire: str
    prompts: tuple[Prompt, ...] = ()
    notes: Text | None = None
    opens: str | None = None

    def beside(self, block: str) -> tuple[Prompt, ...]:
        """Return the prompts that go with one question or battery."""
        return tuple(prompt for prompt in self.prompts if prompt.question == block)


def block_of(question: Question) -> str:
    """Return what a prompt calls a question: its battery, else its own id."""
    return question.battery or question.id


def load_prompts(path: Path) -> Prompts:
    """Return the prompts in a file. Raises QuestionnaireWrong."""
    content = content_of(path)
    whole = Part(path.name, "", content)
    whole.allow({"questionnaire", "languages", "notes", "opens", "prompts"})
    languages = whole.codes("languages")
    if not languages:
        raise whole.wrong("Add languages: [en].")
    whole = Part(path.name, "", content, languages)
    named = str(content.get("questionnaire") or "")
    if path.name != f"{named}.yaml":
        raise whole.wrong(f"By its questionnaire this file must be called {named or 'ID'}.yaml. Rename it.")
    prompts = tuple(
        _prompt(whole, number, each) for number, each in enumerate(whole.parts("prompts"), start=1)
    )
    return Prompts(named, prompts, whole.optional_text("notes"), whole.optional_code("opens"))


def prompts_wrong(
    questionnaires: Iterable[Questionnaire], folder: Path = PROMPTS, *, but: Collection[str] = ()
) -> list[QuestionnaireWrong]:
    """Return what is wrong with the prompts in a folder, each file checked against its questionnaire.

    Those of the questionnaires named in ``but``, whose own files are set aside, are left alone.
    """
    known: dict[str, set[str]] = {}
    for questionnaire in questionnaires:
        asked = (question for question in questionnaire.questions if question.kind is not Kind.COMMENT)
        known.setdefault(questionnaire.id, set()).update(map(block_of, asked))
    found = []
    for path in sorted(folder.glob("*.yaml")):
        if path.stem in but:
            continue
        try:
            _check_prompts(load_prompts(path), known, path.name)
        except QuestionnaireWrong as wrong:
            found.append(wrong)
    return found


def _check_prompts(prompts: Prompts, known: Mapping[str, Collection[str]], source: str) -> None:
    if prompts.questionnaire not in known:
        there = ", ".join(sorted(known))
        raise QuestionnaireWrong(
            source, "", f"There is no questionnaire for these prompts. There are: {there}."
        )
    blocks = known[prompts.questionnaire]
    for block in (prompts.opens, *(prompt.question for prompt in prompts.prompts)):
        if block is not None and block not in blocks:
            raise QuestionnaireWrong(
                source, "", f"There is no question {block!r}. Name one of: {', '.join(sorted(blocks))}."
            )


def prompts_for(questionnaire: Questionnaire, folder: Path = PROMPTS) -> Prompts:
    """Return the prompts that belong to a questionnaire; none when nobody has written any, or their file is set aside."""
    path = folder / f"{questionnaire.id}.yaml"
    try:
        return load_prompts(path) if path.exists() else Prompts(questionnaire.id)
    except QuestionnaireWrong:
        return Prompts(questionnaire.id)


def _prompt(whole: Part, number: int, content: object) -> Prompt:
    part = whole.within(f"prompt {number}", content)
    part.allow({"question", "text", "notes"})
    return Prompt(part.text("text"), part.optional_text("notes"), part.optional_code("question"))
