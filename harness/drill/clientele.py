"""The clients of a scenario: started, watched, and brought to rest with everything they learned on record."""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from hadrill.harness.drill.client_waits import LIMIT_S, ClientWaits
from hadrill.harness.drill.clients import LoadPlan, standard_load
from hadrill.harness.drill.recorder import Recorder
from hadrill.harness.drill.settling import await_caught_up, primary_of, server_state, taking_writes
from hadrill.harness.drill.stage import Stage
from hadrill.harness.errors import HadrillError, HarnessTrouble, WaitTimeout
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.instance import Account, Instance, Role
from hadrill.harness.model.topology import ADDRESS
from hadrill.harness.workload.compare import Side, compare_all
from hadrill.harness.workload.ledger_table import create_ledger, read_keys
from hadrill.harness.workload.messages import Status
from hadrill.harness.workload.process import LoadProcess
from hadrill.harness.workload.profile import Profile
from hadrill.harness.workload.report import Listeners


@dataclass(slots=True)
class Clientele(ClientWaits):
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

    def take(self, process: LoadProcess) -> None:
        """Have this process run the load, which has loaded its code already."""
        self._spare = process

    def give(self) -> LoadProcess:
        """The process that is at rest, or a new one, for somebody else to take."""
        process, self._spare = self._spare, None
        return process or LoadProcess.spawn()

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
        load = self._load  # once: the thread that watches may come while the load is being stopped
        return load.latest if load else None

    @property
    def profile(self) -> Profile:
        """Mix and rate of the load."""
        return self.recorder.run.profile

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes behind the servers' numbers."""
        return self._nodes

    def snapshot(self, place: str, at_ns: int | None = None) -> None:
        """Put the rows on record that the instance shows through its ``address``, or a server at its own port.

        Where they cannot be read that is on record, and what needs them has no verdict.

        Args:
            place: ``address``, or a node's name.
            at_ns: the time for which they stand, monotonic; now where it is not given.
        """
        at_ns = now_ns() if at_ns is None else at_ns
        served = self._served
        try:
            side = Side(place, served.address, self._owner) if place == ADDRESS else self._side(place)
            self.recorder.snapshot(place, at_ns, read_keys(side.endpoint, side.account, timeout_s=LIMIT_S))
        except HarnessTrouble as error:
            self.recorder.setting("not read", str(error))

    def stop(self) -> None:
        """Stop the load; harmless where none runs."""
        if self._load is not None:
            report = self._load.rest()
            self._load, self._spare = None, self._load
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
        first = self._primary_of(own)
        others = (node for node in (*own, *follow) if node != first)
        primary, *replicas = (self._side(node) for node in (first, *others))
        with suppress(WaitTimeout):  # the states and comparisons then show what is missing
            await_caught_up(primary, replicas, timeout_s=LIMIT_S / 3)
        for side in (primary, *replicas):
            self.recorder.server(server_state(side, timeout_s=LIMIT_S))
        for comparison in compare_all(primary, replicas, timeout_s=LIMIT_S):
            self.recorder.comparison(comparison)

    def _primary_of(self, nodes: tuple[str, ...]) -> str:
        """See ``primary_of``; the service is asked only where the servers' own word leaves it open."""
        writable, described = taking_writes([self._side(node) for node in nodes]), list[str]()
        if len(writable) != 1:
            with suppress(HadrillError):  # a manager that is gone describes nothing
                described = [node for each in self.stage.service.instances() for node in each.having(Role.PRIMARY)]
        return primary_of(nodes, writable, tuple(described))

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
