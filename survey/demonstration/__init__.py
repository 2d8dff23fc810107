"""The demonstration: invented answers to look around with, marked as such wherever they show.

plan         the file that says what is invented
people       invented people and what they answer, the same every time
evening      the plan carried out in the database, and taken away again
"""

from survey.demonstration.evening import (
    DemonstrationInUse,
    add_demonstration,
    demonstration,
    remove_demonstration,
)

__all__ = ["DemonstrationInUse", "add_demonstration", "demonstration", "remove_demonstration"]
