"""One part of a questionnaire file, read key by key: every complaint says where it stands and what to do."""

import difflib
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from survey.model import Text
from survey.questionnaire.marked import Marked
from survey.questionnaire.wording import misleading
from survey.questionnaire.wrong import QuestionnaireWrong

CODE = re.compile(r"[a-z0-9][a-z0-9_]*")
LONGEST_CODE = 32
"""Letters of an id or a value: longer ones cut columns and addresses."""
LONGEST = {
    "title": 120,
    "opening": 400,
    "text": 300,
    "short": 120,
    "note_title": 120,
    "note": 1000,
    "label": 120,
    "agree_word": 60,
    "disagree_word": 60,
    "low_label": 60,
    "high_label": 60,
}
"""Letters, by key, in any language: what phones, sheets and the stage at 1024 × 768 can show."""
MEANT = {
    **dict.fromkeys(("choices", "answers", "values"), "Write the answers offered under options:."),
    **dict.fromkeys(("question", "label", "wording"), "Write the words of a question under text:."),
    **dict.fromkeys(("type", "widget", "format"), "Say what kind of question it is with kind:."),
    **dict.fromkeys(("name", "key", "code"), "Name a question with id:."),
    **dict.fromkeys(("wave", "waves", "when"), "Say when it is asked with asked: [before, after]."),
    **dict.fromkeys(("help", "hint", "description"), "Explain with note_title: and note:."),
    **dict.fromkeys(
        ("lowest", "highest", "minimum", "maximum", "min", "max", "from", "to", "range", "step"),
        "A number is always asked from 0 to 10. Take this line out.",
    ),
    **dict.fromkeys(
        ("required", "mandatory", "optional", "compulsory"),
        "Every question may be left out. Take this line out.",
    ),
}
"""Keys of other survey tools: what to write here instead."""


