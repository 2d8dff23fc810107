"""The first line of every page: who is here, checked again, because a page stays open longer than its guard's look."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import streamlit as st

from survey.model import Performance, Role
from survey.storage.sign_ins import ABSOLUTE

FRESH = timedelta(minutes=10)
"""How long ago somebody may have signed in to do what cannot be undone."""


@dataclass(frozen=True)
class Person:
    """Who a page is shown to. ``performance_id`` is the one performance they signed in for, empty for every one."""

    role: Role
    performance_id: str
    account: str
    since: datetime | None = None
    """When they signed in; None for a stage."""
    stage_id: str = ""
    """The performance whose stage was opened in this browser, if one was."""

    def reaches(self, performance: Performance) -> bool:
        """Say whether this sign-in is for a performance: every page that shows one asks here."""
        return self.performance_id in ("", performance.id)

    @property
    def fresh(self) -> bool:
        """They signed in just now: whoever sits at an unwatched screen did not."""
        return self.since is not None and datetime.now(UTC) - self.since < FRESH


def require(*roles: Role) -> Person:
    """Return who is signed in; stop the page with plain words unless they have one of these roles."""
    person = signed_in()
    if person is None:
        st.text("Your sign-in has ended. Sign in again to go on.")
        st.link_button("Sign in", "/sign-in")
        st.stop()
    if person.role not in roles:
        st.text("This page is not part of your sign-in. Ask the organiser.")
        st.stop()
    return person


def signed_in() -> Person | None:
    """Return who is signed in, as the guard told it when the page was opened; None when that has run out."""
    try:
        role = Role(str(st.user.get("role")))
    except ValueError:
        return None
    told = str(st.user.get("expires") or "")
    expires = datetime.fromisoformat(told) if told else None
    if expires and expires <= datetime.now(UTC):
        return None
    since = expires - ABSOLUTE if expires else None
    return Person(
        role,
        str(st.user.get("performance") or ""),
        str(st.user.get("account") or ""),
        since,
        stage_id=str(st.user.get("stage") or ""),
    )
