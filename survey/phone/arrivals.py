"""Whether a phone from outside has ever reached us: one yes per performance. No address is kept, nor a time."""

from ipaddress import ip_address

from starlette.background import BackgroundTask
from starlette.requests import Request

from survey.phone.visit import DatabaseGetter
from survey.settings import local_address
from survey.storage.database import DatabaseBusy
from survey.storage.performances import mark_reached


class Arrivals:
    """Marks a performance as reached, at most once per process."""

    def __init__(self) -> None:
        self._reached: set[str] = set()

    def noting(
        self, database: DatabaseGetter, request: Request, performance_id: str
    ) -> BackgroundTask | None:
        """Return what is left to do after the form is sent; None when there is nothing to mark."""
        if performance_id in self._reached or request.method != "GET" or not from_outside(request):
            return None
        return BackgroundTask(self._mark, database, performance_id)

    async def _mark(self, database: DatabaseGetter, performance_id: str) -> None:
        try:
            await database().write_soon(
                lambda connection: mark_reached(connection, performance_id), crowd=True
            )
        except DatabaseBusy:
            return  # the next phone says it again
        self._reached.add(performance_id)


def from_outside(request: Request) -> bool:
    """Say whether a request came from another machine than ours."""
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return not address.is_loopback and str(address) != local_address()
