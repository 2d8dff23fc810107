"""The first line of every page: who is here, checked again, because a page stays open longer than its guard's look."""

from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from survey.model import Role


@dataclass(frozen=True)
class Person:
    """Who a page is shown to. ``performance_id`` is the stage's own performance, else empty."""

    role: Role
    performance_id: str
    account: str


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
    expires = str(st.user.get("expires") or "")
    if expires and datetime.fromisoformat(expires) <= datetime.now(UTC):
        return None
    return Person(role, str(st.user.get("performance") or ""), str(st.user.get("account") or ""))
