"""A primary is lost while its secondary has received the head of a transaction: nobody waits for the rest of it."""

import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

import pytest

from hadrill.environments.toxics import LinkToxic, Stream, throttle
from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.engines.mysql.stopping import stop_replicating
from hadrill.harness.model.instance import Account, Endpoint, Role, State
from hadrill.harness.model.topology import Link
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair
from hadrill.harness.reference.tests.recovery import Recovery
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

ROWS: Final = 20
INSERT: Final = "INSERT INTO drill.large (body) VALUES (REPEAT('a', 262144))"
COUNT: Final = "SELECT COUNT(*) AS rows_there FROM drill.large"
RATE_KB_S: Final = 1000
HEAD_BYTES: Final = 100_000
WITHOUT_WAITING_S: Final = 15
"""A quarter of the minute that MySQL waits for the rest of a transaction."""


def test_a_failover_does_not_wait_for_the_rest_of_a_transaction(pair: Pair) -> None:
    """The secondary takes over without it and keeps nothing of it: its client was never told that it is there."""
    primary, secondary, site = pair.primary, pair.other, pair.stage.site
    line = Link(secondary, primary)
    client_thread = _amid_a_transaction(pair, line)
    site.nodes.kill(primary)
    killed_s = time.monotonic()
    pair.await_state(State.RUNNING, protected=False)
    assert (pair.now.having(Role.PRIMARY), time.monotonic() < killed_s + WITHOUT_WAITING_S) == ((secondary,), True)
    client_thread.join()
    site.links.heal([line])
    site.nodes.release(primary)
    pair.await_whole(frozenset())
    with pair.direct(secondary) as server:
        assert server.row(COUNT)["rows_there"] == 0


def test_an_applier_is_told_to_stop_when_it_has_ended_not_before(pair: Pair) -> None:
    """Told so a moment too early it waits the minute after all: a busy machine showed it once."""
    primary, secondary, site = pair.primary, pair.other, pair.stage.site
    line = Link(secondary, primary)
    client_thread = _amid_a_transaction(pair, line)
    pair.kill_manager()
    site.nodes.kill(primary)
    client_thread.join()
    with _Noticing(site.inventory.server(secondary), pair.service_account()) as server:
        stop_replicating(server)
    assert server.applied_when_told == ["No"]
    pair.stage.start_manager()
    pair.await_state(State.RUNNING, protected=False)
    site.links.heal([line])
    site.nodes.release(primary)
    pair.await_whole(frozenset())


def test_a_promotion_does_not_wait_for_it_either(recovery: Recovery) -> None:
    """Nor where the receiver has not ended, but tries to reach the lost region."""
    pair, front, site = recovery.pair, recovery.front, recovery.pair.stage.site
    line = Link(front, pair.primary)
    client_thread = _amid_a_transaction(pair, line)
    for node in (pair.primary, pair.other):
        site.nodes.kill(node)
    until(lambda: _tries_to_receive(pair, front), f"{front} to try again", timeout_s=LIMIT_S)
    promoted_s = time.monotonic()
    service = pair.stage.service
    service.promote(recovery.id, confirm=recovery.id, accept_divergence=pair.id, timeout_s=LIMIT_S)
    assert time.monotonic() < promoted_s + WITHOUT_WAITING_S
    client_thread.join()
    with recovery.connect() as owner:
        assert owner.row(COUNT)["rows_there"] == 0


def _amid_a_transaction(pair: Pair, line: Link) -> threading.Thread:
    """A slow line brings a large transaction: its receiver has the head of it when this returns."""
    with Session(pair.now.address, pair.owner) as client:
        client.run(
            "DROP TABLE IF EXISTS drill.large",
            "CREATE TABLE drill.large (id BIGINT PRIMARY KEY AUTO_INCREMENT, body LONGBLOB)",
        )
    pair.stage.site.links.apply([LinkToxic(line, throttle(Stream.DOWNSTREAM, RATE_KB_S))])
    writes = threading.Thread(target=_write, args=(pair,))
    writes.start()
    until(lambda: _has_a_head(pair, line.source), f"{line.source} to receive the head", timeout_s=LIMIT_S)
    return writes


class _Noticing(Session):
    """Whether the server applied at the moments at which it was told not to any more."""

    def __init__(self, endpoint: Endpoint, account: Account) -> None:
        super().__init__(endpoint, account, answer_s=LIMIT_S)
        self.applied_when_told: list[str] = []

    def rows(self, statement: str, arguments: tuple[object, ...] = ()) -> tuple[Mapping[str, Any], ...]:
        if statement in sql.STOP_APPLYING:
            (status,) = super().rows(sql.REPLICA_STATUS)
            self.applied_when_told.append(status["Replica_SQL_Running"])
        return super().rows(statement, arguments)


def _tries_to_receive(pair: Pair, node: str) -> bool | NotYet:
    with pair.direct(node) as server:
        receives = server.row(sql.REPLICA_STATUS)["Replica_IO_Running"]
    return receives == "Connecting" or NotYet(receives)


def _write(pair: Pair) -> None:
    with Session(pair.now.address, pair.owner, answer_s=LIMIT_S) as client, suppress(SqlError):
        client.run("BEGIN", *[INSERT] * ROWS, "COMMIT")


def _has_a_head(pair: Pair, node: str) -> bool | NotYet:
    with pair.direct(node) as server:
        status = server.row(sql.REPLICA_STATUS)
    ahead = status["Read_Source_Log_Pos"] - status["Exec_Source_Log_Pos"]
    return ahead > HEAD_BYTES or NotYet(f"{ahead} bytes")
