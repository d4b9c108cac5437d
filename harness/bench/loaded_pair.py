"""A pair with writers on its address, from which the primary is taken away again and again."""

from collections.abc import Callable, Iterator
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
from hadrill.harness.faults.fault import Fault
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.instance import Account, Instance, Role
from hadrill.harness.model.operation import no_operations
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.ledger_table import create_ledger, read_keys
from hadrill.harness.workload.process import LoadProcess
from hadrill.harness.workload.settings import LoadSettings

STEADY_WRITES: Final = 100
_PROBED_NS: Final = 1_300_000_000
"""A replaced server must be seen to turn writes away from a second after the heal on (``two_primaries``)."""


@dataclass(frozen=True, slots=True)
class LoadedPair:
    """A pair under load; each event leaves it protected, with writers that are answered.

    Attributes:
        stage: where it runs.
        pair: as it was created.
        owner: the account that writes.
        settings: of the load.
        load: the clients.
        witnessed: whether each server has a witness beside it.
    """

    stage: Stage
    pair: Instance
    owner: Account
    settings: LoadSettings
    load: LoadProcess
    witnessed: bool

    def strike(self, fault_at: Callable[[str], Fault]) -> FaultRecord:
        """Strike the primary; once the other server answers, heal it and wait until the pair is protected.

        Args:
            fault_at: the fault, by the primary's node.

        Raises:
            HarnessTrouble: the fault or its heal had no effect, or a wait took too long.
        """
        primary = self._primary()
        fault = fault_at(primary)
        record = fault.inject()
        _require(record.proof, f"{fault.name} of {fault.target}")
        try:
            self._await_answers_from_other(primary)
        finally:
            record = fault.heal(record, LIMIT_S)
        _require(record.heal_proof, f"the heal of {fault.name} of {fault.target}")
        self._settle()
        if self.witnessed and record.healed_ns is not None:
            self._await_load_until(record.healed_ns + _PROBED_NS)
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

    def _await_load_until(self, at_ns: int) -> None:
        """Until the clients have been at work up to that time on the monotonic clock."""

        def reached() -> bool | NotYet:
            seen = self.load.latest
            return True if seen and seen.at_ns >= at_ns else NotYet(f"{seen}")

        until(reached, "the witnesses to have knocked after the heal", timeout_s=LIMIT_S)

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
def open_loaded_pair(parts: Parts, folder: Path, *, witnessed: bool = False) -> Iterator[LoadedPair]:
    """Build a pair, and put the writers of a scenario's load on its address.

    Args:
        folder: takes what the clients learn.
        witnessed: whether the load's witnesses stand beside the servers as well.

    Raises:
        HarnessTrouble: something did not come up, or the writers were not answered.
    """
    with open_stage(TOPOLOGY, parts) as stage:
        pair = create_pair(stage)
        owner, *_ = accounts = stage.service.accounts(pair.id)
        create_ledger(pair.address, owner, timeout_s=LIMIT_S)
        kinds = {"writer", "witness"} if witnessed else {"writer"}
        settings = _of_kinds(kinds, standard_load(folder, "bench", pair, stage.site.inventory, accounts))
        load = LoadProcess.start(settings)
        try:
            load.wait_ready(LIMIT_S)
            yield LoadedPair(stage, pair, owner, settings, load, witnessed)
        finally:
            load.kill()


def _of_kinds(kinds: set[str], settings: LoadSettings) -> LoadSettings:
    """Clients that ask for what they are not allowed cost time, and this is about time."""
    clients = tuple(client for client in settings.clients if client.kind in kinds)
    return settings.model_copy(update={"clients": clients})


def _require(proof: Proof | None, what: str) -> None:
    if proof is None or not proof.holds:
        raise HarnessTrouble(f"{what} had no effect: {proof.observed if proof else 'nothing was seen'}")
