"""What Streamlit pages share. Streamlit stops here. ``PAGES`` is the table of screens: who sees which."""

from dataclasses import dataclass

from survey.model import Role

EVERYONE_IN_THE_ROOM = frozenset({Role.ORGANISER, Role.FACILITATOR, Role.STAGE})
STAFF = frozenset({Role.ORGANISER, Role.FACILITATOR})
ORGANISER = frozenset({Role.ORGANISER})


@dataclass(frozen=True)
class Page:
    """One screen: its file is ``pages/{path}.py``, its address ``/{path}``."""

    path: str
    title: str
    roles: frozenset[Role]
    about_one: bool = False
    """It is about one performance, which its address names: the one chosen before, unless another is."""


PAGES = (
    Page("performances", "Performances", ORGANISER),
    Page("desk", "Desk", STAFF, about_one=True),
    Page("run", "Run of show", STAFF, about_one=True),
    Page("stage", "Stage", EVERYONE_IN_THE_ROOM, about_one=True),
    Page("results", "Results", ORGANISER, about_one=True),
    Page("compare", "Compare", ORGANISER),
    Page("change", "Change", ORGANISER, about_one=True),
    Page("questionnaires", "Questionnaires", ORGANISER),
    Page("languages", "Languages", ORGANISER),
    Page("offers", "After sending", ORGANISER),
    Page("poster", "Poster", ORGANISER, about_one=True),
)
"""In the order of the menu; a role's first page is where it starts."""


def pages_of(role: Role) -> tuple[Page, ...]:
    """Return what a role may see."""
    return tuple(page for page in PAGES if role in page.roles)
