"""An outage of the line that lasts longer than the replica itself tries: the service lays the link again."""

from typing import Final

import pytest

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.faults.effect import RESETTING
from hadrill.harness.model.topology import MANAGER, Link
from hadrill.harness.reference.tests.pair import LIMIT_S
from hadrill.harness.reference.tests.recovery import Recovery
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

TRIES_ONCE: Final = (
    "STOP REPLICA IO_THREAD",
    "CHANGE REPLICATION SOURCE TO SOURCE_CONNECT_RETRY = 1, SOURCE_RETRY_COUNT = 1",
    "START REPLICA IO_THREAD",
)


def test_a_receiver_that_has_given_up_is_started_again(recovery: Recovery) -> None:
    """It tries once in place of a million times; then its line breaks whenever it is used."""
    pair, front = recovery.pair, recovery.front
    site, manager = pair.stage.site, pair.stage.site.process(MANAGER)
    lines = tuple(Link(front, node) for node in (pair.primary, pair.other))
    with pair.direct(front, pair.service_account()) as server:
        manager.pause()  # so that it sees nothing but the end of this
        server.run(*TRIES_ONCE)
        site.links.apply(RESETTING.on(lines))
        until(lambda: _is(server, "No"), "the receiver to give up", timeout_s=LIMIT_S)
        manager.resume()
        until(lambda: _is(server, "Connecting"), "the receiver to try again", timeout_s=LIMIT_S, tolerate=(SqlError,))
    site.links.heal(lines)
    with pair.writing() as writer:
        writer.await_acknowledged(3, LIMIT_S)
    recovery.await_shown(pair.rows(pair.primary))
    recovery.await_whole()


def _is(server: Session, running: str) -> bool | NotYet:
    status = server.row(sql.REPLICA_STATUS)
    if not status:  # it is being told whom to follow
        return NotYet("it follows nobody")
    now = status["Replica_IO_Running"]
    return now == running or NotYet(f"{now}: {status['Last_IO_Error']}")
