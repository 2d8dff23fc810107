"""A questionnaire in another language: an overlay of words, because a published version never changes.

Every piece of words has a place ("home_system.options.depends"); an overlay says it in one other language. The rows of a
battery share their battery's stem, options and explanation, which stand under the battery's own id.
"""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from survey.language.catalogues import Sentence
from survey.model import Kind, Option, Question, Questionnaire, Text
from survey.questionnaire.labels import same_words
from survey.questionnaire.part import Part

Say = Callable[[Text, str], Text]
Words = Mapping[str, str]
"""Place → words in one language."""


@dataclass(frozen=True)
class Translation:
    """A translation file, parsed. ``words`` may lack some places: then the language is not offered."""

    questionnaire: str
    version: int
    language: str
    words: Words


def pieces(questionnaire: Questionnaire) -> dict[str, Text]:
    """Return every piece of words in a questionnaire by its place, in the order it is read."""
    found: dict[str, Text] = {}

    def note(text: Text, place: str) -> Text:
        found[place] = text
        return text

    reworded(questionnaire, note)
    return found


def speaking_also(questionnaire: Questionnaire, translations: Mapping[str, Words]) -> Questionnaire:
    """Return a questionnaire that speaks its reference language and these, and no other."""
    reference = questionnaire.languages[0]

    def say(text: Text, place: str) -> Text:
        others = {language: words[place] for language, words in translations.items()}
        return Text({reference: text.reference, **others})

    return replace(reworded(questionnaire, say), languages=(reference, *translations))


def own_translations(questionnaire: Questionnaire) -> dict[str, Words]:
    """Return the words a questionnaire's own file has in languages beside the reference."""
    said = pieces(questionnaire)
    return {
        language: {place: text.by_language[language] for place, text in said.items()}
        for language in questionnaire.languages[1:]
    }


def sentences_of(questionnaire: Questionnaire, words: Words) -> tuple[Sentence, ...]:
    """Return every piece of words beside its translation."""
    return tuple(
        Sentence(place, (text.reference,), (words.get(place, ""),))
        for place, text in pieces(questionnaire).items()
    )


def reworded(questionnaire: Questionnaire, say: Say) -> Questionnaire:
    """Return a questionnaire in which every text is what ``say`` makes of it and its place."""
    return replace(
        questionnaire,
        title=say(questionnaire.title, "title"),
        opening=say(questionnaire.opening, "opening") if questionnaire.opening else None,
        questions=tuple(_reworded(question, say) for question in questionnaire.questions),
    )


def _reworded(question: Question, say: Say) -> Question:
    """Return a question reworded, asked in the order it is read: what a battery shares before its row's own words."""
    own, shared = question.id, question.battery or question.id

    def maybe(text: Text | None, id: str, key: str) -> Text | None:
        return None if text is None else say(text, f"{id}.{key}")

    def option(each: Option) -> Option:
        return replace(each, label=say(each.label, f"{shared}.options.{each.value}"))

    stem = maybe(question.stem, shared, "text")
    first = None if question.battery else say(question.text, f"{own}.text")
    note_title = maybe(question.note_title, shared, "note_title")
    note = maybe(question.note, shared, "note")
    # The numbers 0 to 10 are the same in every language.
    options = question.options if question.kind is Kind.NUMBER else tuple(map(option, question.options))
    return replace(
        question,
        stem=stem,
        note_title=note_title,
        note=note,
        options=options,
        low_label=maybe(question.low_label, shared, "low_label"),
        high_label=maybe(question.high_label, shared, "high_label"),
        disagree_word=maybe(question.disagree_word, shared, "disagree_word"),
        agree_word=maybe(question.agree_word, shared, "agree_word"),
        text=first or say(question.text, f"{own}.text"),
        short=maybe(question.short, own, "short"),
    )


# --- the file ------------------------------------------------------------------------------------------------------


