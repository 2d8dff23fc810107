"""Two people at one form: what each changed is kept, and where both changed the same, nothing is saved before somebody has seen both."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Generic, TypeVar, cast

import streamlit as st

from survey.screen.office.markup import markup

T = TypeVar("T")


class ChangedMeanwhile(Exception):
    """Somebody else saved in the very moment; says what to do."""

    def __init__(self) -> None:
        super().__init__("Somebody else saved in this very moment. Nothing of yours is lost: save again.")


@dataclass(frozen=True)
class Clash:
    """One field that two people changed: its label, what is saved now, and what was typed here."""

    label: str
    saved: str
    typed: str


@dataclass(frozen=True)
class Settled(Generic[T]):
    """What to store; instead of it ``clashes``; and the ``labels`` of what somebody else changed meanwhile, which stays."""

    value: T
    clashes: tuple[Clash, ...] = ()
    labels: tuple[str, ...] = ()

    @property
    def panel(self) -> str:
        """What is said above the form where two people changed the same."""
        return markup("clash.html", clashes=self.clashes)

    def done(self, words: str) -> str:
        """Return what is said once it is saved."""
        if not self.labels:
            return words
        return (
            f"{words} Somebody else changed {', '.join(self.labels)} meanwhile: that stays as they saved it."
        )


def turn(name: str) -> int:
    """Return how often this form was begun afresh: part of its fields' keys."""
    return int(st.session_state.get(_turn(name), 0))


def start_afresh(name: str) -> None:
    """Forget what was typed: the form next shows what is stored."""
    st.session_state[_turn(name)] = turn(name) + 1


def _turn(name: str) -> str:
    return f"office.{name}.turn"


class Form(Generic[T]):
    """One form over something stored, a frozen dataclass: it is drawn as it was first ``shown``, whatever others save.

    ``field`` is the key of one of its fields: while that is not drawn, nobody is typing.
    """

    def __init__(self, key: str, field: str, stored: T) -> None:
        self.key = f"{key}.meanwhile"
        self.stored = stored
        if self.key not in st.session_state or field not in st.session_state:
            st.session_state[self.key] = (stored, stored)
        self.shown: T = st.session_state[self.key][0]

    def settle(
        self, typed: T, labels: Mapping[str, str], words: Mapping[str, Mapping[Any, str]] | None = None
    ) -> Settled[T]:
        """Return what to store of what was typed; pressed again after a clash, what was typed here is meant.

        ``labels`` names the fields people may change, ``words`` the values of those that are chosen from a list.
        """
        _shown, seen = st.session_state[self.key]
        value, clashes, others = typed, [], []
        for field in fields(cast(Any, typed)):
            mine, now = getattr(typed, field.name), getattr(self.stored, field.name)
            began, known = getattr(self.shown, field.name), getattr(seen, field.name)
            label = labels.get(field.name, "")
            if mine == began:
                value = replace(cast(Any, value), **{field.name: now})
                if now != began and label:
                    others.append(label)
            elif now not in (known, mine):
                named = (words or {}).get(field.name, {})
                clashes.append(Clash(label, _said(now, named), _said(mine, named)))
        st.session_state[self.key] = (self.shown, self.stored)
        return Settled(value, tuple(clashes), tuple(others))

    def check(self, stored_now: T) -> None:
        """Look again inside the act that saves. Raises ChangedMeanwhile."""
        if stored_now != self.stored:
            raise ChangedMeanwhile


def _said(value: object, named: Mapping[Any, str]) -> str:
    if isinstance(value, bool):
        return "ticked" if value else "not ticked"
    if isinstance(value, Mapping):
        return ", ".join(map(str, value.values())) or "nothing"
    if isinstance(value, tuple):
        return ", ".join(named.get(each, str(each)) for each in value) or "nothing"
    return named.get(value, "" if value is None else str(value)) or "nothing"
