"""Contacts: addresses people left to hear from the organiser. One list per production, apart from everything else.

Nothing joins an address to answers, to a phone or to an evening: no cookie is read, no performance is stored, and a
production's whole list goes on one day, so that no date tells who came when. An address's key is made from the address,
so that it is on the list once and the order of the keys says nothing.
"""

import hashlib
from datetime import date

from sqlalchemy import Connection, delete, func, select, update

from survey.model import Performance
from survey.storage.forgetting import forget
from survey.storage.insertion import insert_unless_there
from survey.storage.tables import contact


def keeping_date(connection: Connection, performance: Performance) -> date:
    """Return the day on which the production's list goes: never later than the performance's own keeping date."""
    listed = contacts_until(connection, performance.production_id)
    return min(performance.keep_until, listed) if listed else performance.keep_until


def add_contact(connection: Connection, performance: Performance, address: str) -> bool:
    """Put an address on the production's list, once; False when it was there. A nearer keeping date holds for all."""
    until = keeping_date(connection, performance)
    whole = contact.c.production_id == performance.production_id
    connection.execute(update(contact).where(whole, contact.c.keep_until > until).values(keep_until=until))
    return insert_unless_there(
        connection,
        contact,
        id=_key(performance.production_id, address),
        production_id=performance.production_id,
        address=address,
        keep_until=until,
    )


def contacts(connection: Connection, production_id: str) -> list[str]:
    """Return a production's list, by the alphabet."""
    wanted = select(contact.c.address).where(contact.c.production_id == production_id)
    return sorted(connection.scalars(wanted), key=str.casefold)


def contacts_until(connection: Connection, production_id: str) -> date | None:
    """Return the day on which a production's list goes; None when nobody is on it."""
    wanted = select(func.min(contact.c.keep_until)).where(contact.c.production_id == production_id)
    until: date | None = connection.scalar(wanted)
    return until


def remove_contact(connection: Connection, production_id: str, address: str) -> bool:
    """Take an address off a production's list, from the disk too; False when it was not there."""
    mine = contact.c.id == _key(production_id, address)
    gone = connection.execute(delete(contact).where(mine)).rowcount > 0
    if gone:
        forget(connection)
    return gone


def remove_contacts(connection: Connection, production_id: str) -> int:
    """Delete a production's whole list, from the disk too; return how many addresses that were."""
    gone = connection.execute(delete(contact).where(contact.c.production_id == production_id)).rowcount
    forget(connection)
    return gone


def _key(production_id: str, address: str) -> str:
    """Return an address's key: the same however it is capitalised, in an order that tells nothing."""
    return hashlib.sha256(f"{production_id} {address.casefold()}".encode()).hexdigest()[:32]
