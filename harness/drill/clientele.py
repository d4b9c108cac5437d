"""The clients of a scenario: started, watched, and brought to rest with everything they learned on record."""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hadrill.harness.drill.clients import standard_load
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.drill.stage import Stage
from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.errors import HarnessTrouble, WaitTimeout
from hadrill.harness.model.instance import Account, Instance
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.compare import Side, compare_servers
from hadrill.harness.workload.ledger_table import create_ledger, read_keys
from hadrill.harness.workload.messages import Status
from hadrill.harness.workload.process import LoadProcess
from hadrill.harness.workload.report import Listeners

LIMIT_S: Final = 30.0
STEADY_WRITES: Final = 200
STEADY_S: Final = 1.5


@dataclass(slots=True)
class Clientele:
    """The load on one instance.

    Attributes:
        stage: where it plays.
        recorder: takes what it learns.
        run_folder: takes the segments.
    """

    stage: Stage
    recorder: Recorder
    run_folder: Path
    _load: LoadProcess | None = field(default=None, init=False)
    _nodes: tuple[str, ...] = field(default=(), init=False)

    def start(self, instance: Instance) -> None:
        """Start the standard load and wait until it runs steadily."""
        accounts = self.stage.service.accounts(instance.id)
        create_ledger(instance.address, accounts[0], timeout_s=LIMIT_S)
        inventory = self.stage.site.inventory
        settings = standard_load(self.run_folder, self.recorder.scenario.id, instance, inventory, accounts)
        self._nodes = tuple(member.node for member in instance.members)
        self.recorder.roster(settings.roster(self._nodes))
        listeners = Listeners(segment=self.recorder.segment, stall=self.recorder.stall)
        self._load = LoadProcess.start(settings, listeners=listeners)
        self._load.wait_ready(LIMIT_S)
        self.await_steady()

    @property
    def at_work(self) -> bool:
        """Whether a load runs."""
        return self._load is not None

    @property
    def latest(self) -> Status | None:
        """How the writes stood a moment ago, for a person to watch; None where no load runs or it said nothing yet."""
        return self._load.latest if self._load else None

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes behind the servers' numbers."""
        return self._nodes

    def await_steady(self) -> None:
        """Wait until clients have been answered for a while: what came before and comes after can be told apart."""
        began = self._status()

        def steady() -> bool | NotYet:
            status = self._status()
            answered, seconds = status.acknowledged - began.acknowledged, (status.at_ns - began.at_ns) / 1e9
            if answered >= STEADY_WRITES and seconds >= STEADY_S:
                return True
            return NotYet(f"{answered} acknowledged writes in {seconds:.1f} s")

        until(steady, "clients to be answered steadily", timeout_s=LIMIT_S)

    def await_answers_elsewhere(self, node: str, limit_s: float) -> None:
        """Wait until another server than this one answers; gives up silently, since the record will tell."""

        def elsewhere() -> bool | NotYet:
            status = self._status()
            seen = "nobody" if status.server is None else self._nodes[status.server]
            return True if seen not in {node, "nobody"} else NotYet(f"{seen} answered last")

        with suppress(WaitTimeout):
            until(elsewhere, f"a server other than {node} to answer", timeout_s=limit_s)

    def await_silence(self, since_ns: int, silence_s: float, limit_s: float) -> None:
        """Wait until no write was answered for so long after an instant, or give up.

        Args:
            since_ns: monotonic clock; silence before it does not count.
            silence_s: how long.
            limit_s: seconds after which it gives up silently, since the record will tell.
        """

        def silent() -> bool | NotYet:
            status = self._status()
            seen_s = min(status.silent_s or 0.0, (status.at_ns - since_ns) / 1e9)
            return True if seen_s >= silence_s else NotYet(f"the last answer came {status.silent_s} s ago")

        with suppress(WaitTimeout):
            until(silent, f"{silence_s:g} s without an answer", timeout_s=limit_s)

    def rest(self, instance: Instance, auditor: Account) -> None:
        """Stop the load, read back what the instance holds, and compare its servers row by row."""
        if self._load is None:
            return
        report = self._load.stop()
        self._load = None
        self.recorder.setting("load", {"operations": report.operations, "strange": report.strange})
        owner = self.stage.service.accounts(instance.id)[0]
        self.recorder.present(read_keys(instance.address, owner, timeout_s=LIMIT_S))
        if len(self._nodes) == 2:
            self._compare(auditor)

    def kill(self) -> None:
        """End the load at once; harmless where none runs."""
        if self._load is not None:
            self._load.kill()
            self._load = None

    def _status(self) -> Status:
        if self._load is None:
            raise HarnessTrouble("the clients were asked about before they were at work")
        return until(self._latest, "the load to say how it stands", timeout_s=LIMIT_S)

    def _latest(self) -> Status | NotYet:
        return self.latest or NotYet("nothing said yet")

    def _compare(self, auditor: Account) -> None:
        inventory = self.stage.site.inventory
        left, right = (Side(node, inventory.server(node), auditor) for node in self._nodes)

        def equal_sets() -> bool | NotYet:
            sets = [_executed(side) for side in (left, right)]
            return True if sets[0] == sets[1] else NotYet(f"{left.name} has {sets[0]}, {right.name} has {sets[1]}")

        with suppress(WaitTimeout):  # the comparison then finds what is missing
            until(equal_sets, "both servers to have executed the same", timeout_s=LIMIT_S / 3, tolerate=(SqlError,))
        self.recorder.comparison(compare_servers(left, right, timeout_s=LIMIT_S))


def _executed(side: Side) -> str:
    with Session(side.endpoint, side.account) as server:
        return str(server.row(sql.EXECUTED)["executed"])
