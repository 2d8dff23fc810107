"""One question of a questionnaire file.

A question of kind ``rank`` has two or more options; ``at_most`` says how many places people may fill (1st, 2nd, 3rd
where nothing is said). It has no exclusive option: whoever ranks nothing skips it.
"""

import re
from collections.abc import Mapping
from math import ceil

from survey.model import Kind, Option, Question, Text, Wave
from survey.questionnaire.labels import same_words
from survey.questionnaire.part import Part
from survey.questionnaire.wording import clean

COMMON = {"id", "kind", "text", "short", "asked", "sensitive", "was", "benchmark", "note", "note_title"}
CLASSES = {"agree", "neutral", "disagree", "agree_word", "disagree_word"}
KEYS: Mapping[Kind, set[str]] = {
    Kind.SCALE: COMMON | CLASSES | {"options"},
    Kind.ONE: COMMON | CLASSES | {"options"},
    Kind.MANY: COMMON | {"options", "at_most"},
    Kind.NUMBER: COMMON | CLASSES | {"low_label", "high_label"},
    Kind.RANK: COMMON | {"options", "at_most"},
    Kind.COMMENT: COMMON | {"limit"},
}
ELSEWHERE = {
    **dict.fromkeys(("single", "radio", "choice", "select", "select_one", "dropdown", "boolean"), Kind.ONE),
    **dict.fromkeys(("multiple", "checkbox", "checkboxes", "select_multiple", "multi"), Kind.MANY),
    **dict.fromkeys(("likert", "agreement", "rating"), Kind.SCALE),
    **dict.fromkeys(("slider", "nps", "integer", "range", "stars"), Kind.NUMBER),
    **dict.fromkeys(("ranking", "order"), Kind.RANK),
    **dict.fromkeys(("text", "textarea", "open", "free", "paragraph", "string"), Kind.COMMENT),
}
"""What other survey tools call our kinds."""
MOST_OPTIONS = 20
STAGE_LINE, STAGE_ROOM, BARS = 62, 84.0, 7
"""Letters of a line on the stage at 1024 × 768; the height left for a question and its bars, in hundredths; how many bars."""
PLACES = 3
"""How many places a ranking has where its file does not say."""
MOST_PLACES = 5
"""More cannot be put in order on a phone."""
NUMBERS = tuple(str(number) for number in range(11))
LONGEST_COMMENT = 2000
QUOTE = "_quote"


def parse_question(part: Part, *, battery: str | None = None, stem: Text | None = None) -> Question:
    """Return one question. Raises QuestionnaireWrong."""
    kind = kind_of(part)
    part.allow(KEYS[kind])
    options = _options(part, kind)
    agree, neutral, disagree = (part.codes(key) for key in ("agree", "neutral", "disagree"))
    _check_classes(part, kind, tuple(option.value for option in options), agree, neutral, disagree)
    if part.door:
        _check_stage(part, stem, options)
    if ("note" in part.content) != ("note_title" in part.content):
        raise part.wrong("'note' and 'note_title' go together: the explanation, and the words to tap for it.")
    if part.door and ("low_label" in part.content) != ("high_label" in part.content):
        raise part.wrong("'low_label' and 'high_label' go together: the words at 0 and at 10.")
    if agree and "agree_word" not in part.content:
        raise part.wrong(
            "'agree_word' is missing. Say what those who agree did, for example {en: said likely}."
        )
    if disagree and "disagree_word" not in part.content:
        raise part.wrong("'disagree_word' is missing. Say what they did, for example {en: said unlikely}.")
    return Question(
        id=_id(part, kind),
        kind=kind,
        text=part.text("text"),
        options=options,
        asked=asked_in(part),
        battery=battery,
        stem=stem,
        short=part.optional_text("short"),
        agree=agree,
        neutral=neutral,
        disagree=disagree,
        agree_word=part.optional_text("agree_word"),
        disagree_word=part.optional_text("disagree_word"),
        at_most=_at_most(part, kind, options),
        limit=part.number("limit", lowest=1, highest=LONGEST_COMMENT) or Question.limit,
        sensitive=part.flag("sensitive"),
        was=part.optional_code("was"),
        note=part.optional_text("note"),
        note_title=part.optional_text("note_title"),
        low_label=part.optional_text("low_label"),
        high_label=part.optional_text("high_label"),
        benchmark=part.optional_code("benchmark"),
    )


def kind_of(part: Part) -> Kind:
    """Return which kind of question this is."""
    given = part.content.get("kind")
    if not isinstance(given, str) or given not in set(Kind):
        meant = ELSEWHERE.get(str(given).casefold())
        hint = f" What other tools call {given} is kind: {meant}." if meant else ""
        raise part.wrong(f"'kind' is {given!r}. Use one of: {', '.join(Kind)}.{hint}", "kind")
    return Kind(given)


