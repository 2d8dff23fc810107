"""The line above every page of staff: empty while all is well, red while something is wrong, never on the stage."""

import pytest
from streamlit.testing.v1 import AppTest

from survey.model import Role
from survey.settings import ROOT
from survey.storage.database import Database, DatabaseBusy, Fault
from tests.faulty import read_only
from tests.screen.conftest import rerun


def opened(role: Role) -> AppTest:
    """Open the frame as somebody who signed in."""
    at = AppTest.from_file(ROOT / "pages" / "frame.py", default_timeout=60)
    at.user = {"role": role.value, "account": role.value}
    return rerun(at)


def lines(at: AppTest) -> list[str]:
    """Return what stands in the line; none where there is no line."""
    found = [str(part.proto.body) for part in at.get("html")]
    return [body for body in found if body.startswith('<p role="alert">')]


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.FACILITATOR])
def test_staff_read_what_is_wrong_and_what_to_do_until_it_is_over(
    used_database: Database, role: Role
) -> None:
    at = opened(role)
    assert lines(at) == ['<p role="alert"></p>']
    with read_only(used_database):
        with pytest.raises(DatabaseBusy):
            used_database.write(lambda connection: None)
        assert lines(rerun(at)) == [f'<p role="alert">{Fault.READ_ONLY.value}</p>']
    used_database.look_well()
    assert lines(rerun(at)) == ['<p role="alert"></p>']


def test_the_audience_does_not_read_it_on_the_stage(used_database: Database) -> None:
    used_database.health.wrote(Fault.FULL)
    assert lines(opened(Role.STAGE)) == []
