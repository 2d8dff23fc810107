"""Dates as people write them, no finer than they are known: a day, a month or a year."""

import re
from datetime import date

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
FIRST_YEAR, LAST_YEAR = 1900, 2100
HOW = "Write a date such as 25 April 2026, April 2026 or 2026."


class DateUnclear(ValueError):
    """This is no date; the words say how to write one."""


def read_date(text: str) -> tuple[date, str]:
    """Return (first day, precision) of a written date; precision is ``day``, ``month`` or ``year``.

    Numbers alone are read the British way (4/5/2026 is 4 May) or the ISO way (2026-05-04). Raises DateUnclear.
    """
    words = re.sub(
        r"\b(mon|tue|tues|wed|wednes|thu|thurs|fri|sat|satur|sun)(day)?\b|,|\bof\b", " ", text.strip().lower()
    )
    words = re.sub(r"\b(\d{1,2})(st|nd|rd|th)\b", r"\1", words)
    parts = re.split(r"[\s./-]+", words.strip())
    numbers = [_number(part) for part in parts]
    if not text.strip() or None in numbers or len(parts) > 3:
        raise DateUnclear(HOW)
    return _date([number for number in numbers if number is not None], named=_named(parts))


def written(day: date) -> str:
    """Return a day in words, such as 25 April 2026."""
    return f"{day.day} {day:%B %Y}"


def _number(part: str) -> int | None:
    """Return what a part stands for: digits, or a month's name or its beginning."""
    if part.isdecimal() and len(part) <= 4:
        return int(part)
    months = [at for at, month in enumerate(MONTHS, 1) if len(part) >= 3 and month.startswith(part)]
    return months[0] if len(months) == 1 else None


def _named(parts: list[str]) -> int | None:
    """Return where the month stands, if it is a name."""
    places = [at for at, part in enumerate(parts) if not part.isdecimal()]
    if len(places) > 1:
        raise DateUnclear(HOW)
    return places[0] if places else None


def _date(numbers: list[int], named: int | None) -> tuple[date, str]:
    if numbers[0] >= 1000 and named != 0:
        numbers = numbers[::-1]
        named = None if named is None else len(numbers) - 1 - named
    if len(numbers) == 3 and named == 0:  # April 25, 2026
        numbers, named = [numbers[1], numbers[0], numbers[2]], 1
    day, month, year = ([1, 1][: 3 - len(numbers)] + numbers)[-3:]
    if named not in (None, len(numbers) - 2) or not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateUnclear(HOW)
    try:
        return date(year, month, day), ("year", "month", "day")[len(numbers) - 1]
    except ValueError:
        raise DateUnclear(f"There is no such day. {HOW}") from None
