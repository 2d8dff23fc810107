"""The moderator's page: what waits to be read, one press for each decision, and every decision can be taken back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey.model import Contribution, ContributionStanding, Performance, Role
from survey.phone.inlined import STATIC, STYLE, policy, small_script, small_style
from survey.phone.pages import HEADERS, page, rendered
from survey.phone.refusals import not_here
from survey.phone.room_state import support_words
from survey.phone.sending import fields_of, first
from survey.phone.told import account
from survey.phone.visit import DatabaseGetter, current_performance, read
from survey.room.acts import clear_stage
from survey.storage.contributions import (
    ContributionUnknown,
    Order,
    Reason,
    approve,
    board,
    contributions,
    find_contribution,
    reconsider,
    refuse,
)
from survey.storage.database import Connection
from survey.storage.sign_ins import record

MODERATE_STYLE = small_style((STATIC / "moderate.css").read_text(encoding="utf-8"))
MODERATE_SCRIPT = small_script((STATIC / "moderate.js").read_text(encoding="utf-8"))
MODERATE_POLICY = policy([STYLE, MODERATE_STYLE], [MODERATE_SCRIPT])
MOST_SHOWN = 40
"""More than this nobody has before their eyes at once; the others move up."""
MODERATORS = (Role.ORGANISER, Role.FACILITATOR, Role.MODERATOR)

REASONS: Mapping[Reason, str] = {
    Reason.OFF_TOPIC: "off topic",
    Reason.HURTFUL: "hurtful",
    Reason.NAMES_A_PERSON: "naming a person",
    Reason.ADVERT: "an advert",
}
"""What a contribution is that is refused, as it stands on the buttons after "it is"."""
APPROVE, RECONSIDER, CLEAR = "approve", "reconsider", "clear"

SAID: Mapping[str, str] = {
    "cleared": "The stage is clear. The facilitator brings the next cue.",
    "approved": "It had been decided already, by another moderator or by your first press: it is approved.",
    "refused": "It had been decided already, by another moderator or by your first press: it is refused.",
    "gone": "It is not on the list any more.",
    "unknown": "That is no decision. Press one of the buttons on this page.",
}
"""What is said after an act that did not simply do what it said on the button, by the word in the address."""


@dataclass(frozen=True)
class Decided:
    """A contribution somebody has decided about, and how many support it in words ("" while they are few)."""

    contribution: Contribution
    support: str = ""

    @property
    def how(self) -> str:
        """What was decided, in words."""
        reason = self.contribution.reason
        return (
            "Approved"
            if self.contribution.standing is ContributionStanding.APPROVED
            else f"Refused: {reason}"
        )


@dataclass(frozen=True)
class Queue:
    """What one moderator sees: nothing but the words themselves."""

    performance: Performance
    waiting: tuple[Contribution, ...]
    decided: tuple[Decided, ...]

    @property
    def shown(self) -> tuple[Contribution, ...]:
        """The first of those that wait."""
        return self.waiting[:MOST_SHOWN]

    @property
    def more(self) -> int:
        """How many more wait."""
        return len(self.waiting) - len(self.shown)

    @property
    def counts(self) -> str:
        """How many there are of each, in words."""
        approved = sum(each.contribution.standing is ContributionStanding.APPROVED for each in self.decided)
        return f"{len(self.waiting)} waiting, {approved} approved, {len(self.decided) - approved} refused"


class Moderating:
    """The moderators' pages of one database. The guard has judged who may come here."""

    def __init__(self, database: DatabaseGetter) -> None:
        self.database = database

    async def show_queue(self, request: Request) -> Response:
        """Show what waits; a script that knows it already is told nothing."""
        who = account(request)
        queue = await read(self.database, lambda connection: queue_of(connection, request, who))
        if queue is None:
            return not_here().response()
        markup = rendered(
            "moderate.html",
            queue=queue,
            performance=queue.performance,
            reasons=tuple(REASONS.items()),
            said=SAID.get(request.query_params.get("said", ""), ""),
            moderate_style=Markup(MODERATE_STYLE),
            moderate_script=Markup(MODERATE_SCRIPT),
        )
        tag = f'"{sha256(markup.encode()).hexdigest()[:20]}"'
        if tag == request.headers.get("if-none-match"):
            return Response(status_code=304, headers=HEADERS | {"ETag": tag})
        response = page(request, markup, policy=MODERATE_POLICY)
        response.headers["ETag"] = tag
        return response

    async def decide(self, request: Request) -> Response:
        """Carry out one act and log it, both or neither; say so when it was decided already."""
        fields = await fields_of(request)
        who = account(request)
        id, act = first(fields, "id"), first(fields, "act")

        def whole(connection: Connection) -> str | None:
            performance = reached(connection, request)
            return None if performance is None else decision(connection, performance, who, id, act)

        said = await self.database().write_soon(whole)
        if said is None:
            return not_here().response()
        to = f"/m/{request.path_params['code']}"
        return RedirectResponse(f"{to}?said={said}" if said else to, 303)


def queue_of(connection: Connection, request: Request, who: str | None) -> Queue | None:
    """Return what a moderator sees; None when the performance is not theirs. Raises PerformanceUnknown."""
    performance = reached(connection, request)
    if performance is None:
        return None
    waiting = contributions(connection, performance.id, ContributionStanding.WAITING)
    # Another order for each moderator: two of them seldom read the same one, and no order tells who came first.
    waiting.sort(key=lambda each: sha256(f"{who} {each.id}".encode()).digest())
    approved = board(connection, performance.id, Order.NEWEST)
    refused = contributions(connection, performance.id, ContributionStanding.REFUSED)
    return Queue(
        performance,
        tuple(waiting),
        (
            *(Decided(each.contribution, support_words(each)) for each in approved),
            *(Decided(each) for each in refused),
        ),
    )


def decision(connection: Connection, performance: Performance, who: str | None, id: str, act: str) -> str:
    """Carry out one act and log it without the words it is about. Return what to say about it, "" when it is done."""
    if act == CLEAR:
        clear_stage(connection, performance)
        record(connection, who, "cleared the stage", performance.code)
        return "cleared"
    acts: dict[str, tuple[str, Callable[[], bool]]] = {
        APPROVE: ("approved a contribution", lambda: approve(connection, performance.id, id)),
        RECONSIDER: ("reconsidered a contribution", lambda: taken_back(connection, performance.id, id)),
    } | {
        reason.value: (
            f"refused a contribution: {reason.value}",
            lambda reason=reason: refuse(connection, performance.id, id, reason),
        )
        for reason in Reason
    }
    if act not in acts:
        return "unknown"
    logged, carry_out = acts[act]
    try:
        if carry_out():
            record(connection, who, logged, performance.code)
            return ""
        return find_contribution(connection, performance.id, id).standing.value
    except ContributionUnknown:
        return "gone"


def taken_back(connection: Connection, performance_id: str, id: str) -> bool:
    """Take a decision back. Raises ContributionUnknown."""
    reconsider(connection, performance_id, id)
    return True


def reached(connection: Connection, request: Request) -> Performance | None:
    """Return the performance in the address if the guard said that this sign-in reaches it. Raises PerformanceUnknown."""
    performance = current_performance(connection, str(request.path_params["code"]))
    role = request.headers.get("x-houselights-role", "")
    only = request.headers.get("x-houselights-performance", "")
    if role not in MODERATORS or only not in ("", performance.id) or (role == Role.MODERATOR and not only):
        return None
    return performance
