"""What operations do to a server's process: laid down fresh, stopped in order, started with its variables."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.engines.mysql.stopping import end_sessions
from hadrill.harness.reference.hosts import HostTrouble
from hadrill.harness.reference.records import InstanceRecord
from hadrill.harness.reference.variables import differences
from hadrill.harness.reference.work import Work
from hadrill.harness.wait import NotYet, until

BOOT_LIMIT_S: Final = 60
STOP_LIMIT_S: Final = 15


def lay_down(work: Work, node: str, variables: Mapping[str, str]) -> None:
    """A fresh server with the service's own accounts; whatever was on the node is gone."""
    host = work.host(node)
    host.wipe(node)
    host.prepare(node)
    host.start(node, variables, sql.first_boot(work.settings.service, work.settings.replicator, work.settings.auditor))
    await_boot(work, node)


def stop(work: Work, node: str) -> None:
    """End it in order, without those who are connected to it; one that does not end is killed."""
    host = work.host(node)
    with suppress(SqlError), work.connect(node) as server:  # one that does not answer has nobody to wait for
        end_sessions(server)
    try:
        host.stop(node, STOP_LIMIT_S)
    except HostTrouble:
        host.kill(node)


def start(work: Work, node: str, variables: Mapping[str, str]) -> None:
    """Start it with these variables, and see that it runs with them.

    Raises:
        HostTrouble: it cannot be started, ended at once, or was started by somebody else with other variables.
        WaitTimeout: it does not answer.
    """
    work.host(node).start(node, variables)
    await_boot(work, node)
    if differing := differing_on(work, node, variables):
        raise HostTrouble(f"the server on {node} was started with other variables: {'; '.join(differing)}")


def renew(work: Work, node: str, variables: Mapping[str, str]) -> None:
    """See that it runs, and with these variables; one that runs with others is restarted."""
    work.host(node).start(node, variables)
    await_boot(work, node)
    if differing_on(work, node, variables):
        stop(work, node)
        start(work, node, variables)


def conform(work: Work, record: InstanceRecord, node: str) -> None:
    """Restart a server that runs with other variables than are on record: a change passed it by, or was given up."""
    waits = work.store.awaiting_restart(record.id)
    due = {name: value for name, value in record.variables.items() if name not in waits}
    if differing := differing_on(work, node, due):
        work.store.note(record.id, "renewed", f"{node}: {'; '.join(differing)}")
        renew(work, node, record.variables)


def differing_on(work: Work, node: str, variables: Mapping[str, str]) -> tuple[str, ...]:
    """In what the node's server differs from these variables."""
    with work.server(node) as server:
        return differences(variables, server.row(sql.shown(variables)))


def await_boot(work: Work, node: str) -> None:
    """Wait until the server answers, for as long as its process lives; raises HostTrouble, WaitTimeout."""

    def answers() -> bool | NotYet:
        try:
            with work.server(node) as server:
                return bool(server.row("SELECT 1 AS alive"))
        except SqlError as error:
            if _ended(work, node):
                raise HostTrouble(f"the server on {node} ended while it started; its log says why") from error
            return NotYet(str(error))

    until(answers, f"the server on {node} to answer", timeout_s=BOOT_LIMIT_S)


def _ended(work: Work, node: str) -> bool:
    try:
        return work.host(node).look(node).state == "exited"
    except HostTrouble:  # it answers within a third of a second or not; asked again
        return False
