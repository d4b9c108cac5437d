"""A pair with writers on its address, from which the primary is taken away again and again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from hadrill.environments.embedded.site import Parts
from hadrill.harness.bench.first_row import LIMIT_S
from hadrill.harness.bench.ready import TOPOLOGY, create_pair
from hadrill.harness.drill.aim import only
from hadrill.harness.drill.clients import standard_load
from hadrill.harness.drill.stage import Stage, open_stage
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.evidence.segments import unseal
from hadrill.harness.faults.process_killed import ProcessKilled
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.instance import Account, Instance, Role
from hadrill.harness.model.operation import no_operations
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.ledger_table import create_ledger, read_keys
from hadrill.harness.workload.process import LoadProcess
from hadrill.harness.workload.settings import LoadSettings

STEADY_WRITES: Final = 200


@dataclass(frozen=True, slots=True)
class LoadedPair:
    """A pair under load; each event leaves it protected, with writers that are answered.

    Attributes:
        stage: where it runs.
        pair: as it was created.
        owner: the account that writes.
        settings: of the load.
        load: the writers.
    """

    stage: Stage
    pair: Instance
    owner: Account
    settings: LoadSettings
    load: LoadProcess

    def kill_primary(self) -> FaultRecord:
        """Kill the primary's server; once the other one answers, start it again and wait until the pair is protected.

        Raises:
            HarnessTrouble: the kill had no effect, or a wait took too long.
        """
        primary = self._primary()
        fault = ProcessKilled(self.stage.site, primary)
        record = fault.inject()
        if not record.proof.holds:
            raise HarnessTrouble(f"the kill of {primary} had no effect: {record.proof.observed}")
        self._await_answers_from_other(primary)
        fault.undo()
        self._settle()
        return record

    def switch(self) -> SwitchRecord:
        """Ask for a switch; wait until it is over and the pair is protected.

        Raises:
            ServiceRefused: the service would not.
            HarnessTrouble: a wait took too long.
        """
        primary, asked_ns = self._primary(), now_ns()
        self.stage.service.switch(self.pair.id, timeout_s=LIMIT_S)
        finished_ns = now_ns()
        self._await_answers_from_other(primary)
        self._settle()
        return SwitchRecord(asked_ns, finished_ns)

    def history(self) -> History:
        """Stop the writers, and read back through the address what the pair holds."""
        report = self.load.stop()
        segments = [unseal(self.settings.run_folder, segment) for segment in report.segments]
        return History(
            roster=self.settings.roster(self._nodes),
            operations=np.concatenate([no_operations(), *segments]),
            present=read_keys(self.pair.address, self.owner, timeout_s=LIMIT_S),
            stalls=report.stalls,
        )

    @property
    def _nodes(self) -> tuple[str, ...]:
        return tuple(member.node for member in self.pair.members)

    def _primary(self) -> str:
        return only(self.stage.service.describe(self.pair.id), Role.PRIMARY)

    def _await_answers_from_other(self, node: str) -> None:
        index = self._nodes.index(node)

        def other() -> bool | NotYet:
            seen = self.load.latest
            if seen is None or seen.server is None:
                return NotYet("nobody answered yet")
            return True if seen.server != index else NotYet(f"{node} answered last, {seen.silent_s} s ago")

        until(other, f"writers to be answered by another server than {node}", timeout_s=LIMIT_S)

    def _settle(self) -> None:
        """Until the pair is as it was before the event, and what comes next can be told from what came before."""
        self.stage.service.await_protected(self.pair.id, timeout_s=LIMIT_S)
        self.stage.site.check()
        began = self.load.latest

        def steady() -> bool | NotYet:
            seen = self.load.latest
            since = seen.acknowledged - began.acknowledged if seen and began else 0
            return True if since >= STEADY_WRITES else NotYet(f"{since} acknowledged writes")

        until(steady, f"{STEADY_WRITES} acknowledged writes", timeout_s=LIMIT_S)


@contextmanager
def open_loaded_pair(parts: Parts, folder: Path) -> Iterator[LoadedPair]:
    """Build a pair, and put the writers of a scenario's load on its address.

    Args:
        folder: takes what the writers learn.

    Raises:
        HarnessTrouble: something did not come up, or the writers were not answered.
    """
    with open_stage(TOPOLOGY, parts) as stage:
        pair = create_pair(stage)
        owner, *_ = accounts = stage.service.accounts(pair.id)
        create_ledger(pair.address, owner, timeout_s=LIMIT_S)
        settings = _writers_alone(standard_load(folder, "bench", pair, stage.site.inventory, accounts))
        load = LoadProcess.start(settings)
        try:
            load.wait_ready(LIMIT_S)
            yield LoadedPair(stage, pair, owner, settings, load)
        finally:
            load.kill()


def _writers_alone(settings: LoadSettings) -> LoadSettings:
    """Witnesses and visitors ask for what they are not allowed: they cost time, and this is about time."""
    writers = tuple(client for client in settings.clients if client.kind == "writer")
    return settings.model_copy(update={"clients": writers})
