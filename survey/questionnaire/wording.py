"""Words from the audience, cleaned on the way in: what misleads or floods a screen goes, real scripts stay whole."""

import unicodedata
from collections.abc import Iterator

MARKS = 4
"""The most combining marks kept on one character."""
RUN = 9
"""The longest run of one character kept."""
LINES = 2
"""The longest run of line ends kept: one blank line."""

NON_JOINER, JOINER = "\u200c", "\u200d"
BLACK_FLAG, LAST_TAG = "\U0001f3f4", "\U000e007f"
EMOJI_STYLE = "\ufe0f"
TURNING = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))
"""Signs that change the direction of all that follows."""
BLANK_LETTERS = frozenset("\u115f\u1160\u17b4\u17b5\u3164\uffa0")
LINE_ENDS = str.maketrans(
    {"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
)
JOINING = (
    (0x0600, 0x08FF),  # Arabic, Syriac, N'Ko, Mandaic
    (0x0900, 0x0DFF),  # the scripts of India and Sri Lanka
    (0x0F00, 0x109F),  # Tibetan, Burmese
    (0x1780, 0x18AF),  # Khmer, Mongolian
    (0x1B00, 0x1C4F),  # Balinese to Lepcha
    (0xA800, 0xABFF),
    (0xFB50, 0xFDFF),  # Arabic presentation forms
    (0xFE70, 0xFEFC),
    (0x11000, 0x11FFF),
    (0x1E900, 0x1E95F),  # Adlam
)
VISIBLE_FORMATS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)


def clean(text: str) -> str:
    """Return words fit to keep and show: one spelling for one meaning, nothing invisible, no floods.

    Cleaning twice changes nothing more. Length is the form's business: nothing is cut to fit.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(LINE_ENDS).replace("\t", " "))
    while True:
        cleaned = unicodedata.normalize("NFC", _calm(_visible(text))).strip()
        if cleaned == text:
            return cleaned
        text = cleaned


def misleading(text: str) -> list[str]:
    """Return the signs in an author's words that turn, hide or break what is read: controls, direction overrides.

    Marks of direction and joiners stay: whoever writes Urdu beside English needs them.
    """
    return [
        sign
        for sign in text
        if unicodedata.bidirectional(sign) in TURNING or unicodedata.category(sign) in ("Cc", "Cs", "Co")
    ]


def _visible(text: str) -> str:
    """Drop what cannot be seen: controls, direction overrides, zero-width characters without a purpose."""
    kept: list[str] = []
    tags = _flag_tags(text)
    for position, character in enumerate(text):
        if character in (NON_JOINER, JOINER):
            if _joins(character, "".join(kept[-2:]), text[position + 1 : position + 2]):
                kept.append(character)
        elif position in tags or _is_visible(character):
            kept.append(character)
    return "".join(kept)


def _is_visible(character: str) -> bool:
    if character in BLANK_LETTERS:
        return False
    category = unicodedata.category(character)
    if category == "Cf":
        return character in VISIBLE_FORMATS
    return character == "\n" or category not in ("Cc", "Cs", "Co")


def _joins(joiner: str, before: str, after: str) -> bool:
    """Return whether a joiner does its work here: between joining letters, after a virama, or inside an emoji."""
    if not before:
        return False
    if joiner == JOINER and _is_emoji(before.removesuffix(EMOJI_STYLE)[-1:]) and _is_emoji(after):
        return True
    if not _is_joining(before[-1]):
        return False
    if (
        unicodedata.combining(before[-1]) == 9
    ):  # a virama: the joiner chooses the letter's shape, even at a word's end
        return True
    return _is_joining(after)


def _is_joining(character: str) -> bool:
    return (
        bool(character)
        and unicodedata.category(character)[0] in "LM"
        and any(first <= ord(character) <= last for first, last in JOINING)
    )


def _is_emoji(character: str) -> bool:
    if not character:
        return False
    skin_tone = 0x1F3FB <= ord(character) <= 0x1F3FF
    return skin_tone or unicodedata.category(character) == "So" or character == "\u2194"


def _flag_tags(text: str) -> frozenset[int]:
    """Return the positions of the tags that spell a flag (England, Scotland, Wales); other tags hide words."""
    positions: set[int] = set()
    start = text.find(BLACK_FLAG)
    while start >= 0:
        end = start + 1
        while end < len(text) and end - start <= 7 and "\U000e0030" <= text[end] <= LAST_TAG:
            end += 1
        if end - start > 3 and text[end - 1] == LAST_TAG:
            positions.update(range(start + 1, end))
        start = text.find(BLACK_FLAG, start + 1)
    return frozenset(positions)


def _calm(text: str) -> str:
    """Keep at most 4 marks on a character and at most 9 of one character in a row."""
    kept: list[str] = []
    last, run = "", 0
    for cluster in _clusters(text):
        run = run + 1 if cluster == last else 1
        last = cluster
        if run <= (LINES if cluster == "\n" else RUN):
            kept.append(cluster)
    return "".join(kept)


def _clusters(text: str) -> Iterator[str]:
    """Yield each character with what belongs to it, its marks already thinned."""
    cluster, marks = "", 0
    for character in text:
        if unicodedata.category(character) in ("Mn", "Me"):
            marks += 1
            if marks <= MARKS:
                cluster += character
        elif cluster and _continues(cluster, character):
            cluster += character
            marks = 0
        else:
            if cluster:
                yield cluster
            cluster, marks = character, 0
    if cluster:
        yield cluster


def _continues(cluster: str, character: str) -> bool:
    return (
        character in (JOINER, NON_JOINER)
        or (cluster[-1] == JOINER and _is_emoji(character))
        or 0x1F3FB <= ord(character) <= 0x1F3FF
        or "\U000e0020" <= character <= LAST_TAG
    )