def asked_in(part: Part) -> frozenset[Wave]:
    """Return the waves in which this is asked; after the performance where nothing is said."""
    if "asked" not in part.content:
        return frozenset({Wave.AFTER})
    waves = part.codes("asked")
    if not waves or set(waves) - set(Wave) or len(set(waves)) != len(waves):
        raise part.wrong("'asked' must be [before], [after] or [before, after].", "asked")
    return frozenset(Wave(wave) for wave in waves)


def _id(part: Part, kind: Kind) -> str:
    id = part.code("id")
    if id.endswith(QUOTE):
        raise part.wrong(
            f"{id!r} ends with {QUOTE!r}, which names the tick under a comment. Rename it.", "id"
        )
    return id


def _options(part: Part, kind: Kind) -> tuple[Option, ...]:
    if kind is Kind.NUMBER:
        return tuple(Option(number, Text(dict.fromkeys(part.languages, number))) for number in NUMBERS)
    if kind is Kind.COMMENT:
        return ()
    options: list[Option] = []
    offered = part.parts("options")
    if part.door and len(offered) > MOST_OPTIONS:
        raise part.wrong(f"There are {len(offered)} options. Offer at most {MOST_OPTIONS}.", "options")
    for position, content in enumerate(offered, start=1):
        place = f"{part.place}, option {position}"
        if not isinstance(content, Mapping):
            raise part.wrong(
                f"Option {position} is {content!r}. Give it a value and a label: "
                f"- {{value: {_code_from(content)}, label: {{{part.languages[0]}: {content!r}}}}}.",
                "options",
            )
        inner = part.within(place, content)
        inner.allow({"value", "label", "exclusive"})
        option = Option(inner.code("value"), inner.text("label"), inner.flag("exclusive"))
        if option.value in {other.value for other in options}:
            raise inner.wrong(
                f"The value {option.value!r} is there twice. Give each option a value of its own.",
                "value",
            )
        if part.door:
            _check_twins(inner, option, options)
        if option.exclusive and kind is not Kind.MANY:
            raise inner.wrong("'exclusive' is for questions of kind many only. Take it out.", "exclusive")
        options.append(option)
    if len(options) < 2:
        raise part.wrong("There is one option only. Add at least one more.")
    return tuple(options)


def _check_stage(part: Part, stem: Text | None, options: tuple[Option, ...]) -> None:
    """Check that a question fits the stage with its bars, in each of its own languages. Raises QuestionnaireWrong."""
    text = part.text("text")
    for language in part.languages if options else ():
        asked = text.by_language[language] + (stem.by_language[language] if stem else "")
        longest = sorted((len(option.label.by_language[language]) for option in options), reverse=True)[:BARS]
        needed = 4.2 * ceil(len(asked) / STAGE_LINE)
        needed += sum(3.8 * ceil(letters / STAGE_LINE) + 2.9 for letters in longest)
        if needed > STAGE_ROOM:
            raise part.wrong(
                f"This question has {len(asked)} letters and its answers up to {longest[0]}: together more than the "
                "stage can show. Shorten the question, or the longest answers.",
                "options",
            )


def _check_twins(part: Part, option: Option, others: list[Option]) -> None:
    for language in part.languages:
        said = clean(option.label.by_language[language])
        for other in others:
            if same_words(other.label.by_language[language]) == same_words(said):
                raise part.wrong(
                    f"{other.value!r} and {option.value!r} are both called “{said}”: nobody could tell them "
                    "apart. Change the words of one.",
                    "label",
                )


def _code_from(words: object) -> str:
    return re.sub(r"[^a-z0-9]+", "_", str(words).casefold()).strip("_") or "one"


def _at_most(part: Part, kind: Kind, options: tuple[Option, ...]) -> int | None:
    if kind is Kind.RANK:
        given = part.number("at_most", lowest=2, highest=min(MOST_PLACES, len(options)))
        return given or min(PLACES, len(options))
    return part.number("at_most", lowest=1, highest=max(len(options) - 1, 1))


def _check_classes(
    part: Part,
    kind: Kind,
    values: tuple[str, ...],
    agree: tuple[str, ...],
    neutral: tuple[str, ...],
    disagree: tuple[str, ...],
) -> None:
    named = disagree + neutral + agree
    for value in named:
        if value not in values:
            raise part.wrong(
                f"{value!r} is named under agree, neutral or disagree but is not an option.", "agree"
            )
    if len(set(named)) != len(named):
        raise part.wrong(
            "An option is named twice under agree, neutral and disagree. Name each once.", "agree"
        )
    if kind in (Kind.SCALE, Kind.NUMBER):
        if not agree or not disagree:
            raise part.wrong("Say which options agree and which disagree: add 'agree' and 'disagree'.")
        if named != values:
            raise part.wrong(
                "disagree, neutral and agree, read one after the other, must name every option in the order "
                "offered, from negative to positive."
            )
