"""The complaint about a questionnaire that cannot be used."""


class QuestionnaireWrong(Exception):
    """A questionnaire cannot be used. Says in which file, at which question, and what to do about it."""

    def __init__(self, source: str, place: str, what: str) -> None:
        super().__init__(f"{source}, {place}: {what}" if place else f"{source}: {what}")
        self.source = source
        self.place = place
        self.what = what
