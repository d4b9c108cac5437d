"""Replacing all data of one server by another's, while that one takes writes."""

from collections.abc import Mapping
from typing import Final

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.reference.operations.servers import await_boot
from hadrill.harness.reference.work import Work
from hadrill.harness.wait import NotYet, until

CLONE_LIMIT_S: Final = 600


def copy_from(work: Work, node: str, donor: str, variables: Mapping[str, str]) -> None:
    """Clone the donor onto a node whose server is offline, and start that again: closed, and following nobody.

    A donor is copied by one at a time: where it is busy we wait for our turn.
    """
    through = work.settings.inventory.route(node, donor)
    statements = sql.clone_from(through, work.settings.replicator)

    def cloned() -> bool | NotYet:
        with work.connect(node, answer_s=CLONE_LIMIT_S) as server:
            server.run(*sql.WRITABLE)  # no customer gets in: the server stays offline
            try:
                server.run(*statements)
            except SqlError as error:
                if sql.DONOR_IS_BEING_CLONED in str(error):
                    return NotYet(f"{donor} is being copied by another server")
                if error.args[0] != sql.CLONED_BUT_NOT_RESTARTED:
                    raise
            return True

    until(cloned, f"the copy of {donor} on {node}", timeout_s=CLONE_LIMIT_S, interval_s=0.1)
    host = work.host(node)
    host.kill(node)  # the clone is on disk; waiting for an orderly end would only take longer
    host.start(node, variables)
    await_boot(work, node)
