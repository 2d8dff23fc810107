"""The complaint about a questionnaire that cannot be used."""


class QuestionnaireWrong(Exception):
    """A questionnaire cannot be used. Says in which file, on which line, at which question, and what to do about it.

    ``line`` counts from 1; it is None where the content stands in no file, or the whole file is meant.
    """

    def __init__(self, source: str, place: str, what: str, line: int | None = None) -> None:
        where = ", ".join(part for part in (source, f"line {line}" if line else "", place) if part)
        super().__init__(f"{where}: {what}")
        self.source = source
        self.place = place
        self.what = what
        self.line = line
