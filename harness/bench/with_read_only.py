"""The time until a pair and two read-only instances are ready, all asked for at once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Final

import pymysql

from hadrill.environments.embedded.site import Parts
from hadrill.harness.bench.first_row import LIMIT_S, POLL_S, insert_first_row
from hadrill.harness.bench.ready import create_pair, first_connection, require_in_force
from hadrill.harness.drill.stage import Stage, open_stage
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.instance import Instance
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.ledger_table import TABLE

TOPOLOGY: Final = "drill"
READ_ONLY: Final = 2
AIM: Final = 3.0
_COUNT: Final = f"SELECT COUNT(*) FROM {TABLE}"  # noqa: S608 - our own name


def pair_with_read_only_s(parts: Parts) -> float:
    """Seconds from nothing running until the pair's first row is acknowledged, and each read-only instance shows it.

    Raises:
        HarnessTrouble: something did not come up, or semi-synchronous replication was not in force.
        ServiceRefused: the service would not.
    """
    began_ns = now_ns()
    with open_stage(TOPOLOGY, parts) as stage:
        with ThreadPoolExecutor(1 + READ_ONLY) as pool:
            pair = pool.submit(create_pair, stage)
            master = until(lambda: _begun(stage), "the pair to be on its way", timeout_s=LIMIT_S, interval_s=POLL_S)
            followers = [
                pool.submit(stage.service.create_read_only, master, timeout_s=LIMIT_S) for _ in range(READ_ONLY)
            ]
        new = pair.result()
        with first_connection(new.address, stage.service.accounts(new.id)[0]) as connection:
            insert_first_row(connection)
        for follower in followers:
            _await_row(stage, follower.result())
        ready_ns = now_ns()
        require_in_force(stage, new)
    return (ready_ns - began_ns) / 1e9


def _begun(stage: Stage) -> str | NotYet:
    """The id of the pair, which has one before it is ready."""
    there = stage.service.instances()
    return there[0].id if there else NotYet("no instance yet")


def _await_row(stage: Stage, follower: Instance) -> None:
    with first_connection(follower.address, stage.service.accounts(follower.id)[0]) as connection:

        def shown() -> bool | NotYet:
            with connection.cursor() as cursor:
                cursor.execute(_COUNT)
                row = cursor.fetchone()
            return True if row == (1,) else NotYet(f"{row}")

        what = f"the read-only instance {follower.id} to show the pair's first row"
        until(shown, what, timeout_s=LIMIT_S, interval_s=POLL_S, tolerate=(pymysql.MySQLError,))