def parse_translation(content: object, questionnaire: Questionnaire, source: str) -> Translation:
    """Return a translation of a questionnaire, checked against it. Raises QuestionnaireWrong.

    Words that are not there yet are no mistake; words for something the questionnaire does not ask are, and so are
    those that the door would refuse in the questionnaire itself.
    """
    whole = Part(source, "", {}, door=True).within("", content)
    whole.allow({"questionnaire", "version", "language", "title", "opening", "questions"})
    for key, wanted in (("questionnaire", questionnaire.id), ("version", questionnaire.version)):
        if whole.content.get(key) != wanted:
            raise whole.wrong(f"{key!r} is {whole.content.get(key)!r}. Write {key}: {wanted}.", key)
    language = whole.content.get("language")
    if not isinstance(language, str) or language in questionnaire.languages:
        raise whole.wrong(
            f"'language' is {language!r}. Write the language of these words, for example language: pl.",
            "language",
        )
    known = pieces(questionnaire)
    words = {
        **_said(whole, ("title", "opening"), "", known),
        **_in_questions(whole, known),
    }
    return Translation(questionnaire.id, questionnaire.version, language, words)


def _in_questions(whole: Part, known: Mapping[str, Text]) -> dict[str, str]:
    ids = list(dict.fromkeys(place.partition(".")[0] for place in known if "." in place))
    given = whole.content.get("questions") or {}
    if not isinstance(given, Mapping):
        raise whole.wrong("'questions' must hold the ids of questions, each with its words below it.")
    words: dict[str, str] = {}
    for id, content in given.items():
        part = whole.within(f"question {id}", content or {})
        if id not in ids:
            raise part.wrong(
                f"This questionnaire has no question and no battery with this id. {_hint(id, ids)}"
            )
        keys = {place.split(".")[1] for place in known if place.startswith(f"{id}.")}
        for key in part.content:
            if key not in keys:
                raise part.wrong(f"There is no {key!r} to translate here. {_hint(key, keys)}", str(key))
        words |= _said(part, sorted(keys - {"options"}), f"{id}.", known)
        if "options" in part.content:
            options = part.within(f"question {id}, options", part.content["options"] or {})
            values = [place.split(".")[2] for place in known if place.startswith(f"{id}.options.")]
            for value in options.content:
                if value not in values:
                    raise options.wrong(_no_option(value, values), str(value))
            labels = _said(options, values, f"{id}.options.", known, limit="label")
            _check_twins(options, labels)
            words |= labels
    return words


def _check_twins(part: Part, labels: Mapping[str, str]) -> None:
    seen: dict[str, str] = {}
    for place, label in labels.items():
        value = place.rpartition(".")[2]
        other = seen.setdefault(same_words(label), value)
        if other != value:
            raise part.wrong(
                f"{other!r} and {value!r} are both called “{label}”: nobody could tell them apart. "
                "Change the words of one.",
                value,
            )


def _said(
    part: Part, keys: Iterable[str], before: str, known: Mapping[str, Text], *, limit: str = ""
) -> dict[str, str]:
    """Return the words given under these keys, by place; those left empty are left out."""
    words: dict[str, str] = {}
    for key in keys:
        given = part.content.get(key)
        if given is None or given == "":
            continue
        if not isinstance(given, str):
            raise part.wrong(f"{key!r} is {given!r}, not words. Put it in quotes.", key)
        if before + key not in known:
            raise part.wrong(f"The questionnaire has no {key!r}. Take it out.", key)
        words[before + key] = part.said(given, key, limit=limit)
    return words


def _no_option(value: object, values: list[str]) -> str:
    if isinstance(value, bool):
        return f'YAML read a value as {value}, not as a word. Put it in quotes, for example "no".'
    return f"There is no option {value!r}. {_hint(value, values)}"


def _hint(given: object, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(str(given), list(known), n=1)
    return f"Did you mean {near[0]!r}?" if near else f"Use only: {', '.join(sorted(known))}."
