"""Who may go where: one table of role × path, deny by default."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.model import Role

EVERYONE = frozenset({*Role, None})
"""Everyone, signed in or not."""
STAFF = frozenset({Role.ORGANISER, Role.FACILITATOR})
MODERATORS = STAFF | {Role.MODERATOR}
ROOM = STAFF | {Role.STAGE}
NOBODY: frozenset[Role | None] = frozenset()

STAFF_ONLY = frozenset({"/sign-in", "/sign-out"})
"""Open to everyone, but for staff."""

WAYS: Mapping[str, frozenset[Role | None]] = {
    # ours, for everyone
    "/healthz": EVERYONE,
    "/join": EVERYONE,
    "/p/*": EVERYONE,
    "/receipt": EVERYONE,
    "/receipt/*": EVERYONE,
    "/sign-in": EVERYONE,
    "/sign-out": EVERYONE,
    # ours, for the people of one performance
    "/d/*": STAFF,
    "/m/*": MODERATORS,
    # Streamlit's, for whoever has a screen; pages are added from the table of screens
    "/": STAFF,
    "/_stcore/health": ROOM,
    "/_stcore/host-config": ROOM,
    "/_stcore/stream": ROOM,
    "/_stcore/upload_file/*": frozenset({Role.ORGANISER}),
    "/favicon.png": ROOM,
    "/manifest.json": ROOM,
    "/media/*": ROOM,
    "/static/*": ROOM,
}
"""Path → who may go there. A path ending in ``/*`` means everything under it. What is not here is nobody's."""

HOME: Mapping[Role | None, str] = {
    Role.ORGANISER: "/performances",
    Role.FACILITATOR: "/desk",
    Role.MODERATOR: "/m/{code}",
    Role.STAGE: "/stage",
    None: "/join",
}
"""Where ``/`` leads. ``{code}`` is the performance somebody signed in for."""
OF_ONE_PERFORMANCE = ("/d/", "/m/")
"""Our own pages for the people of one performance: its code follows."""


def home(role: Role | None, only: str | None) -> str:
    """Return where ``/`` leads somebody with this role, signed in for ``only`` one performance or for every one."""
    return HOME[role].format(code=only or "")


@dataclass(frozen=True)
class Ways:
    """The table in force: the fixed ways and the pages."""

    pages: Mapping[str, frozenset[Role]]

    def roles(self, path: str) -> frozenset[Role | None]:
        """Return who may go to a path; nobody when the path is unknown or not written plainly."""
        if "//" in path or "\\" in path or "\0" in path or "/./" in f"{path}/" or "/../" in f"{path}/":
            return NOBODY
        found = WAYS.get(path) or self.pages.get(path)
        if found:
            return frozenset(found)
        under = [name for name in WAYS if name.endswith("/*") and path.startswith(name[:-1])]
        return WAYS[max(under, key=len)] if under else NOBODY

    def within(self, path: str, only: str | None) -> bool:
        """Say whether a sign-in for ``only`` one performance (its code) reaches a path; None is for every one.

        Streamlit's pages are told the performance and ask ``Person.reaches``: their addresses name none.
        """
        folder = next((folder for folder in OF_ONE_PERFORMANCE if path.startswith(folder)), None)
        return only is None or folder is None or path.removeprefix(folder).partition("/")[0] == only

    def ours(self, path: str) -> bool:
        """Say whether a path is one of our own pages, not Streamlit's."""
        return self.roles(path) == EVERYONE or path.startswith(OF_ONE_PERFORMANCE)

    def audience(self, path: str) -> bool:
        """Say whether somebody of the audience may have come to a path: a page of theirs, or nobody's."""
        return path not in STAFF_ONLY and self.roles(path) in (EVERYONE, NOBODY)
