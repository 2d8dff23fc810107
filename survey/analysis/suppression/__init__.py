"""Suppression: what may be shown so that it points at nobody. Pure rules; publication decides.

results   one question's result: nothing, "nearly everyone", counts, or in 100
steps     when the next public state may follow the last
flows     the same people before and after
runs      which performances stay out when several are followed together
tables    rows of a cross-table

The rules are `evidence.md`, section Disclosure control; tests/analysis/test_suppression.py is their specification.
"""

from survey.analysis.suppression.flows import HIDDEN, Crowd, ShownChange, rest_fits, shown_change
from survey.analysis.suppression.results import (
    FEW,
    Bar,
    Form,
    Part,
    Shown,
    bars_of,
    classes,
    has_classes,
    shown,
    told,
)
from survey.analysis.suppression.runs import kept_apart
from survey.analysis.suppression.steps import (
    BIG_ROOM,
    MOST_GAINED,
    SENSITIVE_STEP,
    STEP,
    due,
    follows,
    gained,
    live,
    may_pool,
    remainder,
    told_apart,
)
from survey.analysis.suppression.tables import CELL, fit, hidden_rows

__all__ = [
    "BIG_ROOM",
    "CELL",
    "FEW",
    "HIDDEN",
    "MOST_GAINED",
    "SENSITIVE_STEP",
    "STEP",
    "Bar",
    "Crowd",
    "Form",
    "Part",
    "Shown",
    "ShownChange",
    "bars_of",
    "classes",
    "due",
    "fit",
    "follows",
    "gained",
    "has_classes",
    "hidden_rows",
    "kept_apart",
    "live",
    "may_pool",
    "remainder",
    "rest_fits",
    "shown",
    "shown_change",
    "told",
    "told_apart",
]
