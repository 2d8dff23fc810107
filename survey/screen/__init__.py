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


PAGES = (
    Page("performances", "Performances", ORGANISER),
    Page("desk", "Desk", STAFF),
    Page("run", "Run of show", STAFF),
    Page("stage", "Stage", EVERYONE_IN_THE_ROOM),
    Page("results", "Results", ORGANISER),
    Page("compare", "Compare", ORGANISER),
    Page("change", "Change", ORGANISER),
    Page("questionnaires", "Questionnaires", ORGANISER),
    Page("languages", "Languages", ORGANISER),
    Page("offers", "After sending", ORGANISER),
    Page("poster", "Poster", ORGANISER),
)
"""In the order of the menu; a role's first page is where it starts."""


def pages_of(role: Role) -> tuple[Page, ...]:
    """Return what a role may see."""
    return tuple(page for page in PAGES if role in page.roles)
