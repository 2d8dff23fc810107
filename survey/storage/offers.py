"""Offers: what phones are offered after sending, chosen once for a production. What is empty is not offered."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from survey.storage.insertion import insert_or_change
from survey.storage.tables import offer

OFFERED = select(offer).where(offer.c.production_id == bindparam("production"))


@dataclass(frozen=True)
class Offer:
    """What one production offers. ``information`` names layered texts; ``stay_in_touch`` says what addresses are for."""

    information: tuple[str, ...] = ()
    pledge: str = ""
    hashtag: str = ""
    stay_in_touch: str = ""


def find_offer(connection: Connection, production_id: str) -> Offer:
    """Return what a production offers; nothing at first."""
    row = connection.execute(OFFERED, {"production": production_id}).one_or_none()
    if row is None:
        return Offer()
    return Offer(tuple(row.information.split()), row.pledge, row.hashtag, row.stay_in_touch)


def set_offer(connection: Connection, production_id: str, offered: Offer) -> None:
    """Store what a production offers from now on."""
    words = {
        "information": " ".join(offered.information),
        "pledge": offered.pledge,
        "hashtag": offered.hashtag,
        "stay_in_touch": offered.stay_in_touch,
    }
    insert_or_change(connection, offer, change=words, production_id=production_id, **words)
