"""Replacing all data of one server by another's, while that one takes writes."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Final

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.reference.arrival import Arrival
from hadrill.harness.reference.hosts import HostTrouble
from hadrill.harness.reference.operations.servers import await_boot
from hadrill.harness.reference.work import Work
from hadrill.harness.wait import NotYet, until

CLONE_LIMIT_S: Final = 600
REPORT_EVERY_S: Final = 0.05


def copy_from(
    work: Work, node: str, donor: str, variables: Mapping[str, str], report: Callable[[float], None] | None = None
) -> None:
    """Clone the donor onto a node whose server is offline, and start that again: closed, and following nobody.

    A donor is copied by one at a time: where it is busy we wait for our turn.

    Args:
        work: the manager's hands.
        node: where; all that its server holds is gone.
        donor: the node that is copied.
        variables: that the server is started with again.
        report: told how much has arrived, 0 to 1, again and again; where nobody asks it is not found out.
    """

    def cloned() -> bool | NotYet:
        with ThreadPoolExecutor(1) as pool:
            cloning = pool.submit(_clone, work, node, donor)
            if report is not None:
                _follow(work, cloning, (node, donor), report)
            return cloning.result()

    until(cloned, f"the copy of {donor} on {node}", timeout_s=CLONE_LIMIT_S, interval_s=0.1)
    host = work.host(node)
    host.kill(node)  # the clone is on disk; waiting for an orderly end would only take longer
    host.start(node, variables)
    await_boot(work, node)


def _clone(work: Work, node: str, donor: str) -> bool | NotYet:
    through = work.settings.inventory.route(node, donor)
    with work.connect(node, answer_s=CLONE_LIMIT_S) as server:
        server.run(*sql.WRITABLE)  # no customer gets in: the server stays offline
        try:
            server.run(*sql.clone_from(through, work.settings.replicator))
        except SqlError as error:
            if sql.DONOR_IS_BEING_CLONED in str(error):
                return NotYet(f"{donor} is being copied by another server")
            if error.args[0] != sql.CLONED_BUT_NOT_RESTARTED:
                raise
        return True


def _follow(work: Work, cloning: Future[bool | NotYet], ends: tuple[str, str], report: Callable[[float], None]) -> None:
    """Until it is over, however it ends; a look that fails is left out."""
    node, donor = ends
    with work.server(donor) as server:
        arrival = Arrival(int(server.row(sql.CLONED_BYTES)["bytes"]))

    def over() -> bool | NotYet:
        with suppress(HostTrouble):
            report(arrival.share(work.host(node).stored_bytes(node)))
        return cloning.done() or NotYet("it goes on")

    until(over, f"the copy of {donor} on {node} to end", timeout_s=CLONE_LIMIT_S, interval_s=REPORT_EVERY_S)
