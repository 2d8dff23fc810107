"""Sign-in links for the people of one performance: made here, scanned straight onto a phone, ended here."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from survey.model import Performance, Role, Standing
from survey.screen.office.acts import carry_out
from survey.screen.office.markup import picture, show
from survey.screen.office.notices import BUSY, look
from survey.settings import settings
from survey.storage.database import DatabaseBusy, busy_words
from survey.storage.performances import PerformanceFinished
from survey.storage.sign_ins import add_link, people_signed_in, revoke_people

MINUTES = 60
"""How long a link may wait to be used."""
LEADS = {Role.FACILITATOR: "/d/{code}", Role.MODERATOR: "/m/{code}"}
"""Who may be given a link for one performance, and the page it leads to on their phone."""
PEOPLE = {Role.FACILITATOR: ("facilitator", "facilitators"), Role.MODERATOR: ("moderator", "moderators")}
MADE = "office.links"


@dataclass(frozen=True)
class Made:
    """What the last press on this page came to: a link, or only words."""

    role: Role | None = None
    url: str = ""
    words: str = ""
    trouble: bool = False


def show_people_links(account: str, performance: Performance, *, qr: Callable[[str], str]) -> None:
    """Offer links for a facilitator's and a moderator's phone; say how many are signed in; offer to end them all."""
    finished = performance.standing is Standing.FINISHED
    here = {} if finished else look(lambda connection: people_signed_in(connection, performance.id))
    show("links.html", finished=finished, here=people_words(here))
    if finished:
        return
    made: Made | None = st.session_state.get(MADE, {}).get(performance.id)
    with st.container(horizontal=True, gap="small"):
        for role in LEADS:
            st.button(
                f"Make a sign-in link for a {role.value}",
                key=f"office.links.{role.value}",
                on_click=_make,
                args=(account, performance, role),
            )
        st.button(
            "End all sign-ins for this performance",
            key="office.links.end",
            on_click=_end,
            args=(account, performance),
        )
    if made and made.words:
        show("notice.html", words=made.words, trouble=made.trouble)
    if made and made.role:
        show("link.html", role=made.role.value, qr=picture(qr(made.url)), minutes=MINUTES)
        st.code(made.url, language=None, wrap_lines=True)


def people_words(here: dict[Role, int]) -> str:
    """Return how many people are signed in, by role, in words; "" when nobody is."""
    return ", ".join(f"{count} {PEOPLE[role][count != 1]}" for role, count in here.items() if role in PEOPLE)


def _make(account: str, performance: Performance, role: Role) -> None:
    try:
        token = carry_out(
            account,
            f"made a sign-in link for a {role.value}",
            performance.code,
            lambda connection: add_link(connection, role, performance_id=performance.id, minutes=MINUTES),
        )
    except (DatabaseBusy, PerformanceFinished) as refused:
        _say(performance, _refused(refused))
        return
    query = urlencode({"link": token, "next": LEADS[role].format(code=performance.code)}, safe="/")
    _say(performance, Made(role, f"{settings().public_url}/sign-in?{query}"))


def _end(account: str, performance: Performance) -> None:
    try:
        carry_out(
            account,
            "ended all sign-ins",
            performance.code,
            lambda connection: revoke_people(connection, performance.id),
        )
    except DatabaseBusy as refused:
        _say(performance, _refused(refused))
        return
    words = "All sign-ins for this performance have ended, and links nobody has used yet. Stages stay as they are."
    _say(performance, Made(words=words))


def _refused(refused: Exception) -> Made:
    words = busy_words(refused, BUSY) if isinstance(refused, DatabaseBusy) else str(refused)
    return Made(words=words, trouble=True)


def _say(performance: Performance, made: Made) -> None:
    st.session_state.setdefault(MADE, {})[performance.id] = made