@dataclass(frozen=True)
class Part:
    """A mapping from the file, with its place in words ("question home_system") and the languages it must speak.

    At the ``door`` lengths and signs are limited too; what was let in before is read as it stands.
    """

    source: str
    place: str
    content: Mapping[str, object]
    languages: tuple[str, ...] = ()
    door: bool = False

    def wrong(self, what: str, key: str = "") -> QuestionnaireWrong:
        """Return the complaint to raise about this part, or about one of its keys."""
        marked = self.content if isinstance(self.content, Marked) else None
        line = marked.lines.get(key, marked.line) if marked is not None else None
        return QuestionnaireWrong(self.source, self.place, what, line)

    def written(self, key: str) -> object:
        """Return a plain value as it stands in the file; where that is not known, what was read."""
        said = self.content.written.get(key) if isinstance(self.content, Marked) else None
        return self.content.get(key) if said is None else said

    def within(self, place: str, content: object) -> "Part":
        """Return a part inside this one. Raises QuestionnaireWrong when it has no keys."""
        if not isinstance(content, Mapping):
            raise replace(self, place=place).wrong(f"Write keys with values here, not {content!r}.")
        return replace(self, place=place, content=content)

    def allow(self, keys: Collection[str]) -> None:
        """Raise QuestionnaireWrong for a key nobody reads, with the nearest one that is read."""
        for key in self.content:
            if key not in keys:
                near = difflib.get_close_matches(str(key), keys, n=1)
                known = f"Did you mean {near[0]!r}?" if near else f"Use only: {', '.join(sorted(keys))}."
                hint = MEANT.get(str(key), known) if "kind" in keys else known
                raise self.wrong(f"The key {key!r} is not known here. {hint}", str(key))

    def code(self, key: str) -> str:
        """Return a stable code: small letters, digits and underscores."""
        given, written = self.content.get(key), self.written(key)
        if isinstance(given, bool) or (given is None and written):
            raise self.wrong(
                f'YAML read {key!r} as yes/no, not as a word. Put it in quotes, for example {key}: "no".'
                if written is given
                else f'YAML reads {written} as {_as(given)}, not as a word. Write {key}: "{written}".',
                key,
            )
        if given is None:
            raise self.wrong(f"{key!r} is missing. Add {key}: with small letters, digits and underscores.")
        text = str(given)
        if isinstance(given, int) and str(written) != text:
            raise self.wrong(f'YAML reads {written} as the number {text}. Write {key}: "{written}".', key)
        if text.startswith("_"):
            raise self.wrong(
                f"{text!r} begins with an underscore; those names belong to the form itself. Rename it.", key
            )
        if not CODE.fullmatch(text):
            raise self.wrong(
                f"{_shortened(text)!r} cannot be used as {key!r}. Use small letters, digits and underscores only.",
                key,
            )
        if self.door and len(text) > LONGEST_CODE:
            raise self.wrong(
                f"{_shortened(text)!r} has {len(text)} letters. Use at most {LONGEST_CODE} for {key!r}.", key
            )
        return text

    def optional_code(self, key: str) -> str | None:
        """Return a stable code, or None where none is given."""
        return self.code(key) if key in self.content else None

    def codes(self, key: str) -> tuple[str, ...]:
        """Return a list of option values; empty where none is given."""
        given = self.content.get(key, [])
        if isinstance(given, str):
            raise self.wrong(f"{key!r} must be a list. Write {key}: [{given}].", key)
        if not isinstance(given, list):
            raise self.wrong(f"{key!r} must be a list, for example {key}: [one, two].", key)
        written = self.written(key)
        said = written if isinstance(written, list) and len(written) == len(given) else given
        for value, stands in zip(given, said, strict=True):
            if isinstance(value, bool):
                raise self.wrong(
                    f'YAML read a word in {key!r} as yes/no. Put it in quotes: "yes", "no".'
                    if stands is value
                    else f'YAML reads {stands} in {key!r} as yes/no. Put it in quotes: "{stands}".',
                    key,
                )
        return tuple(str(value) for value in given)

    def parts(self, key: str) -> list[object]:
        """Return a list that may not be empty."""
        given = self.content.get(key)
        if not isinstance(given, list) or not given:
            raise self.wrong(
                f"{key!r} is missing or empty. Write it as a list, each entry beginning with a dash.", key
            )
        return given

    def number(self, key: str, *, lowest: int, highest: int) -> int | None:
        """Return a whole number, or None where none is given."""
        given = self.content.get(key)
        if given is None and key not in self.content:
            return None
        if isinstance(given, bool) or not isinstance(given, int) or not lowest <= given <= highest:
            raise self.wrong(f"{key!r} is {given!r}. Write a whole number from {lowest} to {highest}.", key)
        return given

    def flag(self, key: str) -> bool:
        """Return true or false; false where nothing is given."""
        given = self.content.get(key, False)
        if not isinstance(given, bool):
            raise self.wrong(f"{key!r} is {given!r}. Write true or false.", key)
        return given

    def text(self, key: str) -> Text:
        """Return words in every language of the questionnaire, the reference language first."""
        given = self.content.get(key)
        first = self.languages[0]
        if given is None:
            raise self.wrong(f"{key!r} is missing. Add {key}: {{{first}: …}}.")
        if not isinstance(given, Mapping):
            raise self.wrong(f"{key!r} must name its language. Write {key}: {{{first}: {given!r}}}.", key)
        for language in given:
            if language in self.languages:
                continue
            if given[language] is None:
                raise self.wrong(f"Words with a comma need quotes. Write {key}: {{{_joined(given)}}}.", key)
            raise self.wrong(
                f"{key!r} has words in {language!r}, which is not one of this questionnaire's languages. "
                f"Add it to 'languages' or take the words out.",
                key,
            )
        return Text({language: self._words(key, language, given) for language in self.languages})

    def optional_text(self, key: str) -> Text | None:
        """Return words in every language, or None where none are given."""
        return self.text(key) if key in self.content else None

    def _words(self, key: str, language: str, given: Mapping[str, object]) -> str:
        words = given.get(language)
        if words is None or words == "":
            raise self.wrong(
                f"{key!r} has no words in {language!r}. Add them, or take {language!r} out of 'languages'.",
                key,
            )
        if not isinstance(words, str):
            stands = given.written.get(language) if isinstance(given, Marked) else None
            raise self.wrong(
                f"{key!r} in {language!r} is {words!r}, not words. Put it in quotes."
                if stands is None
                else f"{key!r} in {language!r} is {stands}, which YAML reads as {_as(words)}. "
                f'Put it in quotes: {language}: "{stands}".',
                key,
            )
        return self.said(words, key)

    def said(self, words: str, key: str, *, limit: str = "") -> str:
        """Return words as they are kept: composed, single spaces. At the door too long or misleading ones are refused."""
        words = " ".join(unicodedata.normalize("NFC", words).split())
        if self.door:
            for sign in misleading(words):
                raise self.wrong(
                    f"{key!r} holds the sign {_named(sign)}, which cannot be seen and can turn or hide what is "
                    "read. Type these words again, without copying them.",
                    key,
                )
            most = LONGEST.get(limit or key)
            if most is not None and len(words) > most:
                raise self.wrong(
                    f"{key!r} has {len(words)} letters, “{_shortened(words)}”. Use at most {most}.", key
                )
        return words


def _joined(given: Mapping[object, object]) -> str:
    """Return words in languages as they were meant: what a comma cut off is nobody's language."""
    said: list[tuple[object, str]] = []
    for language, words in given.items():
        if words is None and said:
            said[-1] = said[-1][0], f"{said[-1][1]}, {language}"
        else:
            said.append((language, str(words)))
    return ", ".join(f'{language}: "{words}"' for language, words in said)


def _as(value: object) -> str:
    if value is None:
        return "nothing"
    return "yes/no" if isinstance(value, bool) else f"the number {value}"


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else text[:38].rstrip() + "…"


def _named(sign: str) -> str:
    return f"U+{ord(sign):04X} ({unicodedata.name(sign, 'a control character').lower()})"
