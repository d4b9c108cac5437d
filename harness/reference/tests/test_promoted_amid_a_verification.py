"""A promotion that is asked for while two instances are compared, on real servers: it does not wait for that."""

import threading
import time

import pytest

from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.model.instance import InstanceType
from hadrill.harness.model.topology import MANAGER
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair
from hadrill.harness.reference.tests.recovery import Recovery, await_received, cut_off, status_of
from hadrill.harness.reference.tests.writer import INSERT
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

SOON_S = 3.0
"""Less than a promotion is willing to wait for anything else."""

LATE = (
    "STOP REPLICA SQL_THREAD",
    "CHANGE REPLICATION SOURCE TO SOURCE_DELAY = 8",
    "START REPLICA SQL_THREAD",
)


def apply_late(pair: Pair, front: str) -> None:
    """Have the front apply what it received seconds later; the manager does not see that it was stopped for that."""
    manager = pair.stage.site.process(MANAGER)
    manager.pause()
    with pair.direct(front, pair.service_account()) as server:
        server.run(*LATE)
    manager.resume()


def await_limit(front: Session) -> None:
    """Wait until the front applies up to where a comparison is to be made, and no further."""

    def limited() -> bool | NotYet:
        told = status_of(front)["Until_Condition"]
        return told != "None" or NotYet(told)

    until(limited, "a limit of what is applied", timeout_s=LIMIT_S, interval_s=0.02)


def test_a_promotion_puts_a_verification_off(recovery: Recovery) -> None:
    """At once, where the master's region is lost too; all that had been received is there in the end."""
    pair, front = recovery.pair, recovery.front
    apply_late(pair, front)
    with pair.direct(pair.primary, pair.service_account()) as primary, pair.direct(front) as server:
        primary.rows(INSERT, (-1,))
        await_received(pair, front)
        assert recovery.ask("POST", "/verification")[0] == 202
        await_limit(server)
        primary.rows(INSERT, (-2,))
        await_received(pair, front)
    with cut_off(pair, "north"):
        began_s = time.monotonic()
        assert recovery.ask("POST", "/promotion", confirm=recovery.id, accept_divergence=pair.id)[0] == 202
        assert time.monotonic() - began_s < SOON_S

        def shown() -> bool | NotYet:
            missing = {-1, -2} - recovery.shown()
            promoted = recovery.now.type is InstanceType.REGULAR
            return (promoted and not missing) or NotYet(f"promoted: {promoted}, {missing} are missing")

        until(shown, "all that was received to be shown", timeout_s=LIMIT_S, tolerate=(SqlError,))


def test_whoever_waits_for_an_answer_is_let_go(pair: Pair) -> None:
    """By another thread, without the answer."""
    with pair.direct(pair.primary) as server:
        timer = threading.Timer(0.2, server.cut)
        timer.start()
        began_s = time.monotonic()
        server.wait_longer(LIMIT_S)
        with pytest.raises(SqlError):
            server.run("SELECT SLEEP(20)")
        assert time.monotonic() - began_s < SOON_S
        timer.join()
