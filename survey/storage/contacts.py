"""Contacts: addresses people left to hear from the organiser. One list per production, apart from everything else.

Nothing joins an address to answers, to a phone or to an evening: no cookie is read, no performance is stored, and a
production's whole list goes on one day, so that no date tells who came when. An address's key is random: the order of
the keys says nothing, and once it is taken off nobody can find out from its key which it was.
"""

from datetime import date

from sqlalchemy import Connection, delete, func, insert, select, update

from survey.model import Performance
from survey.storage.forgetting import forget
from survey.storage.keys import new_key
from survey.storage.tables import contact
from survey.storage.tombstones import remember_deletion


def keeping_date(connection: Connection, performance: Performance) -> date:
    """Return the day on which the production's list goes: never later than the performance's own keeping date."""
    listed = contacts_until(connection, performance.production_id)
    return min(performance.keep_until, listed) if listed else performance.keep_until


def add_contact(connection: Connection, performance: Performance, address: str) -> bool:
    """Put an address on the production's list, once; False when it was there. A nearer keeping date holds for all."""
    there = _keys(connection, performance.production_id, address)
    until = keeping_date(connection, performance)
    whole = contact.c.production_id == performance.production_id
    connection.execute(update(contact).where(whole, contact.c.keep_until > until).values(keep_until=until))
    if there:
        return False
    connection.execute(
        insert(contact).values(
            id=new_key(), production_id=performance.production_id, address=address, keep_until=until
        )
    )
    return True


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
    """Take an address off a production's list, from the disk and from any copy put back later; False when it was not there."""
    return _remove(connection, _keys(connection, production_id, address)) > 0


def remove_contacts(connection: Connection, production_id: str) -> int:
    """Delete a production's whole list, in the same way; return how many addresses that were."""
    wanted = select(contact.c.id).where(contact.c.production_id == production_id)
    return _remove(connection, list(connection.scalars(wanted)))


def _remove(connection: Connection, keys: list[str]) -> int:
    if keys:
        connection.execute(delete(contact).where(contact.c.id.in_(keys)))
        remember_deletion(connection, *keys)
    forget(connection)
    return len(keys)


def _keys(connection: Connection, production_id: str, address: str) -> list[str]:
    """Return an address's keys on a list, however it is capitalised."""
    listed = connection.execute(
        select(contact.c.id, contact.c.address).where(contact.c.production_id == production_id)
    )
    return [row.id for row in listed if row.address.casefold() == address.casefold()]
