"""``rehearse``: simulated phones against the real server; nothing they wrote stays."""

import json
from collections.abc import Callable

import pytest

from tests.running import Server, ServerWrong

pytestmark = pytest.mark.server


def test_simulated_phones_leave_nothing_behind(serve: Callable[..., Server]) -> None:
    server = serve()
    code = server.add_performance(capacity=80)["code"]

    said = json.loads(server.command("rehearse", code, "--phones", "20", "--seconds", "1", "--json"))

    assert (said["acknowledged"], said["stored"], said["left"], said["errors"]) == (20, 20, 0, 0)
    assert json.loads(server.command("responses", "count", code, "--json"))["before"] == 0


def test_a_performance_opened_for_real_is_not_rehearsed(serve: Callable[..., Server]) -> None:
    server = serve()
    code = server.add_performance(capacity=80, open="before")["code"]

    with pytest.raises(ServerWrong, match="has been opened for real"):
        server.command("rehearse", code, "--phones", "2", "--seconds", "0.1")
