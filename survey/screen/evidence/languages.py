"""In which languages people answered, in words, and what a translation means for the figures."""

from babel import Locale

from survey.analysis.figures import few, suppressed
from survey.language.punctuation import all_of
from survey.screen.evidence.reading import Evidence

TRANSLATED = (
    "Some people answered in translation. A translated question is not quite the same question as the original, nor as"
    " one asked in a published survey."
)


def languages_sentence(evidence: Evidence) -> str:
    """Return how many answered in which language; nothing unless there were several.

    Languages with fewer than 10 answers count as other languages, and fewer than 10 of those are not counted out.
    """
    given = evidence.languages
    if len(given) < 2 or suppressed(sum(given.values())):
        return ""
    plain = sorted(
        ((count, name) for name, count in given.items() if not suppressed(count)),
        key=lambda one: (-one[0], one[1]),
    )
    others = sum(given.values()) - sum(count for count, _ in plain)
    if not plain:
        return "People answered in several languages, fewer than 10 in each."
    if few(others):
        # With everybody counted, the number of one language less would give the others away.
        named = all_of([_named(name) for _, name in plain])
        return f"Answered in {named}, and by fewer than 10 people in other languages."
    (most, name), *rest = plain
    parts = [f"{most} answered in {_named(name)}", *(f"{count} in {_named(name)}" for count, name in rest)]
    return ", ".join([*parts, *([f"{others} in other languages"] if others else [])]) + "."


def language_cautions(*evidence: Evidence) -> tuple[str, ...]:
    """Return what to say where anybody answered another language than the questionnaire was written in."""
    return (TRANSLATED,) if any(answered_in_translation(one) for one in evidence) else ()


def answered_in_translation(evidence: Evidence) -> bool:
    """Return whether anybody answered another language than the questionnaire was written in."""
    originals = {questionnaire.languages[0] for questionnaire in evidence.questionnaires}
    return any(language not in originals for language in evidence.languages)


def _named(language: str) -> str:
    """Return a language's name in English."""
    return Locale.parse(language, sep="-").get_display_name("en") or language
