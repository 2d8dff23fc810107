"""Which of the languages offered a phone prefers. The same language in another script is another language here.

A phone that asks for ``ur-PK`` gets ``ur``, one that asks for ``zh`` or ``zh-CN`` gets ``zh-Hans``; one that asks for
``zh-TW`` reads another script and does not get ``zh-Hans`` without being asked.
"""

from collections.abc import Sequence
from functools import cache

from survey.language.catalogues import underscored

LONGEST = 500
"""Characters of a phone's wishes that are read."""
MOST = 20
"""Languages a phone may wish for."""


def preferred(wishes: str, offered: Sequence[str]) -> str | None:
    """Return the offered language an Accept-Language header prefers; None when it names none of them."""
    scripts: dict[str, str] = {}
    known = {language.lower(): language for language in offered}
    written = {language: _written(language) for language in offered}
    for wish in _wishes(wishes):
        base = wish.partition("-")[0]
        if wish in known:
            return known[wish]
        # Phones add the bare language after their own: "zh-TW, zh" still means the script of Taiwan.
        script = scripts.get(base, "") if wish == base else ""
        language, script = (base, script) if script else _written(wish)
        scripts.setdefault(base, script)
        for each in offered:
            if written[each] == (language, script):
                return each
    return None


def native_name(language: str) -> str:
    """Return what a language calls itself, in its own script."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(underscored(language))
    except (UnknownLocaleError, ValueError):
        return language
    names = locale.languages
    return str(names.get(underscored(language)) or names.get(locale.language) or language)


def english_name(language: str) -> str:
    """Return what English calls a language."""
    from babel import Locale

    names = Locale("en").languages
    return str(names.get(underscored(language)) or names.get(language.partition("-")[0]) or language)


def _wishes(header: str) -> list[str]:
    """Return the languages a header names, the most wished for first; ``*`` and those refused (q=0) are left out."""
    weighed = []
    for part in header[:LONGEST].split(",")[:MOST]:
        tag, _semicolon, parameter = part.partition(";")
        name, _equals, weight = parameter.partition("=")
        try:
            q = float(weight) if name.strip() == "q" else 1.0
        except ValueError:
            q = 0.0
        if tag.strip() and tag.strip() != "*" and q > 0:
            weighed.append((q, tag.strip().lower()))
    return [tag for _q, tag in sorted(weighed, key=lambda each: -each[0])]


def _written(tag: str) -> tuple[str, str]:
    """Return a tag's language and the script it is written in: said in the tag, or the likely one for its region."""
    language, *rest = tag.lower().split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    if scripts:
        return language, scripts[0]
    regions = [part.upper() for part in rest if len(part) == 2]
    likely = _likely()
    found = likely.get("_".join([language, *regions[:1]])) or likely.get(language) or ""
    return language, next((part.lower() for part in found.split("_")[1:] if len(part) == 4), "")


@cache
def _likely() -> dict[str, str]:
    from babel.core import get_global

    return dict(get_global("likely_subtags"))
