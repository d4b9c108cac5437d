"""The time until a pair is ready, against the time until one bare server is: rounds of both in turn."""

import os
from collections.abc import Callable
from typing import Final

from hadrill.environments.embedded.settings import load_settings
from hadrill.environments.embedded.site import Parts
from hadrill.environments.embedded.template import template_folder
from hadrill.environments.parts.settings import cache_folder
from hadrill.harness.bench.bare import bare_server_s
from hadrill.harness.bench.figure import Figure, median_of, ratio_of
from hadrill.harness.bench.first_row import LIMIT_S, POLL_S, insert_first_row
from hadrill.harness.drill.aim import only, zones_of_one_region
from hadrill.harness.drill.stage import Stage, open_stage
from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.instance import Account, Edition, Endpoint, Instance, Role
from hadrill.harness.wait import until
from hadrill.harness.workload.connection import Connection, connect

TOPOLOGY: Final = "ha"
ZONES: Final = 2
AIM: Final = 2.0
_TRY_S: Final = 5.0

Say = Callable[[str], None]
"""Takes a line of progress."""


def pair_against_bare(parts: Parts, runs: int, *, say: Say) -> tuple[Figure, ...]:
    """Both medians, and their ratio.

    A round that is not counted comes first: it makes the template where there is none, and has the files of programs
    and template read. Which of the two is first changes from round to round.

    Args:
        runs: rounds, from 1.

    Raises:
        HarnessTrouble: something did not come up, or semi-synchronous replication was not in force.
    """
    settings = load_settings()
    template = template_folder(cache_folder(os.environ), parts.mysql)

    def pair() -> None:
        pairs.append(pair_s(parts))

    def bare() -> None:
        bares.append(bare_server_s(parts.mysql, template, settings))

    pairs: list[float] = []
    bares: list[float] = []
    for number in range(runs + 1):
        for measure in (pair, bare) if number % 2 == 0 else (bare, pair):
            measure()
        which = f"round {number} of {runs}" if number else "a round that is not counted"
        say(f"{which}: pair {pairs[-1]:.2f} s, bare server {bares[-1]:.2f} s")
    del pairs[0], bares[0]
    return (
        median_of("pair ready", pairs),
        median_of("one bare server ready", bares),
        ratio_of("pair ready against one bare server", pairs, bares, AIM),
    )


def pair_s(parts: Parts) -> float:
    """Seconds from nothing running to the first row that a new pair acknowledges through its address.

    Raises:
        HarnessTrouble: something did not come up, or semi-synchronous replication was not in force.
    """
    began_ns = now_ns()
    with open_stage(TOPOLOGY, parts) as stage:
        new = create_pair(stage)
        owner = stage.service.accounts(new.id)[0]
        with _first_connection(new.address, owner) as connection:
            insert_first_row(connection)
        ready_ns = now_ns()
        _require_in_force(stage, new)
    return (ready_ns - began_ns) / 1e9


def create_pair(stage: Stage) -> Instance:
    """A new pair across two zones."""
    zones = zones_of_one_region(stage.site.inventory.topology, ZONES)
    return stage.service.create(Edition.HIGH_AVAILABILITY, zones, timeout_s=LIMIT_S)


def _first_connection(address: Endpoint, owner: Account) -> Connection:
    return until(
        lambda: connect(address, owner, timeout_s=_TRY_S),
        f"the address {address} to let its owner in",
        timeout_s=LIMIT_S,
        interval_s=POLL_S,
        tolerate=(SqlError,),
    )


def _require_in_force(stage: Stage, pair: Instance) -> None:
    """What was acknowledged must have been acknowledged by the secondary, too: else it was no pair that was ready."""
    primary = only(pair, Role.PRIMARY)
    with Session(stage.site.inventory.server(primary), stage.service.auditor()) as server:
        status = {row["Variable_name"]: row["Value"] for row in server.rows(sql.SEMI_SYNC_STATUS)}
    if not in_force(status):
        raise HarnessTrouble(f"the pair on {primary} took a row without semi-synchronous replication: {status}")


def in_force(status: dict[str, str]) -> bool:
    """Whether a replica is waited for, and was waited for at every commit since waiting was turned on."""
    on, replicas = status["Rpl_semi_sync_source_status"], int(status["Rpl_semi_sync_source_clients"])
    waited, not_waited = (int(status[f"Rpl_semi_sync_source_{which}_tx"]) for which in ("yes", "no"))
    return on == "ON" and replicas > 0 and waited > 0 and not_waited == 0
