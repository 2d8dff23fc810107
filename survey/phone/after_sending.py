"""After sending: what the thank-you page offers besides the code. Whatever the organiser left empty is not there."""

from dataclasses import dataclass

from survey import language
from survey.information import Information
from survey.phone.informing import offered_texts
from survey.phone.pledging import Pledge, pledge_of
from survey.phone.recommending import Recommended, in_words
from survey.phone.room_results import newest_results
from survey.phone.visit import Visit
from survey.publication import PublicResult
from survey.storage.database import Connection
from survey.storage.offers import find_offer
from survey.storage.resources import resources

AT_FIRST = 3
"""How many resources stand on the thank-you page itself."""


@dataclass(frozen=True)
class AfterSending:
    """What one phone is offered after sending; nothing by itself."""

    room: tuple[PublicResult, ...] = ()
    """The newest one or two results that the room has seen."""
    information: tuple[Information, ...] = ()
    resources: tuple[Recommended, ...] = ()
    more_resources: bool = False
    """There are more than stand here."""
    pledge: Pledge | None = None
    stay_in_touch: str = ""
    """What addresses are for, in the organiser's words."""


def after_sending(connection: Connection, visit: Visit, seat: str | None) -> AfterSending:
    """Return what to offer; ``seat`` is None where only a code is known, and then nobody can pledge."""
    production = visit.performance.production_id
    offer = find_offer(connection, production)
    listed = resources(connection, production)
    with language.speaking(visit.language):
        return AfterSending(
            room=newest_results(connection, visit),
            information=offered_texts(offer.information),
            resources=in_words(listed[:AT_FIRST]),
            more_resources=len(listed) > AT_FIRST,
            pledge=pledge_of(connection, visit.performance, offer, seat),
            stay_in_touch=offer.stay_in_touch,
        )
