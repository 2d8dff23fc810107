"""The first line of every page: who is there, checked again inside the page."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from survey.model import Role


def page() -> None:
    """A page for organisers."""
    import streamlit as st

    from survey.model import Role
    from survey.screen.signed_in import require

    person = require(Role.ORGANISER)
    st.text(f"Welcome, {person.role} {person.account} {person.performance_id}")


def shown(**user: Any) -> list[str]:
    """Return what the page says to somebody."""
    at = AppTest.from_function(page)
    at.user = user
    at.run()
    assert not at.exception
    return [text.value for text in at.text]


IN_AN_HOUR = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
A_MINUTE_AGO = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()


def test_an_organiser_sees_the_page() -> None:
    told = {"role": "organiser", "account": "a1", "performance": "p1", "expires": IN_AN_HOUR}
    assert shown(**told) == ["Welcome, organiser a1 p1"]


@pytest.mark.parametrize("role", [role.value for role in Role if role is not Role.ORGANISER])
def test_another_role_does_not(role: str) -> None:
    assert shown(role=role, expires=IN_AN_HOUR) == [
        "This page is not part of your sign-in. Ask the organiser."
    ]


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"role": None},
        {"role": ""},
        {"role": "director", "expires": IN_AN_HOUR},
        {"role": "organiser", "expires": A_MINUTE_AGO},
    ],
)
def test_nobody_and_somebody_whose_time_is_up_are_asked_to_sign_in(told: dict[str, Any]) -> None:
    assert shown(**told) == ["Your sign-in has ended. Sign in again to go on."]
