"""Office words for the things of the house. Audiences never read these."""

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


def wave_word(kind: EventKind, wave: Wave) -> str:
    """Return what a wave is called at this kind of event: before and after, or start and end."""
    if kind in (EventKind.JURY, EventKind.WORKSHOP):
        return "start" if wave is Wave.BEFORE else "end"
    return wave.value


def standing_words(performance: Performance) -> str:
    """Return in a few words where a performance is in its life."""
    wave = performance.open_wave and wave_word(performance.kind, performance.open_wave)
    match performance.standing:
        case Standing.REHEARSAL:
            return f"In rehearsal, “{wave}” is open" if wave else "In rehearsal"
        case Standing.RUNNING:
            return f"“{wave.capitalize()}” is open" if wave else "Closed for now"
        case Standing.FINISHED:
            return "Finished"
