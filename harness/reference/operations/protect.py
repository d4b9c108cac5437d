"""Bringing a replica to the point at which it counts as a secondary."""

from typing import Final

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.model.instance import Role
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.work import Work
from hadrill.harness.wait import NotYet, until

PROTECT_LIMIT_S: Final = 3.0
"""Where the secondary is lost again, writes wait for so long and until the primary is next seen waiting in vain."""

SHORT_TIMER_MS: Final = 100
"""Where waiting has a timer: less than a busy replica takes."""


def protect(
    work: Work,
    instance: str,
    primary: str,
    secondary: str,
    timeout_s: float = PROTECT_LIMIT_S,
    *,
    waits: bool = True,
) -> None:
    """Make the primary wait for this secondary, and only then call the instance protected.

    What the primary committed before it waited must have been executed by the secondary first; what comes later
    cannot be acknowledged without it.
    """
    if waits and work.settings.decisions.wait_for_secondary:
        wait_in_force(work, primary, timeout_s)
    work.await_executed(secondary, work.executed(primary), timeout_s)
    if not work.settings.decisions.secondary_closed:
        with work.server(secondary) as server:
            server.run(*sql.OPEN_TO_CUSTOMERS)
    work.store.set_roles(instance, {primary: Role.PRIMARY, secondary: Role.SECONDARY}, protected=True)
    work.store.note(instance, "protected", f"{secondary} holds all that {primary} acknowledges")


def source_waits(decisions: Decisions) -> tuple[str, ...]:
    """Have a primary wait for its secondary: without a timer, which could not tell a lost secondary from a slow one.

    Nobody is shown a row that the secondary does not have.
    """
    timer = () if decisions.waits_without_timer else (sql.give_up_after(SHORT_TIMER_MS),)
    shown = () if decisions.shows_what_is_safe else (sql.SHOWN_BEFORE,)
    return (*sql.SOURCE_WAITS, *timer, *shown)


def wait_in_force(work: Work, primary: str, timeout_s: float) -> None:
    """Turn waiting on, and see that a replica is there to be waited for."""

    def in_force() -> bool | NotYet:
        with work.server(primary) as server:
            status = {row["Variable_name"]: row["Value"] for row in server.rows(sql.SEMI_SYNC_STATUS)}
        clients, on = status["Rpl_semi_sync_source_clients"], status["Rpl_semi_sync_source_status"]
        return True if on == "ON" and int(clients) > 0 else NotYet(f"status {on}, {clients} replicas")

    with work.server(primary) as server:
        server.run(*source_waits(work.settings.decisions))
    what = f"semi-synchronous replication to be in force on {primary}"
    until(in_force, what, timeout_s=timeout_s, tolerate=(SqlError,))
