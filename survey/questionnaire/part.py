"""One part of a questionnaire file, read key by key: every complaint says where it stands and what to do."""

import difflib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from survey.model import Text
from survey.questionnaire.wrong import QuestionnaireWrong

CODE = re.compile(r"[a-z0-9][a-z0-9_]*")


@dataclass(frozen=True)
class Part:
    """A mapping from the file, with its place in words ("question home_system") and the languages it must speak."""

    source: str
    place: str
    content: Mapping[str, object]
    languages: tuple[str, ...] = ()

    def wrong(self, what: str) -> QuestionnaireWrong:
        """Return the complaint to raise about this part."""
        return QuestionnaireWrong(self.source, self.place, what)

    def within(self, place: str, content: object) -> "Part":
        """Return a part inside this one. Raises QuestionnaireWrong when it has no keys."""
        if not isinstance(content, Mapping):
            raise QuestionnaireWrong(self.source, place, f"Write keys with values here, not {content!r}.")
        return Part(self.source, place, content, self.languages)

    def allow(self, keys: Collection[str]) -> None:
        """Raise QuestionnaireWrong for a key nobody reads, with the nearest one that is read."""
        for key in self.content:
            if key not in keys:
                near = difflib.get_close_matches(str(key), keys, n=1)
                hint = f"Did you mean {near[0]!r}?" if near else f"Use only: {', '.join(sorted(keys))}."
                raise self.wrong(f"The key {key!r} is not known here. {hint}")

    def code(self, key: str) -> str:
        """Return a stable code: small letters, digits and underscores."""
        given = self.content.get(key)
        if isinstance(given, bool):
            raise self.wrong(
                f'YAML read {key!r} as yes/no, not as a word. Put it in quotes, for example {key}: "no".'
            )
        if given is None:
            raise self.wrong(f"{key!r} is missing. Add {key}: with small letters, digits and underscores.")
        text = str(given)
        if text.startswith("_"):
            raise self.wrong(
                f"{text!r} begins with an underscore; those names belong to the form itself. Rename it."
            )
        if not CODE.fullmatch(text):
            raise self.wrong(
                f"{text!r} cannot be used as {key!r}. Use small letters, digits and underscores only."
            )
        return text

    def optional_code(self, key: str) -> str | None:
        """Return a stable code, or None where none is given."""
        return self.code(key) if key in self.content else None

    def codes(self, key: str) -> tuple[str, ...]:
        """Return a list of option values; empty where none is given."""
        given = self.content.get(key, [])
        if not isinstance(given, list):
            raise self.wrong(f"{key!r} must be a list, for example {key}: [one, two].")
        if any(isinstance(value, bool) for value in given):
            raise self.wrong(f'YAML read a word in {key!r} as yes/no. Put it in quotes: "yes", "no".')
        return tuple(str(value) for value in given)

    def parts(self, key: str) -> list[object]:
        """Return a list that may not be empty."""
        given = self.content.get(key)
        if not isinstance(given, list) or not given:
            raise self.wrong(
                f"{key!r} is missing or empty. Write it as a list, each entry beginning with a dash."
            )
        return given

    def number(self, key: str, *, lowest: int, highest: int) -> int | None:
        """Return a whole number, or None where none is given."""
        given = self.content.get(key)
        if given is None and key not in self.content:
            return None
        if isinstance(given, bool) or not isinstance(given, int) or not lowest <= given <= highest:
            raise self.wrong(f"{key!r} is {given!r}. Write a whole number from {lowest} to {highest}.")
        return given

    def flag(self, key: str) -> bool:
        """Return true or false; false where nothing is given."""
        given = self.content.get(key, False)
        if not isinstance(given, bool):
            raise self.wrong(f"{key!r} is {given!r}. Write true or false.")
        return given

    def text(self, key: str) -> Text:
        """Return words in every language of the questionnaire, the reference language first."""
        given = self.content.get(key)
        first = self.languages[0]
        if given is None:
            raise self.wrong(f"{key!r} is missing. Add {key}: {{{first}: …}}.")
        if not isinstance(given, Mapping):
            raise self.wrong(f"{key!r} must name its language. Write {key}: {{{first}: {given!r}}}.")
        for language in given:
            if language not in self.languages:
                raise self.wrong(
                    f"{key!r} has words in {language!r}, which is not one of this questionnaire's languages. "
                    f"Add it to 'languages' or take the words out."
                )
        return Text({language: self._words(key, language, given) for language in self.languages})

    def optional_text(self, key: str) -> Text | None:
        """Return words in every language, or None where none are given."""
        return self.text(key) if key in self.content else None

    def _words(self, key: str, language: str, given: Mapping[str, object]) -> str:
        words = given.get(language)
        if words is None or words == "":
            raise self.wrong(
                f"{key!r} has no words in {language!r}. Add them, or take {language!r} out of 'languages'."
            )
        if not isinstance(words, str):
            raise self.wrong(f"{key!r} in {language!r} is {words!r}, not words. Put it in quotes.")
        return " ".join(words.split())
