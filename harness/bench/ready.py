"""The time until a pair is ready: from nothing running to a row that both servers have."""

from typing import Final

from hadrill.environments.embedded.site import Parts
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


def pair_s(parts: Parts) -> float:
    """Seconds from nothing running to the first row that a new pair acknowledges through its address.

    Raises:
        HarnessTrouble: something did not come up, or semi-synchronous replication was not in force.
    """
    began_ns = now_ns()
    with open_stage(TOPOLOGY, parts) as stage:
        new = create_pair(stage)
        owner = stage.service.accounts(new.id)[0]
        with first_connection(new.address, owner) as connection:
            insert_first_row(connection)
        ready_ns = now_ns()
        require_in_force(stage, new)
    return (ready_ns - began_ns) / 1e9


def create_pair(stage: Stage) -> Instance:
    """A new pair across two zones."""
    zones = zones_of_one_region(stage.site.inventory.topology, ZONES)
    return stage.service.create(Edition.HIGH_AVAILABILITY, zones, timeout_s=LIMIT_S)


def first_connection(address: Endpoint, owner: Account) -> Connection:
    """The first that an address lets in; raises WaitTimeout."""
    return until(
        lambda: connect(address, owner, timeout_s=_TRY_S),
        f"the address {address} to let its owner in",
        timeout_s=LIMIT_S,
        interval_s=POLL_S,
        tolerate=(SqlError,),
    )


def require_in_force(stage: Stage, pair: Instance) -> None:
    """What was acknowledged must have been acknowledged by the secondary, too: else it was no pair that was ready.

    Raises:
        HarnessTrouble: it was not.
    """
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
