"""Before a server is stopped in order, those who are connected to it are cut off, whatever they do."""

import pytest

from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.engines.mysql.stopping import end_sessions
from hadrill.harness.reference.tests.pair import Pair

pytestmark = pytest.mark.e2e


def test_an_idle_client_is_cut_off_and_replication_goes_on(pair: Pair) -> None:
    """The one that asks stays; the secondary's receiver comes again by itself."""
    with Session(pair.now.address, pair.owner) as client, pair.direct(pair.primary, pair.service_account()) as server:
        client.run("SELECT 1")
        end_sessions(server)
        assert server.row("SELECT 1 AS one") == {"one": 1}
        with pytest.raises(SqlError):
            client.run("SELECT 1")
    pair.await_whole(frozenset())
