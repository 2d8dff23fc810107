"""The first line of every page: who is there, checked again inside the page."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from survey.model import Role
from survey.storage.sign_ins import ABSOLUTE


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


def fresh() -> None:
    """A page that says whether somebody has signed in just now."""
    import streamlit as st

    from survey.screen.signed_in import signed_in

    person = signed_in()
    st.text(str(person.fresh if person else None))


@pytest.mark.parametrize(("minutes_ago", "said"), [(0, "True"), (9, "True"), (10, "False"), (700, "False")])
def test_a_sign_in_is_fresh_for_ten_minutes(minutes_ago: int, said: str) -> None:
    at = AppTest.from_function(fresh)
    expires = datetime.now(UTC) - timedelta(minutes=minutes_ago) + ABSOLUTE
    at.user = {"role": "organiser", "expires": expires.isoformat()}
    assert [text.value for text in at.run().text] == [said]


def test_a_stage_is_never_fresh() -> None:
    at = AppTest.from_function(fresh)
    at.user = {"role": "stage", "expires": ""}
    assert [text.value for text in at.run().text] == ["False"]


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
