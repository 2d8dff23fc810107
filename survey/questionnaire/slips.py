"""What is often meant where YAML cannot be read: each slip answered with what stands there and what to write instead."""

import re

TAB = re.compile(r"^ *\t")
PLAIN = re.compile(r"^\s*(?:- +)*([\w-]+): +([^\s\"'\[{|>].*)$")
"""A key and unquoted words to the end of the line."""
IN_BRACES = re.compile(r"[{,] *([\w-]+): *([^\"'{}\[\]]*?)(?= *[}]|$)")
"""A key and unquoted words to the end of its braces."""
APOSTROPHE = re.compile(r"([\w-]+): *'([^'{}]*\w'\w[^'{}]*)'")
SPECIAL = "@`%&*!|>#"
SENTENCES = {
    ":": "Words with a colon need quotes",
    "?": "Words with a question mark inside braces need quotes",
    "special": "Words that begin with {sign} need quotes",
    "'": "An apostrophe ends words in single quotes: use double ones",
}


def mend(lines: list[str], number: int) -> tuple[int, str]:
    """Return the line that is probably meant and what to do about it; ``number`` is where reading stopped, from 1.

    Returns "" as the words when no known slip stands on that line or the one above it.
    """
    for at, line in enumerate(lines, start=1):
        if TAB.match(line):
            return at, "This line begins with a tab. Put spaces in its place."
    for at in (number, number - 1):
        if 1 <= at <= len(lines) and (what := _slip(lines[at - 1])):
            return at, f"It says {lines[at - 1].strip()} here. {what}"
    return number, ""


def _slip(line: str) -> str:
    if found := APOSTROPHE.search(line):
        return _quoted(SENTENCES["'"], found[1], found[2])
    for pattern in (IN_BRACES, PLAIN):
        for found in pattern.finditer(line):
            key, words = found[1], found[2].strip()
            if words[:1] and words[0] in SPECIAL:
                return _quoted(SENTENCES["special"].format(sign=words[0]), key, words)
            if pattern is IN_BRACES and "?" in words:
                return _quoted(SENTENCES["?"], key, words)
            if re.search(r":( |$)", words) and "{" not in words:
                return _quoted(SENTENCES[":"], key, words)
    return ""


def _quoted(why: str, key: str, words: str) -> str:
    said = words.replace('"', '\\"')
    return f'{why}. Write {key}: "{said}".'
