"""Questions to publish, labelled by their option values."""

import dataclasses
from typing import Any

from survey.model import Kind, Option, Question, Text


def say(text: str) -> Text:
    """A text in English."""
    return Text({"en": text})


def question(kind: Kind, *values: str, exclusive: str = "", **more: Any) -> Question:
    """A question with these option values, labelled by them."""
    options = tuple(
        Option(value, say(value.replace("_", " ").capitalize()), value == exclusive) for value in values
    )
    return dataclasses.replace(Question("asked", kind, say("What do you think?"), options), **more)


SCALE = question(
    Kind.SCALE,
    *("strongly_disagree", "disagree", "neither", "agree", "strongly_agree"),
    disagree=("strongly_disagree", "disagree"),
    neutral=("neither",),
    agree=("agree", "strongly_agree"),
)
"""An ordinary scale, without words of its own for its sides."""
