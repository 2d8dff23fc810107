"""Moderators in tests: the phones' routes behind the real guard, and people signed in with every role."""

from starlette.applications import Starlette
from starlette.middleware import Middleware

from survey.model import Contribution, ContributionStanding, Performance, Role
from survey.phone.greeting import Greeting
from survey.phone.guard import Guard
from survey.phone.limits import Limits
from survey.phone.refusals import EXCEPTIONS
from survey.phone.routes import phone_routes
from survey.phone.sign_ins import SignIns
from survey.phone.ways import Ways
from survey.storage.contributions import add_contribution, contributions
from survey.storage.database import Database
from survey.storage.sign_ins import add_sign_in, add_stage_link


def house_app(database: Database) -> Starlette:
    """Return the phones' routes with all that stands in front of them in the house."""
    ways = Ways({})
    return Starlette(
        routes=phone_routes(lambda: database),
        exception_handlers=dict(EXCEPTIONS),
        middleware=[
            Middleware(Greeting, database=lambda: database, audience=ways.audience, seconds=0),
            Middleware(Guard, ways=ways, sign_ins=SignIns(lambda: database), public_url="http://testserver"),
            Middleware(Limits, ours=ways.ours),
        ],
    )


def signed_in(database: Database, role: Role, performance: Performance | None = None) -> dict[str, str]:
    """Return the cookie of somebody just signed in: name → token."""
    only = performance.id if performance else None
    if role is Role.STAGE:
        assert only
        return {"houselights_stage": database.write(lambda c: add_stage_link(c, only))}
    return {"houselights": database.write(lambda c: add_sign_in(c, role, performance_id=only))}


def header(cookies: dict[str, str]) -> dict[str, str]:
    """Return cookies as a request carries them."""
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}


def sent(database: Database, performance: Performance, *texts: str) -> list[Contribution]:
    """Let texts wait to be read."""
    return database.write(lambda c: [add_contribution(c, performance.id, text) for text in texts])


def standing(database: Database, performance: Performance, which: ContributionStanding) -> list[Contribution]:
    """Return the contributions of one standing."""
    with database.reading() as connection:
        return contributions(connection, performance.id, which)
