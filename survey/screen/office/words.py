"""Office words for the things of the house. Audiences never read these."""

from collections.abc import Collection

from survey.model import EventKind, LawfulBasis, Performance, Provenance, Purpose, Standing, Wave

KINDS = {
    EventKind.PERFORMANCE: "A performance",
    EventKind.STREAM: "The online audience of a stream",
    EventKind.SCREENING: "A later screening",
    EventKind.WORKSHOP: "A workshop",
    EventKind.JURY: "A citizens’ jury",
}
PURPOSES = {
    Purpose.ENGAGEMENT: "Engagement: to open a conversation",
    Purpose.EVALUATION: "Evaluation: to learn how the evening worked",
    Purpose.RESEARCH: "Research: with its approval",
}
BASES = {
    LawfulBasis.PUBLIC_TASK: "Public task",
    LawfulBasis.LEGITIMATE_INTERESTS: "Legitimate interests",
    LawfulBasis.CONSENT: "Consent",
}
PROVENANCES = {
    Provenance.KEYED: "keyed from paper",
    Provenance.COUNTED: "counted by hand",
    Provenance.IMPORTED: "imported",
    Provenance.DEMONSTRATION: "invented answers",
    Provenance.REHEARSAL: "rehearsal",
}
"""What is not simply collected here, and says so wherever it shows."""
PAST = frozenset({Provenance.IMPORTED, Provenance.KEYED, Provenance.DEMONSTRATION})
"""What was answered elsewhere or earlier, not in this performance's own evening."""


def totals_words(responses: int, totals: int) -> str:
    """Return how many answered, or how many stand in totals where there are no single responses."""
    return f"{responses:,}" if responses or not totals else f"totals of {totals:,}"


def wave_word(kind: EventKind, wave: Wave) -> str:
    """Return what a wave is called at this kind of event: before and after, or start and end."""
    if kind in (EventKind.JURY, EventKind.WORKSHOP):
        return "start" if wave is Wave.BEFORE else "end"
    return wave.value


def standing_words(performance: Performance, provenances: Collection[Provenance] = ()) -> str:
    """Return in a few words where a performance is in its life. What came from elsewhere is no rehearsal."""
    wave = performance.open_wave and wave_word(performance.kind, performance.open_wave)
    match performance.standing:
        case Standing.REHEARSAL:
            if wave:
                return f"In rehearsal, “{wave}” is open"
            return "Past evidence" if PAST & set(provenances) else "In rehearsal"
        case Standing.RUNNING:
            return f"“{wave.capitalize()}” is open" if wave else "Closed for now"
        case Standing.FINISHED:
            return "Finished"
