"""The clients of a scenario: started, watched, and brought to rest with everything they learned on record."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hadrill.harness.drill.clients import LoadPlan, standard_load
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.drill.settling import await_caught_up, primary_first, server_state
from hadrill.harness.drill.stage import Stage
from hadrill.harness.errors import HarnessTrouble, WaitTimeout
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.instance import Account, Instance
from hadrill.harness.model.topology import ADDRESS
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.compare import Side, compare_all
from hadrill.harness.workload.ledger_table import create_ledger, read_keys
from hadrill.harness.workload.messages import Status
from hadrill.harness.workload.process import LoadProcess
from hadrill.harness.workload.report import Listeners

LIMIT_S: Final = 30.0
STEADY_WRITES: Final = 60
STEADY_S: Final = 0.3
FRESH_S: Final = 0.4
"""The age of the newest heartbeat that a reader was shown, where nothing is late: a beat, a look and some."""


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
    _spare: LoadProcess | None = field(default=None, init=False)
    _instance: Instance | None = field(default=None, init=False)
    _read_only: tuple[Instance, ...] = field(default=(), init=False)
    _nodes: tuple[str, ...] = field(default=(), init=False)

    def prepare(self) -> None:
        """Have the load's process load its code while the instance is being built."""
        self._spare = LoadProcess.spawn()

    def take(self, spawned: LoadProcess) -> None:
        """Have this process run the load, which has loaded its code already."""
        self._spare = spawned

    def start(
        self,
        instance: Instance,
        read_only: tuple[Instance, ...] = (),
        joining: tuple[str, ...] = (),
        recovery: tuple[Instance, ...] = (),
    ) -> None:
        """Start the load; ``await_work`` waits until it runs steadily.

        Args:
            instance: at rest.
            read_only: the read-only instances that follow it, each serving reads.
            joining: nodes that may become the instance's while the load runs.
            recovery: the disaster-recovery instances of it, each called at by its accounts.
        """
        service, run = self.stage.service, self.recorder.run
        accounts = service.accounts(instance.id)
        create_ledger(instance.address, accounts[0], timeout_s=LIMIT_S)
        plan = LoadPlan(
            profile=run.profile,
            auditor=service.auditor(),
            read_only=tuple((each, service.accounts(each.id)[-1]) for each in read_only),
            recovery=tuple((each, service.accounts(each.id)) for each in recovery),
            joining=joining,
            key_block=run.next_load(),
            seed=run.seed,
        )
        settings = standard_load(
            self.run_folder, self.recorder.name, instance, self.stage.site.inventory, accounts, plan
        )
        self._instance, self._read_only, self._nodes = instance, read_only, settings.nodes
        self.recorder.setting("profile", run.profile.model_dump())
        self.recorder.roster(settings.roster(settings.nodes))
        listeners = Listeners(segment=self.recorder.segment, stall=self.recorder.stall)
        self._load, self._spare = self._spare or LoadProcess.spawn(), None
        self._load.begin(settings, listeners)

    def await_work(self) -> None:
        """Wait until every client has had an answer, and all of them are answered steadily."""
        if self._load is not None:
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

    def await_steady(self, limit_s: float = LIMIT_S) -> None:
        """Wait until clients have been answered for a while: what came before and comes after can be told apart.

        Raises:
            WaitTimeout: they were not within the limit, in seconds.
        """
        began = self._status()
        writes = min(STEADY_WRITES, self.recorder.run.profile.writes_per_s * STEADY_S / 2)

        def steady() -> bool | NotYet:
            status = self._status()
            answered, seconds = status.acknowledged - began.acknowledged, (status.at_ns - began.at_ns) / 1e9
            if answered >= writes and seconds >= STEADY_S:
                return True
            return NotYet(f"{answered} acknowledged writes in {seconds:.1f} s")

        until(steady, "clients to be answered steadily", timeout_s=limit_s)

    def await_more_writes(self, count: int, limit_s: float) -> None:
        """Wait until so many more writes have been acknowledged.

        Raises:
            WaitTimeout: they were not within the limit, in seconds.
        """
        began = self._status().acknowledged

        def more() -> bool | NotYet:
            answered = self._status().acknowledged - began
            return answered >= count or NotYet(f"{answered} more acknowledged writes")

        until(more, f"{count} more writes to be acknowledged", timeout_s=limit_s)

    def await_aftermath(self, until_ns: int, limit_s: float) -> None:
        """Wait until the clients have been at work up to an instant; gives up silently, since the record will tell.

        Args:
            until_ns: monotonic clock.
            limit_s: seconds.
        """

        def reached() -> bool | NotYet:
            left_s = (until_ns - self._status().at_ns) / 1e9
            return left_s <= 0 or NotYet(f"{left_s:.1f} s are left")

        with suppress(WaitTimeout):
            until(reached, "what comes late to be seen", timeout_s=limit_s)

    def await_freshness(self, nodes: tuple[str, ...], limit_s: float) -> None:
        """Wait until readers at these nodes are shown what was just written; gives up silently, the record will tell.

        Args:
            nodes: each with a reader.
            limit_s: seconds.
        """

        def fresh() -> bool | NotYet:
            ages = dict(self._status().lag_s)
            stale = [node for node in nodes if (age_s := ages.get(node)) is None or age_s > FRESH_S]
            return NotYet(", ".join(f"{node}: {ages.get(node)} s" for node in stale)) if stale else True

        with suppress(WaitTimeout):
            until(fresh, f"readers at {', '.join(nodes)} to be shown what was just written", timeout_s=limit_s)

    def await_shown_since(self, since_ns: int, nodes: tuple[str, ...], limit_s: float) -> None:
        """Wait until a reader at one of these nodes is shown what was written after an instant; gives up silently.

        Args:
            since_ns: monotonic clock.
            nodes: each may have a reader.
            limit_s: seconds.
        """

        def shown() -> bool | NotYet:
            status = self._status()
            return shows_since(status, nodes, since_ns) or NotYet(str(status.lag_s))

        with suppress(WaitTimeout):
            until(shown, f"a reader at {' or '.join(nodes)} to be shown what is new", timeout_s=limit_s)

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

    def snapshot(self, place: str) -> None:
        """Put the rows on record that the instance shows through its ``address``, or a server at its own port.

        Args:
            place: ``address``, or a node's name.
        """
        at_ns = now_ns()
        if place == ADDRESS:
            keys = read_keys(self._served.address, self._owner, timeout_s=LIMIT_S)
        else:
            side = self._side(place)
            keys = read_keys(side.endpoint, side.account, timeout_s=LIMIT_S)
        self.recorder.snapshot(place, at_ns, keys)

    def stop(self) -> None:
        """Stop the load; harmless where none runs."""
        if self._load is not None:
            report = self._load.stop()
            self._load = None
            self.recorder.setting("load", {"operations": report.operations, "strange": report.strange})

    def compare(self, nodes: tuple[str, ...] = (), following: tuple[str, ...] = ()) -> None:
        """Put on record what the instance holds and what each server says and holds; harmless where no load ever ran.

        Args:
            nodes: where the instance's own servers run now; where they ran at the start if none are given.
            following: where servers run that should hold the same, besides its own and those of read-only instances.
        """
        if self._instance is None:
            return
        self._read_back()
        own = nodes or tuple(member.node for member in self._served.members)
        follow = (*(member.node for each in self._read_only for member in each.members), *following)
        primary, *replicas = primary_first(tuple(self._side(node) for node in (*own, *follow)))
        with suppress(WaitTimeout):  # the states and comparisons then show what is missing
            await_caught_up(primary, replicas, timeout_s=LIMIT_S / 3)
        for side in (primary, *replicas):
            self.recorder.server(server_state(side, timeout_s=LIMIT_S))
        for comparison in compare_all(primary, replicas, timeout_s=LIMIT_S):
            self.recorder.comparison(comparison)

    def _read_back(self) -> None:
        """An instance that cannot be read back is on record as that, and what needs its rows has no verdict."""
        try:
            self.recorder.present(read_keys(self._served.address, self._owner, timeout_s=LIMIT_S))
        except HarnessTrouble as error:
            self.recorder.setting("not read back", str(error))

    def kill(self) -> None:
        """End the load at once; harmless where none runs."""
        for process in (self._load, self._spare):
            if process is not None:
                process.kill()
        self._load = self._spare = None

    def _status(self) -> Status:
        if self._load is None:
            raise HarnessTrouble("the clients were asked about before they were at work")
        return until(self._latest, "the load to say how it stands", timeout_s=LIMIT_S)

    def _latest(self) -> Status | NotYet:
        return self.latest or NotYet("nothing said yet")

    @property
    def _served(self) -> Instance:
        if self._instance is None:
            raise HarnessTrouble("what the instance holds was asked for before clients had been put on it")
        return self._instance

    @property
    def _owner(self) -> Account:
        return self.stage.service.accounts(self._served.id)[0]

    def _side(self, node: str) -> Side:
        return Side(node, self.stage.site.inventory.server(node), self.stage.service.auditor())


def shows_since(status: Status, nodes: Collection[str], since_ns: int) -> bool:
    """Whether a server on one of these nodes has shown a heartbeat that was written after an instant (pure)."""
    return any(
        age_s is not None and status.at_ns - age_s * 1e9 >= since_ns for node, age_s in status.lag_s if node in nodes
    )
