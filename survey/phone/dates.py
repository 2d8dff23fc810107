"""Dates as people of the language spoken now write them."""

from datetime import date

from babel.dates import format_date, format_skeleton

from survey.language import current
from survey.language.catalogues import SOURCE, underscored
from survey.model import Performance


def day_in_full(day: date) -> str:
    """Return a day ("25 April 2026")."""
    return format_date(day, "long", locale=_locale())


def named(performance: Performance) -> tuple[str, ...]:
    """Return production, date and venue, the date no finer than it is known."""
    parts = (performance.production, _when(performance), performance.venue)
    return tuple(part for part in parts if part)


def _when(performance: Performance) -> str:
    if performance.date_precision == "day":
        return day_in_full(performance.starts_on)
    skeleton = "yMMMM" if performance.date_precision == "month" else "y"
    return format_skeleton(skeleton, performance.starts_on, locale=_locale())


def _locale() -> str:
    spoken = current()
    return "en_GB" if spoken == SOURCE else underscored(spoken)
