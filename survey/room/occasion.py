"""What a wave is called on phones and on stage, by kind of event: the same machinery, other words."""

from dataclasses import dataclass

from survey.language import _
from survey.model import EventKind, Wave


@dataclass(frozen=True)
class OccasionWords:
    """The words of one wave of one kind of event, in the language spoken now."""

    heading: str
    """"Before the performance"."""
    keep_page: str
    """What to do when *before* is sent and *after* is still to come."""


def occasion_words(kind: EventKind, wave: Wave) -> OccasionWords:
    """Return the words for a wave."""
    before = wave is Wave.BEFORE
    if kind is EventKind.JURY:
        heading = _("At the start of the jury") if before else _("At the end of the jury")
        return OccasionWords(
            heading, _("Keep this page for the end of the jury: a few questions will wait here.")
        )
    if kind is EventKind.WORKSHOP:
        heading = _("Before the workshop") if before else _("After the workshop")
        return OccasionWords(
            heading, _("Keep this page for after the workshop: a few questions will wait here.")
        )
    if kind is EventKind.SCREENING:
        heading = _("Before the screening") if before else _("After the screening")
        return OccasionWords(
            heading, _("Keep this page for after the screening: a few questions will wait here.")
        )
    if kind is EventKind.STREAM:
        heading = _("Before the stream") if before else _("After the stream")
        return OccasionWords(
            heading, _("Keep this page for after the stream: a few questions will wait here.")
        )
    heading = _("Before the performance") if before else _("After the performance")
    return OccasionWords(heading, _("Keep this page for after the show: a few questions will wait here."))
